#pragma once
// Modules as they run: their routes and jobs on a real database, called through the API's door.
//
//     TestApi api({.routes = catalog::routes() + checkout::routes(), .job_rows = checkout::job_rows()});
//     const TestUser buyer = api.make_user(Role::customer);
//     const http::Response cart = api.post("/cart", buyer, R"({"variant_id": "…", "quantity": 1})");
#include <memory>
#include <string>
#include <vector>

#include "platform/api/api.hpp"
#include "platform/jobs/worker.hpp"
#include "tests/support/run.hpp"
#include "tests/support/test_database.hpp"

namespace liveshop::test {

/// Somebody who is signed in, of one tenant.
struct TestUser {
    TenantId tenant_id;
    UserId id;
    Role role = Role::customer;
    std::optional<Uuid> session = {};  ///< that the token names
};

struct TestCall {
    std::string method;
    std::string path;  ///< below /api/v1, with its query
    std::optional<TestUser> user;
    std::string body;  ///< JSON, or empty
    std::string idempotency_key;
    std::string content_type = "application/json";
    std::vector<http::Header> headers = {};  ///< beside these
};

class TestApi {
  public:
    struct Parts {
        std::vector<Route> routes;
        std::vector<ConstraintRow> constraints;
        jobs::Table job_rows;
    };
    /// With one tenant, "test".
    explicit TestApi(Parts parts);
    ~TestApi();

    /// One call, or several at once on connections of their own, answered in the order of the calls.
    http::Response call(TestCall call);
    /// Beside them, `workers` run the jobs that are due.
    std::vector<http::Response> call_all(std::vector<TestCall> calls, int workers = 0);
    http::Response get(std::string path, TestUser user) { return call({"GET", std::move(path), user, "", ""}); }
    http::Response post(std::string path, TestUser user, std::string body, std::string idempotency_key = "") {
        return call({"POST", std::move(path), user, std::move(body), std::move(idempotency_key)});
    }
    http::Response put(std::string path, TestUser user, std::string body) {
        return call({"PUT", std::move(path), user, std::move(body), ""});
    }
    http::Response del(std::string path, TestUser user) { return call({"DELETE", std::move(path), user, "", ""}); }

    /// Runs `work(ctx)` as a handler would, commits it and delivers what it emitted.
    template <class Work>
    void with_ctx(TestUser user, Work work) {
        run(io_, in_transaction(user, [&work](Ctx& ctx) -> awaitable<void> { co_await work(ctx); }));
    }

    /// Runs the jobs that are due, and those that they enqueue; answers how many ran.
    int run_jobs();
    /// Makes every queued job due, then runs them.
    int run_all_jobs();
    /// Enqueues a job of the kind for the tenant, due now.
    void enqueue(std::string_view kind, TenantId tenant_id, std::string_view payload = "{}");

    TenantId make_tenant(std::string_view slug, std::string_view settings = "{}");
    TestUser make_user(Role role) { return make_user(role, tenant_id_); }
    TestUser make_user(Role role, TenantId tenant_id);

    /// Everything emitted so far, oldest first.
    std::vector<Emission>& emissions() { return emissions_; }
    const TestDatabase& database() const { return database_; }
    std::string sql(const std::string& statement) const { return database_.execute(statement); }
    boost::asio::io_context& io() { return io_; }
    Services& services() { return services_; }
    db::Pool& pool() { return *pool_; }
    TenantId tenant_id() const { return tenant_id_; }

  private:
    awaitable<http::Response> send(TestCall call);
    awaitable<void> in_transaction(TestUser user, std::function<awaitable<void>(Ctx&)> work);
    std::string slug_of(TenantId tenant_id) const;

    TestDatabase database_;
    boost::asio::io_context io_;
    Parts parts_;
    std::vector<Emission> emissions_;
    Services services_;
    TenantId tenant_id_;
    std::unique_ptr<db::Pool> pool_;
    std::unique_ptr<TenantDirectory> tenants_;
    std::unique_ptr<Api> api_;
    std::unique_ptr<jobs::Worker> worker_;
};

/// The answer's JSON, failing the test where it is none.
json::value json_of(const http::Response& response);
/// A problem's code, or the body where it is no problem.
std::string code_of(const http::Response& response);

}  // namespace liveshop::test
