// What admins see of people and decide about them, and what is written down of it.
#include "modules/identity/admin_store.hpp"
#include "modules/identity/api.hpp"
#include "modules/identity/handlers.hpp"
#include "modules/identity/rules.hpp"
#include "platform/admin_database.hpp"

namespace liveshop::identity {
namespace {

constexpr std::int64_t page_default = 50;

struct StatusDecision {
    UserStatus status = UserStatus::active;
    std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(StatusDecision, (), (status, reason))

}  // namespace

awaitable<UserPage> list_users(Ctx& ctx, FindUsers in) {
    std::optional<std::string> part;
    if (in.q && !in.q->value.empty()) part = in.q->value;
    const std::int64_t limit = in.limit ? in.limit->value : page_default;
    UserPage page;
    page.total = co_await ctx.tx.one(count_users, part, in.role, in.status, in.kyc_status);
    page.users = co_await ctx.tx.all(list_users_page, part, in.role, in.status, in.kyc_status, in.after, limit + 1);
    if (page.users.size() > static_cast<std::size_t>(limit)) {
        page.users.pop_back();
        page.next = page.users.back().id;
    }
    co_return page;
}

awaitable<UserFile> get_user_file(Ctx& ctx, OfUser in) {
    std::optional<User> user = co_await ctx.tx.find(find_user, in.user_id);
    if (!user) throw Fail(PlatformErrc::not_found);
    UserFile file{.user = std::move(*user), .session_count = 0, .audit = {}};
    file.session_count = co_await ctx.tx.one(count_sessions, in.user_id);
    file.audit = co_await ctx.tx.all(list_audit_of, AuditSubjectId{in.user_id.value});
    co_return file;
}

// A suspended person's sessions end; access tokens of ended sessions are refused (revocations.hpp).
awaitable<User> set_user_status(Ctx& ctx, SetUserStatus in) {
    if (in.user_id == ctx.user()) throw Fail(Errc::own_account);
    const bool suspend = in.status == SettableStatus::suspended;
    if (suspend && !in.reason) throw Invalid({{"/reason", "is required"}});
    std::optional<User> user = co_await ctx.tx.find(lock_user, in.user_id);
    if (!user) throw Fail(PlatformErrc::not_found);
    const UserStatus* const to = user_machine.next(user->status, suspend ? UserEvent::suspend : UserEvent::reactivate);
    if (!to) throw Fail(Errc::status_unchanged);
    co_await ctx.tx.run(update_status, user->id, *to);
    if (suspend) co_await ctx.tx.run(end_sessions, user->id, std::nullopt);
    std::optional<std::string> reason;
    if (in.reason) reason = in.reason->value;
    co_await audit(ctx, suspend ? "user.suspend" : "user.reactivate", user->id, StatusDecision{*to, std::move(reason)});
    user->status = *to;
    co_return std::move(*user);
}

awaitable<TenantList> get_tenants(Ctx& ctx) {
    co_await require_platform_admin(ctx);
    db::Transaction tx =
        ctx.services.get<AdminDatabase>().pool.transaction({.tenant = std::nullopt, .read_only = true});
    TenantList list;
    list.tenants = co_await tx.all(list_tenants);
    co_return list;
}

awaitable<void> require_platform_admin(Ctx& ctx) {
    if (!ctx.is(Role::admin)) throw Fail(Errc::not_platform_admin);
    const std::string slug = co_await ctx.tx.one(find_tenant_slug, ctx.tenant);
    if (slug != ctx.services.get<const Settings>().default_tenant) throw Fail(Errc::not_platform_admin);
}

awaitable<User> get_user(Ctx& ctx, UserId user_id) {
    std::optional<User> user = co_await ctx.tx.find(find_user, user_id);
    if (!user) throw Fail(PlatformErrc::unauthenticated);
    co_return std::move(*user);
}

awaitable<void> audit_json(Ctx& ctx, std::string action, Uuid subject_id, std::string detail_json) {
    std::optional<UserId> actor;
    if (ctx.principal) actor = ctx.principal->user;
    co_await ctx.tx.run(insert_audit, actor, action, AuditSubjectId{subject_id}, json::parse(detail_json));
}

}  // namespace liveshop::identity
