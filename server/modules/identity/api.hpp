#pragma once
#include <functional>

#include "modules/identity/types.hpp"
#include "platform/context.hpp"
#include "platform/shape/encode.hpp"

namespace liveshop::identity {

// Facts, for jobs::subscriber.

/// identity.user_registered, identity.kyc_decided, identity.password_changed, identity.account_deleted
struct UserFact {
    UserId user_id;
};
BOOST_DESCRIBE_STRUCT(UserFact, (), (user_id))

/// identity.verification_requested: a code is to be sent; ask code_of() for it.
struct VerificationRequested {
    VerificationId verification_id;
};
BOOST_DESCRIBE_STRUCT(VerificationRequested, (), (verification_id))

/// Throws unauthenticated if the account is gone.
awaitable<User> get_user(Ctx& ctx, UserId user_id);

/// Throws not_platform_admin unless the caller administers the platform itself (an admin of the default tenant).
awaitable<void> require_platform_admin(Ctx& ctx);

/// Whether an admin has seen who this is. A driver who is not verified takes no jobs.
awaitable<bool> is_kyc_verified(Ctx& ctx, UserId user_id);
/// Throws kyc_required unless the caller's identity is verified.
awaitable<void> require_kyc_verified(Ctx& ctx);

/// A code at the moment it is sent: never to be stored, put into a job or logged.
struct CodeToSend {
    UserId user_id;
    std::string name;
    std::string account_email;  ///< differs from `destination` while an address is being changed: warn it
    VerificationPurpose purpose = VerificationPurpose::reset_password;
    std::string destination;  ///< a phone number for verify_phone, else an e-mail address
    std::string code;
    std::string path;  ///< of the page that takes it; the code is in the fragment, which no server and no log sees
    Timestamp expires_at;
    std::optional<std::string> locale;  ///< BCP 47
};
/// Nothing where it was used meanwhile, has expired, or there is nobody to send it to.
awaitable<std::optional<CodeToSend>> code_of(Ctx& ctx, VerificationId verification_id);

/// The account works at a store from now on: a customer's becomes one of its staff, an owner's stays what it is.
awaitable<void> become_staff(Ctx& ctx, UserId user_id);
/// It works at none any more: staff are customers again.
awaitable<void> end_staff(Ctx& ctx, UserId user_id);

/// Writes down that the caller (the platform itself, in a job) did `action` ("kyc.reject") to `subject_id`, in the
/// caller's transaction. `detail_json`: one JSON object, of what somebody will ask later.
awaitable<void> audit_json(Ctx& ctx, std::string action, Uuid subject_id, std::string detail_json);
template <class Of, Struct Detail>
awaitable<void> audit(Ctx& ctx, std::string_view action, Id<Of> subject_id, const Detail& detail) {
    return audit_json(ctx, std::string(action), subject_id.value, to_json(detail));
}

/// Why an account cannot be deleted yet, for a person ("An order of yours is on its way"), or nothing. A module that
/// knows such reasons adds a row to the program's list.
struct DeletionHold {
    std::function<awaitable<std::optional<std::string>>(Ctx&, UserId)> reason;
};
using DeletionHolds = std::vector<DeletionHold>;

}  // namespace liveshop::identity
