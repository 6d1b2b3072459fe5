#include "platform/jobs/worker.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "platform/log.hpp"
#include "platform/time_limit.hpp"

namespace liveshop::jobs {
namespace {
namespace asio = boost::asio;

struct Job;
struct JobTaken {
    Id<Job> id;
    std::optional<TenantId> tenant_id;
    std::string kind;
    json::value payload;
    std::int64_t attempts;
    std::int64_t attempts_max;
};
BOOST_DESCRIBE_STRUCT(JobTaken, (), (id, tenant_id, kind, payload, attempts, attempts_max))

constexpr int clean_up_every_rounds = 3600;
constexpr std::int64_t lock_grace_s = 30;  // a cancelled job is not lost yet: its worker still has to give it back

inline const db::Query<JobTaken(std::int64_t, std::int64_t)> take_jobs{"platform.take_jobs", R"(
    update jobs set status = 'running', attempts = attempts + 1, locked_until = now() + $2::bigint * interval '1 second'
     where id in (select id from jobs
                   where (status = 'queued' and run_at <= now()) or (status = 'running' and locked_until < now())
                   order by run_at limit $1 for update skip locked)
    returning id, tenant_id, kind, payload, attempts::bigint, attempts_max::bigint
)"};
inline const db::Query<void(Id<Job>, std::int64_t)> finish_job{"platform.finish_job", R"(
    update jobs set status = 'done', finished_at = now(), locked_until = null, last_error = null
     where id = $1 and attempts = $2::bigint and status = 'running'
)"};
inline const db::Query<void(Id<Job>, std::int64_t, std::string, std::int64_t, bool)> fail_job{"platform.fail_job", R"(
    update jobs set status = case when $5 then 'dead' else 'queued' end, locked_until = null, last_error = left($3, 2000),
                    finished_at = case when $5 then now() end,
                    run_at = now() + $4::bigint * interval '1 second'
     where id = $1 and attempts = $2::bigint and status = 'running'
)"};
inline const db::Query<void(std::string, std::int64_t)> insert_periodic{"platform.insert_periodic_jobs", R"(
    insert into jobs (tenant_id, kind, payload, idempotency_key)
    select id, $1, '{}', $1 || ':' || id || ':' || (extract(epoch from now())::bigint / $2) from tenants
    on conflict (idempotency_key) do nothing
)"};
inline const db::Query<void()> delete_old_jobs{"platform.delete_old_jobs", R"(
    delete from jobs where status = 'done' and finished_at < now() - interval '7 days'
)"};

}  // namespace

Worker::Worker(asio::io_context& io, WorkerSettings settings, WorkerParts parts)
    : io_(io), settings_(settings), parts_(std::move(parts)), idle_(io) {}

void Worker::wake() {
    woken_ = true;
    idle_.cancel();
}

void Worker::stop() {
    stopping_ = true;
    wake();
}

awaitable<void> Worker::run() {
    auto periodic_due = std::chrono::steady_clock::now();
    while (!stopping_ || running_ > 0) {
        woken_ = false;
        std::size_t taken = 0;
        try {
            if (!stopping_ && std::chrono::steady_clock::now() >= periodic_due) {
                periodic_due = std::chrono::steady_clock::now() + std::chrono::seconds(1);
                co_await schedule_periodic();
            }
            std::vector<Taken> jobs;
            if (!stopping_ && running_ < concurrency()) jobs = co_await take(concurrency() - running_);
            taken = jobs.size();
            for (Taken& job : jobs) {
                ++running_;
                asio::co_spawn(io_, execute(std::move(job)), [this](std::exception_ptr) {
                    --running_;
                    wake();
                });
            }
        } catch (const db::Error& error) {
            log::warning("no jobs taken", {{"error", error.what()}});
        }
        if (woken_ || (taken > 0 && running_ < concurrency())) continue;
        boost::system::error_code ignored;
        idle_.expires_after(std::chrono::milliseconds(settings_.worker_poll_interval_ms.value));
        co_await idle_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    }
}

awaitable<int> Worker::run_due() {
    int count = 0;
    for (;;) {
        std::vector<Taken> jobs = co_await take(concurrency());
        if (jobs.empty()) co_return count;
        for (Taken& job : jobs) {
            ++count;
            co_await execute(std::move(job));
        }
    }
}

awaitable<std::vector<Worker::Taken>> Worker::take(int count) {
    db::Transaction tx = parts_.pool.transaction({});
    std::vector<JobTaken> rows =
        co_await tx.all(take_jobs, std::int64_t{count}, settings_.job_time_limit_s.value + lock_grace_s);
    co_await tx.commit();
    std::vector<Taken> jobs;
    for (JobTaken& row : rows)
        jobs.push_back({row.id.value, row.tenant_id, std::move(row.kind), std::move(row.payload),
                        static_cast<int>(row.attempts), static_cast<int>(row.attempts_max)});
    co_return jobs;
}

awaitable<void> Worker::execute(Taken job) {
    const auto row = std::ranges::find(parts_.table, std::string_view(job.kind), &JobRow::kind);
    const bool is_known = row != parts_.table.end();
    if (is_known) job.attempts_max = row->attempts_max;
    std::string failure;
    if (!is_known)
        failure = "this version has no handler for the kind";
    else if (job.attempt > job.attempts_max)
        failure = "the last worker was lost while it ran";
    else
        failure = co_await attempt(*row, job);
    try {
        if (!failure.empty()) co_await give_back(job, std::move(failure));
    } catch (const db::Error& error) {  // it counts as lost when its time is over
        log::warning("job not given back", {{"job_id", job.id.to_string()}, {"error", error.what()}});
    }
}

// Answers why it failed, or nothing.
awaitable<std::string> Worker::attempt(const JobRow& row, const Taken& job) {
    db::Transaction tx = parts_.pool.transaction({.tenant = job.tenant, .read_only = false});
    Ctx ctx{.tenant = job.tenant.value_or(TenantId{}),
            .principal = std::nullopt,
            .tx = tx,
            .services = parts_.services,
            .now = Timestamp::now(),
            .request_id = job.id.to_string()};
    std::string failure;
    try {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(settings_.job_time_limit_s.value);
        co_await finish_by(deadline, row.call(ctx, job.payload));
        const std::int64_t finished = co_await tx.count(finish_job, Id<Job>{job.id}, std::int64_t{job.attempt});
        if (finished == 0) throw std::runtime_error("another worker has taken it over");
        co_await ctx.commit();
    } catch (const Fail& fail) {
        failure = std::string(fail.row.code) + " " + fail.detail;
    } catch (const std::exception& error) {
        failure = error.what();
    } catch (...) {
        failure = "unknown";
    }
    if (!ctx.sealed.empty()) parts_.deliver(std::move(ctx.sealed));
    if (ctx.has_enqueued && ctx.has_committed) wake();
    if (!failure.empty()) co_await tx.rollback();
    co_return failure;
}

awaitable<void> Worker::give_back(const Taken& job, std::string error) {
    const bool dead = job.attempt >= job.attempts_max;
    log::warning(dead ? "job is dead" : "job failed",
                 {{"job_id", job.id.to_string()}, {"kind", job.kind}, {"attempt", job.attempt}, {"error", error}});
    db::Transaction tx = parts_.pool.transaction({});
    co_await tx.run(fail_job, Id<Job>{job.id}, std::int64_t{job.attempt}, error,
                    std::int64_t{retry_delay_s(job.attempt)}, dead);
    co_await tx.commit();
}

awaitable<void> Worker::schedule_periodic() {
    for (const JobRow& row : parts_.table) {
        if (row.every_s == 0) continue;
        db::Transaction tx = parts_.pool.transaction({});
        co_await tx.run(insert_periodic, std::string(row.kind), std::int64_t{row.every_s});
        co_await tx.commit();
    }
    if (--rounds_until_clean_up_ > 0) co_return;
    rounds_until_clean_up_ = clean_up_every_rounds;
    db::Transaction tx = parts_.pool.transaction({});
    co_await tx.run(delete_old_jobs);
    co_await tx.commit();
    co_await forget_old_answers(parts_.pool);
}

}  // namespace liveshop::jobs
