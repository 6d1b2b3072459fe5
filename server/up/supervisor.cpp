#include "up/supervisor.hpp"

#include <fmt/format.h>
#include <signal.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cstdio>
#include <ranges>

#include "platform/log.hpp"

namespace liveshop::up {
namespace {

using boost::system::error_code;

std::size_t longest_name(const std::vector<Part>& parts) {
    std::size_t width = 0;
    for (const Part& part : parts) width = std::max(width, part.name.size());
    return width;
}

}  // namespace

Supervisor::Supervisor(asio::io_context& io, std::vector<Part> parts, Timing timing, bool bare)
    : timing_(timing), printer_(bare, longest_name(parts)), changed_(io) {
    for (std::size_t index = 0; Part & part : parts) {
        auto print = [this, index, name = part.name](std::string_view line) { printer_.print(name, index, line); };
        services_.emplace_back(io, std::move(part), timing_, std::move(print), [this] { changed_.cancel(); });
        ++index;
    }
}

awaitable<std::string> Supervisor::run(std::function<void()> on_ready) {
    std::string failure = co_await start();
    if (failure.empty() && !stopping_) on_ready();
    while (failure.empty() && !stopping_) {
        changed_.expires_at(asio::steady_timer::time_point::max());
        error_code cancelled;
        co_await changed_.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
    }
    co_await stop_all();
    co_return failure;
}

awaitable<std::string> Supervisor::start() {
    const auto deadline = std::chrono::steady_clock::now() + timing_.start_deadline;
    for (Service& service : services_) service.start();
    for (;;) {
        std::string failure = first_failure();
        if (!failure.empty() || stopping_) co_return failure;
        const auto late = std::ranges::find_if_not(services_, &Service::ready);
        if (late == services_.end()) co_return "";
        if (std::chrono::steady_clock::now() >= deadline) co_return late->lateness();
        changed_.expires_at(deadline);
        error_code cancelled;
        co_await changed_.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
    }
}

std::string Supervisor::first_failure() const {
    for (const Service& service : services_) {
        std::string failure = service.failure();
        if (!failure.empty()) return failure;
    }
    return "";
}

awaitable<void> Supervisor::stop_all() {
    for (Service& service : services_ | std::views::reverse) co_await service.stop();
}

void Supervisor::stop() {
    if (stopping_)
        for (Service& service : services_) service.kill();
    stopping_ = true;
    changed_.cancel();
}

int supervise(std::vector<Part> parts, Timing timing, bool bare, std::function<void()> on_ready) {
    ::signal(SIGPIPE, SIG_IGN);  // whoever read our output may go before we do
    asio::io_context io(1);
    Supervisor supervisor(io, std::move(parts), timing, bare);
    asio::signal_set signals(io, SIGINT, SIGTERM, SIGHUP);
    std::function<void()> await_signal = [&] {
        signals.async_wait([&](error_code error, int number) {
            if (error) return;
            log::info("stopping", {{"signal", number}});
            supervisor.stop();
            await_signal();
        });
    };
    await_signal();

    int status = 1;
    asio::co_spawn(io, supervisor.run(std::move(on_ready)), [&](std::exception_ptr error, const std::string& failure) {
        io.stop();
        if (error) std::rethrow_exception(error);
        status = failure.empty() ? 0 : 1;
        if (!failure.empty()) fmt::print(stderr, "liveshop up: {}\n", failure);
    });
    io.run();
    return status;
}

}  // namespace liveshop::up
