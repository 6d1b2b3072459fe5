#include "modules/identity/sessions.hpp"

#include "modules/identity/api.hpp"
#include "modules/identity/handlers.hpp"
#include "modules/identity/password.hpp"
#include "modules/identity/store.hpp"
#include "modules/identity/token.hpp"

namespace liveshop::identity {
namespace {

constexpr std::string_view cookie_name = "liveshop_refresh";

void set_cookie(Ctx& ctx, const Settings& settings, std::string_view token, std::int64_t max_age_s) {
    ctx.response_headers.push_back(
        {"Set-Cookie", fmt::format("{}={}; Path=/api/v1/auth; HttpOnly; SameSite=Strict; Max-Age={}{}", cookie_name,
                                   token, max_age_s, settings.cookie_secure ? "; Secure" : "")});
}

Session hand_out(Ctx& ctx, User user, SessionId session_id, std::string refresh_token, ClientKind client) {
    const Settings& settings = ctx.services.get<const Settings>();
    const std::int64_t ttl_s = settings.access_token_ttl_s.value;
    const Timestamp expires_at{ctx.now.us + ttl_s * 1'000'000};
    const Principal principal{user.id, user.role, expires_at, session_id.value};
    Session session{.access_token = sign_access_token(settings.token_secret, ctx.tenant, principal, expires_at),
                    .expires_in_s = ttl_s,
                    .refresh_token = std::nullopt,
                    .user = std::move(user)};
    if (client == ClientKind::native)
        session.refresh_token = std::move(refresh_token);
    else
        set_cookie(ctx, settings, refresh_token, settings.refresh_token_ttl_s.value);
    return session;
}

// What the browser calls itself, for the list of devices; never trusted.
std::string user_agent_of(const Ctx& ctx) {
    constexpr std::size_t length_max = 300;
    std::string text(ctx.request ? ctx.request->header("user-agent").substr(0, length_max) : std::string_view{});
    std::erase_if(text, [](char c) { return c < ' ' || c > '~'; });
    return text;
}

// The body's token is a native client's, the cookie's a browser's.
std::pair<std::string, ClientKind> token_of(const Ctx& ctx, const Refresh& in) {
    if (in.refresh_token) return {in.refresh_token->value, ClientKind::native};
    return {std::string(ctx.request ? ctx.request->cookie(cookie_name) : std::string_view{}), ClientKind::browser};
}

}  // namespace

awaitable<Session> begin_session(Ctx& ctx, User user, ClientKind client) {
    if (user.status == UserStatus::suspended) throw Fail(Errc::account_suspended);
    const Settings& settings = ctx.services.get<const Settings>();
    std::string token = make_refresh_token();
    const SessionId session_id = co_await ctx.tx.one(insert_session, user.id, user_agent_of(ctx));
    co_await ctx.tx.run(insert_refresh_token, db::Bytes{hash_of_token(token)}, session_id,
                        settings.refresh_token_ttl_s.value);
    co_return hand_out(ctx, std::move(user), session_id, std::move(token), client);
}

std::optional<SessionId> session_of(const Ctx& ctx) {
    if (!ctx.principal || !ctx.principal->session) return std::nullopt;
    return SessionId{*ctx.principal->session};
}

awaitable<void> require_password(Ctx& ctx, std::string password) {
    const std::optional<std::optional<std::string>> hash = co_await ctx.tx.find(find_password_hash, ctx.user());
    co_await ctx.commit();
    PasswordHasher& hasher = ctx.services.get<PasswordHasher>();
    const bool matches = co_await hasher.matches(hash.value_or(std::nullopt).value_or(""), std::move(password));
    if (!matches) throw Fail(Errc::wrong_password);
}

// An old token that comes back within the grace (another tab, a lost answer) gets the same successor again; later it
// means that somebody copied it, and the session ends.
awaitable<Session> refresh(Ctx& ctx, Refresh in) {
    const Settings& settings = ctx.services.get<const Settings>();
    const auto [token, client] = token_of(ctx, in);
    if (token.empty()) throw Fail(Errc::session_ended);
    const db::Bytes hash{hash_of_token(token)};
    const std::optional<RefreshState> state = co_await ctx.tx.find(find_refresh_token, hash);
    if (!state || !state->is_live) throw Fail(Errc::session_ended);
    if (state->is_rotated && !state->within_grace) {
        co_await ctx.tx.run(end_session, state->session_id);
        co_await ctx.commit();
        throw Fail(Errc::session_reused);
    }
    std::string successor = next_refresh_token(settings.token_secret, token);
    if (!state->is_rotated) {
        co_await ctx.tx.run(rotate_refresh_token, hash);
        co_await ctx.tx.run(insert_refresh_token, db::Bytes{hash_of_token(successor)}, state->session_id,
                            settings.refresh_token_ttl_s.value);
    }
    co_await ctx.tx.run(touch_session, state->session_id);
    User user = co_await get_user(ctx, state->user_id);
    if (user.status == UserStatus::suspended) throw Fail(Errc::account_suspended);
    co_return hand_out(ctx, std::move(user), state->session_id, std::move(successor), client);
}

awaitable<void> logout(Ctx& ctx, Refresh in) {
    const auto [token, client] = token_of(ctx, in);
    if (client == ClientKind::browser) set_cookie(ctx, ctx.services.get<const Settings>(), "", 0);
    if (token.empty()) co_return;
    const std::optional<RefreshState> state = co_await ctx.tx.find(find_refresh_token, db::Bytes{hash_of_token(token)});
    if (state) co_await ctx.tx.run(end_session, state->session_id);
}

awaitable<DeviceList> get_sessions(Ctx& ctx) {
    DeviceList list;
    list.sessions = co_await ctx.tx.all(list_sessions, ctx.user(), session_of(ctx));
    co_return list;
}

awaitable<void> end_one_session(Ctx& ctx, OfSession in) {
    const std::int64_t ended = co_await ctx.tx.count(end_session_of, ctx.user(), in.session_id);
    if (ended == 0) throw Fail(PlatformErrc::not_found);
    if (session_of(ctx) == in.session_id) set_cookie(ctx, ctx.services.get<const Settings>(), "", 0);
}

awaitable<void> end_all_sessions(Ctx& ctx) {
    co_await ctx.tx.run(end_sessions, ctx.user(), std::nullopt);
    set_cookie(ctx, ctx.services.get<const Settings>(), "", 0);
}

}  // namespace liveshop::identity
