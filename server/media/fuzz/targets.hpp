// What the fuzzers run, and the test that replays their corpora: each takes any bytes and aborts when a promise is
// broken.
#pragma once
#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/json.hpp>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "media/control.hpp"
#include "media/depacketizer.hpp"
#include "media/grant.hpp"
#include "media/matroska.hpp"
#include "media/negotiation.hpp"
#include "media/payload.hpp"
#include "media/rtcp.hpp"
#include "media/rtp.hpp"
#include "media/sdp.hpp"
#include "media/stun.hpp"
#include "media/track.hpp"
#include "media/transport_feedback.hpp"

namespace liveshop::media::fuzz {

inline void require(bool promise, const char* what) {
    if (promise) return;
    std::fprintf(stderr, "broken promise: %s\n", what);
    std::abort();
}

inline bool within(Bytes part, Bytes whole) {
    return part.empty() || (part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size());
}

inline void stun(Bytes data) {
    auto message = stun::parse(data);
    if (!message) return;
    require(within(as_bytes(message->username), data), "the user name lies in the datagram");
    require(within(message->mapped_address, data), "the address lies in the datagram");
    require(message->integrity_at + 24 <= data.size(), "the integrity lies in the datagram");
    require(!stun::authentic(data, *message, "a password nobody told the fuzzer"), "nobody guesses a password");
}

inline void rtp(Bytes data) {
    auto packet = rtp::parse(data);
    if (!packet) return;
    require(within(packet->payload, data) && within(packet->extensions, data), "a packet lies in its datagram");
    for (int id = 0; id < 256; ++id)
        require(within(rtp::extension(*packet, id), packet->extensions), "an extension lies among the extensions");
    for (auto* codec : {"VP8", "H264"}) payload::starts_key_frame(codec, packet->payload);
    sdp::Codec vp8{.payload_type = 96, .name = "VP8", .rtpmap = "VP8/90000", .format = "", .clock_rate = 90'000};
    static Track track(Kind::video, vp8, 1);
    static Source source;
    auto before = track.last_index();
    if (track.take(source, *packet, 1)) require(track.last_index() >= before, "indexes never go back");
    track.clear_pending();
    if (rtp::restore_from_rtx(*packet, 7)) require(within(packet->payload, data), "so does a restored one");
}

inline void rtcp(Bytes data) {
    std::size_t sum = 0;
    rtcp::for_each(data, [&](const rtcp::Block& block) {
        require(within(block.body, data) && block.body.size() >= 4, "a block lies in its compound");
        sum += block.body.size() + 4;
        std::size_t asked = 0;
        rtcp::for_each_nacked(block, [&](std::uint16_t) { ++asked; });
        require(asked <= block.body.size() / 4 * 17, "a word asks for 17 packets at most");
        rtcp::parse_sender_report(block);
        rtcp::media_ssrc(block);
    });
    require(sum <= data.size(), "blocks do not overlap");
}

// Pairs of sequence number and milliseconds since the last packet.
inline void feedback(Bytes data) {
    TransportFeedback feedback;
    std::int64_t at_us = 1'000'000;
    std::array<std::uint8_t, rtcp::compound_size_max> space;
    auto flush = [&](std::size_t size) {
        for (int i = 0;; ++i) {
            Writer out(MutableBytes(space).first(size));
            if (!feedback.write(out, 1, 2)) return;
            require(i < 4096, "the feedback comes to an end");
            require(out.ok() && out.size() % 4 == 0, "feedback fits and is aligned");
            require(rtcp::for_each(out.written(), [](const rtcp::Block&) {}), "feedback is well-formed");
        }
    };
    for (std::size_t i = 0; i + 4 <= data.size(); i += 4) {
        at_us += get16(&data[i + 2]) * 1000LL;
        feedback.on_packet(get16(&data[i]), at_us);
        if (data[i] % 16 == 0) flush(100 + data[i + 1] * 4u);
    }
    flush(space.size());
}

inline void sdp(Bytes data) {
    auto offer = sdp::parse(as_text(data));
    if (!offer) return require(!offer.error().empty(), "a fault is a sentence");
    auto plan = plan_publication(*offer, {.max_kbps = 1000, .start_kbps = 500});
    if (!plan) return;
    const std::vector<std::string> addresses = {"192.0.2.1"};
    auto answer = sdp::write_answer(*offer, plan->sections, {"ufrag", "password", "AB", addresses, 9});
    std::size_t sections = 0;
    for (auto at = answer.find("\r\nm="); at != answer.npos; at = answer.find("\r\nm=", at + 1)) ++sections;
    require(sections == offer->sections.size(), "every section is answered in its place");
    require(std::ranges::count(answer, '\r') == std::ranges::count(answer, '\n'), "no line is smuggled in");
}

inline void grant(Bytes data) {
    constexpr std::string_view secret = "0123456789abcdef0123456789abcdef";
    require(!verify(as_text(data), "a secret nobody told the fuzzer", 0), "nobody guesses a secret");
    if (data.empty() || data.size() > 500 || !boost::json::string_view(as_text(data)).size()) return;
    for (auto byte : data)
        if (byte < 32 || byte > 126) return;
    Grant given{.room = std::string(as_text(data)),
                .action = Action::view,
                .subject = std::string(as_text(data)),
                .expires_at_s = 10,
                .max_bitrate_kbps = {}};
    auto read = verify(sign(given, secret), secret, 9);
    require(read && read->room == given.room && read->subject == given.subject, "a grant is read as it was signed");
}

inline void control(Bytes data) {
    static boost::asio::io_context io;
    static Settings settings = [] {
        Settings s;
        s.udp_address = "127.0.0.1";
        s.udp_port = 0;
        s.recordings_directory.clear();
        return s;
    }();
    static Router router(io, settings, {});
    bool subscribe = false;
    auto answer = answer_command(as_text(data), router, subscribe);
    require(answer.contains("result") != answer.contains("error"), "an answer is a result or an error");
    require(boost::json::serialize(answer).find('\n') == std::string::npos, "an answer is one line");
}

// Packets of video, each behind its length: what recordings and pictures are made of.
inline void frames(Bytes data) {
    for (auto* codec : {"VP8", "H264"}) {
        Depacketizer in(codec);
        Bytes rest = data;
        while (rest.size() >= 2) {
            auto flags = rest[0];
            std::size_t size = std::min<std::size_t>(rest[1], rest.size() - 2);
            if (flags & 0x80) in.skip();
            auto frame = in.take(flags & 0x0Fu, flags & 0x40, rest.subspan(2, size));
            rest = rest.subspan(2 + size);
            if (!frame) continue;
            require(!frame->bytes.empty(), "a frame has something in it");
            std::size_t units = 0;
            for_each_unit(frame->bytes, [&](Bytes unit) {
                units += 4 + unit.size();
                h264_size(unit);
            });
            bool h264 = std::string_view(codec) == "H264";
            require(!h264 || units == frame->bytes.size(), "a frame of H.264 is units and nothing else");
            vp8_size(frame->bytes);
            matroska::h264_configuration(frame->bytes);
        }
    }
}

struct Target {
    const char* name;
    void (*run)(Bytes);
};
inline constexpr Target targets[] = {
    {"stun", stun}, {"rtp", rtp},     {"rtcp", rtcp},       {"feedback", feedback},
    {"sdp", sdp},   {"grant", grant}, {"control", control}, {"frames", frames},
};

}  // namespace liveshop::media::fuzz
