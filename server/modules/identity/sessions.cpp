#include "modules/identity/sessions.hpp"

#include "modules/identity/api.hpp"
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

Session hand_out(Ctx& ctx, User user, std::string refresh_token, ClientKind client) {
    const Settings& settings = ctx.services.get<const Settings>();
    const std::int64_t ttl_s = settings.access_token_ttl_s.value;
    const Timestamp expires_at{ctx.now.us + ttl_s * 1'000'000};
    Session session{
        .access_token = sign_access_token(settings.token_secret, ctx.tenant, {user.id, user.role}, expires_at),
        .expires_in_s = ttl_s,
        .refresh_token = std::nullopt,
        .user = std::move(user)};
    if (client == ClientKind::native)
        session.refresh_token = std::move(refresh_token);
    else
        set_cookie(ctx, settings, refresh_token, settings.refresh_token_ttl_s.value);
    return session;
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
    const SessionId session_id = co_await ctx.tx.one(insert_session, user.id);
    co_await ctx.tx.run(insert_refresh_token, db::Bytes{hash_of_token(token)}, session_id,
                        settings.refresh_token_ttl_s.value);
    co_return hand_out(ctx, std::move(user), std::move(token), client);
}

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
    User user = co_await get_user(ctx, state->user_id);
    if (user.status == UserStatus::suspended) throw Fail(Errc::account_suspended);
    co_return hand_out(ctx, std::move(user), std::move(successor), client);
}

awaitable<void> logout(Ctx& ctx, Refresh in) {
    const auto [token, client] = token_of(ctx, in);
    if (client == ClientKind::browser) set_cookie(ctx, ctx.services.get<const Settings>(), "", 0);
    if (token.empty()) co_return;
    const std::optional<RefreshState> state = co_await ctx.tx.find(find_refresh_token, db::Bytes{hash_of_token(token)});
    if (state) co_await ctx.tx.run(end_session, state->session_id);
}

}  // namespace liveshop::identity
