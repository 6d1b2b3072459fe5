#pragma once
// Workers on a real database with made-up jobs.
#include "platform/jobs/worker.hpp"
#include "platform/tests/door.hpp"

namespace liveshop::test {

struct Note {
    std::string text;
};
BOOST_DESCRIBE_STRUCT(Note, (), (text))

class JobBench : public Door {
  public:
    explicit JobBench(jobs::Table rows) : Door({.routes = {}}), table(std::move(rows)) {
        services.add<const jobs::Table>(table);
    }

    jobs::WorkerParts parts() {
        return {.table = table, .pool = *pool, .services = services, .deliver = [this](std::vector<Emission> sent) {
                    for (const Emission& emission : sent)
                        emissions.push_back(fmt::format("{} {} {}", emission.room, emission.event, emission.payload));
                }};
    }
    int run_due() {
        jobs::Worker worker(io, {.worker_concurrency = {1}}, parts());
        return run(io, worker.run_due());
    }
    /// Runs `work(ctx)` as a handler of the tenant would, and commits.
    void within(std::string_view slug, std::function<awaitable<void>(Ctx&)> work) {
        const TenantId tenant = tenant_of(slug);
        auto transaction = [&]() -> asio::awaitable<void> {
            db::Transaction tx = pool->transaction({.tenant = tenant, .read_only = false});
            Ctx ctx{
                .tenant = tenant, .principal = std::nullopt, .tx = tx, .services = services, .now = Timestamp::now()};
            co_await work(ctx);
            co_await ctx.commit();
        };
        run(io, transaction());
    }
    void enqueue(std::string_view slug, std::string_view kind, std::string_view payload) const {
        database.execute(fmt::format("insert into jobs (tenant_id, kind, payload) values ('{}', '{}', '{}')",
                                     tenant_of(slug).to_string(), kind, payload));
    }
    /// Lets everything run until `condition` holds, for 20 s at most.
    template <class Condition>
    void wait_until(Condition condition) {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
        while (!condition()) {
            if (std::chrono::steady_clock::now() > deadline) throw std::runtime_error("it did not come to that");
            io.restart();
            io.run_for(std::chrono::milliseconds(2));
        }
    }
    TenantId tenant_of(std::string_view slug) const {
        return TenantId::parse(database.execute(fmt::format("select id from tenants where slug = '{}'", slug))).value();
    }

    const jobs::Table table;
};

}  // namespace liveshop::test
