#include <gmock/gmock.h>

#include "platform/db/pool.hpp"
#include "platform/tests/db_notes.hpp"

namespace liveshop::db {
namespace {

using test::run;
using namespace std::chrono_literals;

class PoolTest : public NotesTest {
  protected:
    PoolSettings settings() const { return database.pool_settings(); }
    static awaitable<void> opened(Pool& pool, std::size_t connections) {
        while (pool.stats().open < connections) co_await test::pause(1ms);
    }
};

TEST_F(PoolTest, AnExhaustedPoolAnswersInTime) {
    PoolSettings small = settings();
    small.acquire_timeout_ms = 50;
    Pool pool(io, small);
    run(io, [&]() -> awaitable<void> {
        co_await opened(pool, 3);
        Transaction first(pool, writing()), second(pool, writing()), third(pool, writing());
        co_await insert(first, "a", 1);
        co_await insert(second, "b", 2);
        const auto start = std::chrono::steady_clock::now();
        bool unavailable = false;
        try {
            co_await insert(third, "c", 3);
        } catch (const Unavailable&) {
            unavailable = true;
        }
        EXPECT_TRUE(unavailable);
        EXPECT_GE(std::chrono::steady_clock::now() - start, 50ms);
        EXPECT_EQ(pool.stats().waiting, 0u);
        co_await first.commit();
        co_await insert(third, "c", 3);
        co_await third.commit();
    }());
    EXPECT_EQ(count_notes(), "2");
}

TEST_F(PoolTest, ThoseWhoWaitAreServedInTheirOrder) {
    PoolSettings single = settings();
    single.connections = 1;
    Pool pool(io, single);
    std::vector<int> served;
    run(io, [&]() -> awaitable<void> {
        for (int i = 0; i < 20; ++i)
            asio::co_spawn(
                io,
                [&, i]() -> awaitable<void> {
                    Transaction tx(pool, writing());
                    co_await insert(tx, "x", i + 1);
                    served.push_back(i);
                    co_await tx.commit();
                },
                asio::detached);
        while (served.size() < 20) co_await test::pause(1ms);
    }());
    EXPECT_TRUE(std::ranges::is_sorted(served));
}

TEST_F(PoolTest, CountsItsConnections) {
    Pool pool(io, settings());
    EXPECT_EQ(pool.stats().open, 0u);
    run(io, [&]() -> awaitable<void> {
        co_await opened(pool, 3);
        EXPECT_EQ(pool.stats().idle, 2u);
        Transaction tx(pool, writing());
        co_await insert(tx, "a", 1);
        EXPECT_EQ(pool.stats().idle, 1u);
        co_await tx.commit();
        EXPECT_EQ(pool.stats().idle, 2u);
    }());
}

TEST_F(PoolTest, TheQueueIsBounded) {
    PoolSettings small = settings();
    small.connections = 1;
    small.waiters_max = 1;
    Pool pool(io, small);
    run(io, [&]() -> awaitable<void> {
        Transaction holder(pool, writing()), waiting(pool, writing()), refused(pool, writing());
        co_await insert(holder, "a", 1);
        bool served = false;
        asio::co_spawn(
            io,
            [&]() -> awaitable<void> {
                co_await insert(waiting, "b", 2);
                served = true;
            },
            asio::detached);
        co_await test::pause(1ms);
        const std::string outcome = co_await sqlstate_of(insert(refused, "c", 3));
        EXPECT_EQ(outcome, sqlstate::too_many_connections);
        co_await holder.commit();
        while (!served) co_await test::pause(1ms);
    }());
}

TEST_F(PoolTest, WithoutAServerTheReasonIsGivenInTime) {
    const std::pair<std::string, std::string> cases[] = {
        {"host=/nowhere/at/all", "/nowhere/at/all"},
        {"host=localhost port=1", "port 1 failed: Connection refused"},  // a name to be looked up; nobody listens there
        {"hst=localhost", "invalid connection option \"hst\""},
    };
    for (const auto& [dsn, hint] : cases) {
        PoolSettings nowhere = settings();
        nowhere.dsn = dsn;
        nowhere.acquire_timeout_ms = 200;
        Pool pool(io, nowhere);
        for (const Scope scope : {writing(), reading()}) {
            std::string reason;
            run(io, [&]() -> awaitable<void> {
                try {
                    Transaction tx(pool, scope);
                    co_await tx.all(all_notes);
                } catch (const Unavailable& error) {
                    reason = error.what();
                }
            }());
            EXPECT_THAT(reason, testing::HasSubstr(hint));
        }
    }
}

TEST(RetryDelayTest, DoublesUpToItsCapAndStartsAgain) {
    RetryDelay delay(1'000);
    for (int round = 0; round < 2; ++round) {
        for (const int ceiling_ms : {50, 100, 200, 400, 800, 1'000, 1'000, 1'000}) {
            const auto next = delay.next();
            EXPECT_GE(next.count(), ceiling_ms / 2);
            EXPECT_LE(next.count(), ceiling_ms);
        }
        for (int i = 0; i < 100; ++i) EXPECT_LE(delay.next().count(), 1'000);
        delay.reset();
    }
}

TEST_F(PoolTest, AStatementThatTakesTooLongIsEnded) {
    PoolSettings hasty = settings();
    hasty.statement_timeout_ms = 50;
    Pool pool(io, hasty);
    run(io, [&]() -> awaitable<void> {
        Transaction tx(pool, writing());
        const std::string outcome = co_await sqlstate_of(tx.run(sleep_for, 5));
        EXPECT_EQ(outcome, sqlstate::query_canceled);
        Transaction read(pool, reading());
        const std::string of_read = co_await sqlstate_of(read.run(sleep_for, 5));
        EXPECT_EQ(of_read, sqlstate::query_canceled);
    }());
}

TEST_F(PoolTest, ATransactionLeftLyingIsEndedByTheServer) {
    PoolSettings hasty = settings();
    hasty.idle_in_transaction_timeout_ms = 50;
    Pool pool(io, hasty);
    run(io, [&]() -> awaitable<void> {
        Transaction tx(pool, writing());
        co_await insert(tx, "a", 1);
        co_await test::pause(300ms);
        const std::string outcome = co_await sqlstate_of(tx.commit());
        EXPECT_EQ(outcome, sqlstate::transaction_resolution_unknown);
        co_await keep(pool, 2);
    }());
    EXPECT_EQ(count_notes(), "1");
}

TEST_F(PoolTest, SessionsAreSetUpForTheProgram) {
    Pool pool(io, settings());
    const Query<std::string()> setup{"test.setup", R"(
        select concat_ws(' ', current_user, current_setting('TimeZone'), current_setting('statement_timeout'),
                         current_setting('idle_in_transaction_session_timeout'), current_setting('application_name'),
                         current_setting('client_encoding'), current_setting('default_transaction_read_only')))"};
    run(io, [&]() -> awaitable<void> {
        Transaction write(pool, writing());
        const std::string own = co_await write.one(setup);
        EXPECT_EQ(own, "liveshop_app UTC 5s 15s liveshop test UTF8 off");
        Transaction read(pool, reading());
        const std::string shared = co_await read.one(setup);
        EXPECT_EQ(shared, "liveshop_app UTC 5s 15s liveshop test UTF8 on");
    }());
}

TEST_F(PoolTest, AColumnThatChangesItsTypeIsFollowed) {
    PoolSettings single = settings();
    single.connections = 1;
    Pool pool(io, single);
    run(io, [&]() -> awaitable<void> {
        co_await keep(pool, 1);
        Transaction tx(pool, writing());
        const std::vector<Note> before = co_await tx.all(all_notes);
        EXPECT_EQ(before.size(), 1u);
        co_await tx.commit();
        database.execute("alter table notes alter weight type bigint");
        const std::string outcome = co_await sqlstate_of(tx.all(all_notes));
        EXPECT_EQ(outcome, "0A000");
        co_await tx.rollback();
        const std::vector<Note> after = co_await tx.all(all_notes);
        EXPECT_EQ(after.size(), 1u);
    }());
}

TEST_F(PoolTest, AQueryThatDoesNotFitTheSchemaSaysWhyUntilItDoes) {
    PoolSettings single = settings();
    single.connections = 1;
    Pool pool(io, single);
    const Query<std::string()> remark{"test.remark", "select body from remarks"};
    run(io, [&]() -> awaitable<void> {
        for (const Scope scope : {writing(), reading()}) {
            Transaction tx(pool, scope);
            const std::string first = co_await sqlstate_of(tx.one(remark));
            co_await tx.rollback();
            const std::string second = co_await sqlstate_of(tx.one(remark));
            EXPECT_EQ(first, "42P01");
            EXPECT_EQ(second, "42P01");
        }
        database.execute("create view remarks as select 'fits'::text as body; grant select on remarks to public");
        for (const Scope scope : {writing(), reading()}) {
            Transaction tx(pool, scope);
            const std::string body = co_await tx.one(remark);
            EXPECT_EQ(body, "fits");
        }
    }());
}

TEST_F(PoolTest, ClosingAnswersEverybody) {
    PoolSettings single = settings();
    single.connections = 1;
    Pool pool(io, single);
    run(io, [&]() -> awaitable<void> {
        std::vector<std::string> outcomes;
        Transaction holder(pool, writing()), waiter(pool, writing()), reader(pool, reading()), late(pool, writing());
        co_await insert(holder, "a", 1);
        const auto watch = [&](awaitable<void> operation) {
            asio::co_spawn(
                io,
                [&outcomes, watched = std::move(operation)]() mutable -> awaitable<void> {
                    std::string outcome = co_await sqlstate_of(std::move(watched));
                    outcomes.push_back(std::move(outcome));
                },
                asio::detached);
        };
        watch(holder.run(sleep_for, 5));
        watch(waiter.run(sleep_for, 5));
        watch(reader.run(sleep_for, 5));
        co_await test::pause(20ms);
        pool.close();
        while (outcomes.size() < 3) co_await test::pause(1ms);
        const std::string of_late = co_await sqlstate_of(late.run(sleep_for, 5));
        EXPECT_EQ(of_late, sqlstate::too_many_connections);
        EXPECT_THAT(outcomes, testing::UnorderedElementsAre("08006", "08006", "53300"));
    }());
    io.restart();
    io.run();  // nothing keeps it busy any more
}

TEST_F(PoolTest, ATransactionMayOutliveItsPool) {
    auto pool = std::make_unique<Pool>(io, settings());
    run(io, [&]() -> awaitable<void> {
        Transaction tx(*pool, writing());
        co_await insert(tx, "a", 1);
        pool.reset();
        const std::string outcome = co_await sqlstate_of(insert(tx, "b", 2));
        EXPECT_EQ(outcome, sqlstate::connection_failure);
    }());
    EXPECT_EQ(count_notes(), "0");
}

TEST_F(PoolTest, AnIoContextMayEndInTheMiddle) {
    auto short_lived = std::make_unique<asio::io_context>(1);
    auto pool = std::make_unique<Pool>(*short_lived, settings());
    bool ended = false;
    asio::co_spawn(
        *short_lived,
        [&]() -> awaitable<void> {
            Transaction tx(*pool, writing());
            co_await insert(tx, "a", 1);
            co_await tx.run(sleep_for, 5);
            ended = true;
        },
        asio::detached);
    short_lived->run_for(100ms);
    pool.reset();
    short_lived.reset();
    EXPECT_FALSE(ended);
    EXPECT_EQ(count_notes(), "0");
}

}  // namespace
}  // namespace liveshop::db
