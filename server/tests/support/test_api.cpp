#include "tests/support/test_api.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

namespace liveshop::test {
namespace {

// What stands in for a signed token: "<user id> <role> <session id or nothing>".
std::expected<Principal, PlatformErrc> read_token(TenantId, std::string_view token, Timestamp) {
    const std::size_t space = token.find(' ');
    const std::optional<UserId> user = UserId::parse(token.substr(0, space));
    token.remove_prefix(std::min(space + 1, token.size()));
    const std::optional<Role> role = enum_named<Role>(token.substr(0, token.find(' ')));
    if (!user || !role) return std::unexpected(PlatformErrc::unauthenticated);
    token.remove_prefix(std::min(token.find(' ') + 1, token.size()));
    return Principal{*user, *role, std::nullopt, Uuid::parse(token)};
}

// For the test that asks whether each endpoint of the specification is called at all.
void note_call(const Route& route, int status, std::chrono::microseconds) {
    static const char* const file = std::getenv("LIVESHOP_TEST_CALLS");
    if (file) std::ofstream(file, std::ios::app) << fmt::format("{} {} {}\n", route.method, route.path, status);
}

}  // namespace

TestApi::TestApi(Parts parts) : parts_(std::move(parts)), tenant_id_(make_tenant("test")) {
    db::PoolSettings settings = database_.pool_settings();
    settings.connections = 8;
    pool_ = std::make_unique<db::Pool>(io_, settings);
    tenants_ = std::make_unique<TenantDirectory>(*pool_, "test");
    const auto deliver = [this](std::vector<Emission> emissions) {
        emissions_.insert(emissions_.end(), std::make_move_iterator(emissions.begin()),
                          std::make_move_iterator(emissions.end()));
    };
    api_ = std::make_unique<Api>(ApiParts{.io = io_,
                                          .routes = parts_.routes,
                                          .constraints = parts_.constraints,
                                          .pool = *pool_,
                                          .tenants = *tenants_,
                                          .services = services_,
                                          .authenticate = read_token,
                                          .deliver = deliver,
                                          .wake_worker = [] {},
                                          .observe = note_call});
    services_.add<const jobs::Table>(parts_.job_rows);
    services_.add(*pool_);
    worker_ = std::make_unique<jobs::Worker>(
        io_, jobs::WorkerSettings{.worker_concurrency = {1}},
        jobs::WorkerParts{.table = parts_.job_rows, .pool = *pool_, .services = services_, .deliver = deliver});
}

TestApi::~TestApi() {
    pool_->close();
    io_.restart();
    io_.run_for(std::chrono::seconds(1));
}

awaitable<http::Response> TestApi::send(TestCall call) {
    const std::size_t question_mark = call.path.find('?');
    const std::string path = call.path.substr(0, question_mark);
    const std::string query = question_mark == call.path.npos ? "" : call.path.substr(question_mark + 1);
    std::string token, slug = "test";
    std::vector<http::HeaderView> headers{{"Content-Type", call.content_type}};
    if (call.user) {
        token = fmt::format("Bearer {} {} {}", call.user->id.to_string(), name_of(call.user->role),
                            call.user->session ? call.user->session->to_string() : "");
        slug = slug_of(call.user->tenant_id);
        headers.push_back({"Authorization", token});
    }
    headers.push_back({"X-Tenant", slug});
    if (!call.idempotency_key.empty()) headers.push_back({"Idempotency-Key", call.idempotency_key});
    for (const http::Header& header : call.headers) headers.push_back({header.name, header.value});
    const http::Request request{.method = call.method,
                                .path = path,
                                .query = query,
                                .body = call.body,
                                .headers = headers,
                                .remote_address = "127.0.0.1"};
    http::Response response = co_await api_->handle(request, path);
    co_return response;
}

http::Response TestApi::call(TestCall call) { return run(io_, send(std::move(call))); }

std::vector<http::Response> TestApi::call_all(std::vector<TestCall> calls, int workers) {
    std::vector<http::Response> responses(calls.size());
    std::exception_ptr failed;
    std::size_t open = calls.size() + static_cast<std::size_t>(workers);
    for (std::size_t i = 0; i < calls.size(); ++i)
        boost::asio::co_spawn(io_, send(std::move(calls[i])),
                              [&, i](std::exception_ptr error, http::Response response) {
                                  if (error) failed = error;
                                  responses[i] = std::move(response);
                                  --open;
                              });
    for (int i = 0; i < workers; ++i)
        boost::asio::co_spawn(io_, worker_->run_due(), [&](std::exception_ptr error, int) {
            if (error) failed = error;
            --open;
        });
    io_.restart();
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (open > 0 && io_.run_one_until(deadline) > 0) {
    }
    if (failed) std::rethrow_exception(failed);
    if (open > 0) throw std::runtime_error("calls did not end");
    return responses;
}

awaitable<void> TestApi::in_transaction(TestUser user, std::function<awaitable<void>(Ctx&)> work) {
    db::Transaction tx = pool_->transaction({.tenant = user.tenant_id, .read_only = false});
    Ctx ctx{.tenant = user.tenant_id,
            .principal = Principal{user.id, user.role},
            .tx = tx,
            .services = services_,
            .now = Timestamp::now()};
    co_await work(ctx);
    co_await ctx.commit();
    emissions_.insert(emissions_.end(), ctx.sealed.begin(), ctx.sealed.end());
}

int TestApi::run_jobs() {
    int total = 0;
    for (;;) {
        const int ran = run(io_, worker_->run_due());
        total += ran;
        if (ran == 0) return total;
    }
}

int TestApi::run_all_jobs() {
    int total = 0;
    for (;;) {
        sql("update jobs set run_at = now() where status = 'queued'");
        const int ran = run_jobs();
        total += ran;
        if (ran == 0) return total;
    }
}

void TestApi::enqueue(std::string_view kind, TenantId tenant_id, std::string_view payload) {
    sql(fmt::format("insert into jobs (tenant_id, kind, payload) values ('{}', '{}', '{}')", tenant_id.to_string(),
                    kind, payload));
}

TenantId TestApi::make_tenant(std::string_view slug, std::string_view settings) {
    const std::string id = sql(fmt::format(
        "insert into tenants (name, slug, settings) values ('Shop {0}', '{0}', '{1}') returning id", slug, settings));
    return TenantId::parse(id).value();
}

TestUser TestApi::make_user(Role role, TenantId tenant_id) {
    const TestUser user{tenant_id, UserId::make(), role};
    sql(
        fmt::format("insert into users (id, tenant_id, email, role, profile) values ('{0}', '{1}', '{0}@example.com',"
                    " '{2}', '{{\"name\": \"Test {2}\"}}')",
                    user.id.to_string(), tenant_id.to_string(), name_of(role)));
    return user;
}

std::string TestApi::slug_of(TenantId tenant_id) const {
    return sql(fmt::format("select slug from tenants where id = '{}'", tenant_id.to_string()));
}

json::value json_of(const http::Response& response) {
    boost::system::error_code error;
    json::value value = json::parse(response.body, error);
    if (error) ADD_FAILURE() << "no JSON: " << response.status << " " << response.body;
    return value;
}

std::string code_of(const http::Response& response) {
    const json::value value = json_of(response);
    const json::value* code = value.is_object() ? value.get_object().if_contains("code") : nullptr;
    return code && code->is_string() ? std::string(code->get_string()) : response.body;
}

}  // namespace liveshop::test
