// From polling to a WebSocket: the probe, what is under way meanwhile, and clients that stop halfway.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "poll_client.hpp"
#include "raw_client.hpp"
#include "service.hpp"

namespace liveshop::realtime::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::StartsWith;

constexpr std::string_view room = "demo:stream:1";

std::string target_of(const PollClient& client) { return "/socket.io/?EIO=4&transport=websocket&sid=" + client.sid(); }

// A WebSocket on trial: the server has answered its ping.
std::unique_ptr<RawClient> probe(const PollClient& client, std::uint16_t port) {
    auto socket = std::make_unique<RawClient>(port);
    socket->write(RawClient::request(target_of(client)));
    const auto head = socket->read_head();
    if (!head.starts_with("HTTP/1.1 101 ")) throw std::runtime_error(head);
    socket->text("2probe");
    if (const auto answer = socket->frame().payload; answer != "3probe") throw std::runtime_error(answer);
    return socket;
}

void join(PollClient& client) {
    client.post(fmt::format(R"(421["join",{{"room":"{}"}}])", room));
    ASSERT_EQ(client.packet(), "431[true]");
}

TEST(PollingUpgrade, GoesOnOverTheWebsocket) {
    TestService service;
    PollClient client(service->port());
    client.connect();
    join(client);
    auto poll = client.begin_get();
    EXPECT_FALSE(poll.is_answered(50ms));
    const auto socket = probe(client, service->port());
    EXPECT_EQ(poll.answer().body, "6");  // so that the client can stop asking
    socket->text("5");
    socket->text(R"(422["echo","over the socket"])");
    EXPECT_EQ(socket->frame().payload, R"(432["over the socket"])");
    service.realtime().emit(room, "said", "1");
    EXPECT_EQ(socket->frame().payload, R"(42["said",1])");
    EXPECT_EQ(client.get().code(), 1);
    EXPECT_EQ(service.realtime().totals().transports_upgraded, 1U);
    EXPECT_EQ(service.realtime().totals().connections, 1U);
    EXPECT_EQ(service.realtime().totals().polling, 0U);
    EXPECT_EQ(service.realtime().totals().sessions, 1U);
    EXPECT_TRUE(service.disconnects().empty());
}

// The request that upgrades may come to another thread than the session's.
TEST(PollingUpgrade, FromEveryThread) {
    TestService service({}, {.threads = 3});
    for (std::size_t thread = 0; thread < 3; ++thread) {
        PollClient client(service->port(thread));
        client.connect();
        const auto socket = probe(client, service->port((thread + 1) % 3));
        socket->text("5");
        socket->text(R"(421["echo",1])");
        EXPECT_EQ(socket->frame().payload, "431[1]");
    }
    EXPECT_EQ(service.realtime().totals().transports_upgraded, 3U);
}

TEST(PollingUpgrade, TakesAlongWhatWaits) {
    TestService service;
    PollClient client(service->port());
    client.connect();
    join(client);
    const auto socket = probe(client, service->port());
    for (int i = 0; i < 5; ++i) service.realtime().emit(room, "said", fmt::to_string(i));
    std::this_thread::sleep_for(50ms);
    socket->text("5");
    for (int i = 0; i < 5; ++i) EXPECT_EQ(socket->frame().payload, fmt::format(R"(42["said",{}])", i));
}

// Broadcasts go on while many clients upgrade at moments of their own: each has every event once and in order.
TEST(PollingUpgrade, LosesNothingAndRepeatsNothingWhileBroadcastsAreUnderWay) {
    TestService service({}, {.threads = 2});
    constexpr int clients = 40;
    constexpr int last = 400;
    std::atomic<int> joined = 0;
    std::atomic<int> complete = 0;
    std::vector<std::thread> crowd;
    for (int n = 0; n < clients; ++n)
        crowd.emplace_back([&, n] {
            PollClient client(service->port(static_cast<std::size_t>(n % 2)));
            client.connect();
            join(client);
            ++joined;
            int next = 0;
            const auto hear = [&](const std::string& packet) {
                if (packet == "6" || packet == "2") return;
                ASSERT_EQ(packet, fmt::format(R"(42["said",{}])", next));
                ++next;
            };
            while (next < n * 8) hear(client.packet());
            auto poll = client.begin_get();  // under way while the socket is tried
            const auto socket = probe(client, service->port(static_cast<std::size_t>((n + 1) % 2)));
            client.take(poll.answer());
            std::this_thread::sleep_for(std::chrono::milliseconds(n % 7));
            for (auto packet = client.left(); !packet.empty(); packet = client.left()) hear(packet);
            socket->text("5");
            while (next < last) hear(socket->frame().payload);
            ++complete;
        });
    ASSERT_TRUE(Service::eventually([&] { return joined == clients; }));
    for (int i = 0; i < last; ++i) {
        service.realtime().emit(room, "said", fmt::to_string(i));
        std::this_thread::sleep_for(2ms);
    }
    for (auto& client : crowd) client.join();
    EXPECT_EQ(complete, clients);
    EXPECT_EQ(service.realtime().totals().transports_upgraded, static_cast<std::uint64_t>(clients));
}

TEST(PollingUpgrade, PollsDuringTheTrialDoNotWaitLong) {
    TestService service;
    PollClient client(service->port());
    client.connect();
    const auto socket = probe(client, service->port());
    const auto begun = std::chrono::steady_clock::now();
    EXPECT_EQ(client.get().body, "6");
    EXPECT_LT(std::chrono::steady_clock::now() - begun, 3s);
    socket->text("5");
    socket->text(R"(421["echo",1])");
    EXPECT_EQ(socket->frame().payload, "431[1]");
}

TEST(PollingUpgrade, TheSessionStaysWhereItIsIfTheTrialFails) {
    Settings settings;
    settings.handshake_timeout = 200ms;
    settings.close_timeout = 100ms;
    TestService service(settings);
    PollClient client(service->port());
    client.connect();
    {
        const auto vanished = probe(client, service->port());
    }
    RawClient mute(service->port());
    ASSERT_TRUE(Service::eventually([&] { return service.realtime().totals().connections == 1; }));
    mute.write(RawClient::request(target_of(client)));
    EXPECT_THAT(mute.read_head(), StartsWith("HTTP/1.1 101 "));
    EXPECT_EQ(mute.frame().reason(), "upgrade timeout");
    for (const auto* wrong : {"2", "40", "5"}) {
        ASSERT_TRUE(Service::eventually([&] { return service.realtime().totals().connections == 1; }));
        RawClient odd(service->port());
        odd.write(RawClient::request(target_of(client)));
        EXPECT_THAT(odd.read_head(), StartsWith("HTTP/1.1 101 "));
        odd.text(wrong);
        EXPECT_EQ(odd.frame().code(), 1008) << wrong;
    }
    client.post(R"(421["echo",1])");
    EXPECT_EQ(client.packet(), "431[1]");
    EXPECT_TRUE(service.disconnects().empty());
}

TEST(PollingUpgrade, OnlyOneSocketIsTriedAtATime) {
    TestService service;
    PollClient client(service->port());
    client.connect();
    const auto socket = probe(client, service->port());
    RawClient second(service->port());
    second.write(RawClient::request(target_of(client)));
    EXPECT_THAT(second.read_head(), StartsWith("HTTP/1.1 400 "));
    EXPECT_NE(second.read_all().find(R"("code":3)"), std::string::npos);
    socket->text("5");
    RawClient third(service->port());
    third.write(RawClient::request(target_of(client)));
    EXPECT_THAT(third.read_head(), StartsWith("HTTP/1.1 400 "));
    EXPECT_NE(third.read_all().find(R"("code":1)"), std::string::npos);
}

TEST(PollingUpgrade, ATrialEndsWithItsSession) {
    Settings settings;
    settings.close_timeout = 100ms;  // looks every 10 ms
    TestService service(settings);
    PollClient client(service->port());
    client.connect();
    const auto socket = probe(client, service->port());
    client.post("41");
    EXPECT_EQ(socket->frame().reason(), "session closed");
    EXPECT_TRUE(Service::eventually([&] { return service.disconnects().size() == 1; }));
}

}  // namespace
}  // namespace liveshop::realtime::testing
