#pragma once
#include <boost/asio/steady_timer.hpp>

#include "platform/api/api.hpp"
#include "platform/config.hpp"
#include "platform/jobs/jobs.hpp"

namespace liveshop::jobs {

struct WorkerSettings {
    Int<1, 64> worker_concurrency{4};
    Int<10, 60'000> worker_poll_interval_ms{1'000};
    Int<30, 3'600> job_time_limit_s{300};
};
BOOST_DESCRIBE_STRUCT(WorkerSettings, (), (worker_concurrency, worker_poll_interval_ms, job_time_limit_s))

constexpr auto setting_help(const WorkerSettings*) {
    return std::array{
        config::Help{"worker_concurrency", "Jobs at a time in one process"},
        config::Help{"worker_poll_interval_ms", "How soon a job is found whose wake-up call was lost"},
        config::Help{"job_time_limit_s",
                     "A job that takes longer is cancelled; one whose worker is gone is taken by another"},
    };
}

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
    awaitable<std::string> attempt(const JobRow& row, const Taken& job);
    awaitable<void> give_back(const Taken& job, std::string error);
    awaitable<void> schedule_periodic();
    int concurrency() const { return static_cast<int>(settings_.worker_concurrency.value); }

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
