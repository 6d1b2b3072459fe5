// Opening an account, signing in, and the codes that prove an address.
#include "modules/identity/api.hpp"
#include "modules/identity/handlers.hpp"
#include "modules/identity/jobs.hpp"
#include "modules/identity/password.hpp"
#include "modules/identity/rules.hpp"
#include "modules/identity/sessions.hpp"
#include "modules/identity/store.hpp"
#include "modules/identity/verification.hpp"
#include "modules/identity/verification_store.hpp"
#include "platform/jobs/jobs.hpp"

namespace liveshop::identity {
namespace {

Role role_of(OpenRole role) {
    switch (role) {
        case OpenRole::store_owner:
            return Role::store_owner;
        case OpenRole::driver:
            return Role::driver;
        case OpenRole::customer:
            break;
    }
    return Role::customer;
}

std::optional<std::string> number_of(const std::optional<Phone>& phone) {
    if (!phone) return std::nullopt;
    std::optional<std::string> number = phone_number(phone->value);
    if (!number) throw Invalid({{"/phone", "must be a phone number with its country code, such as +49 30 1234567"}});
    return number;
}

// Which code is meant: the one that is named, or the latest of who is signed in.
awaitable<VerificationId> meant_by(Ctx& ctx, const VerifyContact& in, std::vector<VerificationPurpose> purposes) {
    if (in.verification_id) co_return *in.verification_id;
    const db::Array<VerificationPurpose> fitting{std::move(purposes)};
    const std::optional<VerificationId> latest = co_await ctx.tx.find(find_latest_verification, ctx.user(), fitting);
    if (!latest) throw Fail(Errc::code_invalid);
    co_return *latest;
}

UserStatus once_verified(UserStatus status) {
    const UserStatus* const to = user_machine.next(status, UserEvent::verify);
    return to ? *to : status;
}

}  // namespace

awaitable<Session> register_user(Ctx& ctx, Register in) {
    const std::optional<std::string> phone = number_of(in.phone);
    PasswordHasher& hasher = ctx.services.get<PasswordHasher>();
    const std::string hash = co_await hasher.hash(in.password.value);
    const Role role = role_of(in.role.value_or(OpenRole::customer));
    User user = co_await ctx.tx.one(insert_user, UserId::make(), in.email, phone, hash, role, user_machine.start,
                                    Profile{.name = in.name.value});
    co_await request_code(ctx, VerificationId::make(), user.id, VerificationPurpose::verify_email, user.email);
    co_await jobs::publish(ctx, "identity.user_registered", UserFact{user.id});
    Session session = co_await begin_session(ctx, std::move(user), in.client.value_or(ClientKind::browser));
    co_return session;
}

// One sentence and one duration, whether the address or the password is wrong.
awaitable<Session> login(Ctx& ctx, Login in) {
    const std::optional<Credentials> known = co_await ctx.tx.find(find_credentials, in.email);
    co_await ctx.commit();  // the hash takes long: no connection is held meanwhile
    std::string encoded = known ? known->password_hash.value_or("") : "";
    PasswordHasher& hasher = ctx.services.get<PasswordHasher>();
    const bool matches = co_await hasher.matches(std::move(encoded), in.password.value);
    if (!known || !matches) throw Fail(Errc::wrong_credentials);
    User user = co_await get_user(ctx, known->id);
    Session session = co_await begin_session(ctx, std::move(user), in.client.value_or(ClientKind::browser));
    co_return session;
}

// The same work whether there is such an account or not: a job looks for it.
awaitable<CodeRequested> forgot_password(Ctx& ctx, ForgotPassword in) {
    const VerificationId id = VerificationId::make();
    co_await jobs::enqueue(ctx, begin_reset_kind, BeginReset{id, in.email});
    co_return CodeRequested{id, code_ttl_s(VerificationPurpose::reset_password)};
}

// The hash comes first: it takes long, and takes as long for a wrong code.
awaitable<void> reset_password(Ctx& ctx, ResetPassword in) {
    PasswordHasher& hasher = ctx.services.get<PasswordHasher>();
    const std::string hash = co_await hasher.hash(in.password.value);
    const Proven proven =
        co_await prove(ctx, in.verification_id, {VerificationPurpose::reset_password}, std::move(in.code));
    const std::optional<User> user = co_await ctx.tx.find(lock_user, proven.user_id);
    if (!user || user->email != proven.destination) throw Fail(Errc::code_invalid);
    co_await ctx.tx.run(update_password, user->id, hash);
    co_await ctx.tx.run(confirm_email, user->id, user->email, once_verified(user->status));  // the code came there
    co_await ctx.tx.run(end_sessions, user->id, std::nullopt);
    co_await jobs::publish(ctx, "identity.password_changed", UserFact{user->id});
}

awaitable<void> verify_email(Ctx& ctx, VerifyContact in) {
    const std::vector<VerificationPurpose> purposes{VerificationPurpose::verify_email,
                                                    VerificationPurpose::change_email};
    const VerificationId id = co_await meant_by(ctx, in, purposes);
    const Proven proven = co_await prove(ctx, id, purposes, std::move(in.code));
    const std::optional<User> user = co_await ctx.tx.find(lock_user, proven.user_id);
    if (!user) throw Fail(Errc::code_invalid);
    const UserStatus status = once_verified(user->status);
    if (proven.purpose == VerificationPurpose::change_email) {
        co_await ctx.tx.run(change_email_to, user->id, proven.destination, status);
        co_return;
    }
    const std::int64_t confirmed = co_await ctx.tx.count(confirm_email, user->id, proven.destination, status);
    if (confirmed == 0) throw Fail(Errc::code_invalid);
}

awaitable<void> verify_phone(Ctx& ctx, VerifyContact in) {
    const VerificationId id = co_await meant_by(ctx, in, {VerificationPurpose::verify_phone});
    const Proven proven = co_await prove(ctx, id, {VerificationPurpose::verify_phone}, std::move(in.code));
    if (proven.user_id != ctx.user()) throw Fail(Errc::code_invalid);
    const std::int64_t confirmed = co_await ctx.tx.count(confirm_phone, proven.user_id, proven.destination);
    if (confirmed == 0) throw Fail(Errc::code_invalid);
}

awaitable<CodeRequested> request_verification(Ctx& ctx, RequestCode in) {
    const User user = co_await get_user(ctx, ctx.user());
    const bool by_phone = in.contact == Contact::phone;
    if (by_phone && !user.phone) throw Fail(Errc::phone_missing);
    if (by_phone && user.is_phone_verified) throw Fail(Errc::phone_verified_already);
    if (!by_phone && user.is_email_verified) throw Fail(Errc::email_verified_already);
    const std::optional<CodeRequested> requested =
        co_await request_code(ctx, VerificationId::make(), user.id,
                              by_phone ? VerificationPurpose::verify_phone : VerificationPurpose::verify_email,
                              by_phone ? *user.phone : user.email);
    if (!requested) throw Fail(Errc::codes_exhausted);
    co_return *requested;
}

// Whether somebody else has the new address is told only to who can read its mail.
awaitable<CodeRequested> change_email(Ctx& ctx, ChangeEmail in) {
    co_await require_password(ctx, in.password.value);
    const std::optional<CodeRequested> requested = co_await request_code(
        ctx, VerificationId::make(), ctx.user(), VerificationPurpose::change_email, in.email.value);
    if (!requested) throw Fail(Errc::codes_exhausted);
    co_return *requested;
}

awaitable<void> change_password(Ctx& ctx, ChangePassword in) {
    co_await require_password(ctx, in.current_password.value);
    PasswordHasher& hasher = ctx.services.get<PasswordHasher>();
    const std::string hash = co_await hasher.hash(in.password.value);
    co_await ctx.tx.run(update_password, ctx.user(), hash);
    co_await ctx.tx.run(end_sessions, ctx.user(), session_of(ctx));
    co_await jobs::publish(ctx, "identity.password_changed", UserFact{ctx.user()});
}

}  // namespace liveshop::identity
