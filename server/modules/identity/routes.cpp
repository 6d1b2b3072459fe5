#include "modules/identity/routes.hpp"

#include "modules/identity/api.hpp"
#include "modules/identity/password.hpp"
#include "modules/identity/sessions.hpp"
#include "modules/identity/store.hpp"
#include "platform/admin_database.hpp"

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

awaitable<Session> register_user(Ctx& ctx, Register in) {
    PasswordHasher& hasher = ctx.services.get<PasswordHasher>();
    const std::string hash = co_await hasher.hash(in.password.value);
    const Role role = role_of(in.role.value_or(OpenRole::customer));
    User user =
        co_await ctx.tx.one(insert_user, UserId::make(), in.email, in.phone, hash, role, Profile{in.name.value, {}});
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

awaitable<User> get_me(Ctx& ctx) {
    User user = co_await get_user(ctx, ctx.user());
    co_return user;
}

awaitable<User> update_me(Ctx& ctx, UpdateMe in) {
    User user = co_await ctx.tx.one(update_user, ctx.user(), in.name, in.phone);
    co_return user;
}

awaitable<TenantList> get_tenants(Ctx& ctx) {
    co_await require_platform_admin(ctx);
    db::Transaction tx =
        ctx.services.get<AdminDatabase>().pool.transaction({.tenant = std::nullopt, .read_only = true});
    TenantList list;
    list.tenants = co_await tx.all(list_tenants);
    co_return list;
}

awaitable<void> forget_expired_tokens(Ctx& ctx, Nothing) { co_await ctx.tx.run(delete_expired_tokens); }

}  // namespace

awaitable<User> get_user(Ctx& ctx, UserId user_id) {
    std::optional<User> user = co_await ctx.tx.find(find_user, user_id);
    if (!user) throw Fail(PlatformErrc::unauthenticated);
    co_return std::move(*user);
}

awaitable<void> require_platform_admin(Ctx& ctx) {
    if (!ctx.is(Role::admin)) throw Fail(Errc::not_platform_admin);
    const std::string slug = co_await ctx.tx.one(find_tenant_slug, ctx.tenant);
    if (slug != ctx.services.get<const Settings>().default_tenant) throw Fail(Errc::not_platform_admin);
}

std::vector<Route> routes() {
    constexpr Rate guessing{.count = 60, .per_s = 60};
    return route_table(
        post<register_user>("/auth/register")
            .by(anyone)
            .creates()
            .limited(guessing)
            .fails(Errc::email_taken)
            .says("Opens an account and signs it in"),
        post<login>("/auth/login")
            .by(anyone)
            .limited(guessing)
            .fails(Errc::wrong_credentials, Errc::account_suspended)
            .says("Signs in"),
        post<refresh>("/auth/refresh")
            .by(anyone)
            .fails(Errc::session_ended, Errc::session_reused, Errc::account_suspended)
            .says("Exchanges the refresh token for the next pair of tokens"),
        post<logout>("/auth/logout").by(anyone).says("Ends this session"), get<get_me>("/me").says("My account"),
        put<update_me>("/me").says("Changes my account"),
        get<get_tenants>("/admin/tenants").by(admins).fails(Errc::not_platform_admin).says("All tenants"));
}

std::vector<ConstraintRow> constraints() { return {{"users_email_key", describe_error(Errc::email_taken)}}; }

jobs::Table job_rows() { return {jobs::periodic<forget_expired_tokens>("identity.forget_expired_tokens", 3600)}; }

}  // namespace liveshop::identity
