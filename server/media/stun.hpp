// STUN binding messages as ICE uses them (RFC 8489, RFC 8445).
#pragma once
#include <array>
#include <optional>
#include <string_view>

#include "media/bytes.hpp"
#include "media/endpoint.hpp"

namespace liveshop::media::stun {

inline constexpr std::uint16_t binding_request = 0x0001, binding_success = 0x0101;
inline constexpr std::size_t header_size = 20;
inline constexpr std::size_t message_size_max = 1200;  // larger ones are not STUN of ICE

using Transaction = std::array<std::uint8_t, 12>;

// A well-formed message. The views point into the datagram it was parsed from.
struct Message {
    std::uint16_t type = 0;
    Transaction transaction{};
    std::string_view username;     // "receiver's ufrag:sender's ufrag"
    bool use_candidate = false;    // the controlling side nominates this pair
    std::size_t integrity_at = 0;  // offset of MESSAGE-INTEGRITY
    Bytes mapped_address;          // XOR-MAPPED-ADDRESS, still masked; empty when absent

    std::string_view receiver_ufrag() const { return username.substr(0, username.find(':')); }
};

// RFC 7983: whether the first bytes are those of STUN.
bool looks_like_stun(Bytes datagram);

// Nothing when a length lies, MESSAGE-INTEGRITY or FINGERPRINT is missing or FINGERPRINT is wrong. Attributes behind
// MESSAGE-INTEGRITY are ignored, as RFC 8489, section 14.5 demands.
std::optional<Message> parse(Bytes datagram);

// Whether MESSAGE-INTEGRITY was made with `password` (short-term credentials, RFC 8489, section 9.1).
bool authentic(Bytes datagram, const Message&, std::string_view password);

// Both write a whole message with MESSAGE-INTEGRITY and FINGERPRINT and return its size.
std::size_t write_success(MutableBytes out, const Transaction&, const Endpoint& mapped, std::string_view password);
std::size_t write_request(MutableBytes out, const Transaction&, std::string_view username, std::string_view password);

}  // namespace liveshop::media::stun
