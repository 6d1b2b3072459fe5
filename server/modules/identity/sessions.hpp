#pragma once
#include "modules/identity/requests.hpp"
#include "platform/context.hpp"

namespace liveshop::identity {

/// Begins a session of `user` on the calling device and hands out its first pair of tokens.
awaitable<Session> begin_session(Ctx& ctx, User user, ClientKind client);

/// The caller's own sign-in, where the token names it.
std::optional<SessionId> session_of(const Ctx& ctx);

/// Asks for the caller's password once more. Throws wrong_password. It ends the transaction, as it takes long.
awaitable<void> require_password(Ctx& ctx, std::string password);

}  // namespace liveshop::identity
