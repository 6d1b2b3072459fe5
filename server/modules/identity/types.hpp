#pragma once
// People, their roles and their sessions.
#include "platform/access.hpp"
#include "platform/config.hpp"
#include "platform/error.hpp"

namespace liveshop::identity {

struct Session;
using SessionId = Id<Session>;

enum class Errc {
    email_taken,
    wrong_credentials,
    account_suspended,
    session_ended,
    session_reused,
    not_platform_admin
};

constexpr ErrorRow describe_error(Errc e) {
    switch (e) {
        case Errc::email_taken:
            return {409, "identity.email_taken", "There is an account with this address already: sign in"};
        case Errc::wrong_credentials:
            return {401, "identity.wrong_credentials", "The e-mail address or the password is wrong"};
        case Errc::account_suspended:
            return {403, "identity.account_suspended", "This account is suspended: contact the shop"};
        case Errc::session_ended:
            return {401, "identity.session_ended", "This session has ended: sign in again"};
        case Errc::session_reused:
            return {401, "identity.session_reused",
                    "This session was used from two places and was ended for safety: sign in again"};
        case Errc::not_platform_admin:
            return {403, "identity.not_platform_admin", "Only the platform's own administrators may do this"};
    }
    return {500, "internal", "Something went wrong on our side"};
}

enum class UserStatus { active, suspended, pending_verification };
BOOST_DESCRIBE_ENUM(UserStatus, active, suspended, pending_verification)

enum class KycStatus { pending, verified, rejected };
BOOST_DESCRIBE_ENUM(KycStatus, pending, verified, rejected)

/// Roles that people may choose for themselves; staff is invited by a store, admins are appointed.
enum class OpenRole { customer, store_owner, driver };
BOOST_DESCRIBE_ENUM(OpenRole, customer, store_owner, driver)

/// A browser keeps its refresh token in an httpOnly cookie, a native client gets it in the body.
enum class ClientKind { browser, native };
BOOST_DESCRIBE_ENUM(ClientKind, browser, native)

using Password = Text<10, 128>;
using PersonName = Text<1, 100>;
using Phone = Text<5, 20>;

struct User {
    UserId id;
    std::string email;
    std::optional<std::string> phone;
    std::string name;
    std::optional<std::string> avatar_url;
    Role role = Role::customer;
    UserStatus status = UserStatus::active;
    KycStatus kyc_status = KycStatus::pending;
    Timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(User, (), (id, email, phone, name, avatar_url, role, status, kyc_status, created_at))

struct Register {  // POST /auth/register
    Email email;
    Password password;
    PersonName name;
    std::optional<Phone> phone;
    std::optional<OpenRole> role;  ///< customer if left out
    std::optional<ClientKind> client;
};
BOOST_DESCRIBE_STRUCT(Register, (), (email, password, name, phone, role, client))

struct Login {  // POST /auth/login
    Email email;
    Text<1, 128> password;
    std::optional<ClientKind> client;
};
BOOST_DESCRIBE_STRUCT(Login, (), (email, password, client))

struct Refresh {                                // POST /auth/refresh, POST /auth/logout
    std::optional<Text<1, 100>> refresh_token;  ///< a native client's; a browser's comes as a cookie
};
BOOST_DESCRIBE_STRUCT(Refresh, (), (refresh_token))

struct Session {
    std::string access_token;
    std::int64_t expires_in_s = 0;
    std::optional<std::string> refresh_token;  ///< only for native clients
    User user;
};
BOOST_DESCRIBE_STRUCT(Session, (), (access_token, expires_in_s, refresh_token, user))

struct UpdateMe {  // PUT /me
    std::optional<PersonName> name;
    std::optional<Phone> phone;
};
BOOST_DESCRIBE_STRUCT(UpdateMe, (), (name, phone))

struct TenantRow {
    TenantId id;
    std::string name;
    std::string slug;
    std::string plan;
    std::int64_t store_count = 0;
    std::int64_t user_count = 0;
    Timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(TenantRow, (), (id, name, slug, plan, store_count, user_count, created_at))

struct TenantList {
    std::vector<TenantRow> tenants;
};
BOOST_DESCRIBE_STRUCT(TenantList, (), (tenants))

struct Settings {
    Secret token_secret;
    Int<60, 3600> access_token_ttl_s{600};
    Int<3600, 31'536'000> refresh_token_ttl_s{2'592'000};
    bool cookie_secure = false;
    std::string default_tenant = "demo";
};
BOOST_DESCRIBE_STRUCT(Settings, (),
                      (token_secret, access_token_ttl_s, refresh_token_ttl_s, cookie_secure, default_tenant))

constexpr auto setting_help(const Settings*) {
    return std::array{
        config::Help{"token_secret", "Signs access tokens and derives refresh tokens; changing it signs everybody out"},
        config::Help{"access_token_ttl_s", "How long an access token is good for"},
        config::Help{"refresh_token_ttl_s", "How long a session lasts without being used"},
        config::Help{"cookie_secure", "Send the refresh cookie over HTTPS only: true wherever the site has HTTPS"},
        config::Help{"default_tenant", "Slug of the tenant of requests that name none; its admins are the platform's"},
    };
}

}  // namespace liveshop::identity
