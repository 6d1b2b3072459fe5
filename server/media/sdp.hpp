// Session descriptions as WHIP and WHEP use them: an offer is read, an answer written (RFC 8866, RFC 9429).
#pragma once
#include <expected>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "media/kind.hpp"

namespace liveshop::media::sdp {

inline constexpr std::size_t size_max = 64 * 1024, sections_max = 16, payload_types_max = 128, extensions_max = 32;
inline constexpr std::string_view transport_cc_uri =
    "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";

struct Codec {
    int payload_type = -1;
    std::string name, rtpmap, format;  // "VP8", "VP8/90000", "" or "profile-level-id=…"
    int clock_rate = 0;                // Hz
    int rtx_payload_type = -1;         // -1 without retransmission payload
};

enum class Direction { send_receive, send_only, receive_only, inactive };

struct Section {
    std::string kind, protocol, formats, mid;
    Direction direction = Direction::send_receive;
    bool rtcp_mux = false;
    std::vector<Codec> codecs;                           // in the offerer's order of preference
    std::map<std::string, int, std::less<>> extensions;  // URI to id
    std::uint32_t ssrc = 0, rtx_ssrc = 0;                // 0 when not declared
};

struct Offer {
    std::string ufrag, password, fingerprint, setup;
    std::vector<Section> sections;
};

// The error is a sentence for whoever made the offer.
std::expected<Offer, std::string> parse(std::string_view text);

// Value of "name=value" in a format line "a=1;b=2"; empty when absent.
std::string_view parameter(std::string_view format, std::string_view name);

// Whether the server forwards this codec: VP8, Opus, and H.264 with packetization mode 1.
bool forwardable(const Codec&);

// Whether both mean the same bitstream. Payload types may differ; H.264 must agree on profile and packetization mode.
bool same_bitstream(const Codec&, const Codec&);

// What to answer to the section at the same place of the offer.
struct AnswerSection {
    std::optional<Codec> codec;  // nothing: the section is rejected
    bool with_rtx = false;
    std::optional<int> transport_cc_id;
    std::optional<int> bitrate_max_kbps;
    int bitrate_start_kbps = 0;  // where Chromium's estimate begins (x-google-start-bitrate); 0 does not say
    std::uint32_t ssrc = 0;      // not 0 when the server sends
};

struct Transport {
    std::string ufrag, password, fingerprint;
    std::span<const std::string> addresses;  // of the candidates, best first
    std::uint16_t port = 0;
};

// `sections` has as many elements as the offer.
std::string write_answer(const Offer&, std::span<const AnswerSection> sections, const Transport&);

}  // namespace liveshop::media::sdp
