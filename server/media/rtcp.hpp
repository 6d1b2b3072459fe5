// RTCP: walking compound packets, and writing the few kinds the server sends (RFC 3550, RFC 4585).
#pragma once
#include <optional>
#include <string_view>

#include "media/bytes.hpp"

namespace liveshop::media::rtcp {

inline constexpr unsigned sender_report = 200, receiver_report = 201, source_description = 202,
                          transport_feedback = 205, payload_feedback = 206;
inline constexpr unsigned format_nack = 1, format_pli = 1, format_fir = 4, format_transport_cc = 15;
inline constexpr std::size_t compound_size_max = 1200;

// One packet of a compound.
struct Block {
    unsigned format = 0, type = 0;
    Bytes body;  // behind the 4-byte header: begins with the sender's SSRC
};

// Calls visit(Block) for each packet. False when a length or version is wrong; what came before it has been visited.
template <class Visit>
bool for_each(Bytes compound, Visit visit) {
    while (!compound.empty()) {
        if (compound.size() < 8 || compound[0] >> 6 != 2) return false;
        std::size_t size = 4u * (get16(&compound[2]) + 1u);
        if (size < 8 || size > compound.size()) return false;
        visit(Block{compound[0] & 31u, compound[1], compound.subspan(4, size - 4)});
        compound = compound.subspan(size);
    }
    return true;
}

// Calls visit(std::uint16_t sequence) for each packet a NACK (RFC 4585, section 6.2.1) asks for.
template <class Visit>
void for_each_nacked(const Block& block, Visit visit) {
    for (std::size_t at = 8; at + 4 <= block.body.size(); at += 4) {
        std::uint16_t first = get16(&block.body[at]), mask = get16(&block.body[at + 2]);
        visit(first);
        for (unsigned i = 0; i < 16; ++i)
            if (mask >> i & 1) visit(static_cast<std::uint16_t>(first + 1 + i));
    }
}

// The SSRC that feedback is about; nothing when it is too short.
inline std::optional<std::uint32_t> media_ssrc(const Block& block) {
    if (block.body.size() < 8) return {};
    return get32(&block.body[4]);
}

struct SenderInfo {
    std::uint64_t ntp = 0;
    std::uint32_t rtp_timestamp = 0, packets = 0, octets = 0;
};

// The sender's information of a sender report, and whose it is.
struct SenderReport {
    std::uint32_t ssrc = 0;
    SenderInfo info;
};
std::optional<SenderReport> parse_sender_report(const Block&);

// Header of one packet; its length is filled in by finish(), given where the packet began.
void begin(Writer&, unsigned format, unsigned type, std::uint32_t sender);
void finish(Writer&, std::size_t start);

void write_pli(Writer&, std::uint32_t sender, std::uint32_t media);
// `lost` in ascending order (modulo 2^16); as many as fit in the space are asked for.
void write_nack(Writer&, std::uint32_t sender, std::uint32_t media, std::span<const std::uint16_t> lost);
// A sender report followed by the source description that every compound has to carry.
void write_sender_report(Writer&, std::uint32_t ssrc, const SenderInfo&, std::string_view cname);

}  // namespace liveshop::media::rtcp
