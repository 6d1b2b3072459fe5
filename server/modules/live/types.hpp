#pragma once
// Streams, their chat and what is pinned to them.
#include "modules/catalog/types.hpp"
#include "platform/error.hpp"

namespace liveshop::live {

struct Stream;
using StreamId = Id<Stream>;

/// The sockets that watch a stream.
inline std::string room_of(StreamId stream_id) { return "stream:" + stream_id.to_string(); }

}  // namespace liveshop::live
