// What the media server counts. Plain numbers: each belongs to one thread.
#pragma once
#include <array>
#include <cstdint>
#include <string_view>

namespace liveshop::media {

// Why a datagram, or a packet in it, was thrown away.
enum class Drop : unsigned char {
    empty,
    oversized,
    unknown_protocol,
    stun_malformed,
    stun_not_a_request,
    stun_unknown_user,
    stun_bad_integrity,
    stun_limited,
    unknown_address,
    not_connected,
    srtp_failed,
    rtp_malformed,
    rtp_unknown_source,
    rtp_duplicate_or_late,
    rtcp_malformed,
    resend_limited,
    resend_too_old,
};
inline constexpr std::array<std::string_view, 17> drop_names = {
    "empty",
    "oversized",
    "unknown_protocol",
    "stun_malformed",
    "stun_not_a_request",
    "stun_unknown_user",
    "stun_bad_integrity",
    "stun_limited",
    "unknown_address",
    "not_connected",
    "srtp_failed",
    "rtp_malformed",
    "rtp_unknown_source",
    "rtp_duplicate_or_late",
    "rtcp_malformed",
    "resend_limited",
    "resend_too_old",
};
static_assert(drop_names.size() == static_cast<std::size_t>(Drop::resend_too_old) + 1);

struct Counters {
    std::uint64_t datagrams_in = 0, bytes_in = 0;
    std::uint64_t datagrams_out = 0, bytes_out = 0, messages_out = 0, calls_out = 0, datagrams_not_sent = 0;
    std::uint64_t packets_published = 0, packets_forwarded = 0, packets_resent = 0;
    std::uint64_t nacks_in = 0, nacks_out = 0;  // packets asked for, by viewers and of publishers
    std::uint64_t plis_in = 0, plis_out = 0;
    std::uint64_t feedbacks_out = 0;
    std::uint64_t sessions_created = 0, sessions_connected = 0, sessions_expired = 0, handshakes_failed = 0;
    std::array<std::uint64_t, drop_names.size()> drops{};

    void drop(Drop reason) { ++drops[static_cast<std::size_t>(reason)]; }
    std::uint64_t dropped(Drop reason) const { return drops[static_cast<std::size_t>(reason)]; }
};

}  // namespace liveshop::media
