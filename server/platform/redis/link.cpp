#include "platform/redis/link.hpp"

#include <spdlog/spdlog.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace liveshop::redis {
namespace {

using Clock = std::chrono::steady_clock;
/// A connection that ends sooner was no success: whoever answers there is not to be asked 20 times a second.
constexpr std::chrono::seconds success_after{3};

}  // namespace

struct Link::State {
    State(asio::io_context& io_, ConnectSettings settings_, std::string purpose_, Use use_)
        : io(io_),
          settings(std::move(settings_)),
          purpose(std::move(purpose_)),
          use(std::move(use_)),
          retry_timer(io_),
          retry_delay(static_cast<int>(settings.retry_delay_max.count())) {}

    awaitable<void> use_one_connection() {
        const auto fresh = std::make_shared<Connection>(io, settings);
        connection = fresh;
        co_await fresh->open();
        if (closed) co_return;
        if (!failure.empty()) spdlog::info("Redis at {} is back for {}", settings.address.to_string(), purpose);
        failure.clear();
        opened_at = Clock::now();
        co_await use(fresh);
    }
    void note(std::string why) {
        if (why != failure) spdlog::warn("no Redis at {} for {}: {}", settings.address.to_string(), purpose, why);
        failure = std::move(why);
    }

    asio::io_context& io;
    ConnectSettings settings;
    std::string purpose;
    Use use;
    asio::steady_timer retry_timer;
    db::RetryDelay retry_delay;
    std::weak_ptr<Connection> connection;
    Clock::time_point opened_at = Clock::time_point::max();
    std::string failure;  // the last one told, empty while all is well
    bool closed = false;
};

Link::Link(asio::io_context& io, ConnectSettings settings, std::string purpose, Use use)
    : state_(std::make_shared<State>(io, std::move(settings), std::move(purpose), std::move(use))) {}

void Link::start() { asio::co_spawn(state_->io, keep_connected(state_), asio::detached); }

void Link::close() {
    state_->closed = true;
    state_->retry_timer.cancel();
    if (const auto connection = state_->connection.lock()) connection->close();
}

awaitable<void> Link::keep_connected(std::shared_ptr<State> state) {
    while (!state->closed) {
        try {
            co_await state->use_one_connection();
        } catch (const std::exception& error) {
            if (!state->closed) state->note(error.what());
        }
        if (state->closed) co_return;
        if (state->opened_at < Clock::now() - success_after) state->retry_delay.reset();
        state->opened_at = Clock::time_point::max();
        state->retry_timer.expires_after(state->retry_delay.next());
        co_await state->retry_timer.async_wait(asio::as_tuple(asio::use_awaitable));
    }
}

}  // namespace liveshop::redis
