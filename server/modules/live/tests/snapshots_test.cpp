// Everybody comes back at once: what that costs the database, and that nobody is shown what is not so any more.
#include "modules/live/snapshots.hpp"

#include <boost/asio/co_spawn.hpp>

#include "modules/live/tests/studio.hpp"

namespace liveshop::live {
namespace {

using namespace std::chrono_literals;
using ::testing::Each;
using ::testing::ElementsAre;

// A read that says the how-manieth it is, and waits until it may end.
class SharedReads : public ::testing::Test {
  protected:
    struct Asked {
        std::vector<int> answers;
        int failures = 0;
    };

    boost::asio::awaitable<int> read(int key) {
        const int number = ++begun;
        while (held) co_await test::pause(1ms);
        if (key < 0) throw std::runtime_error("nothing to read");
        co_return number;
    }
    void ask(int times, int key = 1) {
        for (int i = 0; i < times; ++i)
            boost::asio::co_spawn(io, shared.get(key),
                                  [this](std::exception_ptr error, std::shared_ptr<const int> value) {
                                      if (error)
                                          ++asked.failures;
                                      else
                                          asked.answers.push_back(*value);
                                  });
    }
    void let_pass(std::chrono::milliseconds time) { test::run(io, test::pause(time)); }

    boost::asio::io_context io;
    bool held = false;
    int begun = 0;
    Asked asked;
    SharedRead<int, int> shared{io, 40ms, [this](int key) { return read(key); }};
};

TEST_F(SharedReads, IsOneForAllWhoAskAtOnce) {
    ask(500);
    let_pass(20ms);
    EXPECT_EQ(asked.answers.size(), 500U);
    EXPECT_THAT(asked.answers, Each(1));
    EXPECT_EQ(shared.reads(), 1);
}

// What is being read may be what was before they came.
TEST_F(SharedReads, WhoAsksMeanwhileIsGivenTheNext) {
    held = true;
    ask(1);
    let_pass(5ms);
    EXPECT_EQ(begun, 1);
    ask(100);
    let_pass(5ms);
    held = false;
    let_pass(100ms);
    ASSERT_EQ(asked.answers.size(), 101U);
    EXPECT_EQ(asked.answers.front(), 1);
    asked.answers.erase(asked.answers.begin());
    EXPECT_THAT(asked.answers, Each(2));
    EXPECT_EQ(shared.reads(), 2);
}

TEST_F(SharedReads, HappensAtMostOnceInAPauseHoweverManyAsk) {
    for (int i = 0; i < 30; ++i) {
        ask(10);
        let_pass(4ms);
    }
    let_pass(100ms);
    EXPECT_EQ(asked.answers.size(), 300U);
    EXPECT_GE(shared.reads(), 2);
    EXPECT_LE(shared.reads(), 300 / 40 + 4);
    const std::int64_t so_far = shared.reads();
    ask(1);
    let_pass(5ms);
    EXPECT_EQ(asked.answers.size(), 301U) << "in quiet times nobody waits";
    EXPECT_EQ(shared.reads(), so_far + 1);
}

TEST_F(SharedReads, FailsForThoseWhoWaitAloneAndOfEachKeyIsItsOwn) {
    ask(3, -1);
    ask(2, 7);
    let_pass(20ms);
    EXPECT_EQ(asked.failures, 3);
    EXPECT_EQ(asked.answers.size(), 2U);
    EXPECT_EQ(shared.reads(), 2);
    let_pass(60ms);
    ask(1, -1);
    let_pass(20ms);
    EXPECT_EQ(asked.failures, 4) << "and it is tried again";
}

class ComingBack : public Studio {
  protected:
    std::vector<TestUser> make_customers(int count) {
        const std::string ids =
            api.sql(fmt::format("with made as (insert into users (tenant_id, email, role, profile) select '{}', n ||"
                                " '@example.com', 'customer', '{{}}' from generate_series(1, {}) n returning id)"
                                " select string_agg(id::text, ' ') from made",
                                api.tenant_id().to_string(), count));
        std::vector<TestUser> people;
        for (std::size_t at = 0; at < ids.size(); at += 37)
            people.push_back({api.tenant_id(), UserId::parse(ids.substr(at, 36)).value(), Role::customer});
        return people;
    }
    /// Transactions of the database so far; a connection that ends has told of all of its own.
    std::int64_t transactions() {
        return std::stoll(
            api.sql("select xact_commit + xact_rollback from pg_stat_database where datname = current_database()"));
    }
};

TEST_F(ComingBack, TwoThousandAtOnceCostAFewReads) {
    constexpr int people_count = 2'000;
    const std::string id = go_live(), mug = add_product(owner, store_id, "Mug");
    pin(id, mug);
    const std::vector<TestUser> people = make_customers(people_count);
    std::vector<test::TestCall> calls;
    for (const TestUser& one : people) {
        const http::Header token{"Authorization", fmt::format("Bearer {} customer ", one.id.to_string())};
        for (const auto& [method, of] : {std::pair("POST", "/join"), std::pair("GET", "/chat")}) {
            test::TestCall call{method, path_of(id) + of, std::nullopt, "", ""};
            call.headers = {token};
            calls.push_back(std::move(call));
        }
    }
    step(customer, id, "join");  // the tenant is known, the connections are open
    say(customer, id, "Hello");

    const std::int64_t before = transactions(), reads_before = snapshots.reads();
    const std::vector<http::Response> answers = api.call_all(std::move(calls));
    const std::int64_t reads = snapshots.reads() - reads_before;
    tell_due();  // who came is written down, all at once
    api.pool().close();
    test::run(api.io(), test::pause(300ms));
    const std::int64_t cost = transactions() - before;

    for (std::size_t i = 0; i < answers.size(); i += 2) {
        ASSERT_EQ(answers[i].status, 200) << answers[i].body;
        EXPECT_THAT(each("name", "pinned_products", answers[i]), ElementsAre("Mug"));
        EXPECT_THAT(each("content", "messages", answers[i + 1]), ElementsAre("Hello"));
    }
    RecordProperty("reads", std::to_string(reads));
    RecordProperty("transactions", std::to_string(cost));
    EXPECT_LE(reads, 100) << "for " << people_count;
    EXPECT_LT(cost, 400) << "reads, the sign-on, and what the connections had not told of before";
    EXPECT_EQ(api.sql("select count(*) from stream_participants where stream_id = '" + id + "'"),
              std::to_string(people_count + 1));
}

TEST_F(ComingBack, SeesWhatIsSoNow) {
    const std::string id = go_live(), mug = add_product(owner, store_id, "Mug");
    for (int round = 0; round < 5; ++round) {  // within one pause
        pin(id, mug);
        EXPECT_THAT(each("name", "pinned_products", step(customer, id, "join")), ElementsAre("Mug"));
        unpin(id, mug);
        EXPECT_THAT(each("name", "pinned_products", step(customer, id, "join")), ElementsAre());
    }
    EXPECT_EQ(step(owner, id, "end").status, 200);
    EXPECT_EQ(code_of(step(customer, id, "join")), "live.stream_over");
}

TEST_F(ComingBack, OfMuchThatKeepsOneFromWritingTheLongestIsShown) {
    const std::string id = go_live();
    const auto mute = [&](std::string_view where, std::string_view reason, std::string_view until) {
        api.sql(
            fmt::format("insert into chat_mutes (tenant_id, store_id, user_id, user_name, reason, expires_at)"
                        " values ('{}', {}, '{}', 'Test', '{}', {})",
                        api.tenant_id().to_string(), where, customer.id.to_string(), reason, until));
    };
    const std::string here = "'" + store_id + "'";
    EXPECT_FALSE(json_of(step(customer, id, "join")).as_object().contains("muted"));
    mute(here, "long ago", "now() - interval '1 minute'");
    EXPECT_FALSE(json_of(step(customer, id, "join")).as_object().contains("muted"));
    mute("null", "an hour", "now() + interval '1 hour'");
    mute(here, "a minute", "now() + interval '1 minute'");
    EXPECT_EQ(json_of(step(customer, id, "join")).at("muted").at("reason").as_string(), "an hour");
    mute(here, "for good", "null");
    const json::value muted = json_of(step(customer, id, "join")).at("muted");
    EXPECT_EQ(muted.at("reason").as_string(), "for good");
    EXPECT_FALSE(muted.as_object().contains("expires_at"));
    EXPECT_FALSE(json_of(step(other_owner, id, "join")).as_object().contains("muted")) << "somebody else";
}

}  // namespace
}  // namespace liveshop::live
