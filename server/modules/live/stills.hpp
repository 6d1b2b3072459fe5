#pragma once
// A picture of a stream, made of the key frame that the media server hands out.
#include <optional>
#include <string>

#include "modules/live/types.hpp"
#include "platform/context.hpp"

namespace liveshop::live {

/// A VP8 key frame as a WebP file, which is one in a RIFF container (RFC 9649, section 2.5).
std::string webp_of_vp8(std::string_view key_frame);

/// A WebP file of an H.264 access unit in the byte stream format, decoded by `still_program` as a process of its own
/// with limits on its time, memory and output: video comes from strangers. Nothing where it cannot be decoded.
awaitable<std::optional<std::string>> webp_of_h264(const Settings& settings, std::string access_unit);

/// Asks the media server for a key frame of the stream, for three seconds at most; WebP, or nothing where nobody
/// publishes. Throws as media::call does.
awaitable<std::optional<std::string>> take_still(const Settings& settings, StreamId stream_id);

}  // namespace liveshop::live
