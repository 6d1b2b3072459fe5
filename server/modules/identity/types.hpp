#pragma once
// People, their roles and their sessions.
#include "platform/access.hpp"
#include "platform/config.hpp"
#include "platform/error.hpp"

namespace liveshop::identity {

struct Session;
using SessionId = Id<Session>;
struct Verification;
using VerificationId = Id<Verification>;
struct NonceOf;
using Nonce = Id<NonceOf>;  ///< drawn at random for each verification
struct SavedAddress;
using SavedAddressId = Id<SavedAddress>;
struct KycSubmission;
using KycSubmissionId = Id<KycSubmission>;
struct KycDocument;
using KycDocumentId = Id<KycDocument>;

enum class Errc {
    email_taken,
    wrong_credentials,
    wrong_password,
    account_suspended,
    session_ended,
    session_reused,
    not_platform_admin,
    code_invalid,
    codes_exhausted,
    email_verified_already,
    phone_verified_already,
    phone_missing,
    email_unverified,
    picture_unreadable,
    too_many_addresses,
    kyc_pending_already,
    kyc_verified_already,
    kyc_documents_missing,
    kyc_not_pending,
    kyc_required,
    account_in_use,
    own_account,
    status_unchanged,
};

constexpr ErrorRow describe_error(Errc e) {
    switch (e) {
        case Errc::email_taken:
            return {409, "identity.email_taken", "There is an account with this address already: sign in"};
        case Errc::wrong_credentials:
            return {401, "identity.wrong_credentials", "The e-mail address or the password is wrong"};
        case Errc::wrong_password:
            return {403, "identity.wrong_password", "This is not your password: try again, or reset it"};
        case Errc::account_suspended:
            return {403, "identity.account_suspended", "This account is suspended: contact the shop"};
        case Errc::session_ended:
            return {401, "identity.session_ended", "This session has ended: sign in again"};
        case Errc::session_reused:
            return {401, "identity.session_reused",
                    "This session was used from two places and was ended for safety: sign in again"};
        case Errc::not_platform_admin:
            return {403, "identity.not_platform_admin", "Only the platform's own administrators may do this"};
        case Errc::code_invalid:
            return {422, "identity.code_invalid",
                    "The code is wrong, was used already or has expired: check it, or ask for a new one"};
        case Errc::codes_exhausted:
            return {409, "identity.codes_exhausted", "Too many codes were asked for: try again in an hour"};
        case Errc::email_verified_already:
            return {409, "identity.email_verified_already", "This e-mail address is confirmed already"};
        case Errc::phone_verified_already:
            return {409, "identity.phone_verified_already", "This phone number is confirmed already"};
        case Errc::phone_missing:
            return {409, "identity.phone_missing", "There is no phone number in your profile: enter one first"};
        case Errc::email_unverified:
            return {403, "identity.email_unverified", "Confirm your e-mail address first"};
        case Errc::picture_unreadable:
            return {422, "identity.picture_unreadable",
                    "This picture cannot be read or is too large: send a JPEG, PNG or WebP of at most 50 megapixels"};
        case Errc::too_many_addresses:
            return {409, "identity.too_many_addresses", "You have 20 addresses, which is the most: remove one first"};
        case Errc::kyc_pending_already:
            return {409, "identity.kyc_pending_already", "Your papers are being looked at: wait for the decision"};
        case Errc::kyc_verified_already:
            return {409, "identity.kyc_verified_already", "Your identity is verified: there is nothing to hand in"};
        case Errc::kyc_documents_missing:
            return {409, "identity.kyc_documents_missing", "Some of the documents that are asked for are missing"};
        case Errc::kyc_not_pending:
            return {409, "identity.kyc_not_pending", "Nothing of this person waits for a decision"};
        case Errc::kyc_required:
            return {403, "identity.kyc_required", "Your identity has to be verified first: hand in your papers"};
        case Errc::account_in_use:
            return {409, "identity.account_in_use", "The account cannot be deleted yet"};
        case Errc::own_account:
            return {409, "identity.own_account", "You cannot do this to your own account"};
        case Errc::status_unchanged:
            return {409, "identity.status_unchanged", "The account cannot go from its status to that one"};
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

enum class VerificationPurpose { reset_password, verify_email, verify_phone, change_email };
BOOST_DESCRIBE_ENUM(VerificationPurpose, reset_password, verify_email, verify_phone, change_email)

enum class Theme { system, light, dark };
BOOST_DESCRIBE_ENUM(Theme, system, light, dark)

/// How somebody likes the pages.
struct Preferences {
    std::optional<Theme> theme;
};
BOOST_DESCRIBE_STRUCT(Preferences, (), (theme))

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
    bool is_email_verified = false;
    bool is_phone_verified = false;
    std::optional<std::string> locale;  ///< BCP 47
    std::optional<Preferences> preferences;
};
BOOST_DESCRIBE_STRUCT(User, (),
                      (id, email, phone, name, avatar_url, role, status, kyc_status, created_at, is_email_verified,
                       is_phone_verified, locale, preferences))

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
