#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <exception>
#include <memory>

namespace liveshop {

/// The work took too long and was cancelled.
struct TimedOut : std::exception {
    const char* what() const noexcept override { return "it took too long and was cancelled"; }
};

/// Waits for `work` and cancels it at `deadline`: what it waits for then ends with operation_aborted. Throws TimedOut,
/// unless it ended well all the same.
template <class T>
boost::asio::awaitable<T> finish_by(std::chrono::steady_clock::time_point deadline, boost::asio::awaitable<T> work) {
    namespace asio = boost::asio;
    struct Limit {
        asio::cancellation_signal cancel;
        bool is_over = false;
    };
    const auto limit = std::make_shared<Limit>();  // the timer's last word may come when this coroutine is gone
    const auto executor = co_await asio::this_coro::executor;
    asio::steady_timer timer(executor, deadline);
    timer.async_wait([limit](boost::system::error_code error) {
        if (error) return;
        limit->is_over = true;
        limit->cancel.emit(asio::cancellation_type::terminal);
    });
    const auto slot = limit->cancel.slot();
    try {
        if constexpr (std::is_void_v<T>) {
            co_await asio::co_spawn(executor, std::move(work), asio::bind_cancellation_slot(slot, asio::use_awaitable));
            co_return;
        } else {
            T result = co_await asio::co_spawn(executor, std::move(work),
                                               asio::bind_cancellation_slot(slot, asio::use_awaitable));
            co_return result;
        }
    } catch (const std::exception&) {
        if (!limit->is_over) throw;
    }
    throw TimedOut();
}

}  // namespace liveshop
