#pragma once
#include <boost/asio/steady_timer.hpp>

#include "platform/api/api.hpp"
#include "platform/jobs/jobs.hpp"

namespace liveshop::jobs {

struct WorkerSettings {
    int worker_concurrency = 4;          ///< jobs at a time in one process
    int worker_poll_interval_ms = 1000;  ///< how soon a job is found whose wake-up call was lost
    int job_time_limit_s = 300;          ///< after that another worker may take the job
};
BOOST_DESCRIBE_STRUCT(WorkerSettings, (), (worker_concurrency, worker_poll_interval_ms, job_time_limit_s))

struct WorkerParts {
    const Table& table;
    db::Pool& pool;
    const Services& services;
    Deliver deliver;
};

/// Takes due jobs in order of their time and runs them, several at once, each in the transaction that marks it done.
/// A job that fails is tried again with growing pauses and is "dead" after its last attempt: an admin can revive it.
class Worker {
  public:
    Worker(boost::asio::io_context& io, WorkerSettings settings, WorkerParts parts);

    awaitable<void> run();
    /// There may be something to do: called when a wake-up call arrives.
    void wake();
    /// Takes no more jobs; run() ends when those under way have.
    void stop();

    /// Runs what is due now and answers how many jobs ran: for tests, without run().
    awaitable<int> run_due();

  private:
    struct Taken {
        Uuid id;
        std::optional<TenantId> tenant;
        std::string kind;
        json::value payload;
        int attempt;
        int attempts_max;
    };
    awaitable<std::vector<Taken>> take(int count);
    awaitable<void> execute(Taken job);
    awaitable<void> give_back(const Taken& job, std::string error);
    awaitable<void> schedule_periodic();

    boost::asio::io_context& io_;
    WorkerSettings settings_;
    WorkerParts parts_;
    boost::asio::steady_timer idle_;
    int running_ = 0;
    int rounds_until_clean_up_ = 1;
    bool stopping_ = false;
    bool woken_ = false;
};

}  // namespace liveshop::jobs
