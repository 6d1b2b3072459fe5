#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "platform/db/transaction.hpp"
#include "tests/support/run.hpp"
#include "tests/support/test_database.hpp"

namespace liveshop::db {
namespace {

using test::run;

struct Note {
    Id<Note> id;
    std::string body;
    int weight = 0;
};
BOOST_DESCRIBE_STRUCT(Note, (), (id, body, weight))

const Query<Note(Id<Note>)> find_note{"test.find_note", "select id, body, weight from notes where id = $1"};
const Query<Note()> all_notes{"test.all_notes", "select id, body, weight from notes order by weight"};
const Query<void(Id<Note>, TenantId, std::string, int)> insert_note{
    "test.insert_note", "insert into notes (id, tenant_id, body, weight) values ($1, $2, $3, $4)"};
const Query<void(int)> lift_notes{"test.lift_notes", "update notes set weight = weight + $1"};
const Query<std::optional<std::string>()> current_tenant{"test.current_tenant",
                                                         "select current_setting('app.tenant', true)"};
const Query<int(int)> divide{"test.divide", "select 10 / $1"};

class TransactionTest : public testing::Test {
  protected:
    TransactionTest() {
        database.execute(
            "create table notes (id uuid primary key, tenant_id uuid not null, body text not null,"
            " weight int not null constraint notes_weight_positive check (weight > 0));"
            "alter table notes owner to liveshop_owner; set role liveshop_owner; select protect_tenant_table('notes')");
        pool.emplace(io, database.pool_settings());
    }

    Scope writing() const { return {tenant, false}; }
    Scope reading() const { return {tenant, true}; }

    awaitable<void> insert(Transaction& tx, const std::string& body, int weight) {
        co_await tx.run(insert_note, Id<Note>::make(), tenant, body, weight);
    }

    test::TestDatabase database;
    asio::io_context io{1};
    std::optional<Pool> pool;
    const TenantId tenant = TenantId::make();
};

TEST_F(TransactionTest, KeepsWhatIsCommittedAndNothingElse) {
    run(io, [&]() -> awaitable<void> {
        Transaction tx(*pool, writing());
        co_await insert(tx, "kept", 1);
        co_await tx.commit();
        co_await insert(tx, "rolled back", 2);
        co_await tx.rollback();
        {
            Transaction dropped(*pool, writing());
            co_await insert(dropped, "dropped", 3);
        }
        Transaction after(*pool, writing());
        const std::vector<Note> notes = co_await after.all(all_notes);
        EXPECT_EQ(notes.size(), 1u);
        EXPECT_EQ(notes.at(0).body, "kept");
    }());
}

TEST_F(TransactionTest, FindsOneOrNothing) {
    run(io, [&]() -> awaitable<void> {
        Transaction tx(*pool, writing());
        const Id<Note> id = Id<Note>::make();
        co_await tx.run(insert_note, id, tenant, "a", 1);
        const std::optional<Note> found = co_await tx.find(find_note, id);
        EXPECT_TRUE(found && found->id == id);
        const std::optional<Note> missing = co_await tx.find(find_note, Id<Note>::make());
        EXPECT_FALSE(missing);
        const std::int64_t lifted = co_await tx.count(lift_notes, 1);
        EXPECT_EQ(lifted, 1);
    }());
}
}  // namespace
}  // namespace liveshop::db
