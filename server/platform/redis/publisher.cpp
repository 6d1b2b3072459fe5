#include "platform/redis/publisher.hpp"

#include <spdlog/spdlog.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <deque>
#include <mutex>

namespace liveshop::redis {

struct Publisher::State {
    State(asio::io_context& io_, const ConnectSettings& settings, std::string channel_, PublisherLimits limits_)
        : io(io_),
          answer_timeout(settings.answer_timeout),
          ping_interval(settings.ping_interval),
          channel(std::move(channel_)),
          limits(limits_),
          wake(io_) {}

    /// Moves what waits into the flight, as far as it goes in one write.
    void board() {
        const std::lock_guard lock(mutex);
        for (std::size_t bytes = 0; !waiting.empty() && bytes < limits.flight_bytes_max; waiting.pop_front()) {
            bytes += waiting.front().size();
            waiting_bytes -= waiting.front().size();
            flight.push_back(std::move(waiting.front()));
        }
        awake = flying = !flight.empty();
    }
    void land(const Value& answer) {
        const bool refused = answer.kind == Kind::error;
        if (refused && !was_refused) spdlog::warn("Redis refuses events: {}", answer.text);
        was_refused = refused;
        flight.pop_front();
        const std::lock_guard lock(mutex);
        flying = !flight.empty();
        ++(refused ? counters.dropped : counters.published);
        if (std::exchange(is_dropping, false))
            spdlog::warn("Redis takes events again; {} were dropped since the start", counters.dropped);
    }
    void drop_oldest() {
        waiting_bytes -= waiting.front().size();
        waiting.pop_front();
        ++counters.dropped;
        if (!std::exchange(is_dropping, true)) spdlog::warn("events for Redis wait too long: the oldest are dropped");
    }

    asio::io_context& io;
    const std::chrono::milliseconds answer_timeout, ping_interval;
    const std::string channel;
    const PublisherLimits limits;
    asio::steady_timer wake;
    std::deque<std::string> flight;  // written or about to be, and not answered
    bool was_refused = false;        // the last one
    bool closed = false;

    mutable std::mutex mutex;  // of all that follows
    std::deque<std::string> waiting;
    std::size_t waiting_bytes = 0;
    bool flying = false;
    bool awake = false;  // the next message need not wake anybody
    bool is_dropping = false;
    PublisherCounters counters;
};

Publisher::Publisher(asio::io_context& io, ConnectSettings settings, std::string channel, PublisherLimits limits)
    : state_(std::make_shared<State>(io, settings, std::move(channel), limits)),
      link_(io, std::move(settings), "sending events",
            [state = state_](std::shared_ptr<Connection> connection) { return work(state, std::move(connection)); }) {}

void Publisher::publish(std::string message) {
    const std::lock_guard lock(state_->mutex);
    if (message.size() > state_->limits.message_bytes_max) {
        ++state_->counters.dropped;
        spdlog::warn("an event of {} bytes is too long for Redis: dropped", message.size());
        return;
    }
    state_->waiting_bytes += message.size();
    state_->waiting.push_back(std::move(message));
    while (state_->waiting_bytes > state_->limits.waiting_bytes_max) state_->drop_oldest();
    if (std::exchange(state_->awake, true)) return;
    asio::post(state_->io, [state = state_] { state->wake.cancel(); });
}

PublisherCounters Publisher::counters() const {
    const std::lock_guard lock(state_->mutex);
    return state_->counters;
}

bool Publisher::idle() const {
    const std::lock_guard lock(state_->mutex);
    return state_->waiting.empty() && !state_->flying;
}

void Publisher::close() {
    state_->closed = true;
    link_.close();
    state_->wake.cancel();
}

awaitable<void> Publisher::work(std::shared_ptr<State> state, std::shared_ptr<Connection> connection) {
    std::string bytes;
    while (!state->closed) {
        if (state->flight.empty()) state->board();
        bytes.clear();
        for (const std::string& message : state->flight) append_command(bytes, {"PUBLISH", state->channel, message});
        if (bytes.empty()) {
            state->wake.expires_after(state->ping_interval);
            const auto [woken] = co_await state->wake.async_wait(asio::as_tuple(asio::use_awaitable));
            if (woken) continue;
            append_command(bytes, {"PING"});
        }
        co_await connection->write(bytes);
        do {
            const Value answer = co_await connection->read(state->answer_timeout);
            if (!state->flight.empty()) state->land(answer);
        } while (!state->flight.empty());
    }
}

}  // namespace liveshop::redis
