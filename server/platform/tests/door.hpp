#pragma once
// An API of made-up routes on a real database, for the tests of the platform's doors.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "platform/api/api.hpp"
#include "tests/support/run.hpp"
#include "tests/support/test_database.hpp"

namespace liveshop::test {

/// A row that a tenant has; no two of one tenant have the same name.
struct Thing {
    Id<Thing> id;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(Thing, (), (id, name))

/// What is asked for when one is made.
struct ThingName {
    Text<1, 20> name;
};
BOOST_DESCRIBE_STRUCT(ThingName, (), (name))

inline const db::Query<Thing(TenantId, std::string)> insert_thing{
    "test.insert_thing", "insert into things (tenant_id, name) values ($1, $2) returning id, name"};
inline const db::Query<std::string()> thing_names{
    "test.thing_names", "select coalesce(string_agg(name, ',' order by name), '') from things"};
/// Fails with this SQLSTATE and words that no client may see.
inline const db::Query<int(std::string)> raise_state{"test.raise_state", "select raise_state($1)"};
inline const db::Query<int(double)> sleep_s{"test.sleep_s", "select 1 from pg_sleep($1)"};

/// Somebody signed in.
struct Person {
    TenantId tenant;
    UserId id;
    std::string token;
};

/// A request; a body is JSON unless `headers` say otherwise.
struct Call {
    std::string method;
    std::string path;  ///< below /api/v1, with its query
    std::string body = {};
    std::string token = {};
    std::vector<http::Header> headers = {};
    std::string address = "192.0.2.1";
};

struct DoorOptions {
    std::vector<Route> routes;
    std::vector<ConstraintRow> constraints = {};
    bool behind_proxy = false;
    Authenticate authenticate = nullptr;  ///< if not the tokens of sign_in()
};

/// The platform's tables, `things`, and the tenants "test" and "other".
class Door {
  public:
    explicit Door(DoorOptions options) : options_(std::move(options)) {
        database.execute(
            "create table things (id uuid primary key default gen_random_uuid(), tenant_id uuid not null, name text"
            " not null, constraint things_name_key unique (tenant_id, name));"
            "alter table things owner to liveshop_owner; set role liveshop_owner;"
            "select protect_tenant_table('things'); reset role;"
            "create function raise_state(state text) returns int language plpgsql as"
            " $$ begin raise exception 'words of the database' using errcode = state; end $$;"
            "insert into tenants (name, slug) values ('Test', 'test'), ('Other', 'other')");
        db::PoolSettings settings = database.pool_settings();
        settings.connections = 4;
        pool.emplace(io, settings);
        tenants_.emplace(*pool, "test");
        api.emplace(ApiParts{.io = io,
                             .routes = options_.routes,
                             .constraints = options_.constraints,
                             .pool = *pool,
                             .tenants = *tenants_,
                             .services = services,
                             .authenticate =
                                 [this](TenantId tenant, std::string_view token, Timestamp now) {
                                     return options_.authenticate ? options_.authenticate(tenant, token, now)
                                                                  : authenticate(tenant, token, now);
                                 },
                             .deliver = [this](std::vector<Emission> emissions) { delivered(std::move(emissions)); },
                             .wake_worker = [this] { ++wakes; },
                             .observe =
                                 [this](const Route& route, int status, std::chrono::microseconds) {
                                     observed.push_back(fmt::format("{} {}", route.name, status));
                                 },
                             .behind_proxy = options_.behind_proxy});
    }
    ~Door() {
        pool->close();
        io.restart();
        io.run_for(std::chrono::seconds(1));
    }

    Person sign_in(Role role = Role::customer, std::string_view slug = "test",
                   std::optional<Timestamp> expires_at = std::nullopt) {
        const std::string tenant = database.execute(fmt::format("select id from tenants where slug = '{}'", slug));
        const Person person{TenantId::parse(tenant).value(), UserId::make(), "token " + UserId::make().to_string()};
        signed_in_[person.token] = {person.tenant, Principal{person.id, role, expires_at}};
        return person;
    }

    http::Response send(Call call) { return run(io, answer(std::move(call))); }
    /// All at once, each answered in its place.
    std::vector<http::Response> send_all(std::vector<Call> calls) {
        std::vector<http::Response> responses(calls.size());
        auto all = [&]() -> asio::awaitable<void> {
            std::size_t open = calls.size();
            for (std::size_t i = 0; i < calls.size(); ++i)
                asio::co_spawn(io, answer(calls[i]), [&, i](std::exception_ptr error, http::Response response) {
                    if (error) ADD_FAILURE() << "the API threw";
                    responses[i] = std::move(response);
                    --open;
                });
            while (open > 0) co_await pause(std::chrono::milliseconds(1));
        };
        run(io, all());
        return responses;
    }
    asio::awaitable<http::Response> answer(Call call) {
        const std::size_t question = std::min(call.path.find('?'), call.path.size());
        const std::string_view path = std::string_view(call.path).substr(0, question);
        if (!call.token.empty()) call.headers.push_back({"Authorization", "Bearer " + call.token});
        call.headers.push_back({"Content-Type", "application/json"});
        std::vector<http::HeaderView> headers;
        for (const http::Header& header : call.headers) headers.push_back({header.name, header.value});
        const http::Request request{
            .method = call.method,
            .path = path,
            .query = std::string_view(call.path).substr(std::min(question + 1, call.path.size())),
            .body = call.body,
            .headers = headers,
            .remote_address = call.address};
        http::Response response = co_await api->handle(request, path);
        co_return response;
    }
    std::string things() const {
        return database.execute("select coalesce(string_agg(name, ',' order by name), '') from things");
    }
    /// "room event payload" of each, oldest first.
    std::vector<std::string> emissions;
    std::vector<std::string> observed;  ///< "handler status"
    int wakes = 0;                      ///< of the worker

    TestDatabase database{{.last_migration = 1}};
    asio::io_context io{1};
    Services services;
    std::optional<db::Pool> pool;
    std::optional<Api> api;

    const std::vector<Route>& routes() const { return options_.routes; }

    /// What happens to events that leave.
    std::function<void(const Emission&)> deliver;

  private:
    std::expected<Principal, PlatformErrc> authenticate(TenantId tenant, std::string_view token, Timestamp now) const {
        const auto known = signed_in_.find(token);
        if (known == signed_in_.end() || known->second.first != tenant)
            return std::unexpected(PlatformErrc::unauthenticated);
        const Principal& principal = known->second.second;
        if (principal.expires_at && *principal.expires_at <= now) return std::unexpected(PlatformErrc::token_expired);
        return principal;
    }
    void delivered(std::vector<Emission> sent) {
        for (const Emission& emission : sent) {
            emissions.push_back(fmt::format("{} {} {}", emission.room, emission.event, emission.payload));
            if (deliver) deliver(emission);
        }
    }

    DoorOptions options_;
    std::optional<TenantDirectory> tenants_;
    std::map<std::string, std::pair<TenantId, Principal>, std::less<>> signed_in_;
};

inline std::string header_of(const http::Response& response, std::string_view name) {
    for (const http::Header& header : response.headers)
        if (http::equals_ignoring_case(header.name, name)) return header.value;
    return "";
}

/// A text of the answer's JSON object.
inline std::string text_of(const http::Response& response, std::string_view member) {
    return std::string(json::parse(response.body).at(member).as_string());
}

/// "409 conflict": status and code of a refusal, or the status alone.
inline std::string outcome_of(const http::Response& response) {
    if (response.status < 400) return fmt::format("{}", response.status);
    EXPECT_EQ(response.content_type, "application/problem+json");
    const json::value problem = json::parse(response.body);
    EXPECT_EQ(problem.at("status"), response.status);
    return fmt::format("{} {}", response.status, std::string_view(problem.at("code").as_string()));
}

/// "pointer: reason" of each fault of a refused input.
inline std::vector<std::string> faults_of(const http::Response& response) {
    std::vector<std::string> faults;
    for (const json::value& fault : json::parse(response.body).at("errors").as_array())
        faults.push_back(fmt::format("{}: {}", std::string_view(fault.at("pointer").as_string()),
                                     std::string_view(fault.at("reason").as_string())));
    return faults;
}

}  // namespace liveshop::test
