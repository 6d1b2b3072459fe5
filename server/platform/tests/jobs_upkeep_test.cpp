// What a worker does beside the jobs that it was given: those that come round, and forgetting what is over.
#include "platform/tests/job_bench.hpp"

namespace liveshop::jobs {
namespace {

using namespace std::chrono_literals;
using test::JobBench;

int ticks = 0;

awaitable<void> tick(Ctx&, Nothing) {
    ++ticks;
    co_return;
}

TEST(JobsPeriodic, RunOnceAnIntervalForEachTenantHoweverManyWorkers) {
    ticks = 0;
    JobBench bench({periodic<tick>("test.tick", 3600)});
    const WorkerSettings settings{
        .worker_concurrency = {4}, .worker_poll_interval_ms = {10}, .job_time_limit_s = {300}};
    Worker one(bench.io, settings, bench.parts()), two(bench.io, settings, bench.parts());
    int running = 2;
    for (Worker* worker : {&one, &two})
        boost::asio::co_spawn(bench.io, worker->run(), [&](std::exception_ptr) { --running; });
    test::run(bench.io, test::pause(1500ms));  // two rounds of each
    one.stop();
    two.stop();
    bench.wait_until([&] { return running == 0; });
    const int tenants = 2;
    const int hours = std::stoi(bench.database.execute("select count(distinct idempotency_key) / 2 from jobs"));
    EXPECT_LE(hours, 2);  // an hour may have ended meanwhile
    EXPECT_EQ(ticks, tenants * hours);
}

TEST(JobsCleanUp, ForgetsWhatIsDoneAndAnsweredLongAgo) {
    JobBench bench({});
    bench.database.execute(
        "insert into jobs (kind, status, finished_at) values"
        " ('old', 'done', now() - interval '8 days'), ('young', 'done', now() - interval '6 days'),"
        " ('dead', 'dead', now() - interval '80 days');"
        "insert into idempotency_keys (tenant_id, user_id, key, route, body_hash, created_at)"
        " select id, gen_random_uuid(), kept, 'route', '', now() - kept::interval"
        "   from tenants, unnest(array['25 hours', '23 hours']) kept");
    Worker worker(bench.io, {}, bench.parts());
    bool runs = true;
    boost::asio::co_spawn(bench.io, worker.run(), [&](std::exception_ptr) { runs = false; });
    bench.wait_until([&] { return bench.database.execute("select count(*) from idempotency_keys") == "2"; });
    worker.stop();
    bench.wait_until([&] { return !runs; });
    EXPECT_EQ(bench.database.execute("select string_agg(kind, ',' order by kind) from jobs"), "dead,young");
    EXPECT_EQ(bench.database.execute("select string_agg(distinct key, ',') from idempotency_keys"), "23 hours");
}

}  // namespace
}  // namespace liveshop::jobs
