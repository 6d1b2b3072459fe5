#pragma once
#include "modules/identity/types.hpp"
#include "platform/context.hpp"

namespace liveshop::identity {

/// Begins a session of `user` on the calling device and hands out its first pair of tokens.
awaitable<Session> begin_session(Ctx& ctx, User user, ClientKind client);

/// Exchanges a refresh token for the next pair. An old one that comes back within 30 s (another tab, a lost answer)
/// gets the same successor again; later it means that somebody copied it, and the session ends.
awaitable<Session> refresh(Ctx& ctx, Refresh in);

/// Ends the session of a refresh token; a token that is none is no error.
awaitable<void> logout(Ctx& ctx, Refresh in);

}  // namespace liveshop::identity
