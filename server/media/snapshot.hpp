// The last key frame of a room's video, for a picture of it.
#pragma once
#include <optional>
#include <string>

#include "media/track.hpp"

namespace liveshop::media {

struct Snapshot {
    std::string codec;  // "VP8": a frame of RFC 6386; "H264": one access unit in the byte stream format (Annex B)
    std::string bytes;
    std::int64_t taken_us = 0;  // on the steady clock
};

// The track's last key frame if all of its packets are still at hand.
std::optional<Snapshot> take_snapshot(const Track&, std::int64_t now_us);

}  // namespace liveshop::media
