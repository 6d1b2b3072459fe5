#include "media/rtp.hpp"

namespace liveshop::media::rtp {

std::optional<Packet> parse(Bytes d) {
    if (d.size() < header_size || d[0] >> 6 != 2) return {};
    Packet p{.marker = (d[1] & 0x80) != 0,
             .padding = (d[0] & 0x20) != 0,
             .payload_type = static_cast<std::uint8_t>(d[1] & 0x7F),
             .sequence = get16(&d[2]),
             .timestamp = get32(&d[4]),
             .ssrc = get32(&d[8]),
             .extensions = {},
             .payload = {}};
    std::size_t at = header_size + 4u * (d[0] & 15);
    if (d[0] & 0x10) {
        if (at + 4 > d.size()) return {};
        std::size_t size = 4u * get16(&d[at + 2]);
        if (at + 4 + size > d.size()) return {};
        p.extension_profile = get16(&d[at]);
        p.extensions = d.subspan(at + 4, size);
        at += 4 + size;
    }
    if (at > d.size()) return {};
    p.payload = d.subspan(at);
    if (p.padding && (p.payload.empty() || p.payload.back() == 0 || p.payload.back() > p.payload.size())) return {};
    return p;
}

bool is_only_padding(const Packet& p) {
    return p.payload.empty() || (p.padding && p.payload.back() == p.payload.size());
}

Bytes extension(const Packet& p, int id) {
    bool one_byte = p.extension_profile == 0xBEDE;
    if (!one_byte && (p.extension_profile & 0xFFF0) != 0x1000) return {};
    for (std::size_t at = 0; at < p.extensions.size();) {
        std::uint8_t head = p.extensions[at++];
        if (head == 0) continue;  // padding between elements
        if (!one_byte && at == p.extensions.size()) return {};
        int found = one_byte ? head >> 4 : head;
        std::size_t size = one_byte ? (head & 15u) + 1 : p.extensions[at++];
        if (at + size > p.extensions.size() || (one_byte && found == 15)) return {};
        if (found == id) return p.extensions.subspan(at, size);
        at += size;
    }
    return {};
}

bool restore_from_rtx(Packet& p, std::uint32_t ssrc) {
    if (is_only_padding(p) || p.payload.size() < 2) return false;
    p.sequence = get16(p.payload.data());
    p.payload = p.payload.subspan(2);
    p.ssrc = ssrc;
    return !p.padding || (!p.payload.empty() && p.payload.back() <= p.payload.size());
}

}  // namespace liveshop::media::rtp
