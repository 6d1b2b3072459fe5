// A tenant cannot read or write another one's rows, through any table there is.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <set>
#include <sstream>

#include "tests/support/test_database.hpp"

namespace liveshop {
namespace {

constexpr std::string_view ours = "11111111-1111-4111-8111-111111111111";
constexpr std::string_view theirs = "22222222-2222-4222-8222-222222222222";

// Tables that belong to no tenant, and why they may.
const std::set<std::string> without_tenant{
    "tenants",            // is the list of them
    "schema_migrations",  // of the schema
    "spatial_ref_sys",    // PostGIS' own
};
// The worker takes jobs of all tenants and sets the tenant from the row.
const std::set<std::string> without_policy{"jobs"};

std::set<std::string> lines_of(const std::string& text) {
    std::set<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) lines.insert(line);
    return lines;
}

std::set<std::string> tables_where(const test::TestDatabase& database, std::string_view condition) {
    return lines_of(database.execute(
        fmt::format("select string_agg(c.relname, E'\\n') from pg_class c join pg_namespace n on n.oid = c.relnamespace"
                    " where n.nspname = 'public' and c.relkind in ('r', 'p') and {}",
                    condition)));
}

const std::string has_tenant_id =
    "exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped)";

class Tenants : public testing::Test {
  protected:
    void SetUp() override {
        tables = tables_where(database, has_tenant_id);
        for (const std::string& table : without_policy) tables.erase(table);
    }

    // As the application, inside a tenant: the last statement's first value, or the error.
    std::string as_app(std::string_view tenant, const std::string& statement) {
        try {
            return database.execute(
                fmt::format("begin; set local role liveshop_app; select set_config('app.tenant', '{}', true); {}",
                            tenant, statement));
        } catch (const std::exception& error) {
            return error.what();
        }
    }

    test::TestDatabase database;
    std::set<std::string> tables;
};

TEST_F(Tenants, TablesWithoutOneAreKnown) {
    EXPECT_EQ(tables_where(database, "not " + has_tenant_id), without_tenant);
    EXPECT_GE(tables.size(), 15U);
}

TEST_F(Tenants, EveryTableHasThePolicyForced) {
    EXPECT_EQ(tables_where(database, has_tenant_id +
                                         " and c.relrowsecurity and c.relforcerowsecurity and exists"
                                         " (select from pg_policy p where p.polrelid = c.oid and p.polqual is not null"
                                         "  and p.polwithcheck is not null)"),
              tables);
}

TEST_F(Tenants, TheApplicationOwnsNothing) {
    EXPECT_EQ(tables_where(database, "pg_get_userbyid(c.relowner) in ('liveshop_app', 'liveshop_admin')"),
              std::set<std::string>{});
}

// Writes one row of another tenant into each table, whatever its checks and references, and reaches for it.
TEST_F(Tenants, CannotReachEachOthersRows) {
    database.execute(R"(
        do $$
        declare
            t record;
        begin
            for t in select conrelid::regclass as name, conname from pg_constraint
                      where contype in ('f', 'c') and connamespace = 'public'::regnamespace and conrelid <> 0
                        and conrelid <> 'spatial_ref_sys'::regclass and coninhcount = 0
            loop
                execute format('alter table %s drop constraint %I', t.name, t.conname);
            end loop;
            for t in select attrelid::regclass as name, attname from pg_attribute
                      where attgenerated <> '' and attnotnull and not attisdropped
            loop
                execute format('alter table %s alter column %I drop not null', t.name, t.attname);
            end loop;
        end
        $$)");
    for (const std::string& table : tables) {
        const std::string columns = database.execute(
            fmt::format("select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute where "
                        "attrelid = '{}'::regclass"
                        "   and attnum > 0 and not attisdropped and attidentity = '' and attgenerated = ''",
                        table));
        const std::string values = database.execute(fmt::format(
            "select string_agg(case when attname = 'tenant_id' then quote_literal('{}')"
            "    else case format_type(atttypid, null) when 'uuid' then 'gen_random_uuid()' when 'jsonb' then "
            "'''{{}}'''"
            "         when 'boolean' then 'false' when 'bytea' then '''x''' when 'geography' then '''POINT(13 52)'''"
            "         when 'text[]' then '''{{}}''' when 'uuid[]' then '''{{}}'''"
            "         when 'text' then '''x''' when 'character varying' then '''x'''"
            "         when 'timestamp with time zone' then 'now()' else '1' end end, ', ' order by attnum)"
            "  from pg_attribute where attrelid = '{}'::regclass and attnum > 0 and not attisdropped and attidentity = "
            "''"
            "   and attgenerated = ''",
            theirs, table));
        const std::string insert = fmt::format("insert into {} ({}) values ({})", table, columns, values);
        database.execute("set session_replication_role = replica; " + insert);

        EXPECT_EQ(as_app(theirs, "select count(*) from " + table), "1") << table << ": its own tenant must see it";
        EXPECT_EQ(as_app(ours, "select count(*) from " + table), "0") << table;
        EXPECT_EQ(as_app("", "select count(*) from " + table), "0") << table << ": without a tenant";
        for (const std::string& statement :
             {fmt::format(
                  "with touched as (update {} set tenant_id = tenant_id returning 1) select count(*) from touched",
                  table),
              fmt::format("with touched as (delete from {} returning 1) select count(*) from touched", table)}) {
            const std::string touched = as_app(ours, statement);
            EXPECT_TRUE(touched == "0" || touched.find("permission denied") != touched.npos)
                << statement << ": " << touched;
        }
        const std::string written = as_app(ours, insert + " returning 'written'");
        EXPECT_TRUE(written.find("row-level security") != written.npos ||
                    written.find("permission denied") != written.npos)
            << table << ": " << written;
    }
}

}  // namespace
}  // namespace liveshop
