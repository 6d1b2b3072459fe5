// Events by NOTIFY, on a real PostgreSQL.
#include "app/bus.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/run.hpp"
#include "tests/support/test_database.hpp"

namespace liveshop::app {
namespace {

using namespace std::chrono_literals;

class BusTest : public testing::Test {
  protected:
    template <class Condition>
    void wait_until(Condition condition) {
        test::run(io, [&]() -> awaitable<void> {
            while (!condition()) co_await test::pause(1ms);
        }());
    }
    int listeners() {
        return std::stoi(
            database.execute("select count(*) from pg_stat_activity where application_name = 'liveshop listener'"
                             " and datname = current_database() and state = 'idle' and query like 'listen%'"));
    }
    void start() {
        receiver.start();
        wait_until([&] { return listeners() == 1; });
    }
    Emission event(int number, std::string payload) { return {"room:" + std::to_string(number), "thing", payload}; }

    test::TestDatabase database;
    boost::asio::io_context io;
    db::Pool pool{io, database.pool_settings()};
    BusSender sender{io, pool};
    std::vector<Emission> heard;
    BusReceiver receiver{io, database.app_dsn(), [this](std::vector<Emission> emissions) {
                             for (Emission& emission : emissions) heard.push_back(std::move(emission));
                         }};
};

std::string repeated(std::string_view text, std::size_t bytes) {
    std::string all;
    while (all.size() < bytes) all += text;
    return '"' + all + '"';
}

TEST_F(BusTest, AnEventArrivesAsItWasSent) {
    start();
    sender.send({{"stream:1", "stream:message", R"({"text":"Grüße\n\"quoted\" \\ '; drop table x; --"})"}});
    wait_until([&] { return heard.size() == 1; });
    EXPECT_EQ(heard[0].room, "stream:1");
    EXPECT_EQ(heard[0].event, "stream:message");
    EXPECT_EQ(heard[0].payload, R"({"text":"Grüße\n\"quoted\" \\ '; drop table x; --"})");
}

// Whatever offset the cut has, it falls on each byte of a character of four.
TEST_F(BusTest, LongEventsAreCutBetweenCharactersAndArriveWhole) {
    start();
    std::vector<std::string> payloads;
    for (const std::string_view character : {"a", "é", "€", "😀"})
        for (std::size_t offset = 0; offset < 4; ++offset)
            payloads.push_back('"' + std::string(offset, 'x') + repeated(character, 30'000).substr(1));
    payloads.push_back(repeated("a", 500'000));
    std::vector<Emission> emissions;
    for (const std::string& payload : payloads) emissions.push_back(event(1, payload));
    sender.send(emissions);
    wait_until([&] { return heard.size() == payloads.size(); });
    for (std::size_t i = 0; i < payloads.size(); ++i) EXPECT_EQ(heard[i].payload, payloads[i]) << i;
}

TEST_F(BusTest, ManySentAtOnceStayInOrder) {
    start();
    const int count = 2'000;
    for (int i = 0; i < count; ++i)
        sender.send({event(i, i % 50 == 0 ? repeated("€" + std::to_string(i), 20'000) : std::to_string(i))});
    wait_until([&] { return heard.size() >= count; });
    ASSERT_EQ(heard.size(), count);
    for (int i = 0; i < count; ++i) ASSERT_EQ(heard[static_cast<std::size_t>(i)].room, "room:" + std::to_string(i));
}

TEST_F(BusTest, EventsOfTwoSendersDoNotMix) {
    start();
    BusSender other(io, pool);
    for (int i = 0; i < 100; ++i) {
        sender.send({event(1, repeated("a" + std::to_string(i), 20'000))});
        other.send({event(2, repeated("b" + std::to_string(i), 20'000))});
    }
    wait_until([&] { return heard.size() == 200; });
    std::map<std::string, int> next;
    for (const Emission& emission : heard) {
        const std::string name = emission.room == "room:1" ? "a" : "b";
        EXPECT_EQ(emission.payload, repeated(name + std::to_string(next[name]++), 20'000));
    }
}

// Another sender's pieces may lie between those of an event, as NOTIFY's payloads are anybody's who may connect.
TEST_F(BusTest, PiecesInBetweenAndNonsenseHarmNobody) {
    start();
    const auto notify = [&](const std::string& text) {
        database.execute("select pg_notify('liveshop_events', '" + text + "')");
    };
    notify(R"(one 0 more {"room":"r1","event":"e",)");
    notify(R"(two 0 more {"room":"r2",)");
    for (const std::string text : {"", " ", "x", "x last", "x 0", "x 0 last", "x 0 last {}", "x 0 last nonsense",
                                   "x -1 last {}", "x 1 last {}", "x y last {}", "x 0 other {}", "one two three"})
        notify(text);
    notify(R"(two 1 last "event":"e","payload":"2"})");
    notify(R"(one 1 last "payload":"1"})");
    notify(R"(gap 0 more {"room":"r3",)");
    notify(R"(gap 2 last "event":"e","payload":"3"})");
    notify(R"(four 0 last {"room":"r4","event":"e","payload":"4"})");
    wait_until([&] { return !heard.empty() && heard.back().room == "r4"; });
    std::vector<std::string> rooms;
    for (const Emission& emission : heard) rooms.push_back(emission.room);
    EXPECT_THAT(rooms, testing::ElementsAre("r2", "r1", "r4"));
}

TEST_F(BusTest, UnfinishedEventsDoNotPileUp) {
    start();
    const std::string begin = R"({"room":"unwanted","event":"e","payload":")";
    database.execute("select pg_notify('liveshop_events', 'old 0 more " + begin + "')");
    database.execute(
        "do $$ begin for i in 1..200 loop perform pg_notify('liveshop_events', i || ' 0 more x'); end loop; end $$");
    database.execute(R"(select pg_notify('liveshop_events', 'old 1 last "}'))");
    database.execute("select pg_notify('liveshop_events', 'long 0 more " + begin + "')");
    database.execute(
        "do $$ begin for i in 1..400 loop"
        " perform pg_notify('liveshop_events', 'long ' || i || ' more ' || repeat('x', 7000)); end loop; end $$");
    database.execute(R"(select pg_notify('liveshop_events', 'long 401 last "}'))");
    sender.send({event(1, "1")});
    wait_until([&] { return !heard.empty() && heard.back().room == "room:1"; });
    EXPECT_EQ(heard.size(), 1U) << "neither the forgotten one nor the one that was too long";
}

TEST_F(BusTest, TheReceiverListensAgainAfterItsConnectionWasLost) {
    start();
    for (std::size_t round = 1; round < 4; ++round) {
        database.execute(
            "select pg_terminate_backend(pid, 5000) from pg_stat_activity where application_name = 'liveshop listener'"
            " and datname = current_database()");
        wait_until([&] { return listeners() == 1; });
        sender.send({event(1, repeated("€", 20'000))});
        wait_until([&] { return heard.size() == round; });
    }
}

TEST_F(BusTest, AfterTheDatabaseWasAwayEventsGoOn) {
    start();
    database.execute(
        "select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = current_database()"
        " and pid <> pg_backend_pid()");
    sender.send({event(1, "1")});  // may be lost with its connection
    wait_until([&] { return listeners() == 1; });
    for (int i = 2; heard.empty() || heard.back().room == "room:1"; ++i) {
        sender.send({event(i, "1")});
        test::run(io, test::pause(50ms));
        ASSERT_LT(i, 200);
    }
}

}  // namespace
}  // namespace liveshop::app
