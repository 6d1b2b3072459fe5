#include <gmock/gmock.h>

#include <boost/asio/experimental/awaitable_operators.hpp>

#include "platform/db/transaction.hpp"
#include "platform/tests/db_notes.hpp"

namespace liveshop::db {
namespace {

using test::run;

class TransactionTest : public NotesTest {
  protected:
    // One connection, so that each transaction meets what the one before left on it.
    static PoolSettings one_connection(PoolSettings settings) {
        settings.connections = 1;
        return settings;
    }
    Pool pool{io, one_connection(database.pool_settings())};
};

TEST_F(TransactionTest, KeepsWhatIsCommittedAndNothingElse) {
    run(io, [&]() -> awaitable<void> {
        Transaction tx(pool, writing());
        co_await insert(tx, "kept", 1);
        co_await tx.commit();
        co_await insert(tx, "rolled back", 2);
        co_await tx.rollback();
        {
            Transaction dropped(pool, writing());
            co_await insert(dropped, "dropped", 3);
        }
        Transaction after(pool, writing());
        const std::vector<Note> notes = co_await after.all(all_notes);
        EXPECT_EQ(notes.size(), 1u);
        EXPECT_EQ(notes.at(0).body, "kept");
    }());
    EXPECT_EQ(count_notes(), "1");
}

TEST_F(TransactionTest, FindsOneOrNothingAndCounts) {
    run(io, [&]() -> awaitable<void> {
        Transaction tx(pool, writing());
        const Id<Note> id = Id<Note>::make();
        co_await tx.run(insert_note, id, tenant, "a", 1);
        co_await insert(tx, "b", 2);
        const std::optional<Note> found = co_await tx.find(find_note, id);
        EXPECT_TRUE(found && found->id == id && found->body == "a" && found->weight == 1);
        const std::optional<Note> missing = co_await tx.find(find_note, Id<Note>::make());
        EXPECT_FALSE(missing);
        const Note one = co_await tx.one(find_note, id);
        EXPECT_EQ(one.body, "a");
        const std::int64_t lifted = co_await tx.count(lift_notes, 1);
        EXPECT_EQ(lifted, 2);
        const std::string none = co_await sqlstate_of(tx.one(find_note, Id<Note>::make()));
        EXPECT_EQ(none, "02000");
        const std::string several = co_await sqlstate_of(tx.find(all_notes));
        EXPECT_EQ(several, "21000");
    }());
}

TEST_F(TransactionTest, TenantDoesNotOutliveItsTransaction) {
    run(io, [&]() -> awaitable<void> {
        for (const bool commits : {true, false}) {
            Transaction tx(pool, writing());
            const std::string during = co_await tx.one(current_tenant);
            EXPECT_EQ(during, tenant.to_string());
            if (commits)
                co_await tx.commit();
            else
                co_await tx.rollback();
            Transaction none(pool, Scope{});
            const std::string after = co_await none.one(current_tenant);
            EXPECT_EQ(after, "");
            const std::vector<Note> nothing = co_await none.all(all_notes);
            EXPECT_TRUE(nothing.empty());
        }
    }());
}

TEST_F(TransactionTest, OtherTenantsRowsAreNeitherSeenNorWritten) {
    run(io, [&]() -> awaitable<void> {
        co_await keep(pool, 1);
        const Scope other{TenantId::make(), false};
        Transaction tx(pool, other);
        const std::vector<Note> seen = co_await tx.all(all_notes);
        EXPECT_TRUE(seen.empty());
        const std::int64_t lifted = co_await tx.count(lift_notes, 1);
        EXPECT_EQ(lifted, 0);
        const std::string written = co_await sqlstate_of(insert(tx, "smuggled", 2));
        EXPECT_EQ(written, "42501");
    }());
    EXPECT_EQ(count_notes(), "1");
}

TEST_F(TransactionTest, AnErrorNamesItsConstraintAndEndsTheTransaction) {
    run(io, [&]() -> awaitable<void> {
        Transaction tx(pool, writing());
        co_await insert(tx, "before", 1);
        try {
            co_await insert(tx, "bad", 0);
            ADD_FAILURE() << "the check constraint did not fail";
        } catch (const Error& error) {
            EXPECT_EQ(error.sqlstate, sqlstate::check_violation);
            EXPECT_EQ(error.constraint, "notes_weight_positive");
            EXPECT_THAT(error.what(), testing::StartsWith("test.insert_note: "));
        }
        const std::string next = co_await sqlstate_of(tx.all(all_notes));
        EXPECT_EQ(next, sqlstate::in_failed_transaction);
        const std::string commit = co_await sqlstate_of(tx.commit());
        EXPECT_EQ(commit, sqlstate::in_failed_transaction);
        co_await insert(tx, "a new transaction", 5);
        co_await tx.commit();
    }());
    EXPECT_EQ(database.execute("select string_agg(body, ',') from notes"), "a new transaction");
}

TEST_F(TransactionTest, ADeferredConstraintFailsTheCommit) {
    run(io, [&]() -> awaitable<void> {
        Transaction tx(pool, writing());
        co_await insert(tx, "a", 1);
        co_await insert(tx, "b", 1);
        try {
            co_await tx.commit();
            ADD_FAILURE() << "the deferred constraint did not fail";
        } catch (const Error& error) {
            EXPECT_EQ(error.sqlstate, sqlstate::unique_violation);
            EXPECT_EQ(error.constraint, "notes_weight_unique");
        }
        co_await keep(pool, 7);
    }());
    EXPECT_EQ(count_notes(), "1");
}

TEST_F(TransactionTest, EndsWithoutAQueryCostNothing) {
    run(io, [&]() -> awaitable<void> {
        Transaction tx(pool, writing());
        co_await tx.commit();
        co_await tx.rollback();
        co_await keep(pool, 1);
    }());
}

TEST_F(TransactionTest, TwoQueriesAtOnceAreRefused) {
    run(io, [&]() -> awaitable<void> {
        Transaction tx(pool, writing());
        bool slept = false;
        asio::co_spawn(
            io,
            [&]() -> awaitable<void> {
                co_await tx.run(sleep_for, 0.05);
                slept = true;
            },
            asio::detached);
        co_await test::pause(std::chrono::milliseconds(10));
        bool refused = false;
        try {
            co_await tx.run(sleep_for, 0.05);
        } catch (const std::logic_error&) {
            refused = true;
        }
        EXPECT_TRUE(refused);
        while (!slept) co_await test::pause(std::chrono::milliseconds(1));
        co_await insert(tx, "the first went on", 1);
        co_await tx.commit();
    }());
    EXPECT_EQ(count_notes(), "1");
}

TEST_F(TransactionTest, CancellingAQueryFreesTheConnection) {
    using namespace asio::experimental::awaitable_operators;
    run(io, [&]() -> awaitable<void> {
        {
            Transaction tx(pool, writing());
            co_await insert(tx, "cancelled", 1);
            const auto start = std::chrono::steady_clock::now();
            const auto outcome = co_await (tx.run(sleep_for, 1) || test::pause(std::chrono::milliseconds(20)));
            EXPECT_EQ(outcome.index(), 1u);
            EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(900));
            const std::string after = co_await sqlstate_of(tx.all(all_notes));
            EXPECT_EQ(after, sqlstate::in_failed_transaction);
        }
        co_await keep(pool, 2);
    }());
    EXPECT_EQ(database.execute("select string_agg(weight::text, ',') from notes"), "2");
}

TEST_F(TransactionTest, CancellingTheWaitForAConnectionLeavesTheNextInLine) {
    using namespace asio::experimental::awaitable_operators;
    run(io, [&]() -> awaitable<void> {
        auto holder = std::make_unique<Transaction>(pool, writing());
        co_await insert(*holder, "held", 1);
        Transaction impatient(pool, writing());
        const auto outcome = co_await (insert(impatient, "impatient", 2) || test::pause(std::chrono::milliseconds(10)));
        EXPECT_EQ(outcome.index(), 1u);
        EXPECT_EQ(pool.stats().waiting, 0u);
        co_await holder->commit();
        co_await keep(pool, 3);
    }());
    EXPECT_EQ(count_notes(), "2");
}

TEST_F(TransactionTest, TextWithANulIsRefusedBeforeItIsSent) {
    run(io, [&]() -> awaitable<void> {
        Transaction tx(pool, writing());
        bool refused = false;
        try {
            co_await insert(tx, std::string("a\0b", 3), 1);
        } catch (const Error& error) {
            refused = error.sqlstate == sqlstate::untranslatable_value;
        }
        EXPECT_TRUE(refused);
        co_await insert(tx, "the transaction goes on", 1);
    }());
}

TEST_F(TransactionTest, AReadOnlyScopeCannotWrite) {
    run(io, [&]() -> awaitable<void> {
        Transaction tx(pool, reading());
        const std::string written = co_await sqlstate_of(insert(tx, "a", 1));
        EXPECT_EQ(written, sqlstate::read_only_transaction);
        const std::vector<Note> notes = co_await tx.all(all_notes);
        EXPECT_TRUE(notes.empty());
    }());
}

}  // namespace
}  // namespace liveshop::db
