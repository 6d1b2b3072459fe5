#pragma once
#include "modules/operations/types.hpp"

namespace liveshop::operations {

struct JobsQuery {  // GET /admin/jobs
    std::optional<JobStatus> status;
};
BOOST_DESCRIBE_STRUCT(JobsQuery, (), (status))

struct JobList {
    std::vector<Job> jobs;  ///< the newest first, at most two hundred
};
BOOST_DESCRIBE_STRUCT(JobList, (), (jobs))

struct JobRef {  // POST /admin/jobs/{job_id}/retry
    JobId job_id;
};
BOOST_DESCRIBE_STRUCT(JobRef, (), (job_id))

struct JobCounts {
    std::int64_t due_count = 0;  ///< waiting though their time has come
    std::int64_t running_count = 0;
    std::int64_t failing_count = 0;         ///< waiting for another attempt
    std::int64_t dead_count = 0;            ///< given up
    std::int64_t oldest_due_s = 0;          ///< how long the oldest due one has waited: much means that no worker runs
    std::optional<Timestamp> last_done_at;  ///< of the last week
};
BOOST_DESCRIBE_STRUCT(JobCounts, (), (due_count, running_count, failing_count, dead_count, oldest_due_s, last_done_at))

struct Health {              // GET /admin/health
    double database_ms = 0;  ///< one question to the database and back
    std::string database_version;
    JobCounts jobs;  ///< of this tenant
};
BOOST_DESCRIBE_STRUCT(Health, (), (database_ms, database_version, jobs))

}  // namespace liveshop::operations
