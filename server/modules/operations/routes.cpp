#include "modules/operations/routes.hpp"

#include <chrono>

#include "modules/identity/api.hpp"
#include "modules/operations/store.hpp"

namespace liveshop::operations {
namespace {

struct Revived {
    std::string kind;
};
BOOST_DESCRIBE_STRUCT(Revived, (), (kind))

awaitable<JobList> list_jobs(Ctx& ctx, JobsQuery in) {
    JobList list;
    list.jobs = co_await ctx.tx.all(list_jobs_of, ctx.tenant, in.status);
    co_return list;
}

awaitable<Job> retry_job(Ctx& ctx, JobRef in) {
    const std::optional<Job> job = co_await ctx.tx.find(lock_job, ctx.tenant, in.job_id);
    if (!job) throw Fail(Errc::job_not_found);
    if (job->status != JobStatus::dead) throw Fail(Errc::job_not_dead);
    Job revived = co_await ctx.tx.one(revive_job, in.job_id);
    co_await identity::audit(ctx, "job.retry", in.job_id, Revived{revived.kind});
    co_return revived;
}

awaitable<Health> show_health(Ctx& ctx) {
    using Milliseconds = std::chrono::duration<double, std::milli>;
    const auto asked_at = std::chrono::steady_clock::now();
    std::string version = co_await ctx.tx.one(database_version);
    const Milliseconds took = std::chrono::steady_clock::now() - asked_at;
    Health health{.database_ms = took.count(), .database_version = std::move(version), .jobs = {}};
    health.jobs = co_await ctx.tx.one(count_jobs, ctx.tenant);
    co_return health;
}

}  // namespace

std::vector<Route> routes() {
    return route_table(
        get<list_jobs>("/admin/jobs").by(admins).says("Work done in the background, the newest first"),
        post<retry_job>("/admin/jobs/{job_id}/retry")
            .by(admins)
            .fails(Errc::job_not_found, Errc::job_not_dead)
            .says("Tries a job again that was given up"),
        get<show_health>("/admin/health").by(admins).says("How the platform stands: its database and its queue"));
}

}  // namespace liveshop::operations
