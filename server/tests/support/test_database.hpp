#pragma once
// A migrated database of a test's own.
#include <limits>
#include <string>

#include "platform/db/pool.hpp"

namespace liveshop::test {

struct TestDatabaseOptions {
    int last_migration = std::numeric_limits<int>::max();  ///< 1: the platform's tables alone
    std::string cluster_dsn = {};                          ///< superuser of another cluster than the shared one
};

/// Cloned from a template that is migrated once per state of server/migrations; dropped at the end.
class TestDatabase {
  public:
    explicit TestDatabase(TestDatabaseOptions options = {});
    ~TestDatabase();
    TestDatabase(const TestDatabase&) = delete;
    TestDatabase& operator=(const TestDatabase&) = delete;

    std::string app_dsn() const { return dsn("liveshop_app"); }      ///< bound by row-level security
    std::string owner_dsn() const { return dsn("liveshop_owner"); }  ///< may change the schema
    std::string admin_dsn() const { return dsn("liveshop_admin"); }  ///< sees every tenant
    std::string superuser_dsn() const;

    /// Of the application, small.
    db::PoolSettings pool_settings() const;
    /// Runs SQL as the superuser; answers the first value of the last result.
    std::string execute(const std::string& sql) const;

  private:
    std::string dsn(const std::string& user) const;

    std::string cluster_dsn_;
    std::string name_;
};

}  // namespace liveshop::test
