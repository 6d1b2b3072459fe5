#include "up/service.hpp"

#include <fmt/format.h>
#include <signal.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "platform/log.hpp"

namespace liveshop::up {

using boost::system::error_code;
using Clock = std::chrono::steady_clock;

std::chrono::milliseconds restart_delay(const Timing& timing, int failures) {
    const int doublings = std::clamp(failures - 1, 0, 20);
    return std::min(timing.restart_delay_min * (1 << doublings), timing.restart_delay_max);
}

Service::Service(asio::io_context& io, Part part, const Timing& timing, std::function<void(std::string_view)> on_line,
                 std::function<void()> changed)
    : io_(io),
      part_(std::move(part)),
      timing_(timing),
      changed_(std::move(changed)),
      lines_(std::move(on_line)),
      restart_timer_(io),
      probe_timer_(io),
      ended_timer_(io) {}

void Service::start() {
    running_ = true;
    asio::co_spawn(io_, keep_running(), asio::detached);
    asio::co_spawn(io_, await_ready(), asio::detached);
}

awaitable<void> Service::keep_running() {
    while (!stopping_ && !gave_up_) {
        const Clock::time_point started = Clock::now();
        last_end_ = co_await run_once();
        if (stopping_) break;
        if (Clock::now() - started >= timing_.healthy_after) failures_ = 0;
        ++failures_;
        gave_up_ = !ready_ && failures_ >= timing_.start_failures_max;
        if (gave_up_) break;
        const std::chrono::milliseconds delay = restart_delay(timing_, failures_);
        log::warning("process ended by itself",
                     {{"name", part_.name}, {"how", last_end_}, {"restart_in_ms", delay.count()}});
        restart_timer_.expires_after(delay);
        error_code cancelled;
        co_await restart_timer_.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
        if (!stopping_) ++restarts_;
    }
    running_ = false;
    probe_timer_.cancel();
    ended_timer_.cancel();
    changed_();
}

// Answers how it ended.
awaitable<std::string> Service::run_once() {
    lines_.forget();
    try {
        child_.emplace(io_, part_.command, [this](std::string_view text) { lines_.add(text); });
    } catch (const std::system_error& e) {
        co_return e.what();
    }
    const int status = co_await child_->ended();
    child_.reset();
    lines_.end();
    co_return describe_end(status);
}

awaitable<void> Service::await_ready() {
    std::chrono::milliseconds delay{20};
    while (!stopping_ && !gave_up_) {
        const pid_t asked = pid();
        const bool answered = co_await is_ready(part_.ready);
        // Somebody else's answer at its door does not make it ready.
        if (answered && asked != 0 && pid() == asked) {
            ready_ = true;
            changed_();
            co_return;
        }
        probe_timer_.expires_after(delay);
        error_code cancelled;
        co_await probe_timer_.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
        delay = std::min(delay * 2, std::chrono::milliseconds(200));
    }
}

awaitable<void> Service::stop() {
    stopping_ = true;
    restart_timer_.cancel();
    probe_timer_.cancel();
    if (child_) child_->signal(SIGTERM);
    for (const bool insist : {false, true}) {
        if (!running_) co_return;
        if (insist) {
            log::warning("process did not stop in time and is killed", {{"name", part_.name}, {"pid", pid()}});
            if (child_) child_->signal(SIGKILL);
        }
        ended_timer_.expires_after(timing_.stop_grace);
        error_code cancelled;
        co_await ended_timer_.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
    }
}

void Service::kill() {
    stopping_ = true;
    restart_timer_.cancel();
    probe_timer_.cancel();
    if (child_) child_->signal(SIGKILL);
}

std::string Service::last_lines() const {
    std::string text;
    for (const std::string& line : lines_.last()) text += "\n  " + line;
    return text.empty() ? " It wrote nothing." : " It wrote at last:" + text;
}

std::string Service::failure() const {
    if (!gave_up_) return "";
    return fmt::format("{} does not start: it ended {} times, at last with {}.{}", part_.name, failures_, last_end_,
                       last_lines());
}

std::string Service::lateness() const {
    return fmt::format("{} was not ready within {} s.{}", part_.name,
                       std::chrono::duration_cast<std::chrono::seconds>(timing_.start_deadline).count(), last_lines());
}

}  // namespace liveshop::up
