#pragma once
// What an admin has to know to run the platform: work that failed, and how it stands.
#include "platform/error.hpp"
#include "platform/shape/described.hpp"
#include "platform/shape/id.hpp"
#include "platform/shape/scalars.hpp"

namespace liveshop::operations {

struct Job;
using JobId = Id<Job>;

enum class Errc { job_not_found, job_not_dead };

constexpr ErrorRow describe_error(Errc e) {
    switch (e) {
        case Errc::job_not_found:
            return {404, "operations.job_not_found", "There is no such job"};
        case Errc::job_not_dead:
            return {409, "operations.job_not_dead", "Only a job that was given up is tried again"};
    }
    return {500, "internal", "Something went wrong on our side"};
}

/// `dead`: given up after its last attempt.
enum class JobStatus { queued, running, done, dead };
BOOST_DESCRIBE_ENUM(JobStatus, queued, running, done, dead)

struct Job {
    JobId id;
    std::string kind;  ///< "payouts.send"
    JobStatus status = JobStatus::queued;
    std::int64_t attempts = 0;
    std::int64_t attempts_max = 0;
    Timestamp run_at;                       ///< due, or tried again, from then on
    std::optional<std::string> last_error;  ///< why the last attempt failed
    Timestamp created_at;
    std::optional<Timestamp> finished_at;
};
BOOST_DESCRIBE_STRUCT(Job, (), (id, kind, status, attempts, attempts_max, run_at, last_error, created_at, finished_at))

}  // namespace liveshop::operations
