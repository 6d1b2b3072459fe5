#pragma once
// The table of jobs is the platform's and has no policy: each query names the tenant.
#include "modules/operations/requests.hpp"
#include "platform/context.hpp"
#include "platform/db/query.hpp"

namespace liveshop::operations {

inline const db::Query<Job(TenantId, std::optional<JobStatus>)> list_jobs_of{"operations.list_jobs", R"(
    select id, kind, status, attempts::bigint as attempts, attempts_max::bigint as attempts_max, run_at, last_error,
           created_at, finished_at
      from jobs
     where tenant_id = $1 and ($2::text is null or status = $2)
     order by created_at desc, id desc limit 200
)"};

inline const db::Query<Job(TenantId, JobId)> lock_job{"operations.lock_job", R"(
    select id, kind, status, attempts::bigint as attempts, attempts_max::bigint as attempts_max, run_at, last_error,
           created_at, finished_at
      from jobs where tenant_id = $1 and id = $2 for update
)"};

inline const db::Query<Job(JobId)> revive_job{"operations.revive_job", R"(
    update jobs set status = 'queued', attempts = 0, run_at = now(), finished_at = null
     where id = $1 and status = 'dead'
    returning id, kind, status, attempts::bigint as attempts, attempts_max::bigint as attempts_max, run_at, last_error,
              created_at, finished_at
)"};

inline const db::Query<JobCounts(TenantId)> count_jobs{"operations.count_jobs", R"(
    select count(*) filter (where status = 'queued' and run_at <= now()) as due_count,
           count(*) filter (where status = 'running') as running_count,
           count(*) filter (where status = 'queued' and attempts > 0) as failing_count,
           count(*) filter (where status = 'dead') as dead_count,
           coalesce(extract(epoch from now() - min(run_at) filter (where status = 'queued' and run_at <= now())), 0)::bigint
               as oldest_due_s,
           max(finished_at) filter (where status = 'done') as last_done_at
      from jobs where tenant_id = $1
)"};

inline const db::Query<std::string()> database_version{"operations.database_version",
                                                       "select current_setting('server_version')"};

}  // namespace liveshop::operations
