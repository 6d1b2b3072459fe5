#pragma once
// One part of the platform as the supervisor keeps it: started, watched, started again, stopped.
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include "up/child.hpp"
#include "up/output.hpp"
#include "up/readiness.hpp"

namespace liveshop::up {

/// What is to run, and how to see that it does.
struct Part {
    std::string name;
    Command command;
    Readiness ready;
};

struct Timing {
    std::chrono::milliseconds start_deadline{60'000};  ///< for all to be ready
    std::chrono::milliseconds stop_grace{5'000};       ///< from SIGTERM to SIGKILL, for each
    std::chrono::milliseconds restart_delay_min{100};  ///< doubled from one failure to the next
    std::chrono::milliseconds restart_delay_max{10'000};
    std::chrono::milliseconds healthy_after{30'000};  ///< of running: earlier failures are forgotten
    int start_failures_max = 5;                       ///< before it was ready for the first time
};

/// The delay before the n-th restart in a row, n from 1.
std::chrono::milliseconds restart_delay(const Timing& timing, int failures);

class Service {
  public:
    /// `changed` is called whenever it got ready or gave up.
    Service(asio::io_context& io, Part part, const Timing& timing, std::function<void(std::string_view)> on_line,
            std::function<void()> changed);
    Service(const Service&) = delete;

    void start();
    /// SIGTERM, and SIGKILL to what is still there after the grace. Returns when nothing of it runs.
    awaitable<void> stop();
    /// Ends everything now; `stop()` then returns at once.
    void kill();

    const std::string& name() const { return part_.name; }
    bool ready() const { return ready_; }
    /// Why it will not run, or empty: a sentence and its last lines.
    std::string failure() const;
    /// The same for one that is not ready in time.
    std::string lateness() const;
    /// 0 where it does not run at the moment.
    pid_t pid() const { return child_ ? child_->pid() : 0; }
    int restarts() const { return restarts_; }

  private:
    awaitable<void> keep_running();
    awaitable<void> await_ready();
    awaitable<std::string> run_once();
    std::string last_lines() const;

    asio::io_context& io_;
    Part part_;
    const Timing& timing_;
    std::function<void()> changed_;
    Lines lines_;
    std::optional<Child> child_;
    asio::steady_timer restart_timer_, probe_timer_, ended_timer_;
    std::string last_end_;
    int failures_ = 0;  // in a row
    int restarts_ = 0;
    bool ready_ = false;
    bool stopping_ = false;
    bool gave_up_ = false;
    bool running_ = false;  // keep_running() is at work
};

}  // namespace liveshop::up
