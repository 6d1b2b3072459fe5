#pragma once
// A table of a tenant's notes, for tests of the database layer.
#include <gtest/gtest.h>

#include "platform/db/transaction.hpp"
#include "tests/support/run.hpp"
#include "tests/support/test_database.hpp"

namespace liveshop::db {

struct Note {
    Id<Note> id;
    std::string body;
    int weight = 0;
};
BOOST_DESCRIBE_STRUCT(Note, (), (id, body, weight))

inline const Query<Note(Id<Note>)> find_note{"test.find_note", "select id, body, weight from notes where id = $1"};
inline const Query<Note()> all_notes{"test.all_notes", "select id, body, weight from notes order by weight"};
inline const Query<void(Id<Note>, TenantId, std::string, int)> insert_note{
    "test.insert_note", "insert into notes (id, tenant_id, body, weight) values ($1, $2, $3, $4)"};
inline const Query<void(int)> lift_notes{"test.lift_notes", "update notes set weight = weight + $1"};
inline const Query<std::string()> current_tenant{"test.current_tenant",
                                                 "select coalesce(current_setting('app.tenant', true), '')"};
inline const Query<int(int)> divide{"test.divide", "select 10 / $1"};
inline const Query<void(double)> sleep_for{"test.sleep_for", "select pg_sleep($1)"};

/// A database with the table, and an io_context to run on.
class NotesTest : public testing::Test {
  protected:
    NotesTest() { prepare(database); }

    static void prepare(const test::TestDatabase& database) {
        database.execute(
            "create table notes (id uuid primary key, tenant_id uuid not null, body text not null,"
            " weight int not null constraint notes_weight_positive check (weight > 0),"
            " constraint notes_weight_unique unique (tenant_id, weight) deferrable initially deferred);"
            "alter table notes owner to liveshop_owner;"
            "set role liveshop_owner; select protect_tenant_table('notes')");
    }

    Scope writing() const { return {tenant, false}; }
    Scope reading() const { return {tenant, true}; }

    awaitable<void> insert(Transaction& tx, std::string body, int weight) {
        co_await tx.run(insert_note, Id<Note>::make(), tenant, body, weight);
    }
    /// Commits a note with this weight.
    awaitable<void> keep(Pool& pool, int weight) {
        Transaction tx(pool, writing());
        co_await insert(tx, "kept", weight);
        co_await tx.commit();
    }
    std::string count_notes() const { return database.execute("select count(*) from notes"); }

    test::TestDatabase database{{.last_migration = 1}};
    const TenantId tenant = TenantId::make();
    asio::io_context io{1};
};

/// The SQLSTATE that the operation fails with; empty if it succeeds.
template <class T>
awaitable<std::string> sqlstate_of(awaitable<T> operation) {
    try {
        if constexpr (std::is_void_v<T>)
            co_await std::move(operation);
        else
            static_cast<void>(co_await std::move(operation));
        co_return "";
    } catch (const Error& error) {
        co_return error.sqlstate;
    }
}

}  // namespace liveshop::db
