// Jobs that were given up are seen, and tried again when an admin says so.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "modules/identity/types.hpp"
#include "modules/operations/routes.hpp"
#include "tests/support/check_constraint.hpp"
#include "tests/support/test_api.hpp"

namespace liveshop::operations {
namespace {

using test::code_of;
using test::json_of;
using test::TestUser;

int runs = 0;
bool works = false;

struct Order {
    std::string word;
};
BOOST_DESCRIBE_STRUCT(Order, (), (word))
awaitable<void> try_it(Ctx&, Order) {
    ++runs;
    if (!works) throw std::runtime_error("the wire is cut");
    co_return;
}

class OperationsTest : public ::testing::Test {
  protected:
    OperationsTest() : api({.routes = routes(), .constraints = {}, .job_rows = {jobs::job<try_it>("test.try")}}) {
        runs = 0;
        works = false;
    }
    json::array jobs_of(TestUser who, const std::string& query = "") {
        return json_of(api.get("/admin/jobs" + query, who)).at("jobs").as_array();
    }
    // Attempts until it is given up.
    std::string make_dead_job() {
        api.enqueue("test.try", api.tenant_id(), R"({"word": "now"})");
        api.run_all_jobs();
        return api.sql("select id from jobs where kind = 'test.try' and status = 'dead'");
    }

    test::TestApi api;
    TestUser admin = api.make_user(Role::admin);
};

TEST_F(OperationsTest, AJobThatWasGivenUpIsTriedAgain) {
    const std::string job_id = make_dead_job();
    const int attempts = runs;
    ASSERT_GT(attempts, 1);
    const json::array dead = jobs_of(admin, "?status=dead");
    ASSERT_EQ(dead.size(), 1U);
    EXPECT_EQ(dead[0].at("kind"), "test.try");
    EXPECT_EQ(dead[0].at("attempts").as_int64(), attempts);
    EXPECT_NE(dead[0].at("last_error").as_string().find("the wire is cut"), json::string::npos);
    EXPECT_TRUE(jobs_of(admin, "?status=done").empty());

    works = true;
    const std::string retry = "/admin/jobs/" + job_id + "/retry";
    const json::value revived = json_of(api.post(retry, admin, "{}"));
    EXPECT_EQ(revived.at("status"), "queued");
    EXPECT_EQ(revived.at("attempts").as_int64(), 0);
    EXPECT_EQ(code_of(api.post(retry, admin, "{}")), "operations.job_not_dead");
    api.run_jobs();
    EXPECT_EQ(runs, attempts + 1);
    EXPECT_EQ(jobs_of(admin, "?status=done").size(), 1U);
    EXPECT_EQ(api.sql("select action || ' ' || subject_id from audit_log"), "job.retry " + job_id);
}

TEST_F(OperationsTest, AnotherTenantsJobsAreNotThere) {
    const std::string job_id = make_dead_job();
    const TestUser stranger = api.make_user(Role::admin, api.make_tenant("other"));
    EXPECT_TRUE(jobs_of(stranger).empty());
    EXPECT_EQ(code_of(api.post("/admin/jobs/" + job_id + "/retry", stranger, "{}")), "operations.job_not_found");
    EXPECT_EQ(json_of(api.get("/admin/health", stranger)).at("jobs").at("dead_count").as_int64(), 0);
}

TEST_F(OperationsTest, HealthSaysHowLongWorkHasWaited) {
    make_dead_job();
    api.enqueue("test.try", api.tenant_id(), R"({"word": "later"})");
    api.sql("update jobs set run_at = now() - interval '90 seconds' where status = 'queued'");
    const json::value health = json_of(api.get("/admin/health", admin));
    EXPECT_GT(health.at("database_ms").to_number<double>(), 0);
    EXPECT_EQ(health.at("jobs").at("dead_count").as_int64(), 1);
    EXPECT_EQ(health.at("jobs").at("due_count").as_int64(), 1);
    EXPECT_GE(health.at("jobs").at("oldest_due_s").as_int64(), 90);
}

TEST_F(OperationsTest, AreForAdmins) {
    const TestUser seller = api.make_user(Role::store_owner);
    EXPECT_EQ(api.get("/admin/jobs", seller).status, 403);
    EXPECT_EQ(api.get("/admin/health", seller).status, 403);
    EXPECT_EQ(api.post("/admin/jobs/00000000-0000-4000-8000-000000000000/retry", seller, "{}").status, 403);
    EXPECT_EQ(api.get("/admin/jobs?status=lost", admin).status, 422);
}

}  // namespace
}  // namespace liveshop::operations
