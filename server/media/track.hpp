// One track of a room: what a publisher sends into it, and what viewers see of it. Viewers see one continuous stream
// whichever publisher feeds it.
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "media/kind.hpp"
#include "media/loss_list.hpp"
#include "media/packet_cache.hpp"
#include "media/reception.hpp"
#include "media/rtcp.hpp"
#include "media/rtp.hpp"
#include "media/sdp.hpp"

namespace liveshop::media {

// The incoming stream of one publisher for one kind. A publisher that sends several layers would have several.
struct Source {
    sdp::Codec codec;
    std::uint32_t ssrc = 0, rtx_ssrc = 0;  // 0 until learnt from the first packet when the offer did not declare them
    std::optional<int> transport_cc_id;

    rtp::Unwrapper unwrap;
    bool started = false;
    std::int64_t index_offset = 0, first_index = 0;  // track index = unwrapped sequence + offset
    std::uint32_t timestamp_offset = 0;
    LossList missing;
    Reception reception;
    rtcp::SenderInfo report;  // the last one, its timestamp already the track's
    std::int64_t report_us = 0;
};

class Track {
  public:
    Track(Kind, const sdp::Codec&, std::uint32_t ssrc);

    Kind kind() const { return kind_; }
    const sdp::Codec& codec() const { return codec_; }
    std::uint32_t ssrc() const { return ssrc_; }
    std::int64_t last_index() const { return last_index_; }
    const CachedPacket* find(std::int64_t index) const { return cache_.find(index); }

    // Takes a packet of the source into the cache and among the pending ones. False when it is a duplicate, too late or
    // too large.
    bool take(Source&, const rtp::Packet&, std::int64_t now_us);

    // Packets taken and not yet forwarded, in the order they came: usually one frame.
    const std::vector<std::int64_t>& pending() const { return pending_; }
    void clear_pending() { pending_.clear(); }
    // Whether the pending packets should go now rather than wait for the rest of their frame.
    bool frame_complete() const { return frame_complete_ || kind_ == Kind::audio || pending_.size() >= pending_max; }

    // Index of the first packet of the last key frame.
    std::optional<std::int64_t> key_frame() const { return key_frame_; }
    // Whether a viewer who starts now should be given the last key frame and what followed it.
    bool replayable(std::int64_t now_us) const;

    // Oldest index worth asking the publisher for.
    std::int64_t oldest_useful() const { return last_index_ - cache_.capacity() / 2; }

  private:
    static constexpr std::size_t pending_max = 64;

    void start(Source&, std::int64_t sequence, std::uint32_t timestamp, std::int64_t now_us);
    void store(std::int64_t index, std::uint32_t timestamp, const rtp::Packet&);

    Kind kind_;
    sdp::Codec codec_;
    std::uint32_t ssrc_;
    PacketCache cache_;
    std::vector<std::int64_t> pending_;
    bool frame_complete_ = false;
    bool any_ = false;
    std::int64_t last_index_ = 1 << 16;
    std::uint32_t last_timestamp_ = 0;
    std::int64_t last_arrival_us_ = 0;
    std::optional<std::int64_t> key_frame_;
    std::int64_t key_frame_us_ = 0;
};

}  // namespace liveshop::media
