#pragma once
#include "modules/live/types.hpp"
#include "platform/context.hpp"

namespace liveshop::live {

/// Throws stream_not_found.
awaitable<Stream> get_stream(Ctx& ctx, StreamId stream_id);

}  // namespace liveshop::live
