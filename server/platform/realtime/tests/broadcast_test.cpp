// Broadcasts: across threads, to slow receivers, while receivers come and go, and through a shutdown.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "raw_client.hpp"
#include "service.hpp"

namespace liveshop::realtime::testing {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view room = "demo:stream:1";

std::unique_ptr<RawClient> member(std::uint16_t port, int receive_buffer_bytes = 0) {
    auto client = std::make_unique<RawClient>(port, receive_buffer_bytes);
    client->connect();
    client->text(fmt::format(R"(421["join",{{"room":"{}"}}])", room));
    if (client->frame().payload != "431[true]") throw std::runtime_error("not joined");
    return client;
}

TEST(Broadcast, ReachesEveryThreadInOrder) {
    TestService service({}, {.threads = 2});
    std::vector<std::unique_ptr<RawClient>> clients;
    for (std::size_t i = 0; i < 20; ++i) clients.push_back(member(service->port(i % 2)));
    EXPECT_EQ(service.realtime().members(room), 20U);
    for (int i = 0; i < 50; ++i) service.realtime().emit(room, "said", fmt::to_string(i));
    for (auto& client : clients) {
        for (int i = 0; i < 50; ++i) ASSERT_EQ(client->frame().payload, fmt::format(R"(42["said",{}])", i));
    }
    EXPECT_EQ(service.realtime().totals().deliveries, 1000U);
    EXPECT_EQ(service.realtime().totals().broadcasts, 100U);  // one a thread
}

TEST(Broadcast, GathersWhatFallsDueTogetherInOneWrite) {
    Settings settings;
    settings.write_delay = 20ms;
    TestService service(settings);
    const auto client = member(service->port());
    std::this_thread::sleep_for(50ms);
    const auto writes = service.realtime().totals().writes;
    for (int i = 0; i < 10; ++i) service.realtime().emit(room, "said", fmt::to_string(i));
    for (int i = 0; i < 10; ++i) EXPECT_EQ(client->frame().payload, fmt::format(R"(42["said",{}])", i));
    EXPECT_LE(service.realtime().totals().writes - writes, 2U);
}

TEST(Broadcast, DoesNotMakeAcksWait) {
    Settings settings;
    settings.write_delay = 5s;
    TestService service(settings);
    const auto client = member(service->port());
    service.realtime().emit(room, "said", "1");
    const auto begun = std::chrono::steady_clock::now();
    client->text(R"(422["echo",2])");
    EXPECT_EQ(client->frame().payload, R"(42["said",1])");  // what was gathered goes first
    EXPECT_EQ(client->frame().payload, "432[2]");
    EXPECT_LT(std::chrono::steady_clock::now() - begun, 3s);
}

TEST(Broadcast, EndsASlowReceiverWhileTheOthersGetEverything) {
    Settings settings;
    settings.queue_bytes_max = 256 * 1024;
    settings.close_timeout = 300ms;
    TestService service(settings, {.threads = 2});
    const auto slow = member(service->port(0), 4096);
    const auto same_thread = member(service->port(0));
    const auto other_thread = member(service->port(1));
    const std::string text(10'000, 'x');
    constexpr int broadcasts = 1500;  // more than the kernel buffers for the one who does not read
    for (int i = 0; i < broadcasts; ++i) {
        service.realtime().emit(room, "said", fmt::format(R"("{}")", text));
        for (const auto* client : {&same_thread, &other_thread})
            ASSERT_EQ((*client)->frame_but_ping().payload.size(), text.size() + 13) << i;
    }
    EXPECT_TRUE(Service::eventually([&] { return service.disconnects().size() == 1; }));
    EXPECT_EQ(service.disconnects()[0].reason, "slow");
    EXPECT_EQ(service.realtime().members(room), 2U);
    EXPECT_EQ(service.realtime().totals().disconnects_slow, 1U);
    // It never reads, so it is cut off.
    EXPECT_TRUE(Service::eventually([&] { return service.realtime().totals().connections == 2; }));
}

TEST(Broadcast, TellsASlowReceiverThatWakesUpWhatHappened) {
    Settings settings;
    settings.queue_bytes_max = 64 * 1024;
    TestService service(settings);
    const auto slow = member(service->port(), 4096);
    const std::string text(10'000, 'x');
    for (int i = 0; service.disconnects().empty() && i < 5000; ++i) {
        service.realtime().emit(room, "said", fmt::format(R"("{}")", text));
        if (i % 50 == 0) std::this_thread::sleep_for(1ms);
    }
    auto frame = slow->frame();
    int whole = 0;
    while (frame.opcode == 1) {
        ASSERT_EQ(frame.payload.size(), text.size() + 13);  // no frame was cut in half
        ++whole;
        frame = slow->frame();
    }
    EXPECT_GT(whole, 0);
    EXPECT_EQ(frame.code(), 1013);
    EXPECT_EQ(frame.reason(), "slow");
    EXPECT_TRUE(slow->hung_up());
}

TEST(Broadcast, DoesNotCallABurstOfOneTurnSlow) {
    Settings settings;
    settings.queue_messages_max = 16;
    TestService service(settings);
    const auto client = member(service->port());
    asio::post(service->io(), [&] {
        for (int i = 0; i < 500; ++i) service.realtime().emit(room, "said", fmt::to_string(i));
    });
    for (int i = 0; i < 500; ++i) ASSERT_EQ(client->frame().payload, fmt::format(R"(42["said",{}])", i));
}

// Receivers vanish, with a reset as often as with a close, while frames are on their way to them.
TEST(Broadcast, SurvivesReceiversThatVanish) {
    TestService service({}, {.threads = 2});
    std::atomic<bool> done = false;
    std::thread talker([&] {
        const auto payload = fmt::format(R"("{}")", std::string(20'000, 'x'));
        while (!done) {
            service.realtime().emit(room, "said", payload);
            std::this_thread::sleep_for(1ms);
        }
    });
    std::vector<std::thread> crowds;
    for (std::size_t crowd = 0; crowd < 2; ++crowd) {
        crowds.emplace_back([&, crowd] {
            for (int i = 0; i < 60; ++i) {
                const auto client = std::make_unique<RawClient>(service->port(crowd), 4096);
                client->connect();
                client->text(fmt::format(R"(421["join",{{"room":"{}"}}])", room));
                while (client->frame().payload != "431[true]") continue;
                if (i % 3 == 0) client->socket().set_option(asio::socket_base::linger(true, 0));
                if (i % 3 == 1) client->write(client_frame(8, "\x03\xe8"));
            }
        });
    }
    for (auto& crowd : crowds) crowd.join();
    done = true;
    talker.join();
    EXPECT_TRUE(Service::eventually([&] { return service.realtime().members(room) == 0; }));
    EXPECT_TRUE(Service::eventually([&] { return service.disconnects().size() == 120; }));
}

TEST(Shutdown, AnswersWhatIsInHandAndSaysGoingAway) {
    TestService service({}, {.threads = 2});
    const auto idle = member(service->port(0));
    const auto busy = member(service->port(1));
    busy->text(R"(422["wait",150])");
    std::this_thread::sleep_for(30ms);
    const auto begun = std::chrono::steady_clock::now();
    std::thread closing([&] { service->shutdown(5s); });
    EXPECT_EQ(idle->frame().code(), 1001);
    EXPECT_TRUE(idle->hung_up());
    EXPECT_EQ(busy->frame().payload, R"(432["done"])");
    EXPECT_EQ(busy->frame().code(), 1001);
    idle->socket().close();
    busy->socket().close();
    closing.join();
    EXPECT_LT(std::chrono::steady_clock::now() - begun, 3s);
    EXPECT_EQ(service.realtime().totals().connections, 0U);
    RawClient late(service->port());
    late.write(RawClient::request());
    EXPECT_TRUE(late.read_head().starts_with("HTTP/1.1 503 "));
}

TEST(Shutdown, CutsOffWhoDoesNotGo) {
    TestService service;
    const auto stubborn = member(service->port());
    stubborn->text(R"(422["wait",60000])");
    std::this_thread::sleep_for(30ms);
    service->shutdown(100ms);
    EXPECT_TRUE(stubborn->hung_up());
    EXPECT_EQ(service.realtime().members(room), 0U);
}

// The server goes while writes and handlers are under way: nothing is touched afterwards.
TEST(Shutdown, MayComeAtAnyMoment) {
    for (int i = 0; i < 10; ++i) {
        auto service = std::make_unique<TestService>(Settings{}, ServiceOptions{.threads = 2});
        std::vector<std::unique_ptr<RawClient>> clients;
        for (std::size_t k = 0; k < 4; ++k) clients.push_back(member((*service)->port(k % 2), 4096));
        clients[0]->text(R"(422["wait",60000])");
        for (int k = 0; k < 200; ++k)
            service->realtime().emit(room, "said", fmt::format(R"("{}")", std::string(20'000, 'x')));
        if (i % 2 == 0) (*service)->end_contexts_first();
        service.reset();
    }
}

}  // namespace
}  // namespace liveshop::realtime::testing
