// Publisher and Subscriber against a real redis-server.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <thread>

#include "platform/redis/publisher.hpp"
#include "platform/redis/subscriber.hpp"
#include "platform/redis/tests/redis_server.hpp"
#include "tests/support/run.hpp"

namespace liveshop::redis {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

// A busy machine must not look like a Redis that does not answer.
ConnectSettings settings_of(const Address& address, std::chrono::milliseconds answer_timeout = 10s) {
    return {.address = address,
            .connect_timeout = 10s,
            .answer_timeout = answer_timeout,
            .ping_interval = 100ms,
            .retry_delay_max = 50ms};
}

class PubSubTest : public testing::Test {
  protected:
    template <class Condition>
    void wait_until(Condition condition) {
        test::run(io, [&]() -> awaitable<void> {
            while (!condition()) co_await test::pause(1ms);
        }());
    }
    void pass(std::chrono::milliseconds time) { test::run(io, test::pause(time)); }
    auto hear() {
        return [this](std::string_view message) { heard.emplace_back(message); };
    }
    auto count_opened() {
        return [this] { ++opened; };
    }

    asio::io_context io;
    std::vector<std::string> heard;
    int opened = 0;
};

// A pair of both ends, started, and subscribed.
struct Ends {
    Ends(asio::io_context& io, const ConnectSettings& settings, Subscriber::Hear hear, std::function<void()> resync,
         PublisherLimits limits = {})
        : subscriber(io, settings, "events", std::move(hear), std::move(resync)),
          publisher(io, settings, "events", limits) {
        subscriber.start();
        publisher.start();
    }
    Subscriber subscriber;
    Publisher publisher;
};

TEST_F(PubSubTest, WhatIsPublishedIsHeardInOrderAndToTheByte) {
    const test::RedisServer server;
    Ends ends(io, settings_of(server.address()), hear(), count_opened());
    wait_until([&] { return opened == 1; });
    std::vector<std::string> sent{"", std::string("\0\r\n$5\r\n\xff", 9), std::string(1024 * 1024, 'x')};
    for (int i = 0; i < 5'000; ++i) sent.push_back("event " + std::to_string(i));
    for (const std::string& message : sent) ends.publisher.publish(message);
    wait_until([&] { return heard.size() == sent.size(); });
    EXPECT_EQ(heard, sent);
    wait_until([&] { return ends.publisher.idle(); });
    EXPECT_EQ(ends.publisher.counters().published, sent.size());
    EXPECT_EQ(ends.publisher.counters().dropped, 0U);
}

TEST_F(PubSubTest, ManyOfOneMomentGoInFewWrites) {
    const test::RedisServer server;
    Ends ends(io, settings_of(server.address()), hear(), count_opened());
    wait_until([&] { return opened == 1; });
    for (int i = 0; i < 1'000; ++i) ends.publisher.publish("event");
    wait_until([&] { return heard.size() == 1'000; });
    Connection connection(io, settings_of(server.address()));
    const std::string statistics = test::run(io, [&]() -> awaitable<std::string> {
        co_await connection.open();
        std::string command;
        append_command(command, {"INFO", "stats"});
        co_await connection.write(command);
        const Value answer = co_await connection.read(1s);
        co_return answer.text;
    }());
    const std::string_view name = "total_reads_processed:";
    ASSERT_NE(statistics.find(name), std::string::npos);
    const int reads = std::atoi(statistics.c_str() + statistics.find(name) + name.size());
    EXPECT_GT(reads, 0);
    EXPECT_LT(reads, 100);
}

TEST_F(PubSubTest, TakesMessagesFromAnyThread) {
    const test::RedisServer server;
    Ends ends(io, settings_of(server.address()), hear(), count_opened());
    wait_until([&] { return opened == 1; });
    std::vector<std::jthread> threads;
    for (char name : {'a', 'b', 'c'})
        threads.emplace_back([&, name] {
            for (int i = 1'000; i < 3'000; ++i) ends.publisher.publish(name + std::to_string(i));
        });
    wait_until([&] { return heard.size() == 6'000; });
    std::map<char, std::vector<std::string>> by_thread;
    for (const std::string& message : heard) by_thread[message[0]].push_back(message);
    for (const auto& [name, messages] : by_thread) EXPECT_TRUE(std::ranges::is_sorted(messages)) << name;
}

TEST_F(PubSubTest, NothingIsLostThatWasSaidWhileRedisWasAwayAndComesBack) {
    test::RedisServer server;
    Ends ends(io, settings_of(server.address()), hear(), count_opened());
    wait_until([&] { return opened == 1; });
    ends.publisher.publish("before");
    wait_until([&] { return heard.size() == 1; });
    for (int round = 2; round < 5; ++round) {
        server.stop(SIGKILL);
        pass(20ms);
        server.start();
        wait_until([&] { return opened == round; });
        ends.publisher.publish("again");
        wait_until([&] { return heard.size() == static_cast<std::size_t>(round); });
    }
    EXPECT_THAT(heard, ElementsAre("before", "again", "again", "again"));
}

TEST_F(PubSubTest, WhileRedisIsAwayTheNewestWaitWithinTheirLimitAndTheRestIsCounted) {
    test::RedisServer server;
    Ends ends(io, settings_of(server.address()), hear(), count_opened(), {.waiting_bytes_max = 1'000});
    wait_until([&] { return opened == 1; });
    server.stop(SIGKILL);
    pass(50ms);
    for (int i = 100'000; i < 200'000; ++i) ends.publisher.publish(std::to_string(i) + "....");
    EXPECT_EQ(ends.publisher.counters().dropped, 99'900U);
    EXPECT_FALSE(ends.publisher.idle());
    server.start();
    wait_until([&] { return ends.publisher.idle(); });
    EXPECT_EQ(ends.publisher.counters().published, 100U);
    EXPECT_EQ(ends.publisher.counters().dropped, 99'900U);
}

TEST_F(PubSubTest, AMessageBeyondTheLimitIsDroppedAndTheOthersGo) {
    const test::RedisServer server;
    Ends ends(io, settings_of(server.address()), hear(), count_opened(), {.message_bytes_max = 100});
    wait_until([&] { return opened == 1; });
    ends.publisher.publish(std::string(101, 'x'));
    ends.publisher.publish("next");
    wait_until([&] { return heard.size() == 1; });
    EXPECT_THAT(heard, ElementsAre("next"));
    EXPECT_EQ(ends.publisher.counters().dropped, 1U);
}

TEST_F(PubSubTest, ASilentRedisIsGivenUpAndFoundAgain) {
    test::RedisServer server;
    Ends ends(io, settings_of(server.address(), 300ms), hear(), count_opened());
    wait_until([&] { return opened == 1; });
    server.send(SIGSTOP);
    ends.publisher.publish("into the silence");
    pass(1s);  // longer than ping_interval and answer_timeout
    server.send(SIGCONT);
    wait_until([&] { return opened >= 2; });
    wait_until([&] { return ends.publisher.idle(); });
    ends.publisher.publish("after it");
    wait_until([&] { return !heard.empty() && heard.back() == "after it"; });
}

TEST_F(PubSubTest, IdleConnectionsStay) {
    const test::RedisServer server;
    Ends ends(io, settings_of(server.address(), 1s), hear(), count_opened());
    wait_until([&] { return opened == 1; });
    pass(2500ms);  // twice what a connection without answers would live
    EXPECT_EQ(opened, 1);
    ends.publisher.publish("still here");
    wait_until([&] { return heard.size() == 1; });
}

TEST_F(PubSubTest, SignsInWithAPasswordAndWithAUser) {
    const test::RedisServer server(
        {"--requirepass", "correct horse", "--user", "shop", "on", ">stable", "&*", "+@all"});
    for (const std::string who : {":correct%20horse@", "shop:stable@"}) {
        heard.clear();
        opened = 0;
        const Address address = parse_address("unix://" + who + server.socket()).value();
        Ends ends(io, settings_of(address), hear(), count_opened());
        wait_until([&] { return opened == 1; });
        ends.publisher.publish("hello");
        wait_until([&] { return heard.size() == 1; });
    }
}

TEST_F(PubSubTest, AWrongPasswordIsRefusedAndNeverRepeated) {
    const test::RedisServer server({"--requirepass", "correct"});
    for (const std::string who : {":hunter2@", "hunter2:hunter2@", ""}) {
        Connection connection(io, settings_of(parse_address("unix://" + who + server.socket()).value()));
        try {
            test::run(io, connection.open());
            ADD_FAILURE() << "signed in as " << who;
        } catch (const Failure& failure) {
            EXPECT_THAT(failure.what(), testing::HasSubstr(who.empty() ? "NOAUTH" : "WRONGPASS"));
            EXPECT_THAT(failure.what(), testing::Not(testing::HasSubstr("hunter2")));
        }
    }
}

TEST_F(PubSubTest, WhatAUserMayNotPublishIsCountedAsDropped) {
    const test::RedisServer server({"--user", "reader", "on", ">pw", "&*", "+@all", "-publish"});
    Publisher publisher(io, settings_of(parse_address("unix://reader:pw@" + server.socket()).value()), "events");
    publisher.start();
    for (int i = 0; i < 10; ++i) publisher.publish("event");
    wait_until([&] { return publisher.idle(); });
    EXPECT_EQ(publisher.counters().dropped, 10U);
    EXPECT_EQ(publisher.counters().published, 0U);
}

TEST_F(PubSubTest, AnExceptionInOneDoesNotDeafenIt) {
    const test::RedisServer server;
    Ends ends(
        io, settings_of(server.address()),
        [&](std::string_view message) {
            heard.emplace_back(message);
            if (message == "bad") throw std::runtime_error("thrown on purpose by a test");
        },
        count_opened());
    wait_until([&] { return opened == 1; });
    ends.publisher.publish("bad");
    ends.publisher.publish("good");
    wait_until([&] { return heard.size() == 2; });
}

TEST_F(PubSubTest, IsSilentOnceClosedAndLeavesNothingRunning) {
    const test::RedisServer server;
    std::unique_ptr<Subscriber> subscriber;
    subscriber = std::make_unique<Subscriber>(
        io, settings_of(server.address()), "events",
        [&](std::string_view message) {
            heard.emplace_back(message);
            subscriber.reset();  // from within
        },
        count_opened());
    subscriber->start();
    Publisher publisher(io, settings_of(server.address()), "events");
    publisher.start();
    wait_until([&] { return opened == 1; });
    publisher.publish("one");
    publisher.publish("two");
    wait_until([&] { return heard.size() == 1 && publisher.idle(); });
    publisher.close();
    io.restart();
    io.run();  // ends, since nothing is left to wait for
    EXPECT_THAT(heard, ElementsAre("one"));
}

TEST_F(PubSubTest, OverTlsWithTheNameVerified) {
    const test::TemporaryFolder folder;
    const std::string key = folder.path() / "key.pem", certificate = folder.path() / "certificate.pem";
    ASSERT_EQ(
        std::system(fmt::format("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1"
                                " -subj /CN=localhost -addext subjectAltName=DNS:localhost -keyout {} -out {}"
                                " 2>/dev/null",
                                key, certificate)
                        .c_str()),
        0);
    asio::ip::tcp::acceptor free_port(io, {asio::ip::address_v4::loopback(), 0});
    const auto port = std::to_string(free_port.local_endpoint().port());
    free_port.close();
    const test::RedisServer server({"--tls-port", port, "--bind", "127.0.0.1", "--tls-cert-file", certificate,
                                    "--tls-key-file", key, "--tls-auth-clients", "no"});
    std::ifstream in(certificate);
    ConnectSettings settings = settings_of(parse_address("rediss://localhost:" + port).value());
    {
        Connection distrustful(io, settings);
        EXPECT_THROW(test::run(io, distrustful.open()), Failure);
    }
    settings.trusted_ca_pem = std::string(std::istreambuf_iterator<char>(in), {});
    {
        ConnectSettings elsewhere = settings;
        elsewhere.address.host = "127.0.0.1";
        Connection misled(io, elsewhere);
        EXPECT_THROW(test::run(io, misled.open()), Failure);
    }
    Ends ends(io, settings, hear(), count_opened());
    wait_until([&] { return opened == 1; });
    for (int i = 0; i < 100; ++i) ends.publisher.publish(std::string(10'000, 'x'));
    wait_until([&] { return heard.size() == 100; });
}

}  // namespace
}  // namespace liveshop::redis
