// Every query of the program, planned by PostgreSQL on the migrated schema.
#include <gtest/gtest.h>

#include "app/program.hpp"
#include "platform/db/verify.hpp"
#include "tests/support/test_database.hpp"

namespace liveshop {
namespace {

TEST(Queries, AreWhatTheSchemaAndTheirStructsSay) {
    ASSERT_FALSE(app::program().routes.empty());
    const test::TestDatabase database;
    ASSERT_GT(db::registered_queries().size(), 60U);
    for (const std::string& fault : db::verify(database.app_dsn())) ADD_FAILURE() << fault;
}

}  // namespace
}  // namespace liveshop
