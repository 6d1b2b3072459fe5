// How sessions end, take over and survive nonsense, over real UDP.
#include <gtest/gtest.h>

#include "media/tests/media_client.hpp"

namespace liveshop::media {
namespace {

using namespace std::chrono_literals;

struct Lifecycle : testing::Test {
    TestServer server{[] {
        Settings settings;
        settings.consent_timeout_s = 2;
        settings.connect_timeout_s = 1;
        return settings;
    }()};
    ControlConnection events{server};
    MediaClient publisher{server, "r", Action::publish}, viewer{server, "r", Action::view};

    void SetUp() override { events.ask(R"({"command":"subscribe"})"); }
    void connect_both() {
        publisher.connect();
        expect_event("publisher_connected");
        viewer.connect();
        expect_event("viewer_connected");
    }
    void expect_event(std::string_view name, std::string_view reason = {}) {
        auto event = events.read();
        EXPECT_EQ(event["event"].as_string(), name);
        EXPECT_EQ(event["room"].as_string(), "r");
        EXPECT_EQ(event["subject"].as_string(), "tester");
        EXPECT_EQ(event["session"].as_string().size(), 32u);
        if (!reason.empty()) EXPECT_EQ(event["reason"].as_string(), reason);
    }
    std::size_t sessions() {
        return server.on_thread([](Router& router) { return router.session_count(); });
    }
    static void send_frame(MediaClient& from, std::uint16_t sequence, bool key) {
        from.send_rtp(MediaClient::video_ssrc, 96, sequence, sequence * 3000u, true, vp8_payload(key, sequence));
    }
    bool flows(MediaClient& from, MediaClient& to, std::uint16_t sequence) {
        auto before = to.media.size();
        send_frame(from, sequence, true);
        return to.wait([&] { return to.media.size() > before; });
    }
};

TEST_F(Lifecycle, DeleteClosesThePeerWithANotice) {
    connect_both();
    EXPECT_EQ(http_request(server, boost::beast::http::verb::delete_, viewer.location).result_int(), 200u);
    expect_event("viewer_gone", "deleted");
    EXPECT_TRUE(viewer.wait([&] { return viewer.state() == DtlsSession::State::closed; }));
    EXPECT_EQ(http_request(server, boost::beast::http::verb::delete_, publisher.location).result_int(), 200u);
    expect_event("publisher_gone", "deleted");
    EXPECT_TRUE(publisher.wait([&] { return publisher.state() == DtlsSession::State::closed; }));
    EXPECT_EQ(sessions(), 0u);
}

TEST_F(Lifecycle, ACloseNoticeEndsTheSession) {
    connect_both();
    viewer.close();
    expect_event("viewer_gone", "closed_by_peer");
    publisher.close();
    expect_event("publisher_gone", "closed_by_peer");
    EXPECT_EQ(sessions(), 0u);
}

TEST_F(Lifecycle, ConsentExpiresUnlessChecked) {
    connect_both();
    for (int i = 0; i < 12; ++i) {  // three seconds, of which two are the limit
        publisher.check();
        publisher.wait_for(250ms);
    }
    expect_event("viewer_gone", "consent_expired");
    EXPECT_EQ(sessions(), 1u);
    expect_event("publisher_gone", "consent_expired");
    EXPECT_EQ(server.counters().sessions_expired, 2u);
}

TEST_F(Lifecycle, OffersNeverFollowedByAHandshakeAreForgotten) {
    publisher.post();
    EXPECT_EQ(sessions(), 1u);
    EXPECT_TRUE(eventually([&] { return sessions() == 0; }));
}

TEST_F(Lifecycle, APublisherThatReturnsTakesOverOnceConnected) {
    connect_both();
    ASSERT_TRUE(flows(publisher, viewer, 100));
    auto last = *rtp::parse(viewer.media.back());
    MediaClient second(server, "r", Action::publish);
    second.post();
    EXPECT_TRUE(flows(publisher, viewer, 101));  // the offer alone changes nothing
    second.check();
    second.handshake();
    expect_event("publisher_gone", "replaced");
    expect_event("publisher_connected");
    EXPECT_TRUE(publisher.wait([&] { return publisher.state() == DtlsSession::State::closed; }));
    ASSERT_TRUE(flows(second, viewer, 40'000));
    auto next = *rtp::parse(viewer.media.back());
    EXPECT_EQ(next.sequence, last.sequence + 2);
    EXPECT_EQ(next.ssrc, last.ssrc);
    EXPECT_GT(next.timestamp, last.timestamp);
    EXPECT_LT(next.timestamp - last.timestamp, 90'000u * 5);
}

TEST_F(Lifecycle, AnotherCodecEndsTheViewers) {
    connect_both();
    MediaClient second(server, "r", Action::publish, "H264/90000");
    second.connect();
    expect_event("publisher_gone", "replaced");
    expect_event("viewer_gone", "codec_changed");
    expect_event("publisher_connected");
    EXPECT_TRUE(viewer.wait([&] { return viewer.state() == DtlsSession::State::closed; }));
    MediaClient again(server, "r", Action::view, "H264/90000");
    again.connect();
    expect_event("viewer_connected");
}

TEST_F(Lifecycle, ViewersWaitForAPublisherThatLeft) {
    connect_both();
    ASSERT_TRUE(flows(publisher, viewer, 1));
    publisher.close();
    expect_event("publisher_gone");
    MediaClient second(server, "r", Action::publish);
    second.connect();
    expect_event("publisher_connected");
    EXPECT_TRUE(flows(second, viewer, 9));
}

TEST_F(Lifecycle, ControlClosesRooms) {
    connect_both();
    ControlConnection control(server);
    EXPECT_EQ(control.ask(R"({"command":"close_publisher","room":"r"})")["result"].at("closed"), 1);
    expect_event("publisher_gone", "room_closed");
    EXPECT_EQ(control.ask(R"({"command":"close_room","room":"r"})")["result"].at("closed"), 1);
    expect_event("viewer_gone", "room_closed");
}

TEST_F(Lifecycle, AWrongCertificateFailsTheHandshake) {
    publisher.post();
    DtlsContext stranger;
    publisher.check();
    ASSERT_TRUE(publisher.wait([&] { return publisher.checks_answered == 1; }));
    DtlsSession session(stranger, DtlsSession::Role::client, publisher.value("a=fingerprint:sha-256 "),
                        [&](Bytes d) { publisher.send(d); });
    // The stranger's handshake goes through the publisher's socket; its certificate is not the one of the offer.
    session.start();
    EXPECT_TRUE(eventually([&] {
        publisher.forward_dtls(session);
        return server.counters().handshakes_failed == 1;
    }));
    EXPECT_EQ(sessions(), 0u);
}

TEST_F(Lifecycle, GarbageIsDroppedCountedAndHarmsNobody) {
    connect_both();
    MediaClient stranger(server, "r", Action::view);
    std::uint64_t state = 12345;
    for (int i = 0; i < 3000; ++i) {
        Datagram d(static_cast<std::size_t>(i % 300));
        for (auto& byte : d) {
            state = state * 6364136223846793005 + 1442695040888963407;
            byte = static_cast<std::uint8_t>(state >> 56);
        }
        (i % 3 ? stranger : publisher).send(d);
        if (i % 50 == 0) {
            stranger.wait_for(1ms);
            ASSERT_TRUE(flows(publisher, viewer, static_cast<std::uint16_t>(i))) << i;
        }
    }
    auto counters = server.counters();
    EXPECT_GT(counters.dropped(Drop::unknown_address), 0u);
    EXPECT_GT(counters.dropped(Drop::unknown_protocol), 0u);
    EXPECT_GT(counters.dropped(Drop::srtp_failed), 0u);
    EXPECT_GT(counters.dropped(Drop::empty), 0u);
    EXPECT_EQ(sessions(), 2u);
}

TEST_F(Lifecycle, ChecksWithoutThePasswordGetNothingAndAreLimited) {
    publisher.connect();
    MediaClient stranger(server, "r", Action::view);
    stranger.answer = publisher.answer;
    for (int i = 0; i < 200; ++i) stranger.check("not the password");
    stranger.wait_for(200ms);
    EXPECT_EQ(stranger.checks_answered, 0);
    auto counters = server.counters();
    EXPECT_GE(counters.dropped(Drop::stun_bad_integrity), 50u);
    EXPECT_GT(counters.dropped(Drop::stun_limited), 0u);
    publisher.check();
    EXPECT_TRUE(publisher.wait([&] { return publisher.checks_answered == 2; }));
}

TEST_F(Lifecycle, AChangeOfAddressIsFollowed) {
    connect_both();
    ASSERT_TRUE(flows(publisher, viewer, 1));
    viewer.move();
    viewer.check();
    ASSERT_TRUE(viewer.wait([&] { return viewer.checks_answered == 2; }));
    EXPECT_TRUE(flows(publisher, viewer, 2));
}

TEST(Shutdown, ClosesEveryPeerWithANotice) {
    std::optional<TestServer> server(std::in_place);
    MediaClient publisher(*server, "r", Action::publish), viewer(*server, "r", Action::view);
    publisher.connect();
    viewer.connect();
    auto started = std::chrono::steady_clock::now();
    server.reset();
    EXPECT_LT(std::chrono::steady_clock::now() - started, 2s);
    for (auto* client : {&publisher, &viewer})
        EXPECT_TRUE(client->wait([&] { return client->state() == DtlsSession::State::closed; }));
}

TEST(Loss, InjectedLossIsRepairedOnBothWays) {
    Settings settings;
    settings.test_drop_one_in = 10;
    TestServer server(settings);
    MediaClient publisher(server, "r", Action::publish), viewer(server, "r", Action::view);
    publisher.connect();
    viewer.connect();
    std::set<std::uint16_t> seen;
    auto repair = [&] {
        for (; !publisher.reports.empty(); publisher.reports.pop_front())
            rtcp::for_each(publisher.reports.front(), [&](const rtcp::Block& b) {
                if (b.type != 205 || b.format != 1) return;
                rtcp::for_each_nacked(b, [&](std::uint16_t s) {
                    publisher.send_rtp(MediaClient::video_ssrc, 96, s, s * 3000u, true, vp8_payload(s == 0, s));
                });
            });
        for (; !viewer.media.empty(); viewer.media.pop_front()) seen.insert(rtp::parse(viewer.media.front())->sequence);
        std::vector<std::uint16_t> lost;
        for (std::uint16_t s = 1000; !seen.empty() && s < *seen.rbegin(); ++s)
            if (!seen.contains(s)) lost.push_back(s);
        std::array<std::uint8_t, rtcp::compound_size_max> space;
        Writer out(space);
        rtcp::write_nack(out, 1, viewer.viewed_ssrc("video"), lost);
        if (!lost.empty()) viewer.send_rtcp(out.written());
    };
    for (std::uint16_t i = 0; i < 300; ++i) {
        publisher.send_rtp(MediaClient::video_ssrc, 96, i, i * 3000u, true, vp8_payload(i == 0, i));
        publisher.wait_for(1ms);
        viewer.wait_for(1ms);
        repair();
    }
    for (int i = 0; i < 100 && (seen.empty() || seen.size() != *seen.rbegin() - 999u); ++i) {
        publisher.wait_for(20ms);
        viewer.wait_for(5ms);
        repair();
    }
    ASSERT_FALSE(seen.empty());
    EXPECT_GT(seen.size(), 280u);
    EXPECT_EQ(seen.size(), *seen.rbegin() - 999u);  // no gap is left
    EXPECT_GT(server.counters().nacks_out, 5u);
    EXPECT_GT(server.counters().packets_resent, 5u);
}

}  // namespace
}  // namespace liveshop::media
