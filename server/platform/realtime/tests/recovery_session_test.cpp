// Clients that lose their connection and come back, on real sockets.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "poll_client.hpp"
#include "raw_client.hpp"
#include "service.hpp"

namespace liveshop::realtime::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr std::string_view room = "demo:stream:1";
constexpr ServiceOptions recovers{.recovers = Recovers::yes};
constexpr ServiceOptions recovers_on_two{.threads = 2, .recovers = Recovers::yes};

void join(RawClient& client, std::string_view which = room) {
    client.text(fmt::format(R"(421["join",{{"room":"{}"}}])", which));
    ASSERT_EQ(client.frame_but_ping().payload, "431[true]");
}

std::unique_ptr<RawClient> member(std::uint16_t port) {
    auto client = std::make_unique<RawClient>(port);
    client->connect();
    join(*client);
    return client;
}

std::string said(int n) { return fmt::format(R"(42["said",{}])", n); }

// Loses its connection, and the server has noticed.
std::unique_ptr<RawClient> lost(TestService& service, std::unique_ptr<RawClient> client) {
    const auto waiting = service.realtime().suspended();
    client->socket().close();
    EXPECT_TRUE(Service::eventually([&] { return service.realtime().suspended() == waiting + 1; }));
    return client;
}

bool is_recovered(const RawClient& client, const RawClient& before) {
    return client.pid() == before.pid() && client.id() == before.id();
}

TEST(RecoverySession, GoesOnWhereItWas) {
    TestService service({}, recovers_on_two);
    auto before = member(service->port(0));
    service.realtime().emit(room, "said", "0");
    EXPECT_EQ(before->frame().payload, said(0));
    before = lost(service, std::move(before));
    EXPECT_EQ(service.realtime().members(room), 0U);
    for (int i = 1; i <= 3; ++i) service.realtime().emit(room, "said", fmt::to_string(i));

    RawClient back(service->port(1));  // on another thread
    back.begin(before->claim());
    EXPECT_TRUE(is_recovered(back, *before));
    for (int i = 1; i <= 3; ++i) EXPECT_EQ(back.frame().payload, said(i));
    EXPECT_EQ(service.realtime().members(room), 1U);
    EXPECT_EQ(back.frame().payload, R"(42["welcome",{"id":1}])");
    service.realtime().emit(room, "said", "4");
    EXPECT_EQ(back.frame().payload, said(4));
    EXPECT_EQ(service.realtime().totals().recoveries, 1U);
    EXPECT_EQ(service.realtime().totals().events_replayed, 3U);
    EXPECT_EQ(service.realtime().totals().sessions, 1U);
    EXPECT_TRUE(service.disconnects().empty());
}

// Bytes that had left the server and never arrived are said again, those that arrived are not.
TEST(RecoverySession, HearsAgainWhatNeverArrived) {
    TestService service({}, recovers);
    auto before = member(service->port());
    for (int i = 0; i < 10; ++i) service.realtime().emit(room, "said", fmt::to_string(i));
    for (int i = 0; i < 4; ++i) EXPECT_EQ(before->frame().payload, said(i));
    before = lost(service, std::move(before));
    RawClient back(service->port());
    back.begin(before->claim());
    EXPECT_TRUE(is_recovered(back, *before));
    for (int i = 4; i < 10; ++i) EXPECT_EQ(back.frame().payload, said(i));
}

// The network is gone, but the server does not know yet.
TEST(RecoverySession, TakesOverFromAConnectionThatSeemsGood) {
    TestService service({}, recovers_on_two);
    const auto before = member(service->port(0));
    service.realtime().emit(room, "said", "0");
    EXPECT_EQ(before->frame().payload, said(0));
    service.realtime().emit(room, "said", "1");
    RawClient back(service->port(1));
    back.begin(before->claim());
    EXPECT_TRUE(is_recovered(back, *before));
    EXPECT_EQ(back.frame().payload, said(1));
    EXPECT_EQ(before->frame().payload, said(1));
    EXPECT_TRUE(before->hung_up());
    EXPECT_EQ(service.realtime().members(room), 1U);
    EXPECT_TRUE(service.disconnects().empty());
}

TEST(RecoverySession, WhoHasHeardNothingYetMissesNothingEither) {
    TestService service({}, recovers);
    auto before = std::make_unique<RawClient>(service->port());
    before->begin();  // and never reads the welcome
    before = lost(service, std::move(before));
    RawClient back(service->port());
    back.begin(before->claim());
    EXPECT_TRUE(is_recovered(back, *before));
    EXPECT_EQ(back.frame().payload, R"(42["welcome",{"id":1}])");
}

TEST(RecoverySession, IsANewOneForAnybodyElse) {
    TestService service({}, recovers);
    auto before = member(service->port());
    before = lost(service, std::move(before));
    RawClient thief(service->port());
    thief.begin(before->claim(R"(,"user":"somebody else")"));
    EXPECT_FALSE(is_recovered(thief, *before));
    RawClient guess(service->port());
    guess.begin(R"(40{"pid":"aaaaaaaaaaaaaaaaaaaa","offset":"AAAAAAAAA"})");
    EXPECT_EQ(guess.id().size(), 20U);
    for (const auto* odd : {R"(40{"pid":7,"offset":[]})", R"(40{"pid":"","offset":null})"}) {
        RawClient client(service->port());
        client.begin(odd);
        EXPECT_EQ(client.id().size(), 20U) << odd;
    }
    RawClient refused(service->port());
    EXPECT_THAT(refused.connect(before->claim(R"(,"token":"wrong")")), HasSubstr("token_invalid"));
    RawClient back(service->port());
    back.begin(before->claim());
    EXPECT_TRUE(is_recovered(back, *before));  // nobody has taken it from its owner
    RawClient twice(service->port());
    twice.begin(before->claim());  // a connection that seems good gives way
    EXPECT_TRUE(is_recovered(twice, *before));
}

TEST(RecoverySession, NotAfterAnEndThatSomebodyWanted) {
    TestService service({}, recovers);
    const auto ended_by = [&](auto end) {
        auto before = member(service->port());
        const auto departures = service.disconnects().size();
        end(*before);
        EXPECT_TRUE(Service::eventually([&] { return service.disconnects().size() == departures + 1; }));
        RawClient back(service->port());
        back.begin(before->claim());
        EXPECT_FALSE(is_recovered(back, *before));
        back.text("41");
        EXPECT_TRUE(Service::eventually([&] { return service.disconnects().size() == departures + 2; }));
        return service.disconnects()[departures].reason;
    };
    EXPECT_EQ(ended_by([](RawClient& client) { client.text("41"); }), "client disconnected");
    EXPECT_EQ(ended_by([](RawClient& client) { client.text(R"(421["kick"])"); }), "kicked");
    EXPECT_EQ(ended_by([&](RawClient&) { service.realtime().disconnect(room, "banned"); }), "banned");
    EXPECT_EQ(ended_by([](RawClient& client) { client.write(client_frame(8, "\x03\xe9")); }), "client closed");
    EXPECT_EQ(ended_by([](RawClient& client) { client.text("49"); }), "unknown packet type");
    EXPECT_EQ(service.realtime().suspended(), 0U);
}

TEST(RecoverySession, AfterAnEndThatNobodyWanted) {
    Settings settings;
    settings.ping_interval = 60ms;
    settings.ping_timeout = 60ms;
    settings.close_timeout = 100ms;
    TestService service(settings, recovers);
    const auto recovered_after = [&](std::unique_ptr<RawClient> before, auto end) {
        end(*before);
        EXPECT_TRUE(Service::eventually([&] { return service.realtime().suspended() == 1; }));
        RawClient back(service->port());
        back.begin(before->claim());
        back.text("41");
        EXPECT_TRUE(Service::eventually([&] { return service.realtime().totals().sessions == 0; }));
        return is_recovered(back, *before);
    };
    EXPECT_TRUE(recovered_after(member(service->port()), [](RawClient&) {}));  // answers no ping
    EXPECT_TRUE(Service::eventually([&] { return service.realtime().totals().connections == 0; }));
    EXPECT_TRUE(recovered_after(member(service->port()), [](RawClient& client) { client.text("1"); }));
    EXPECT_TRUE(recovered_after(member(service->port()), [](RawClient& client) { client.write(client_frame(8, "")); }));
    auto expiring = std::make_unique<RawClient>(service->port());
    expiring->connect(R"(40{"good_for_ms":20})");
    EXPECT_TRUE(recovered_after(std::move(expiring), [](RawClient&) {}));
}

TEST(RecoverySession, WhoWasTooSlowGoesOnWhereItStopped) {
    Settings settings;
    settings.queue_bytes_max = 256 * 1024;
    settings.close_timeout = 100ms;
    TestService service(settings, recovers);
    auto before = std::make_unique<RawClient>(service->port(), 4096);
    before->connect();
    join(*before);
    const std::string text(2'000, 'x');
    int n = 0;
    while (service.realtime().suspended() == 0 && n < 20'000) {
        service.realtime().emit(room, "said", fmt::format(R"(["{}",{}])", text, n++));
        if (n % 50 == 0) std::this_thread::sleep_for(1ms);
    }
    ASSERT_EQ(service.realtime().totals().disconnects_slow, 1U);
    int heard = 0;
    for (auto frame = before->frame(); frame.opcode == 1; frame = before->frame(), ++heard)
        ASSERT_EQ(frame.payload, fmt::format(R"(42["said",["{}",{}]])", text, heard));
    RawClient back(service->port());
    back.begin(before->claim());
    if (is_recovered(back, *before)) {
        for (; heard < n; ++heard) ASSERT_EQ(back.frame().payload, fmt::format(R"(42["said",["{}",{}]])", text, heard));
    } else {
        EXPECT_GT((n - heard) * 2'000, 250'000);  // it had missed more than may wait for one
    }
}

TEST(RecoverySession, NotWhenItIsTooLateAndThenItIsGone) {
    Settings settings;
    settings.recovery_window = 300ms;
    settings.close_timeout = 50ms;  // looks every 5 ms
    TestService service(settings, recovers);
    auto before = member(service->port());
    const auto ended = std::chrono::system_clock::now();
    before = lost(service, std::move(before));
    std::this_thread::sleep_for(100ms);
    EXPECT_TRUE(service.disconnects().empty());
    ASSERT_TRUE(Service::eventually([&] { return service.disconnects().size() == 1; }));
    EXPECT_GE(std::chrono::system_clock::now() - ended, 300ms);
    const auto departure = service.disconnects()[0];
    EXPECT_EQ(departure.reason, "connection lost");
    EXPECT_THAT(departure.rooms, ElementsAre(room));
    EXPECT_EQ(departure.identity.user, "somebody");
    EXPECT_LT(departure.at - ended, 150ms);  // when it was lost, not when it was given up
    RawClient back(service->port());
    back.begin(before->claim());
    EXPECT_FALSE(is_recovered(back, *before));
    EXPECT_EQ(service.realtime().suspended(), 0U);
}

TEST(RecoverySession, IsWholeOrSaysThatItIsNot) {
    Settings settings;
    settings.recovery_bytes_max = 20'000;
    TestService service(settings, recovers);
    auto quiet = member(service->port());
    service.realtime().emit(room, "said", "0");
    EXPECT_EQ(quiet->frame().payload, said(0));
    auto behind = member(service->port());
    quiet = lost(service, std::move(quiet));
    behind = lost(service, std::move(behind));
    // Much is said elsewhere: the log no longer reaches back to where they were.
    for (int i = 0; i < 500; ++i) service.realtime().emit("elsewhere", "said", "1");
    for (auto* before : {&quiet, &behind}) {
        RawClient back(service->port());
        back.begin((*before)->claim());
        EXPECT_FALSE(is_recovered(back, **before));
        EXPECT_EQ(back.frame().payload, R"(42["welcome",{"id":1}])");  // and nothing of before
        service.realtime().emit(room, "said", "2");
        back.text(R"(421["echo",1])");
        EXPECT_EQ(back.frame().payload, "431[1]");  // it is in no room
    }
    EXPECT_EQ(service.disconnects().size(), 2U);
    EXPECT_EQ(service.realtime().totals().recoveries_refused, 2U);
}

TEST(RecoverySession, OfALongQuietConnectionIsWhole) {
    Settings settings;
    settings.recovery_bytes_max = 20'000;
    TestService service(settings, recovers);
    auto before = member(service->port());
    service.realtime().emit(room, "said", "0");
    EXPECT_EQ(before->frame().payload, said(0));
    for (int i = 0; i < 500; ++i) service.realtime().emit("elsewhere", "said", "1");  // its last event is forgotten
    before = lost(service, std::move(before));
    service.realtime().emit(room, "said", "1");
    RawClient back(service->port());
    back.begin(before->claim());
    EXPECT_TRUE(is_recovered(back, *before));
    EXPECT_EQ(back.frame().payload, said(1));
}

TEST(RecoverySession, HeedsWhatWasOrderedMeanwhile) {
    TestService service({}, recovers);
    auto evicted = member(service->port());
    join(*evicted, "demo:user:9");
    auto banned = member(service->port());
    join(*banned, "demo:user:8");
    evicted = lost(service, std::move(evicted));
    banned = lost(service, std::move(banned));
    service.realtime().emit(room, "said", "1");
    service.realtime().evict("demo:user:9", room);
    service.realtime().disconnect("demo:user:8", "banned");
    service.realtime().emit(room, "said", "2");
    service.realtime().emit("demo:user:9", "said", "3");

    auto back = std::make_unique<RawClient>(service->port());
    back->begin(evicted->claim());
    EXPECT_TRUE(is_recovered(*back, *evicted));
    EXPECT_EQ(back->frame().payload, said(1));
    EXPECT_EQ(back->frame().payload, said(3));
    EXPECT_EQ(service.realtime().members(room), 0U);
    EXPECT_EQ(service.realtime().members("demo:user:9"), 1U);
    RawClient excluded(service->port());
    excluded.begin(banned->claim());
    EXPECT_FALSE(is_recovered(excluded, *banned));
}

// The answer to an event in hand is lost with the connection; so long as its handler works, nobody takes the session.
TEST(RecoverySession, NotWhileAnEventIsInHand) {
    TestService service({}, recovers);
    const auto before = member(service->port());
    before->text(R"(422["wait",200])");
    std::this_thread::sleep_for(30ms);
    RawClient back(service->port());
    back.begin(before->claim());
    EXPECT_FALSE(is_recovered(back, *before));
    EXPECT_TRUE(before->hung_up());
}

TEST(RecoverySession, KeepsOnlySoMany) {
    Settings settings;
    settings.recovery_sessions_max = 2;
    TestService service(settings, recovers);
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 3; ++i) {
        clients.push_back(member(service->port()));
        clients.back()->socket().close();
        EXPECT_TRUE(Service::eventually([&] { return service.realtime().totals().connections == 0; }));
    }
    EXPECT_EQ(service.realtime().suspended(), 2U);
    EXPECT_EQ(service.disconnects().size(), 1U);
    std::vector<std::unique_ptr<RawClient>> back;
    for (std::size_t i = 0; i < 3; ++i) {
        back.push_back(std::make_unique<RawClient>(service->port()));
        back[i]->begin(clients[i]->claim());
        EXPECT_EQ(is_recovered(*back[i], *clients[i]), i > 0) << i;
    }
}

TEST(RecoverySession, ARestartEndsThoseWaitedForToo) {
    auto service = std::make_unique<TestService>(Settings{}, recovers_on_two);
    auto before = member((*service)->port());
    before = lost(*service, std::move(before));
    (*service)->shutdown(1s);
    EXPECT_TRUE(Service::eventually([&] { return service->disconnects().size() == 1; }));
    const auto port = (*service)->port();
    service.reset();
    TestService next({}, {.port = port, .recovers = Recovers::yes});
    RawClient back(port);
    back.begin(before->claim());
    EXPECT_FALSE(is_recovered(back, *before));
}

TEST(RecoverySession, OverPolling) {
    TestService service({}, recovers_on_two);
    PollClient before(service->port(0));
    const auto connected = before.connect();
    before.post(fmt::format(R"(421["join",{{"room":"{}"}}])", room));
    EXPECT_EQ(before.packet(), "431[true]");
    service.realtime().emit(room, "said", "1");
    const auto first = before.packet();
    EXPECT_THAT(first, HasSubstr(R"(42["said",1,")"));
    const auto offset = first.substr(first.size() - 11, 9);
    before.post("1");  // as the client library does when its page loses the network
    EXPECT_TRUE(Service::eventually([&] { return service.realtime().suspended() == 1; }));
    service.realtime().emit(room, "said", "2");
    PollClient back(service->port(1));
    back.open();
    const auto pid = json::value_to<std::string>(json::parse(connected.substr(2)).at("pid"));
    back.post(fmt::format(R"(40{{"pid":"{}","offset":"{}"}})", pid, offset));
    EXPECT_EQ(back.packet(), connected);
    EXPECT_THAT(back.packet(), HasSubstr(R"(42["said",2,")"));
}

// A join with a position: whoever reads the room's state between the two misses nothing, and hears nothing twice.
TEST(RecoverySession, AJoinFollowsWhatWasSaidSinceTheStateWasRead) {
    std::atomic<Service*> talker = nullptr;
    Handlers handlers;
    handlers.authenticate = let_in;
    handlers.on_event = [&](Session& session, std::string_view, const json::array& args) -> awaitable<json::value> {
        const auto before = session.position();
        for (int i = 0; i < 3; ++i) talker.load()->realtime().emit(room, "said", fmt::to_string(i));
        asio::steady_timer timer(co_await asio::this_coro::executor, 30ms);
        co_await timer.async_wait(asio::use_awaitable);  // so the others have it
        talker.load()->realtime().emit(room, "said", "3");
        const auto joined = session.join(room, args.empty() ? before : before - 1'000);
        talker.load()->realtime().emit(room, "said", "4");
        co_return joined == Joined::yes ? "joined" : joined == Joined::too_late ? "too late" : "full";
    };
    Service service({}, handlers, {.threads = 2});
    talker = &service;
    service.start();
    RawClient client(service.port());
    client.begin();
    client.text(R"(421["enter","long ago"])");
    EXPECT_EQ(client.frame().payload, R"(431["too late"])");
    client.text(R"(422["enter"])");
    EXPECT_EQ(client.frame().payload, R"(432["joined"])");
    for (int i = 0; i < 5; ++i) EXPECT_EQ(client.frame().payload, said(i));
    service.realtime().emit(room, "said", "5");
    EXPECT_EQ(client.frame().payload, said(5));
    // What it heard that way it does not hear again.
    RawClient back(service.port(1));
    back.begin(client.claim());
    EXPECT_TRUE(is_recovered(back, client));
    service.realtime().emit(room, "said", "6");
    EXPECT_EQ(back.frame().payload, said(6));
}

// Connections are cut after any number of bytes, by either side's knowledge, while three rooms are talking: whoever is
// told that its session goes on has each event once and in order.
TEST(RecoverySession, NoEventIsLostOrRepeatedWhereverAConnectionIsCut) {
    TestService service({}, recovers_on_two);
    constexpr int rooms = 3;
    constexpr std::size_t clients = 6;
    std::atomic<bool> is_over = false;
    std::array<std::atomic<int>, rooms> spoken{};
    std::atomic<int> recoveries = 0;
    std::atomic<int> cuts = 0;
    std::thread talker([&] {
        for (int n = 0; !is_over; ++n) {
            auto& number = spoken[static_cast<std::size_t>(n % rooms)];
            service.realtime().emit(fmt::format("room{}", n % rooms), "said",
                                    fmt::format(R"([{},{},"{}"])", n % rooms, number++,
                                                std::string(static_cast<std::size_t>(n * 7 % 90), 'x')));
            if (n % 4 == 0) std::this_thread::sleep_for(300us);
        }
    });
    const auto run = [&](std::size_t number) {
        std::mt19937 random(static_cast<unsigned>(number));
        std::unique_ptr<RawClient> client;
        std::array<int, rooms> next{};
        const auto hear = [&](const std::string& payload) {
            if (payload.starts_with("43") || payload.starts_with(R"(42["welcome")") || payload == "2") return;
            const auto event = json::parse(std::string_view(payload).substr(2)).at(1);
            auto& expected = next[event.at(0).to_number<std::size_t>()];
            const auto got = event.at(1).to_number<int>();
            ASSERT_TRUE(expected == -1 || expected == got) << payload << " instead of " << expected;
            expected = got + 1;
        };
        for (int life = 0; life < 60; ++life) {
            auto before = std::exchange(client, nullptr);
            if (before && random() % 2 == 0) before->socket().close();  // else it still seems good over there
            client = std::make_unique<RawClient>(service->port(random() % 2));
            client->upgrade();
            const bool may_be_cut_early = before && random() % 4 == 0;
            try {
                if (may_be_cut_early) client->limit(random() % 400);
                client->begin_over(before ? before->claim() : "40");
                const bool goes_on = before && is_recovered(*client, *before);
                if (goes_on) {
                    client->take_over_offset(*before);
                    ++recoveries;
                } else {
                    next.fill(-1);
                    std::string joins;
                    for (int i = 0; i < rooms; ++i)
                        joins += client_frame(1, fmt::format(R"(42{}["join",{{"room":"room{}"}}])", i, i));
                    client->write(joins);
                }
                if (!may_be_cut_early) client->limit(random() % 6'000);
                while (true) hear(client->frame().payload);
            } catch (const Cut&) {
                ++cuts;
                if (client->pid().empty() && before) client->take_over(*before);  // it was cut before CONNECT's answer
            }
        }
    };
    std::vector<std::thread> crowd;
    for (std::size_t i = 0; i < clients; ++i) crowd.emplace_back(run, i);
    for (auto& client : crowd) client.join();
    is_over = true;
    talker.join();
    EXPECT_EQ(cuts, static_cast<int>(clients) * 60);
    EXPECT_GT(recoveries, static_cast<int>(clients) * 30);
}

}  // namespace
}  // namespace liveshop::realtime::testing
