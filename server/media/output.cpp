#include "media/output.hpp"

#include <algorithm>

namespace liveshop::media {

Output::Output(int socket, const Settings& settings, Counters& counters)
    : batch_(socket, settings.segmentation, counters),
      counters_(counters),
      drop_one_in_(static_cast<unsigned>(settings.test_drop_one_in)) {}

void Output::send_plain(const Endpoint& to, Bytes datagram) {
    if (datagram.empty() || datagram.size() > datagram_size_max) return;
    std::memcpy(batch_.reserve(), datagram.data(), datagram.size());
    batch_.commit(to, datagram.size());
}

void Output::send_rtcp(Peer& peer, Bytes compound) {
    if (!peer.sender || !peer.selected || compound.empty()) return;
    auto* out = batch_.reserve();
    std::memcpy(out, compound.data(), compound.size());
    if (auto size = peer.sender->protect_rtcp(out, compound.size())) batch_.commit(*peer.selected, *size);
}

std::size_t Output::send_media(Peer& peer, Subscription& s, const Track& track, const CachedPacket& packet) {
    if (packet.index < s.first || !peer.selected || !peer.sender) return 0;
    auto index = static_cast<std::uint64_t>(packet.index - s.offset);
    auto* out = batch_.reserve();
    std::memcpy(out, packet.bytes.data(), rtp::header_size);
    out[1] |= s.payload_type;
    set16(out + 2, static_cast<std::uint16_t>(index));
    auto payload = packet.view().subspan(rtp::header_size);
    auto size = peer.sender->protect_rtp(out, track.ssrc(), index, payload);
    if (!size) return 0;
    bool first_time = packet.index > s.last;
    s.last = std::max(s.last, packet.index);
    ++s.packets;
    s.octets += static_cast<std::uint32_t>(payload.size());
    if (!first_time || !lose_one()) batch_.commit(*peer.selected, *size);
    return *size;
}

bool Output::lose_one() { return drop_one_in_ && random_() % drop_one_in_ == 0; }

}  // namespace liveshop::media
