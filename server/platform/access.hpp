#pragma once
#include <boost/describe.hpp>
#include <optional>

#include "platform/shape/id.hpp"
#include "platform/shape/scalars.hpp"

namespace liveshop {

enum class Role { customer, store_owner, store_staff, driver, admin };
BOOST_DESCRIBE_ENUM(Role, customer, store_owner, store_staff, driver, admin)

/// Who may call an operation. Finer questions ("of this store?") are the handler's.
struct Access {
    unsigned roles = 0;  ///< one bit per Role
    bool visitors = false;

    constexpr bool admits(Role role) const { return (roles >> static_cast<unsigned>(role) & 1U) != 0; }
};

constexpr Access only(auto... roles) { return {((1U << static_cast<unsigned>(roles)) | ...), false}; }

inline constexpr Access anyone{0x1F, true};
inline constexpr Access signed_in{0x1F, false};
inline constexpr Access store_people = only(Role::store_owner, Role::store_staff);
inline constexpr Access drivers = only(Role::driver);
inline constexpr Access admins = only(Role::admin);

/// What an access token proves.
struct Principal {
    UserId user;
    Role role = Role::customer;
    std::optional<Timestamp> expires_at = {};  ///< when it proves nothing any more
    std::optional<Uuid> session = {};          ///< the sign-in it belongs to, if it has one
};

}  // namespace liveshop
