#pragma once
#include "modules/identity/types.hpp"

namespace liveshop::identity {

struct FindUsers {                  // GET /admin/users
    std::optional<Text<0, 100>> q;  ///< part of the name or the address
    std::optional<Role> role;
    std::optional<UserStatus> status;
    std::optional<KycStatus> kyc_status;
    std::optional<UserId> after;  ///< the last of the page before
    std::optional<Int<1, 100>> limit;
};
BOOST_DESCRIBE_STRUCT(FindUsers, (), (q, role, status, kyc_status, after, limit))

struct UserPage {
    std::vector<User> users;  ///< newest first
    std::int64_t total = 0;   ///< of all pages
    std::optional<UserId> next;
};
BOOST_DESCRIBE_STRUCT(UserPage, (), (users, total, next))

enum class SettableStatus { active, suspended };
BOOST_DESCRIBE_ENUM(SettableStatus, active, suspended)

struct SetUserStatus {  // PUT /admin/users/{user_id}/status
    UserId user_id;
    SettableStatus status = SettableStatus::active;
    std::optional<Text<3, 500>> reason;
};
BOOST_DESCRIBE_STRUCT(SetUserStatus, (), (user_id, status, reason))

struct AuditRow {
    std::optional<UserId> actor_id;
    std::optional<std::string> actor_name;
    std::string action;
    json::value detail;
    Timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(AuditRow, (), (actor_id, actor_name, action, detail, created_at))

struct UserFile {  // GET /admin/users/{user_id}
    User user;
    std::int64_t session_count = 0;
    std::vector<AuditRow> audit;  ///< what was decided about the account, newest first
};
BOOST_DESCRIBE_STRUCT(UserFile, (), (user, session_count, audit))

}  // namespace liveshop::identity
