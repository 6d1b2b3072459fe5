#pragma once
#include "modules/identity/types.hpp"
#include "platform/context.hpp"

namespace liveshop::identity {

/// Throws unauthenticated if the caller's account is gone.
awaitable<User> get_user(Ctx& ctx, UserId user_id);

/// Throws not_platform_admin unless the caller administers the platform itself (an admin of the default tenant).
awaitable<void> require_platform_admin(Ctx& ctx);

}  // namespace liveshop::identity
