#include "media/snapshot.hpp"

#include "media/depacketizer.hpp"

namespace liveshop::media {
namespace {

// Start codes where the lengths stand.
std::string byte_stream(Bytes frame) {
    std::string text;
    for_each_unit(frame, [&](Bytes unit) {
        text.append("\0\0\0\1", 4);
        text += as_text(unit);
    });
    return text;
}

}  // namespace

std::optional<Snapshot> take_snapshot(const Track& track, std::int64_t now_us) {
    if (!track.key_frame()) return {};
    Depacketizer depacketizer(track.codec().name);
    for (auto index = *track.key_frame(); index <= track.last_index(); ++index) {
        auto* packet = track.find(index);
        if (!packet) return {};
        auto frame = depacketizer.take(packet->timestamp(), packet->marker(), packet->payload());
        if (!frame) continue;
        if (!frame->key) return {};
        bool h264 = track.codec().name == "H264";
        return Snapshot{track.codec().name, h264 ? byte_stream(frame->bytes) : std::string(as_text(frame->bytes)),
                        now_us};
    }
    return {};
}

}  // namespace liveshop::media
