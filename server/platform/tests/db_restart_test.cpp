// A database server that is restarted under load.
#include <gmock/gmock.h>
#include <signal.h>

#include "platform/tests/db_notes.hpp"
#include "tests/support/test_cluster.hpp"

namespace liveshop::db {
namespace {

using test::run;
using namespace std::chrono_literals;

class RestartTest : public testing::Test {
  protected:
    test::PrivateCluster cluster;
    test::TestDatabase database{{.last_migration = 1, .cluster_dsn = cluster.dsn()}};
    asio::io_context io{1};
};

TEST_F(RestartTest, RequestsUnderWayFailAndTheNextOnesWork) {
    Pool pool(io, database.pool_settings());
    int failed = 0;
    int served = 0;
    bool restarted = false;
    const auto requests = [&](bool read_only) -> awaitable<void> {
        while (!restarted || served < 100) {
            Transaction tx(pool, Scope{TenantId::make(), read_only});
            const std::string outcome = co_await sqlstate_of(tx.run(sleep_for, 0.005));
            if (outcome.empty())
                ++served;
            else
                ++failed;
            if (!outcome.empty()) EXPECT_THAT(outcome, testing::AnyOf("08006", "53300")) << outcome;
        }
    };
    run(io, [&]() -> awaitable<void> {
        for (int i = 0; i < 8; ++i) asio::co_spawn(io, requests(i % 2 == 0), asio::detached);
        while (served < 10) co_await test::pause(1ms);
        EXPECT_EQ(failed, 0);
        cluster.stop(SIGINT);
        co_await test::pause(300ms);
        cluster.start();
        restarted = true;
        served = 0;
        while (served < 100) co_await test::pause(5ms);
    }());
    EXPECT_GE(failed, 3);  // at least what was on its way on each of three connections
}

}  // namespace
}  // namespace liveshop::db
