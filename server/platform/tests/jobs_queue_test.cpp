// Jobs as rows: written with their cause, run for their tenant, tried again, given up.
#include "platform/jobs/worker.hpp"
#include "platform/tests/job_bench.hpp"

namespace liveshop::jobs {
namespace {

using test::JobBench;
using test::Note;
using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> done;  // what the handlers did, in order
int faults_left = 0;

awaitable<void> remember(Ctx& ctx, Note in) {
    done.push_back("remember " + in.text);
    const test::Thing thing = co_await ctx.tx.one(test::insert_thing, ctx.tenant, in.text);
    ctx.emit("things", "made", thing.name);
}
awaitable<void> also(Ctx&, Note in) {
    done.push_back("also " + in.text);
    co_return;
}
awaitable<void> stumble(Ctx& ctx, Note in) {
    done.push_back("stumble " + in.text);
    const test::Thing thing = co_await ctx.tx.one(test::insert_thing, ctx.tenant, in.text);
    ctx.emit("things", "made", thing.name);
    if (faults_left-- > 0) throw std::runtime_error("a fault of the handler");
}
awaitable<void> stumble_over_nothing(Ctx&, Note in) {
    done.push_back(in.text);
    throw 42;
    co_return;
}
awaitable<void> look_around(Ctx& ctx, Note) {
    const std::string names = co_await ctx.tx.one(test::thing_names);
    done.push_back("sees " + names);
    co_await ctx.tx.one(test::insert_thing, ctx.tenant, "of " + ctx.tenant.to_string());
}
awaitable<void> chain(Ctx& ctx, Note in) {
    done.push_back("chain " + in.text);
    co_await enqueue(ctx, "test.remember", in);
}

Table table() {
    JobRow stubborn = job<stumble>("test.stubborn");
    stubborn.attempts_max = 3;
    return {subscriber<remember>("test.remember", "test.noted"),
            subscriber<also>("test.also", "test.noted"),
            job<stumble>("test.stumble"),
            stubborn,
            job<stumble_over_nothing>("test.nothing"),
            job<look_around>("test.look_around"),
            job<chain>("test.chain")};
}

class JobsQueue : public testing::Test {
  protected:
    JobsQueue() {
        done.clear();
        faults_left = 0;
    }
    std::string job(std::string_view columns) const {
        return bench.database.execute(fmt::format("select concat_ws(' ', {}) from jobs", columns));
    }
    // Makes what is queued due, and runs it.
    int run_next() {
        bench.database.execute("update jobs set run_at = now() where status = 'queued'");
        return bench.run_due();
    }

    JobBench bench{table()};
};

TEST_F(JobsQueue, AJobIsThereWhenItsCauseIs) {
    EXPECT_THROW(bench.within("test",
                              [](Ctx& ctx) -> awaitable<void> {
                                  co_await enqueue(ctx, "test.remember", Note{"lost"});
                                  throw std::runtime_error("the cause failed");
                              }),
                 std::runtime_error);
    EXPECT_EQ(bench.run_due(), 0);
    bench.within("test", [](Ctx& ctx) -> awaitable<void> { co_await enqueue(ctx, "test.remember", Note{"kept"}); });
    EXPECT_EQ(bench.run_due(), 1);
    EXPECT_THAT(done, ElementsAre("remember kept"));
    EXPECT_EQ(bench.things(), "kept");
    EXPECT_THAT(bench.emissions, ElementsAre(R"(things made "kept")"));
    EXPECT_EQ(job("status, attempts, finished_at is not null, locked_until is null"), "done 1 t t");
    EXPECT_EQ(bench.run_due(), 0);
}

TEST_F(JobsQueue, EverySubscriberOfAFactHearsOfIt) {
    bench.within("test", [](Ctx& ctx) -> awaitable<void> {
        co_await publish(ctx, "test.noted", Note{"tea"});
        co_await publish(ctx, "test.unheard", Note{"nobody"});
    });
    EXPECT_EQ(bench.run_due(), 2);
    EXPECT_THAT(done, testing::UnorderedElementsAre("remember tea", "also tea"));
}

TEST_F(JobsQueue, AKeyIsWrittenOnceEvenWhenDone) {
    for (int i = 0; i < 3; ++i) {
        bench.within("test", [](Ctx& ctx) -> awaitable<void> {
            co_await enqueue(ctx, "test.also", Note{"once"}, {.idempotency_key = "also:1"});
        });
        bench.run_due();
    }
    EXPECT_THAT(done, ElementsAre("also once"));
}

TEST_F(JobsQueue, ALaterJobWaitsForItsTimeAndTheEarliestGoesFirst) {
    bench.within("test", [](Ctx& ctx) -> awaitable<void> {
        co_await enqueue(ctx, "test.also", Note{"late"}, {.idempotency_key = {}, .delay_s = 60});
    });
    EXPECT_EQ(bench.run_due(), 0);
    bench.database.execute("update jobs set run_at = run_at - interval '61 seconds'");
    bench.enqueue("test", "test.also", R"({"text":"now"})");
    EXPECT_EQ(bench.run_due(), 2);
    EXPECT_THAT(done, ElementsAre("also late", "also now"));
}

TEST_F(JobsQueue, AFaultIsTriedAgainWithGrowingPauses) {
    faults_left = 4;
    bench.enqueue("test", "test.stumble", R"({"text":"tea"})");
    std::vector<std::string> pauses;
    for (int i = 0; i < 4; ++i) {
        EXPECT_EQ(run_next(), 1);
        EXPECT_EQ(bench.run_due(), 0);  // not at once
        pauses.push_back(job("status, round(extract(epoch from run_at - now()))"));
        EXPECT_EQ(bench.things(), "");
    }
    EXPECT_THAT(pauses, ElementsAre("queued 1", "queued 4", "queued 9", "queued 18"));
    EXPECT_EQ(job("last_error"), "a fault of the handler");
    EXPECT_THAT(bench.emissions, IsEmpty());
    EXPECT_EQ(run_next(), 1);
    EXPECT_EQ(job("status, attempts, last_error"), "done 5");
    EXPECT_EQ(bench.things(), "tea");
}

TEST_F(JobsQueue, AfterItsLastAttemptItIsDeadUntilItIsRevived) {
    faults_left = 3;
    bench.enqueue("test", "test.stubborn", R"({"text":"tea"})");
    for (int i = 0; i < 3; ++i) EXPECT_EQ(run_next(), 1);
    EXPECT_EQ(job("status, attempts, finished_at is not null"), "dead 3 t");
    EXPECT_EQ(run_next(), 0);
    bench.database.execute("update jobs set status = 'queued', attempts = 0, finished_at = null");
    EXPECT_EQ(run_next(), 1);
    EXPECT_EQ(job("status"), "done");
}

TEST_F(JobsQueue, TheOrdinaryAttemptsLastAboutADay) {
    std::int64_t total_s = 0;
    int longest_s = 0;
    for (int attempt = 1; attempt < JobRow{}.attempts_max; ++attempt) {
        total_s += retry_delay_s(attempt);
        EXPECT_GE(retry_delay_s(attempt), longest_s);
        longest_s = retry_delay_s(attempt);
    }
    EXPECT_EQ(longest_s, 3600);
    EXPECT_NEAR(static_cast<double>(total_s), 86'400, 3'600);
    EXPECT_EQ(retry_delay_s(1'000'000), 3600);
}

TEST_F(JobsQueue, WhatCannotRunFailsAsAnythingElse) {
    bench.enqueue("test", "test.of_a_newer_version", "{}");
    EXPECT_EQ(bench.run_due(), 1);
    EXPECT_EQ(job("status, attempts, last_error"), "queued 1 this version has no handler for the kind");
    bench.database.execute("delete from jobs");
    bench.enqueue("test", "test.also", R"({"words":1})");
    EXPECT_EQ(bench.run_due(), 1);
    EXPECT_EQ(job("status, last_error"), "queued the input is not valid");
    bench.database.execute("delete from jobs");
    bench.enqueue("test", "test.nothing", R"({"text":"called"})");
    EXPECT_EQ(bench.run_due(), 1);
    EXPECT_EQ(job("status, last_error"), "queued unknown");
    EXPECT_THAT(done, ElementsAre("called"));
}

TEST_F(JobsQueue, AJobSeesItsTenantAloneAndOneOfNobodySeesNothing) {
    bench.enqueue("test", "test.remember", R"({"text":"tea"})");
    bench.enqueue("other", "test.remember", R"({"text":"milk"})");
    EXPECT_EQ(bench.run_due(), 2);
    done.clear();
    bench.enqueue("test", "test.look_around", R"({"text":""})");
    EXPECT_EQ(bench.run_due(), 1);
    bench.enqueue("other", "test.look_around", R"({"text":""})");
    EXPECT_EQ(bench.run_due(), 1);
    bench.database.execute("insert into jobs (kind, payload) values ('test.look_around', '{\"text\":\"\"}')");
    EXPECT_EQ(bench.run_due(), 1);
    EXPECT_THAT(done, ElementsAre("sees tea", "sees milk", "sees "));
    EXPECT_EQ(bench.database.execute("select count(*) from jobs where status = 'queued' and tenant_id is null"), "1");
    EXPECT_EQ(bench.database.execute("select bool_and(name = 'of ' || tenant_id) from things where name like 'of %'"),
              "t");
}

TEST_F(JobsQueue, AJobMayEnqueueAnother) {
    bench.enqueue("test", "test.chain", R"({"text":"tea"})");
    EXPECT_EQ(bench.run_due(), 2);
    EXPECT_THAT(done, ElementsAre("chain tea", "remember tea"));
}

TEST_F(JobsQueue, AWorkerLostAgainAndAgainMakesAJobDead) {
    bench.enqueue("test", "test.stubborn", R"({"text":"poison"})");
    bench.database.execute(
        "update jobs set status = 'running', attempts = 3, locked_until = now() - interval '1 second'");
    EXPECT_EQ(bench.run_due(), 1);
    EXPECT_EQ(job("status, last_error"), "dead the last worker was lost while it ran");
    EXPECT_THAT(done, IsEmpty());
}

}  // namespace
}  // namespace liveshop::jobs
