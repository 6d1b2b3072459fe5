// Workers at work: several at once, cancelled, lost, woken and stopped.
#include <signal.h>
#include <sys/wait.h>

#include "platform/db/listener.hpp"
#include "platform/tests/job_bench.hpp"

namespace liveshop::jobs {
namespace {

using namespace std::chrono_literals;
using test::JobBench;
using test::Note;

int started = 0, finished = 0;
int at_once = 0, at_once_max = 0;
std::chrono::milliseconds work_time{0};
int held = 0;  // the so manieth waits until it is another

awaitable<void> work(Ctx& ctx, Note in) {
    const int number = ++started;
    at_once_max = std::max(at_once_max, ++at_once);
    const test::Thing thing = co_await ctx.tx.one(test::insert_thing, ctx.tenant, in.text);
    ctx.emit("things", "made", thing.name);
    co_await test::pause(work_time);
    while (held == number) co_await test::pause(1ms);
    --at_once;
    ++finished;
}
awaitable<void> wait_for_ever(Ctx& ctx, Note in) {
    ++started;
    co_await ctx.tx.one(test::insert_thing, ctx.tenant, in.text);
    boost::asio::steady_timer never(co_await boost::asio::this_coro::executor, std::chrono::hours(1));
    co_await never.async_wait(boost::asio::use_awaitable);
}
class JobsWorker : public testing::Test {
  protected:
    JobsWorker() {
        started = finished = at_once = at_once_max = held = enqueued = 0;
        work_time = 0ms;
    }
    // A worker under way; `runs` says whether it still is.
    struct Running {
        Running(JobBench& owner, WorkerSettings settings) : bench(owner), worker(owner.io, settings, owner.parts()) {
            boost::asio::co_spawn(bench.io, worker.run(), [this](std::exception_ptr) { runs = false; });
        }
        ~Running() {
            worker.stop();
            bench.io.restart();
            while (runs && bench.io.run_one_for(10s) > 0) continue;
        }
        Running(const Running&) = delete;

        JobBench& bench;
        Worker worker;
        bool runs = true;
    };
    static constexpr WorkerSettings quick{
        .worker_concurrency = {4}, .worker_poll_interval_ms = {10}, .job_time_limit_s = {300}};
    // Finds nothing by itself.
    static constexpr WorkerSettings deaf{
        .worker_concurrency = {4}, .worker_poll_interval_ms = {60'000}, .job_time_limit_s = {300}};

    std::string count(std::string_view status) const {
        return bench.database.execute(fmt::format("select count(*) from jobs where status = '{}'", status));
    }
    void enqueue(int jobs) {
        for (int i = 0; i < jobs; ++i)
            bench.enqueue("test", "test.work", fmt::format(R"({{"text":"{}"}})", ++enqueued));
    }
    int enqueued = 0;

    JobBench bench{{job<work>("test.work"), job<wait_for_ever>("test.wait_for_ever")}};
};

TEST_F(JobsWorker, TwoNeverRunOneJobTwice) {
    enqueue(200);
    Running one(bench, quick), two(bench, quick);
    bench.wait_until([&] { return bench.emissions.size() >= 200; });
    for (Running* running : {&one, &two}) running->worker.stop();
    bench.wait_until([&] { return !one.runs && !two.runs; });
    EXPECT_EQ(started, 200);
    EXPECT_EQ(bench.database.execute("select count(*) from things"), "200");
    EXPECT_EQ(bench.database.execute("select count(*) from jobs where attempts = 1 and status = 'done'"), "200");
    EXPECT_EQ(bench.emissions.size(), 200U);
}

TEST_F(JobsWorker, RunsSoManyAtOnceAsItIsSet) {
    work_time = 50ms;
    enqueue(9);
    WorkerSettings settings = quick;
    settings.worker_concurrency = {3};
    Running running(bench, settings);
    bench.wait_until([&] { return count("done") == "9"; });
    EXPECT_EQ(at_once_max, 3);
}

TEST_F(JobsWorker, AWorkerThatIsKilledLosesItsJobToAnother) {
    bench.enqueue("test", "test.wait_for_ever", R"({"text":"tea"})");
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {  // another process, with connections of its own; it ends by the signal alone
        boost::asio::io_context io{1};
        db::Pool pool(io, bench.database.pool_settings());
        Worker worker(io, quick,
                      {.table = bench.table, .pool = pool, .services = bench.services, .deliver = [](auto) {}});
        boost::asio::co_spawn(io, worker.run(), boost::asio::detached);
        io.run_for(60s);
        ::_exit(0);
    }
    // It works: the row it inserted waits for its commit.
    bench.wait_until([&] {
        return bench.database.execute(
                   "select count(*) from pg_locks l join pg_class c on c.oid = l.relation"
                   " where c.relname = 'things' and l.mode = 'RowExclusiveLock'") == "1";
    });
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status));
    EXPECT_EQ(bench.run_due(), 0);  // nobody knows yet
    EXPECT_EQ(count("running"), "1");
    bench.database.execute("update jobs set kind = 'test.work', locked_until = locked_until - interval '331 seconds'");
    EXPECT_EQ(bench.run_due(), 1);
    EXPECT_EQ(bench.database.execute("select concat_ws(' ', status, attempts) from jobs"), "done 2");
    EXPECT_EQ(bench.things(), "tea");
}

TEST_F(JobsWorker, OneWhoWasSlowDoesNotCommitWhatAnotherHasTakenOver) {
    bench.database.execute("alter table things drop constraint things_name_key");  // which would give it away
    held = 1;
    enqueue(1);
    WorkerSettings busy_with_one = quick;
    busy_with_one.worker_concurrency = {1};
    Running slow(bench, busy_with_one);
    bench.wait_until([] { return started == 1; });
    bench.database.execute("update jobs set locked_until = now() - interval '1 second'");
    EXPECT_EQ(bench.run_due(), 1);
    EXPECT_EQ(finished, 1);
    held = 0;
    bench.wait_until([] { return finished == 2; });
    slow.worker.stop();
    bench.wait_until([&] { return !slow.runs; });
    EXPECT_EQ(bench.database.execute("select count(*) from things"), "1");
    EXPECT_EQ(bench.database.execute("select concat_ws(' ', status, attempts, last_error) from jobs"), "done 2");
    EXPECT_EQ(bench.emissions.size(), 1U);
}

TEST_F(JobsWorker, AJobThatTakesTooLongIsCancelledAndTriedAgain) {
    bench.enqueue("test", "test.wait_for_ever", R"({"text":"tea"})");
    WorkerSettings settings = quick;
    settings.job_time_limit_s.value = 1;
    Running running(bench, settings);
    bench.wait_until([&] { return count("queued") == "1" && started == 1; });
    EXPECT_EQ(bench.database.execute("select last_error from jobs"), "it took too long and was cancelled");
    EXPECT_EQ(bench.things(), "");
}

TEST_F(JobsWorker, ANotificationWakesItAtOnce) {
    Running running(bench, deaf);
    bool listening = false;
    db::Listener calls(bench.io, bench.database.app_dsn(), [&] { listening = true; });
    calls.listen("test_jobs", [&](std::string_view) { running.worker.wake(); });
    calls.start();
    bench.wait_until([&] { return listening; });
    for (int i = 1; i <= 5; ++i) {
        const auto begun = std::chrono::steady_clock::now();
        enqueue(1);
        bench.database.execute("notify test_jobs");
        bench.wait_until([&] { return finished == i; });
        EXPECT_LT(std::chrono::steady_clock::now() - begun, 1s);  // it looks by itself once a minute
    }
}

TEST_F(JobsWorker, FindsWhatItWasNotCalledFor) {
    Running running(bench, quick);
    bench.wait_until([&] { return bench.pool->stats().open > 0; });
    enqueue(1);
    bench.wait_until([&] { return count("done") == "1"; });
}

TEST_F(JobsWorker, StopsWhenTheJobsUnderWayAreDoneAndTakesNoMore) {
    held = 1;
    enqueue(3);
    WorkerSettings settings = quick;
    settings.worker_concurrency = {1};
    Running running(bench, settings);
    bench.wait_until([] { return started == 1; });
    running.worker.stop();
    test::run(bench.io, test::pause(50ms));
    EXPECT_TRUE(running.runs);
    EXPECT_EQ(finished, 0);
    held = 0;
    bench.wait_until([&] { return !running.runs; });
    EXPECT_EQ(finished, 1);
    EXPECT_EQ(count("done"), "1");
    EXPECT_EQ(count("queued"), "2");
}

TEST_F(JobsWorker, AnIdleOneStopsAtOnce) {
    Running running(bench, deaf);
    test::run(bench.io, test::pause(50ms));
    const auto begun = std::chrono::steady_clock::now();
    running.worker.stop();
    bench.wait_until([&] { return !running.runs; });
    EXPECT_LT(std::chrono::steady_clock::now() - begun, 1s);
}

TEST_F(JobsWorker, OneThatIsJustLookingForWorkStopsToo) {
    Running running(bench, deaf);
    bench.io.restart();
    bench.io.poll();  // it waits for the database
    const auto begun = std::chrono::steady_clock::now();
    running.worker.stop();
    bench.wait_until([&] { return !running.runs; });
    EXPECT_LT(std::chrono::steady_clock::now() - begun, 5s);
}

TEST_F(JobsWorker, GoesOnAfterTheDatabaseWasAway) {
    Running running(bench, quick);
    enqueue(1);
    bench.wait_until([&] { return count("done") == "1"; });
    bench.database.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'liveshop_app'"
        " and datname = current_database()");
    enqueue(1);
    bench.wait_until([&] { return count("done") == "2"; });
}

}  // namespace
}  // namespace liveshop::jobs
