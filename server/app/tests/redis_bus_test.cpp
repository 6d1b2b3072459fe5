// Events between processes through a real redis-server.
#include "app/redis_bus.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "platform/redis/tests/redis_server.hpp"
#include "tests/support/run.hpp"

namespace liveshop::app {
namespace {

using namespace std::chrono_literals;

redis::ConnectSettings settings_of(const redis::Address& address) {
    return {.address = address,
            .connect_timeout = 10s,
            .answer_timeout = 10s,
            .ping_interval = 100ms,
            .retry_delay_max = 50ms};
}

// What `serve` is to the bus: it delivers its own events itself, and those of others as it hears them.
struct Process {
    Process(boost::asio::io_context& io, const redis::Address& address)
        : bus(
              io, settings_of(address), [this](std::vector<Emission> emissions) { deliver(emissions); },
              [this](std::string_view origin, const std::vector<RoomCount>& counts) { rooms.hear(origin, counts); }) {
        bus.start();
    }
    void deliver(const std::vector<Emission>& emissions) {
        for (const Emission& emission : emissions) delivered.push_back(emission.payload);
    }
    void emit(std::string payload) {
        const std::vector<Emission> emissions{{"room", "event", std::move(payload)}};
        deliver(emissions);
        bus.send(emissions);
    }
    std::vector<std::string> delivered;
    RoomCounts rooms{[](std::string_view) { return std::size_t{0}; }};
    RedisBus bus;
};

class RedisBusTest : public testing::Test {
  protected:
    template <class Condition>
    void wait_until(Condition condition) {
        test::run(io, [&]() -> awaitable<void> {
            while (!condition()) co_await test::pause(1ms);
        }());
    }
    // Says something in each until the others hear it, and forgets it.
    void wait_until_connected(std::vector<Process*> processes) {
        for (Process* speaking : processes)
            for (Process* listening : processes)
                while (speaking != listening && listening->delivered.empty()) {
                    speaking->bus.send({{"room", "event", "\"are you there\""}});
                    test::run(io, test::pause(20ms));
                }
        wait_until([&] { return std::ranges::all_of(processes, [](Process* one) { return one->bus.idle(); }); });
        test::run(io, test::pause(20ms));
        for (Process* process : processes) process->delivered.clear();
    }

    boost::asio::io_context io;
};

std::vector<std::string> numbers(std::string_view prefix, int count) {
    std::vector<std::string> texts;
    for (int i = 0; i < count; ++i) texts.push_back(fmt::format("\"{}{}\"", prefix, i));
    return texts;
}

std::vector<std::string> of(const std::vector<std::string>& all, char first) {
    std::vector<std::string> some;
    for (const std::string& text : all)
        if (text[1] == first) some.push_back(text);
    return some;
}

TEST_F(RedisBusTest, EachProcessDeliversTheEventsOfAllOnceAndInOrder) {
    const test::RedisServer server;
    Process a(io, server.address()), b(io, server.address()), c(io, server.address());
    wait_until_connected({&a, &b, &c});
    const auto of_a = numbers("a", 1'000), of_b = numbers("b", 1'000);
    for (std::size_t i = 0; i < 1'000; ++i) {
        a.emit(of_a[i]);
        b.emit(of_b[i]);
    }
    wait_until([&] { return c.delivered.size() >= 2'000 && a.delivered.size() >= 2'000; });
    test::run(io, test::pause(50ms));  // for what would come twice
    for (const Process* process : {&a, &b, &c}) {
        EXPECT_EQ(process->delivered.size(), 2'000U);
        EXPECT_EQ(of(process->delivered, 'a'), of_a);
        EXPECT_EQ(of(process->delivered, 'b'), of_b);
    }
}

TEST_F(RedisBusTest, AnEventKeepsItsRoomNameAndPayload) {
    const test::RedisServer server;
    std::vector<Emission> heard;
    RedisBus from(io, settings_of(server.address()), {});
    RedisBus to(io, settings_of(server.address()), [&](std::vector<Emission> emissions) {
        for (Emission& emission : emissions) heard.push_back(std::move(emission));
    });
    from.start();
    to.start();
    const Emission sent{"stream:1", "stream:message", R"({"text":"Grüße\n\"😀\" \u0000"})"};
    while (heard.empty()) {
        from.send({sent});
        test::run(io, test::pause(20ms));
    }
    EXPECT_EQ(heard[0].room, sent.room);
    EXPECT_EQ(heard[0].event, sent.event);
    EXPECT_EQ(heard[0].payload, sent.payload);
}

TEST_F(RedisBusTest, ManyEventsOfOneCallAndLongOnesArrive) {
    const test::RedisServer server;
    Process a(io, server.address()), b(io, server.address());
    wait_until_connected({&a, &b});
    std::vector<Emission> emissions;
    for (const std::string& number : numbers("n", 1'234)) emissions.push_back({"room", "event", number});
    emissions.push_back({"room", "event", '"' + std::string(500'000, 'x') + '"'});
    a.bus.send(emissions);
    a.bus.send({});
    wait_until([&] { return b.delivered.size() == 1'235; });
    for (std::size_t i = 0; i < emissions.size(); ++i) ASSERT_EQ(b.delivered[i], emissions[i].payload);
}

TEST_F(RedisBusTest, RedisKilledAndStartedAgainLosesNothingThatWaitsAndDoublesNothing) {
    test::RedisServer server;
    Process a(io, server.address()), b(io, server.address());
    wait_until_connected({&a, &b});
    std::vector<std::string> heard_by_b;
    for (int round = 0; round < 5; ++round) {
        a.emit(fmt::format("\"a{}\"", 2 * round));
        wait_until([&] { return b.delivered == numbers("a", 2 * round + 1); });
        server.stop(SIGKILL);
        test::run(io, test::pause(30ms));
        server.start();
        // b has to be back first: Redis keeps nothing for who is away.
        while (true) {
            const std::size_t before = a.delivered.size();
            b.bus.send({{"room", "event", "\"b is back\""}});
            test::run(io, test::pause(100ms));
            if (a.delivered.size() > before) break;
        }
        a.delivered.clear();
        a.emit(fmt::format("\"a{}\"", 2 * round + 1));
        wait_until([&] { return b.delivered.size() >= static_cast<std::size_t>(2 * round + 2); });
    }
    EXPECT_EQ(b.delivered, numbers("a", 10));
}

TEST_F(RedisBusTest, WithoutRedisNobodyWaitsAndMemoryStaysBounded) {
    test::RedisServer server;
    Process a(io, server.address());
    server.stop(SIGKILL);
    const std::string payload = '"' + std::string(1'000, 'x') + '"';
    const auto before = std::chrono::steady_clock::now();
    for (int i = 0; i < 50'000; ++i) a.bus.send({{"room", "event", payload}});
    EXPECT_LT(std::chrono::steady_clock::now() - before, 20s) << "50,000 calls of some microseconds each";
    EXPECT_GT(a.bus.counters().dropped, 40'000U) << "50 MB do not wait";
    EXPECT_FALSE(a.bus.idle());
    const auto asked = std::chrono::steady_clock::now();
    test::run(io, a.bus.drain(100ms));
    EXPECT_LT(std::chrono::steady_clock::now() - asked, 5s);
}

TEST_F(RedisBusTest, DrainEndsWhenRedisHasEverything) {
    const test::RedisServer server;
    RedisBus bus(io, settings_of(server.address()), {});
    bus.start();
    for (int i = 0; i < 1'000; ++i) bus.send({{"room", "event", "1"}});
    test::run(io, bus.drain(10s));
    EXPECT_TRUE(bus.idle());
    EXPECT_EQ(bus.counters().published, 1'000U);
}

TEST_F(RedisBusTest, WhatIsPublishedTwiceIsHeardOnceAndNonsenseNotAtAll) {
    const test::RedisServer server;
    Process a(io, server.address()), b(io, server.address());
    wait_until_connected({&a, &b});
    redis::Publisher stranger(io, settings_of(server.address()), "liveshop:0:events");
    stranger.start();
    const std::string origin = Uuid::make().to_string();
    const auto message = [&](std::string_view number, std::string_view payload) {
        return fmt::format(R"({} {} events [{{"room":"r","event":"e","payload":"{}"}}])", origin, number, payload);
    };
    for (const std::string& text : {std::string(),
                                    std::string("x"),
                                    std::string("nobody 1 events []"),
                                    origin,
                                    origin + " ",
                                    origin + " 1",
                                    origin + " x events []",
                                    origin + " 1 events",
                                    origin + " 2 events nonsense",
                                    origin + " 3 events {}",
                                    origin + " 4 events [1]",
                                    origin + " 5 other [{}]",
                                    origin + " 6 counts [-1]",
                                    origin + " 7 counts {}",
                                    message("10", "ten"),
                                    message("10", "ten again"),
                                    message("9", "late"),
                                    message("-1", "negative"),
                                    message("99999999999999999999", "beyond"),
                                    message("11", "eleven"),
                                    std::string("\0\xff", 2)})
        stranger.publish(text);
    a.emit("\"end\"");
    wait_until([&] { return !b.delivered.empty() && stranger.idle(); });
    wait_until([&] { return b.delivered.size() >= 3; });
    EXPECT_THAT(b.delivered, testing::UnorderedElementsAre("ten", "eleven", "\"end\""));
}

TEST_F(RedisBusTest, PlatformsThatShareARedisUnderOtherNumbersDoNotHearEachOther) {
    const test::RedisServer server;
    redis::Address other = server.address();
    other.database = 1;
    Process a(io, server.address()), b(io, server.address()), elsewhere(io, other);
    wait_until_connected({&a, &b});
    a.emit("\"hello\"");
    wait_until([&] { return b.delivered.size() == 1; });
    EXPECT_THAT(elsewhere.delivered, testing::IsEmpty());
}

TEST_F(RedisBusTest, ProcessesTellEachOtherHowManySocketsTheyHave) {
    const test::RedisServer server;
    Process a(io, server.address()), b(io, server.address());
    wait_until_connected({&a, &b});
    std::vector<RoomCount> told;
    for (int i = 0; i < 1'200; ++i) told.push_back({fmt::format("room:{}", i), {i}});
    a.bus.send_counts(told);
    wait_until([&] { return b.rooms.members("room:1199") == 1'199; });
    EXPECT_EQ(b.rooms.members("room:7"), 7U);
    EXPECT_EQ(a.rooms.members("room:7"), 0U) << "its own it counts itself";
    EXPECT_THAT(b.delivered, testing::IsEmpty());
}

TEST_F(RedisBusTest, CountsDoNotWaitForARedisThatIsAway) {
    test::RedisServer server;
    Process a(io, server.address()), b(io, server.address());
    wait_until_connected({&a, &b});
    server.stop(SIGKILL);
    test::run(io, test::pause(50ms));
    a.emit("\"event\"");
    const std::uint64_t before = a.bus.counters().published;
    for (int i = 0; i < 100; ++i) a.bus.send_counts({{"room", {i}}});
    server.start();
    wait_until([&] { return a.bus.idle(); });
    EXPECT_EQ(a.bus.counters().published, before + 1);
}

TEST_F(RedisBusTest, SendsFromAnyThread) {
    const test::RedisServer server;
    Process a(io, server.address()), b(io, server.address());
    wait_until_connected({&a, &b});
    std::vector<std::jthread> threads;
    for (const char name : {'x', 'y', 'z'})
        threads.emplace_back([&a, name] {
            for (const std::string& number : numbers(std::string(1, name), 1'000))
                a.bus.send({{"room", "event", number}});
        });
    wait_until([&] { return b.delivered.size() == 3'000; });
    for (const char name : {'x', 'y', 'z'}) EXPECT_EQ(of(b.delivered, name), numbers(std::string(1, name), 1'000));
}

std::string refusal_of(const std::string& url) {
    try {
        redis_address(config::Source("", "", {{"LIVESHOP_REDIS_URL", url}}).read<EventSettings>());
    } catch (const config::Invalid& invalid) {
        return invalid.what();
    }
    return "";
}

TEST(RedisSetting, IsOptionalSecretAndCheckedByName) {
    EXPECT_EQ(redis_address(config::Source("", "", {}).read<EventSettings>()), std::nullopt);
    EXPECT_EQ(refusal_of("redis://localhost"), "");
    EXPECT_THAT(refusal_of("http://:hunter2@localhost"), testing::HasSubstr("redis_url: must be redis://"));
    EXPECT_THAT(refusal_of("http://:hunter2@localhost"), testing::Not(testing::HasSubstr("hunter2")));
    EXPECT_TRUE(config::Source::is_secret<OptionalSecret>("redis_url"));
}

}  // namespace
}  // namespace liveshop::app
