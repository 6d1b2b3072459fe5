#include "media/rtcp.hpp"

namespace liveshop::media::rtcp {

std::optional<SenderReport> parse_sender_report(const Block& block) {
    if (block.type != sender_report || block.body.size() < 24) return {};
    auto* p = block.body.data();
    return SenderReport{.ssrc = get32(p),
                        .info = {.ntp = static_cast<std::uint64_t>(get32(p + 4)) << 32 | get32(p + 8),
                                 .rtp_timestamp = get32(p + 12),
                                 .packets = get32(p + 16),
                                 .octets = get32(p + 20)}};
}

void begin(Writer& out, unsigned format, unsigned type, std::uint32_t sender) {
    out.u8(0x80 | format);
    out.u8(type);
    out.u16(0);
    out.u32(sender);
}

void finish(Writer& out, std::size_t start) {
    if (out.ok()) out.put16(start + 2, static_cast<unsigned>((out.size() - start) / 4 - 1));
}

void write_pli(Writer& out, std::uint32_t sender, std::uint32_t media) {
    if (out.room() < 12) return;
    auto start = out.size();
    begin(out, format_pli, payload_feedback, sender);
    out.u32(media);
    finish(out, start);
}

void write_nack(Writer& out, std::uint32_t sender, std::uint32_t media, std::span<const std::uint16_t> lost) {
    if (lost.empty() || out.room() < 16) return;
    auto start = out.size();
    begin(out, format_nack, transport_feedback, sender);
    out.u32(media);
    for (std::size_t i = 0; i < lost.size() && out.room() >= 4;) {
        unsigned first = lost[i++], mask = 0;
        for (; i < lost.size(); ++i) {
            auto distance = static_cast<std::uint16_t>(lost[i] - first);
            if (distance == 0 || distance > 16) break;
            mask |= 1u << (distance - 1);
        }
        out.u16(first);
        out.u16(mask);
    }
    finish(out, start);
}

void write_sender_report(Writer& out, std::uint32_t ssrc, const SenderInfo& info, std::string_view cname) {
    std::size_t padding = 4 - (10 + cname.size()) % 4;  // ends the list of items with at least one zero
    if (out.room() < 28 + 10 + cname.size() + padding) return;
    auto start = out.size();
    begin(out, 0, sender_report, ssrc);
    out.u32(static_cast<std::uint32_t>(info.ntp >> 32));
    out.u32(static_cast<std::uint32_t>(info.ntp));
    out.u32(info.rtp_timestamp);
    out.u32(info.packets);
    out.u32(info.octets);
    finish(out, start);

    constexpr unsigned cname_item = 1;
    start = out.size();
    begin(out, 1, source_description, ssrc);
    out.u8(cname_item);
    out.u8(static_cast<unsigned>(cname.size()));
    out.bytes(as_bytes(cname));
    out.zeros(padding);
    finish(out, start);
}

}  // namespace liveshop::media::rtcp
