#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "media/sdp.hpp"

namespace liveshop::media::sdp {
namespace {

constexpr unsigned host_type_preference = 126;

void write_rejected(std::string& out, const Section& offered) {
    fmt::format_to(std::back_inserter(out), "m={} 0 {} {}\r\nc=IN IP4 0.0.0.0\r\na=mid:{}\r\na=inactive\r\n",
                   offered.kind, offered.protocol, offered.formats, offered.mid);
}

void write_codec(std::string& out, const Section& offered, const AnswerSection& s) {
    auto to = std::back_inserter(out);
    const auto& c = *s.codec;
    fmt::format_to(to, "a=rtpmap:{} {}\r\n", c.payload_type, c.rtpmap);
    auto format = c.format;
    if (s.bitrate_start_kbps)
        format += fmt::format("{}x-google-start-bitrate={}", format.empty() ? "" : ";", s.bitrate_start_kbps);
    if (!format.empty()) fmt::format_to(to, "a=fmtp:{} {}\r\n", c.payload_type, format);
    if (offered.kind == name(Kind::video))
        for (auto* feedback : {"nack", "nack pli", "ccm fir"})
            fmt::format_to(to, "a=rtcp-fb:{} {}\r\n", c.payload_type, feedback);
    if (s.transport_cc_id) {
        fmt::format_to(to, "a=rtcp-fb:{} transport-cc\r\n", c.payload_type);
        fmt::format_to(to, "a=extmap:{} {}\r\n", *s.transport_cc_id, transport_cc_uri);
    }
    if (s.with_rtx && c.rtx_payload_type >= 0)
        fmt::format_to(to, "a=rtpmap:{0} rtx/{1}\r\na=fmtp:{0} apt={2}\r\n", c.rtx_payload_type, c.clock_rate,
                       c.payload_type);
}

// RFC 8839, section 5.1 and RFC 8445, section 5.1.2.1: the first address gets the highest priority.
void write_candidates(std::string& out, const Transport& t) {
    unsigned local_preference = 65535;
    for (std::size_t i = 0; i < t.addresses.size(); ++i, --local_preference)
        fmt::format_to(std::back_inserter(out), "a=candidate:{} 1 udp {} {} {} typ host\r\n", i + 1,
                       host_type_preference << 24 | local_preference << 8 | 255, t.addresses[i], t.port);
    out += "a=end-of-candidates\r\n";
}

void write_accepted(std::string& out, const Section& offered, const AnswerSection& s, const Transport& t) {
    auto to = std::back_inserter(out);
    const auto& address = t.addresses.front();
    fmt::format_to(to, "m={} {} {} {}", offered.kind, t.port, offered.protocol, s.codec->payload_type);
    if (s.with_rtx && s.codec->rtx_payload_type >= 0) fmt::format_to(to, " {}", s.codec->rtx_payload_type);
    fmt::format_to(to, "\r\nc=IN {} {}\r\n", address.contains(':') ? "IP6" : "IP4", address);
    if (s.bitrate_max_kbps)
        fmt::format_to(to, "b=AS:{}\r\nb=TIAS:{}\r\n", *s.bitrate_max_kbps, *s.bitrate_max_kbps * 1000LL);
    fmt::format_to(to,
                   "a=mid:{}\r\na={}\r\na=rtcp-mux\r\na=rtcp-rsize\r\na=ice-ufrag:{}\r\na=ice-pwd:{}\r\n"
                   "a=fingerprint:sha-256 {}\r\na=setup:passive\r\n",
                   offered.mid, s.ssrc ? "sendonly" : "recvonly", t.ufrag, t.password, t.fingerprint);
    write_codec(out, offered, s);
    if (s.ssrc) fmt::format_to(to, "a=msid:live {0}\r\na=ssrc:{1} cname:live\r\n", offered.kind, s.ssrc);
    write_candidates(out, t);
}

}  // namespace

bool forwardable(const Codec& c) {
    constexpr int clock_rate_max = 192'000;
    if (c.clock_rate <= 0 || c.clock_rate > clock_rate_max) return false;
    return c.name == "opus" || c.name == "VP8" ||
           (c.name == "H264" && parameter(c.format, "packetization-mode") == "1");
}

bool same_bitstream(const Codec& a, const Codec& b) {
    if (a.name != b.name || a.clock_rate != b.clock_rate) return false;
    if (a.name != "H264") return true;
    auto profile = [](const Codec& c) { return parameter(c.format, "profile-level-id").substr(0, 4); };
    auto mode = [](const Codec& c) { return parameter(c.format, "packetization-mode"); };
    return profile(a) == profile(b) && mode(a) == mode(b);
}

std::string write_answer(const Offer& offer, std::span<const AnswerSection> sections, const Transport& transport) {
    std::string bundle, body;
    for (std::size_t i = 0; i < offer.sections.size(); ++i) {
        if (!sections[i].codec) {  // keeps its place but leaves the bundle
            write_rejected(body, offer.sections[i]);
            continue;
        }
        bundle += " " + offer.sections[i].mid;
        write_accepted(body, offer.sections[i], sections[i], transport);
    }
    return "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\na=ice-lite\r\na=group:BUNDLE" + bundle +
           "\r\na=msid-semantic: WMS *\r\n" + body;
}

}  // namespace liveshop::media::sdp
