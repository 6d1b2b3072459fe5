#pragma once
#include "modules/live/chat_requests.hpp"
#include "platform/context.hpp"

namespace liveshop::live {

/// Mutes somebody in the chats of a store, or everywhere; for good without a duration. It replaces an earlier mute of
/// the same reach. Throws person_not_found.
awaitable<Mute> mute_in(Ctx& ctx, std::optional<catalog::StoreId> store_id, UserId user_id,
                        std::optional<std::string> reason, std::optional<std::int64_t> duration_s);

}  // namespace liveshop::live
