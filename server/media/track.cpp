#include "media/track.hpp"

#include <algorithm>

#include "media/clock.hpp"
#include "media/payload.hpp"
#include "media/srtp.hpp"

namespace liveshop::media {
namespace {

constexpr std::size_t video_cache_packets = 1024, audio_cache_packets = 128;
// Past these a fresh key frame costs less than what a replay would add to the joiner's delay.
constexpr std::int64_t replay_packets_max = 400, replay_age_max_us = 1'200'000;
constexpr std::int64_t gap_max = 100;  // a larger jump is a new start, not a loss

}  // namespace

Track::Track(Kind kind, const sdp::Codec& codec, std::uint32_t ssrc)
    : kind_(kind), codec_(codec), ssrc_(ssrc), cache_(kind == Kind::video ? video_cache_packets : audio_cache_packets) {
    pending_.reserve(pending_max);
}

// The first packet of a publisher continues where the previous one stopped, by as much time as has passed.
void Track::start(Source& source, std::int64_t sequence, std::uint32_t timestamp, std::int64_t now_us) {
    source.started = true;
    source.first_index = last_index_ + 1;
    source.index_offset = source.first_index - sequence;
    if (!any_) return;
    auto passed_ms = std::max<std::int64_t>((now_us - last_arrival_us_) / 1000, 1);
    auto next = last_timestamp_ + static_cast<std::uint32_t>(passed_ms * codec_.clock_rate / 1000);
    source.timestamp_offset = next - timestamp;
}

bool Track::take(Source& source, const rtp::Packet& packet, std::int64_t now_us) {
    if (packet.payload.size() + rtp::header_size + srtp_overhead_max > datagram_size_max) return false;
    auto sequence = source.unwrap(packet.sequence);
    if (!source.started) start(source, sequence, packet.timestamp, now_us);
    auto index = sequence + source.index_offset;
    // Below first_index lie packets of the previous publisher; an index is never written twice.
    if (index < source.first_index || index <= last_index_ - cache_.capacity() || cache_.find(index)) return false;
    source.reception.on_packet(sequence, packet.timestamp, codec_.clock_rate, now_us);

    if (index > last_index_) {
        if (kind_ == Kind::video && any_ && index - last_index_ <= gap_max)
            source.missing.add(last_index_ + 1, index - 1);
        last_index_ = index;
        last_timestamp_ = packet.timestamp + source.timestamp_offset;
        last_arrival_us_ = now_us;
    } else {
        source.missing.remove(index);
    }
    any_ = true;
    store(index, packet.timestamp + source.timestamp_offset, packet);
    if (payload::starts_key_frame(codec_.name, packet.payload) && index >= key_frame_.value_or(0)) {
        key_frame_ = index;
        key_frame_us_ = now_us;
    }
    if (pending_.empty()) frame_complete_ = false;
    pending_.push_back(index);
    frame_complete_ |= packet.marker;
    return true;
}

void Track::store(std::int64_t index, std::uint32_t timestamp, const rtp::Packet& packet) {
    auto& slot = cache_.claim(index);
    slot.size = rtp::header_size + packet.payload.size();
    auto* header = slot.bytes.data();
    header[0] = packet.padding ? 0xA0 : 0x80;
    header[1] = packet.marker ? 0x80 : 0;
    set16(header + 2, 0);
    set32(header + 4, timestamp);
    set32(header + 8, ssrc_);
    std::ranges::copy(packet.payload, header + rtp::header_size);
}

bool Track::replayable(std::int64_t now_us) const {
    return key_frame_ && last_index_ - *key_frame_ <= replay_packets_max &&
           now_us - key_frame_us_ <= replay_age_max_us && cache_.find(*key_frame_);
}

}  // namespace liveshop::media
