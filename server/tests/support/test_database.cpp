#include "tests/support/test_database.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>
#include <openssl/sha.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>

#include "platform/db/connect.hpp"
#include "platform/db/decode.hpp"
#include "platform/migrate.hpp"
#include "tests/support/test_cluster.hpp"

namespace liveshop::test {
namespace {

const std::filesystem::path server_folder = std::filesystem::path(__FILE__).parent_path() / ".." / "..";

std::string roles_sql() {
    std::ifstream in(server_folder / "platform" / "db" / "cluster_roles.sql", std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
}

std::string template_name(const std::vector<Migration>& migrations, const std::string& roles) {
    std::string all = roles;
    for (const Migration& migration : migrations) all += migration.checksum;
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    SHA256(reinterpret_cast<const unsigned char*>(all.data()), all.size(), digest.data());
    return fmt::format("liveshop_template_{:02x}", fmt::join(digest.begin(), digest.begin() + 6, ""));
}

// Holds a lock of the whole cluster while it lives: several test programs may use one cluster.
class ClusterLock {
  public:
    explicit ClusterLock(const std::string& dsn) : session_(PQconnectdb(dsn.c_str())) {
        const db::Result locked(PQexec(session_.get(), "select pg_advisory_lock(7308335)"));
        if (PQresultStatus(locked.get()) != PGRES_TUPLES_OK)
            throw std::runtime_error(fmt::format("the test cluster: {}", PQerrorMessage(session_.get())));
    }

  private:
    db::Handle session_;
};

// Answers the template's name. Made under another name first, so that a half-made one is never taken.
std::string make_template(const std::string& cluster, int last_migration) {
    std::vector<Migration> migrations = load_migrations(server_folder / "migrations");
    std::erase_if(migrations, [&](const Migration& migration) { return migration.number > last_migration; });
    const std::string roles = roles_sql();
    const std::string name = template_name(migrations, roles);
    const ClusterLock lock(cluster);
    const std::string found =
        execute(cluster, fmt::format("select count(*) from pg_database where datname = '{}'", name));
    if (found == "0") {
        const std::string unfinished = name + "_unfinished";
        execute(cluster, fmt::format("drop database if exists {}", unfinished));
        execute(cluster, fmt::format("create database {} template template0", unfinished));
        execute(fmt::format("{} dbname={}", cluster, unfinished), roles);
        migrate(fmt::format("{} dbname={} user=liveshop_owner", cluster, unfinished), migrations);
        execute(cluster, fmt::format("alter database {} rename to {}", unfinished, name));
    }
    return name;
}

const std::string& template_of(const std::string& cluster, int last_migration) {
    static std::mutex mutex;
    static std::map<std::pair<std::string, int>, std::string> made;
    const std::scoped_lock lock(mutex);
    const auto known = made.find({cluster, last_migration});
    if (known != made.end()) return known->second;
    return made.emplace(std::pair(cluster, last_migration), make_template(cluster, last_migration)).first->second;
}

std::string next_name() {
    static std::atomic<int> count = 0;
    return fmt::format("liveshop_test_{}_{}", ::getpid(), ++count);
}

}  // namespace

TestDatabase::TestDatabase(TestDatabaseOptions options)
    : cluster_dsn_(options.cluster_dsn.empty() ? test::cluster_dsn() : options.cluster_dsn), name_(next_name()) {
    const std::string& source = template_of(cluster_dsn_, options.last_migration);
    test::execute(cluster_dsn_, fmt::format("create database {} template {} owner liveshop_owner", name_, source));
    // What belongs to a database itself is not copied with it.
    test::execute(cluster_dsn_, fmt::format("revoke temporary on database {} from public", name_));
}

TestDatabase::~TestDatabase() {
    try {
        test::execute(cluster_dsn_, fmt::format("drop database {} with (force)", name_));
    } catch (const std::exception& error) {
        fmt::print(stderr, "{} remains: {}\n", name_, error.what());
    }
}

std::string TestDatabase::dsn(const std::string& user) const {
    return fmt::format("{} dbname={} user={}", cluster_dsn_, name_, user);
}

std::string TestDatabase::superuser_dsn() const { return fmt::format("{} dbname={}", cluster_dsn_, name_); }

db::PoolSettings TestDatabase::pool_settings() const {
    db::PoolSettings settings;
    settings.dsn = app_dsn();
    settings.application_name = "liveshop test";
    settings.connections = 2;
    settings.read_connections = 1;
    return settings;
}

std::string TestDatabase::execute(const std::string& sql) const { return test::execute(superuser_dsn(), sql); }

}  // namespace liveshop::test
