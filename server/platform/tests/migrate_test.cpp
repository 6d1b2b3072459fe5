#include "platform/migrate.hpp"

#include <gmock/gmock.h>

#include <fstream>
#include <thread>

#include "tests/support/test_cluster.hpp"
#include "tests/support/test_database.hpp"

namespace liveshop {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string message_of(const auto& operation) {
    try {
        operation();
    } catch (const MigrationError& error) {
        return error.what();
    }
    return "no error";
}

// A folder of migrations, and a database that has those of server/migrations/0001 already.
class MigrateTest : public testing::Test {
  protected:
    MigrateTest() {
        std::string name = (std::filesystem::temp_directory_path() / "liveshop-migrations-XXXXXX").string();
        if (!::mkdtemp(name.data())) throw std::runtime_error("cannot make a folder");
        folder = name;
        database.execute("drop table schema_migrations");
    }
    ~MigrateTest() override { std::filesystem::remove_all(folder); }

    void write(const std::string& name, const std::string& sql) { std::ofstream(folder / name) << sql; }
    std::vector<std::string> migrate() { return liveshop::migrate(database.owner_dsn(), load_migrations(folder)); }
    std::string recorded() {
        return database.execute("select coalesce(string_agg(name, ',' order by number), '') from schema_migrations");
    }

    std::filesystem::path folder;
    test::TestDatabase database{{.last_migration = 1}};
};

TEST_F(MigrateTest, AppliesWhatIsNewInOrder) {
    write("0002_second.sql", "insert into things values (2);");
    write("0001_first.sql", "create table things (n int); insert into things values (1);");
    write("notes.txt", "no migration");
    EXPECT_THAT(migrate(), ElementsAre("0001_first", "0002_second"));
    EXPECT_THAT(migrate(), IsEmpty());
    write("0003_third.sql", "insert into things values (3);");
    EXPECT_THAT(migrate(), ElementsAre("0003_third"));
    EXPECT_EQ(database.execute("select string_agg(n::text, ',') from things"), "1,2,3");
    EXPECT_EQ(recorded(), "0001_first,0002_second,0003_third");
}

TEST_F(MigrateTest, AFailingFileLeavesNothingAndThoseBeforeItStay) {
    write("0001_first.sql", "create table things (n int);");
    write("0002_bad.sql", "create table more (n int); insert into things values (1); select nonsense;");
    write("0003_third.sql", "create table never (n int);");
    EXPECT_THAT(message_of([&] { migrate(); }), HasSubstr("0002_bad: ERROR:  column \"nonsense\" does not exist"));
    EXPECT_EQ(recorded(), "0001_first");
    EXPECT_EQ(database.execute("select count(*) from things"), "0");
    EXPECT_EQ(database.execute("select to_regclass('more') is null and to_regclass('never') is null"), "t");
}

TEST_F(MigrateTest, RefusesAChangedFileByName) {
    write("0001_first.sql", "create table things (n int);");
    migrate();
    write("0001_first.sql", "create table things (n bigint);");
    write("0002_second.sql", "create table more (n int);");
    EXPECT_THAT(message_of([&] { migrate(); }), HasSubstr("0001_first was changed after it had been applied"));
    EXPECT_EQ(recorded(), "0001_first");
}

TEST_F(MigrateTest, RefusesADatabaseThatIsNewer) {
    write("0001_first.sql", "create table things (n int);");
    write("0002_second.sql", "create table more (n int);");
    migrate();
    std::filesystem::remove(folder / "0002_second.sql");
    EXPECT_THAT(message_of([&] { migrate(); }), HasSubstr("0002_second was applied to this database, but its file is"));
}

TEST_F(MigrateTest, RefusesAFileNumberedBeforeAnAppliedOne) {
    write("0001_first.sql", "create table things (n int);");
    write("0003_third.sql", "create table more (n int);");
    migrate();
    write("0002_second.sql", "create table late (n int);");
    EXPECT_THAT(message_of([&] { migrate(); }), HasSubstr("0002_second comes before 0003_third"));
}

TEST_F(MigrateTest, RefusesAFileThatEndsItsTransaction) {
    write("0001_first.sql", "create table things (n int); commit;");
    EXPECT_THAT(message_of([&] { migrate(); }), HasSubstr("0001_first: a migration must not end its transaction"));
    EXPECT_EQ(recorded(), "");
}

TEST_F(MigrateTest, RefusesFilesItCannotOrder) {
    write("first.sql", "select 1;");
    EXPECT_THAT(message_of([&] { load_migrations(folder); }), HasSubstr("first.sql: a migration is named NNNN_name"));
    std::filesystem::remove(folder / "first.sql");
    EXPECT_THAT(message_of([&] { load_migrations(folder); }), HasSubstr("no migrations here"));
    write("0001_first.sql", "select 1;");
    write("0001_other.sql", "select 1;");
    EXPECT_THAT(message_of([&] { load_migrations(folder); }), HasSubstr("have the same number"));
    std::filesystem::remove(folder / "0001_other.sql");
    write("0002_empty.sql", "");
    EXPECT_THAT(message_of([&] { load_migrations(folder); }), HasSubstr("0002_empty.sql: cannot be read, or is empty"));
    EXPECT_THAT(message_of([&] { load_migrations(folder / "nowhere"); }), HasSubstr("No such file"));
}

TEST_F(MigrateTest, OfTwoAtOnceOneWaits) {
    write("0001_slow.sql", "create table things (n int); select pg_sleep(0.2); insert into things values (1);");
    std::vector<std::vector<std::string>> applied(4);
    {
        std::vector<std::jthread> migrators;
        for (auto& names : applied) migrators.emplace_back([this, &names] { names = migrate(); });
    }
    std::erase(applied, std::vector<std::string>{});
    EXPECT_THAT(applied, ElementsAre(ElementsAre("0001_slow")));
    EXPECT_EQ(database.execute("select count(*) from things"), "1");
}

TEST_F(MigrateTest, TheServersOwnFolderIsFound) {
    EXPECT_TRUE(std::filesystem::exists(default_migrations_folder() / "0001_platform.sql"));
}

TEST(PlatformSchema, ATenantsTableIsProtectedFromItsOwnerToo) {
    const test::TestDatabase database({.last_migration = 1});
    const auto as = [&](const std::string& dsn, const std::string& sql) {
        try {
            return test::execute(dsn, sql);
        } catch (const std::runtime_error& error) {
            return std::string(error.what());
        }
    };
    database.execute("insert into tenants (id, name, slug) values ('00000000-0000-0000-0000-00000000000a', 'A', 'a')");
    const std::string insert =
        "insert into idempotency_keys (tenant_id, user_id, key, route, body_hash)"
        " values ('00000000-0000-0000-0000-00000000000a', gen_random_uuid(), 'k', 'r', '')";
    const std::string enter = "set app.tenant = '00000000-0000-0000-0000-00000000000a'; ";
    const std::string count = "select count(*) from idempotency_keys";
    EXPECT_THAT(as(database.app_dsn(), insert), HasSubstr("violates row-level security policy"));
    EXPECT_THAT(as(database.owner_dsn(), insert), HasSubstr("violates row-level security policy"));
    EXPECT_EQ(as(database.app_dsn(), enter + insert), "");
    EXPECT_EQ(as(database.app_dsn(), enter + count), "1");
    EXPECT_EQ(as(database.app_dsn(), count), "0");
    EXPECT_EQ(as(database.app_dsn(), "set app.tenant = ''; " + count), "0");
    EXPECT_EQ(as(database.owner_dsn(), count), "0");
    EXPECT_EQ(as(database.admin_dsn(), count), "1");
    EXPECT_THAT(as(database.app_dsn(), "create table mine (n int)"), HasSubstr("permission denied"));
    EXPECT_THAT(as(database.app_dsn(), "create temporary table mine (n int)"), HasSubstr("permission denied"));
    EXPECT_THAT(as(database.app_dsn(), "update tenants set name = 'B'"), HasSubstr("permission denied"));
    EXPECT_THAT(as(database.app_dsn(), "select protect_tenant_table('jobs')"), HasSubstr("permission denied"));
    EXPECT_THAT(as(database.app_dsn(), "set role liveshop_search"), HasSubstr("permission denied"));
    EXPECT_THAT(as(database.owner_dsn(), "select protect_tenant_table('jobs')"),
                HasSubstr("no tenant_id uuid not null"));
}

TEST(PlatformSchema, AHostNameBelongsToOneTenant) {
    const test::TestDatabase database({.last_migration = 1});
    database.execute("insert into tenants (name, slug, host_names) values ('A', 'a', '{a.test,shop.test}')");
    database.execute("update tenants set host_names = '{a.test}' where slug = 'a'");
    database.execute("insert into tenants (name, slug, host_names) values ('B', 'b', '{shop.test}')");
    EXPECT_THROW(database.execute("update tenants set host_names = '{b.test,a.test}' where slug = 'b'"),
                 std::runtime_error);
}

TEST(PlatformSchema, SettingUpTheRolesAgainChangesNothing) {
    const test::TestDatabase database({.last_migration = 1});
    std::ifstream in(std::filesystem::path(__FILE__).parent_path() / ".." / "db" / "cluster_roles.sql");
    const std::string sql(std::istreambuf_iterator<char>(in), {});
    ASSERT_FALSE(sql.empty());
    EXPECT_NO_THROW(database.execute(sql));
}

}  // namespace
}  // namespace liveshop
