#pragma once
// How a stream comes to its end, whoever asks for it.
#include "modules/live/requests.hpp"
#include "platform/context.hpp"

namespace liveshop::live {

/// Ends a stream that is live: of several at once one moves it. Its people are signed off, everybody is told, and jobs
/// close its room and keep its recording. `stop_reason` is the marketplace's. Throws stream_not_live.
awaitable<Stream> end_live(Ctx& ctx, Stream stream, std::optional<std::string> stop_reason = std::nullopt);

/// Cancels a stream that has not begun. Throws stream_started, stream_over.
awaitable<Stream> cancel_scheduled(Ctx& ctx, Stream stream, std::optional<std::string> stop_reason = std::nullopt);

/// Ends or cancels it, whichever is possible, and tells its people why. Throws stream_over.
awaitable<Stream> stop(Ctx& ctx, Stream stream, std::string reason);

}  // namespace liveshop::live
