// What goes over the wire, and what happens when the wire fails.
#include <gmock/gmock.h>

#include "platform/tests/db_notes.hpp"
#include "tests/support/database_relay.hpp"

namespace liveshop::db {
namespace {

using test::run;
using namespace std::chrono_literals;

class PipelineTest : public NotesTest {
  protected:
    PoolSettings settings() const {
        PoolSettings settings = database.pool_settings();
        settings.dsn = relay.through(settings.dsn);
        settings.connections = 1;
        return settings;
    }
    // Opens both connections and uses each query once; what was sent for that is forgotten.
    void open(Pool& pool) {
        run(io, keep(pool, 1'000));
        run(io, [&]() -> awaitable<void> {
            Transaction tx(pool, reading());
            co_await tx.all(all_notes);
            co_await tx.one(divide, 1);
            co_await tx.one(current_tenant);
        }());
        relay.take_sent();
    }
    test::DatabaseRelay relay{io, database.app_dsn()};
};

TEST_F(PipelineTest, TheFirstQueryBeginsInItsOwnRoundTrip) {
    Pool pool(io, settings());
    open(pool);
    run(io, [&]() -> awaitable<void> {
        Transaction tx(pool, writing());
        co_await insert(tx, "a", 1);
        EXPECT_EQ(relay.take_sent(), "BDEBDEBDES");  // begin, set_config, insert
        co_await insert(tx, "b", 2);
        EXPECT_EQ(relay.take_sent(), "BDES");
        co_await tx.commit();
        EXPECT_EQ(relay.take_sent(), "BDES");
    }());
}

TEST_F(PipelineTest, AQueryIsPreparedOnceAheadOfItsFirstUse) {
    Pool pool(io, settings());
    run(io, keep(pool, 1));
    EXPECT_EQ(relay.take_sent(), "PSPSPSBDEBDEBDESPSBDES");  // begin, set_config, insert; commit
    run(io, keep(pool, 2));
    EXPECT_EQ(relay.take_sent(), "BDEBDEBDESBDES");
}

TEST_F(PipelineTest, ReadsOfOneTenantInOneTurnShareARoundTrip) {
    Pool pool(io, settings());
    open(pool);
    int answered = 0;
    run(io, [&]() -> awaitable<void> {
        for (int i = 0; i < 5; ++i)
            asio::co_spawn(
                io,
                [&]() -> awaitable<void> {
                    Transaction tx(pool, reading());
                    const std::vector<Note> notes = co_await tx.all(all_notes);
                    EXPECT_EQ(notes.size(), 1u);
                    ++answered;
                },
                asio::detached);
        while (answered < 5) co_await test::pause(1ms);
    }());
    EXPECT_EQ(relay.take_sent(), "BDEBDEBDEBDEBDEBDES");  // set_config and five reads
}

TEST_F(PipelineTest, ReadsOfSeveralTenantsAreKeptApart) {
    Pool pool(io, settings());
    open(pool);
    std::vector<TenantId> tenants{TenantId::make(), TenantId::make(), TenantId::make()};
    int answered = 0;
    run(io, [&]() -> awaitable<void> {
        for (int i = 0; i < 30; ++i)
            asio::co_spawn(
                io,
                [&, mine = tenants[static_cast<std::size_t>(i) % 3]]() -> awaitable<void> {
                    Transaction tx(pool, Scope{mine, true});
                    const std::string seen = co_await tx.one(current_tenant);
                    EXPECT_EQ(seen, mine.to_string());
                    ++answered;
                },
                asio::detached);
        while (answered < 30) co_await test::pause(1ms);
        Transaction none(pool, Scope{std::nullopt, true});
        const std::string without = co_await none.one(current_tenant);
        EXPECT_EQ(without, "");
    }());
    const std::string sent = relay.take_sent();
    EXPECT_EQ(std::ranges::count(sent, 'S'), 4);
}

TEST_F(PipelineTest, AFailingReadHarmsNoneOfItsNeighbours) {
    Pool pool(io, settings());
    open(pool);
    std::vector<std::string> outcomes(5);
    int answered = 0;
    run(io, [&]() -> awaitable<void> {
        for (int i = 0; i < 5; ++i)
            asio::co_spawn(
                io,
                [&, i]() -> awaitable<void> {
                    Transaction tx(pool, reading());
                    const int divisor = i == 1 || i == 3 ? 0 : 5;
                    outcomes[static_cast<std::size_t>(i)] = co_await sqlstate_of(tx.one(divide, divisor));
                    ++answered;
                },
                asio::detached);
        while (answered < 5) co_await test::pause(1ms);
    }());
    EXPECT_THAT(outcomes, testing::ElementsAre("", "22012", "", "22012", ""));
}

TEST_F(PipelineTest, ALostConnectionFailsWhatIsUnderWayAndIsReopened) {
    Pool pool(io, settings());
    open(pool);
    run(io, [&]() -> awaitable<void> {
        std::string of_read, of_write;
        asio::co_spawn(
            io,
            [&]() -> awaitable<void> {
                Transaction tx(pool, reading());
                of_read = co_await sqlstate_of(tx.run(sleep_for, 10));
            },
            asio::detached);
        Transaction tx(pool, writing());
        asio::co_spawn(
            io, [&]() -> awaitable<void> { of_write = co_await sqlstate_of(tx.run(sleep_for, 10)); }, asio::detached);
        co_await test::pause(20ms);
        relay.cut();
        while (of_read.empty() || of_write.empty()) co_await test::pause(1ms);
        EXPECT_EQ(of_read, sqlstate::connection_failure);
        EXPECT_EQ(of_write, sqlstate::connection_failure);
        const std::string afterwards = co_await sqlstate_of(tx.all(all_notes));
        EXPECT_EQ(afterwards, sqlstate::in_failed_transaction);
        co_await tx.rollback();
        co_await insert(tx, "on the new connection", 2);
        co_await tx.commit();
    }());
    EXPECT_EQ(count_notes(), "2");
}

TEST_F(PipelineTest, ATransactionDoesNotGoOnInAnotherSession) {
    Pool pool(io, settings());
    open(pool);
    run(io, [&]() -> awaitable<void> {
        Transaction tx(pool, writing());
        co_await insert(tx, "first half", 2);
        relay.cut();
        co_await keep(pool, 3);  // the connection is open again
        const std::string second_half = co_await sqlstate_of(insert(tx, "second half", 4));
        EXPECT_EQ(second_half, sqlstate::connection_failure);
    }());
    EXPECT_EQ(count_notes(), "2");
}

TEST_F(PipelineTest, ACommitWithoutAnAnswerIsReportedAsUnknown) {
    Pool pool(io, settings());
    open(pool);
    run(io, [&]() -> awaitable<void> {
        Transaction tx(pool, writing());
        co_await insert(tx, "perhaps", 2);
        relay.hold_answers();
        std::string outcome;
        asio::co_spawn(io, [&]() -> awaitable<void> { outcome = co_await sqlstate_of(tx.commit()); }, asio::detached);
        co_await test::pause(50ms);
        relay.cut();
        while (outcome.empty()) co_await test::pause(1ms);
        EXPECT_EQ(outcome, sqlstate::transaction_resolution_unknown);
    }());
    EXPECT_EQ(count_notes(), "2");  // it had happened
}

TEST_F(PipelineTest, ASilentServerIsGivenUp) {
    PoolSettings impatient = settings();
    impatient.statement_timeout_ms = 1'000;
    impatient.stalled_grace_ms = 300;
    Pool pool(io, impatient);
    open(pool);
    relay.hold_answers();
    run(io, [&]() -> awaitable<void> {
        Transaction tx(pool, writing());
        const std::string outcome = co_await sqlstate_of(tx.all(all_notes));
        EXPECT_EQ(outcome, sqlstate::connection_failure);
    }());
}

}  // namespace
}  // namespace liveshop::db
