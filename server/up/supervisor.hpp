#pragma once
// Keeps the parts of the platform running together on one machine.
#include <boost/asio/signal_set.hpp>
#include <deque>
#include <functional>
#include <string>
#include <vector>

#include "up/service.hpp"

namespace liveshop::up {

class Supervisor {
  public:
    /// `parts` in the order in which they are started; they are stopped in the opposite one. `bare`: their output is
    /// passed on as it is.
    Supervisor(asio::io_context& io, std::vector<Part> parts, Timing timing, bool bare);

    /// Starts everything, calls `on_ready` when all of it is ready, restarts what ends, and returns when everything is
    /// stopped after `stop()`, with an empty text; or with the reason why not all of it could be started.
    awaitable<std::string> run(std::function<void()> on_ready);

    /// Begins to stop in order; a second call kills at once.
    void stop();

    const std::deque<Service>& services() const { return services_; }

  private:
    awaitable<std::string> start();
    awaitable<void> stop_all();
    std::string first_failure() const;

    Timing timing_;
    Printer printer_;
    asio::steady_timer changed_;  // cancelled whenever something has
    std::deque<Service> services_;
    bool stopping_ = false;
};

/// Runs a supervisor until SIGINT, SIGTERM or SIGHUP; the second one kills what still runs. Answers the exit status: 1,
/// with the reason on stderr, if something did not start.
int supervise(std::vector<Part> parts, Timing timing, bool bare, std::function<void()> on_ready);

}  // namespace liveshop::up
