// One's own account.
#include "modules/identity/api.hpp"
#include "modules/identity/handlers.hpp"
#include "modules/identity/jobs.hpp"
#include "modules/identity/rules.hpp"
#include "modules/identity/store.hpp"
#include "platform/pictures/pictures.hpp"
#include "platform/storage.hpp"

namespace liveshop::identity {
namespace {

constexpr int avatar_edge_px = 512;

// The picture that is replaced, unless somebody else shows the same one. It goes when the new one is committed.
awaitable<void> remove_later(Ctx& ctx, OldAvatar old, std::optional<std::string> successor) {
    if (!old.avatar_url || old.is_used_by_others || old.avatar_url == successor) co_return;
    co_await jobs::enqueue(ctx, remove_files_kind, RemoveFiles{.private_keys = {}, .urls = {*old.avatar_url}});
}

}  // namespace

awaitable<User> get_me(Ctx& ctx) {
    User user = co_await get_user(ctx, ctx.user());
    co_return user;
}

awaitable<User> update_me(Ctx& ctx, UpdateMe in) {
    std::optional<std::string> phone, locale;
    if (in.phone) phone = in.phone->value.empty() ? std::string() : phone_number(in.phone->value);
    if (in.phone && !phone)
        throw Invalid({{"/phone", "must be a phone number with its country code, such as +49 30 1234567"}});
    if (in.locale && !is_locale(in.locale->value))
        throw Invalid({{"/locale", "must be a language, such as en, de or pt-BR"}});
    if (in.locale) locale = in.locale->value;
    std::optional<User> user = co_await ctx.tx.find(update_user, ctx.user(), in.name, phone, locale, in.preferences);
    if (!user) throw Fail(PlatformErrc::unauthenticated);
    co_return std::move(*user);
}

// Holding no connection while the picture is made anew and written.
awaitable<User> put_avatar(Ctx& ctx) {
    pictures::Studio& studio = ctx.services.get<pictures::Studio>();
    const auto picture = co_await studio.develop(std::string(ctx.request->body), avatar_edge_px);
    if (!picture) throw Fail(Errc::picture_unreadable);
    Storage& storage = ctx.services.get<Storage>();
    const std::string url = co_await storage.keep(ctx.tenant, picture->webp, ".webp");
    co_await ctx.tx.find(lock_user, ctx.user());
    const OldAvatar old = co_await ctx.tx.one(find_avatar, ctx.user());
    std::optional<User> user = co_await ctx.tx.find(update_avatar, ctx.user(), url);
    if (!user) throw Fail(PlatformErrc::unauthenticated);
    co_await remove_later(ctx, old, url);
    co_return std::move(*user);
}

awaitable<User> remove_avatar(Ctx& ctx) {
    co_await ctx.tx.find(lock_user, ctx.user());
    const OldAvatar old = co_await ctx.tx.one(find_avatar, ctx.user());
    std::optional<User> user = co_await ctx.tx.find(update_avatar, ctx.user(), std::nullopt);
    if (!user) throw Fail(PlatformErrc::unauthenticated);
    co_await remove_later(ctx, old, std::nullopt);
    co_return std::move(*user);
}

}  // namespace liveshop::identity
