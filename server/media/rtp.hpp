// RTP packets (RFC 3550), their header extensions (RFC 8285) and sequence numbers.
#pragma once
#include <optional>

#include "media/bytes.hpp"

namespace liveshop::media::rtp {

inline constexpr std::size_t header_size = 12;

// A parsed packet; the views point into the datagram.
struct Packet {
    bool marker = false, padding = false;
    std::uint8_t payload_type = 0;
    std::uint16_t sequence = 0;
    std::uint32_t timestamp = 0, ssrc = 0;
    std::uint16_t extension_profile = 0;
    Bytes extensions;
    Bytes payload;  // includes the padding, if any
};

// Nothing when it is not version 2 or a length reaches beyond the datagram.
std::optional<Packet> parse(Bytes datagram);

// RFC 5761, section 4: tells RTCP from RTP on one port.
inline bool is_rtcp(Bytes datagram) { return datagram.size() >= 8 && datagram[1] >= 192 && datagram[1] <= 223; }

// Bandwidth probes carry nothing else.
bool is_only_padding(const Packet&);

// Value of the header extension with this id, in the one-byte or the two-byte form; empty when absent or malformed.
Bytes extension(const Packet&, int id);

// Whether a retransmission (RFC 4588) could be undone: `packet` becomes the original one of `ssrc`.
bool restore_from_rtx(Packet& packet, std::uint32_t ssrc);

// Extends 16-bit sequence numbers to 64 bits: the candidate nearest to the highest seen so far.
class Unwrapper {
  public:
    std::int64_t operator()(std::uint16_t sequence) {
        if (!highest_) highest_ = sequence;
        auto distance = static_cast<std::int16_t>(sequence - static_cast<std::uint16_t>(*highest_));
        std::int64_t value = *highest_ + distance;
        if (distance > 0) highest_ = value;
        return value;
    }

  private:
    std::optional<std::int64_t> highest_;
};

}  // namespace liveshop::media::rtp
