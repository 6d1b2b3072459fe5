// Whole sessions over real UDP: a client publishes, others view.
#include <gtest/gtest.h>

#include "media/tests/media_client.hpp"

namespace liveshop::media {
namespace {

using namespace std::chrono_literals;

struct Session : testing::Test {
    TestServer server{[] {
        Settings settings;
        settings.consent_timeout_s = 2;
        settings.connect_timeout_s = 1;
        return settings;
    }()};
    MediaClient publisher{server, "r", Action::publish}, viewer{server, "r", Action::view};

    void send_frame(std::uint16_t sequence, bool key, int transport_sequence = -1) {
        publisher.send_rtp(MediaClient::video_ssrc, 96, sequence, sequence * 3000u, true, vp8_payload(key, sequence),
                           transport_sequence);
    }
    void connect_both() {
        publisher.connect();
        viewer.connect();
    }
    std::optional<RoomStatus> status() {
        auto rooms = server.on_thread([](Router& router) { return router.rooms(); });
        return rooms.empty() ? std::nullopt : std::optional(rooms.front());
    }
    template <class Read>
    std::vector<rtcp::Block> blocks(MediaClient& client, Read wanted) {
        std::vector<rtcp::Block> result;
        for (auto& compound : client.reports)
            rtcp::for_each(compound, [&](const rtcp::Block& b) {
                if (wanted(b)) result.push_back(b);
            });
        return result;
    }
    std::size_t plis() {
        return blocks(publisher, [](auto& b) { return b.type == 206 && b.format == 1; }).size();
    }
    static Datagram feedback(auto write) {
        std::array<std::uint8_t, rtcp::compound_size_max> space;
        Writer out(space);
        write(out);
        return {out.written().begin(), out.written().end()};
    }
};

TEST_F(Session, WhatIsPublishedArrivesToTheByte) {
    for (auto* profile : {"SRTP_AEAD_AES_128_GCM", "SRTP_AES128_CM_SHA1_80"}) {
        TestServer own;
        MediaClient sender(own, "r", Action::publish, "VP8/90000", profile),
            receiver(own, "r", Action::view, "VP8/90000", profile);
        sender.connect();
        receiver.connect();
        EXPECT_EQ(receiver.profile == SrtpProfile::aead_aes_128_gcm, std::string_view(profile).contains("GCM"));
        for (std::uint16_t i = 0; i < 50; ++i) {
            sender.send_rtp(MediaClient::video_ssrc, 96, static_cast<std::uint16_t>(65'520 + i), i * 3000u, true,
                            vp8_payload(i == 0, i));
            sender.send_rtp(MediaClient::audio_ssrc, 111, static_cast<std::uint16_t>(65'530 + i), i * 960u, true,
                            Datagram(80, static_cast<std::uint8_t>(i)));
            receiver.wait_for(1ms);
        }
        ASSERT_TRUE(receiver.wait([&] { return receiver.media.size() == 100; })) << receiver.media.size();
        auto video_ssrc = receiver.viewed_ssrc("video");
        std::uint16_t video = 0, audio = 0;
        for (auto& d : receiver.media) {
            auto p = *rtp::parse(d);
            auto number = p.ssrc == video_ssrc ? video++ : audio++;
            auto expected = p.ssrc == video_ssrc ? vp8_payload(number == 0, number)
                                                 : Datagram(80, static_cast<std::uint8_t>(number));
            ASSERT_TRUE(std::ranges::equal(p.payload, expected)) << number;
            EXPECT_EQ(p.sequence, 1000 + number);
            EXPECT_EQ(p.payload_type, p.ssrc == video_ssrc ? 96 : 111);
            EXPECT_EQ(p.timestamp, number * (p.ssrc == video_ssrc ? 3000u : 960u));
        }
        EXPECT_EQ(receiver.undecryptable, 0);
    }
}

TEST_F(Session, ALateViewerStartsAtTheLastKeyFrame) {
    publisher.connect();
    for (std::uint16_t i = 0; i < 20; ++i) send_frame(i, i == 5);
    ASSERT_TRUE(eventually([&] { return server.counters().packets_published == 20; }));
    viewer.connect();
    ASSERT_TRUE(viewer.wait([&] { return viewer.media.size() == 15; }));
    EXPECT_TRUE(std::ranges::equal(rtp::parse(viewer.media.front())->payload, vp8_payload(true, 5)));
    publisher.wait_for(50ms);
    EXPECT_EQ(plis(), 0u);  // nobody had to ask the publisher
}

TEST_F(Session, LostPacketsAreAskedForAndTakenAsRetransmissions) {
    connect_both();
    send_frame(1, true);
    send_frame(4, false);
    auto is_nack = [](auto& b) { return b.type == 205 && b.format == 1; };
    ASSERT_TRUE(publisher.wait([&] { return !blocks(publisher, is_nack).empty(); }));
    std::vector<std::uint16_t> lost;
    rtcp::for_each_nacked(blocks(publisher, is_nack).front(), [&](std::uint16_t s) { lost.push_back(s); });
    EXPECT_EQ(lost, (std::vector<std::uint16_t>{2, 3}));
    for (std::uint16_t s : lost) {
        Datagram rtx = {0, static_cast<std::uint8_t>(s)};
        auto payload = vp8_payload(false, s);
        rtx.insert(rtx.end(), payload.begin(), payload.end());
        publisher.send_rtp(MediaClient::rtx_ssrc, 97, s, s * 3000u, true, rtx);
    }
    ASSERT_TRUE(viewer.wait([&] { return viewer.media.size() == 4; }));
    EXPECT_EQ(rtp::parse(viewer.media[2])->sequence, 1001);
    EXPECT_TRUE(std::ranges::equal(rtp::parse(viewer.media[2])->payload, vp8_payload(false, 2)));
}

TEST_F(Session, ViewersGetTheSamePacketAgain) {
    connect_both();
    for (std::uint16_t i = 0; i < 10; ++i) send_frame(i, i == 0);
    ASSERT_TRUE(viewer.wait([&] { return viewer.media.size() == 10; }));
    auto ssrc = viewer.viewed_ssrc("video");
    std::vector<std::uint16_t> wanted = {1003, 1004, 1009, 1010, 900};
    auto nack = feedback([&](Writer& out) { rtcp::write_nack(out, 1, ssrc, wanted); });
    viewer.send_rtcp(nack);
    ASSERT_TRUE(viewer.wait([&] { return viewer.repeated == 3; }));
    EXPECT_EQ(viewer.undecryptable, 0);
    auto counters = server.counters();
    EXPECT_EQ(counters.packets_resent, 3u);
    EXPECT_EQ(counters.nacks_in, 5u);
    EXPECT_EQ(counters.dropped(Drop::resend_too_old), 2u);
}

TEST_F(Session, ResendsAreLimited) {
    connect_both();
    for (std::uint16_t i = 0; i < 20; ++i) send_frame(i, i == 0);
    ASSERT_TRUE(viewer.wait([&] { return viewer.media.size() == 20; }));
    std::vector<std::uint16_t> wanted(200, 1005);
    auto nack = feedback([&](Writer& out) { rtcp::write_nack(out, 1, viewer.viewed_ssrc("video"), wanted); });
    for (int i = 0; i < 20; ++i) viewer.send_rtcp(nack);
    EXPECT_TRUE(eventually([&] { return server.counters().dropped(Drop::resend_limited) > 500; }));
    EXPECT_LE(server.counters().packets_resent, 2000u);
}

TEST_F(Session, KeyFramesAreRequestedAtMostOnceASecond) {
    publisher.connect();
    send_frame(1, false);
    viewer.connect();
    ASSERT_TRUE(publisher.wait([&] { return plis() == 1; }));
    auto pli = feedback([&](Writer& out) { rtcp::write_pli(out, 1, viewer.viewed_ssrc("video")); });
    for (int i = 0; i < 18; ++i) {
        viewer.send_rtcp(pli);
        publisher.wait_for(100ms);
    }
    EXPECT_GE(plis(), 2u);
    EXPECT_LE(plis(), 3u);
    send_frame(2, true);  // answers the request
    ASSERT_TRUE(viewer.wait([&] { return viewer.media.size() == 1; }));
    auto asked = plis();
    publisher.wait_for(1500ms);
    EXPECT_LE(plis(), asked);
}

TEST_F(Session, PublishersGetReportsAndTransportFeedback) {
    connect_both();
    for (std::uint16_t i = 0; i < 60; ++i) {
        send_frame(i, i == 0, 65'500 + i);
        publisher.wait_for(2ms);
    }
    auto is_feedback = [](auto& b) { return b.type == 205 && b.format == 15; };
    auto is_report = [](auto& b) { return b.type == 201 && b.body.size() == 28; };
    auto told = [&] {
        int count = 0;
        for (auto& b : blocks(publisher, is_feedback)) count += get16(&b.body[10]);
        return count;
    };
    ASSERT_TRUE(publisher.wait([&] { return told() == 60; })) << told();
    EXPECT_EQ(get16(&blocks(publisher, is_feedback).front().body[8]), 65'500);
    ASSERT_TRUE(publisher.wait([&] { return !blocks(publisher, is_report).empty(); }));
    EXPECT_EQ(get32(&blocks(publisher, is_report).front().body[4]), MediaClient::video_ssrc);
}

TEST_F(Session, SenderReportsReachViewersInTheirTerms) {
    connect_both();
    for (std::uint16_t i = 0; i < 5; ++i) send_frame(i, i == 0);
    publisher.send_rtcp(feedback([](Writer& out) {
        rtcp::write_sender_report(out, MediaClient::video_ssrc, {0x1000'0000'0000'0000, 9000, 5, 1500}, "x");
    }));
    auto reports = [&] { return blocks(viewer, [](auto& b) { return b.type == 200; }); };
    ASSERT_TRUE(viewer.wait([&] { return !reports().empty(); }));
    auto report = *rtcp::parse_sender_report(reports().front());
    EXPECT_EQ(report.ssrc, viewer.viewed_ssrc("video"));
    auto passed_s = static_cast<double>(report.info.ntp - 0x1000'0000'0000'0000) / 4294967296.0;
    EXPECT_GE(passed_s, 0);
    EXPECT_LT(passed_s, 5);
    EXPECT_NEAR(report.info.rtp_timestamp, 9000 + passed_s * 90'000, 200);
    EXPECT_EQ(report.info.packets, 5u);
}

}  // namespace
}  // namespace liveshop::media
