#pragma once
// Coroutines in tests.
#include <boost/asio.hpp>
#include <chrono>
#include <exception>
#include <optional>
#include <stdexcept>
#include <utility>

namespace liveshop::test {
namespace asio = boost::asio;
using asio::awaitable;

/// Runs `io` until `work` is done, and answers or throws what it does. Throws if that takes longer than `limit`.
template <class T>
T run(asio::io_context& io, awaitable<T> work, std::chrono::seconds limit = std::chrono::seconds(30)) {
    std::exception_ptr error;
    bool done = false;
    const auto until_done = [&] {
        io.restart();
        const auto deadline = std::chrono::steady_clock::now() + limit;
        while (!done && std::chrono::steady_clock::now() < deadline)
            if (io.run_one_until(deadline) == 0) break;
        if (!done) throw std::runtime_error("the coroutine under test did not end");
        if (error) std::rethrow_exception(error);
    };
    if constexpr (std::is_void_v<T>) {
        asio::co_spawn(io, std::move(work), [&](std::exception_ptr thrown) {
            error = std::move(thrown);
            done = true;
        });
        until_done();
    } else {
        std::optional<T> value;
        asio::co_spawn(io, std::move(work), [&](std::exception_ptr thrown, T result) {
            error = std::move(thrown);
            value = std::move(result);
            done = true;
        });
        until_done();
        return std::move(*value);
    }
}

/// Suspends the calling coroutine.
inline awaitable<void> pause(std::chrono::milliseconds duration) {
    asio::steady_timer timer(co_await asio::this_coro::executor, duration);
    co_await timer.async_wait(asio::use_awaitable);
}

}  // namespace liveshop::test
