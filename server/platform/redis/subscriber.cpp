#include "platform/redis/subscriber.hpp"

#include <spdlog/spdlog.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace liveshop::redis {
namespace {

// Asks again and again whether the server is alive, for the reader to hear it. Ends with the connection.
awaitable<void> beat(std::shared_ptr<Connection> connection, std::shared_ptr<asio::steady_timer> timer,
                     std::chrono::milliseconds interval) {
    std::string ping;
    append_command(ping, {"PING"});
    for (;;) {
        timer->expires_after(interval);
        const auto [ended] = co_await timer->async_wait(asio::as_tuple(asio::use_awaitable));
        if (ended) co_return;
        try {
            co_await connection->write(ping);
        } catch (const Failure&) {
            connection->close();  // the reader tells why
            co_return;
        }
    }
}

// A push in RESP3, a list in RESP2.
bool is_message(const Value& value) {
    return value.items.size() == 3 && value.items[0].text == "message" && value.items[2].kind == Kind::text;
}

bool is_confirmation(const Value& value) { return value.items.size() == 3 && value.items[0].text == "subscribe"; }

}  // namespace

struct Subscriber::State {
    asio::io_context& io;
    std::chrono::milliseconds ping_interval, answer_timeout;
    std::string channel;
    Hear hear;
    std::function<void()> resync;
    bool closed = false;

    // One that throws is a fault of its own; the next message is heard all the same.
    template <class Call>
    static void guarded(Call call) {
        try {
            call();
        } catch (const std::exception& error) {
            spdlog::error("hearing an event from Redis: {}", error.what());
        }
    }
};

Subscriber::Subscriber(asio::io_context& io, ConnectSettings settings, std::string channel, Hear hear,
                       std::function<void()> resync)
    : state_(std::make_shared<State>(io, settings.ping_interval, settings.answer_timeout, std::move(channel),
                                     std::move(hear), std::move(resync))),
      link_(io, std::move(settings), "hearing events",
            [state = state_](std::shared_ptr<Connection> connection) { return work(state, std::move(connection)); }) {}

void Subscriber::close() {
    state_->closed = true;
    link_.close();
}

awaitable<void> Subscriber::work(std::shared_ptr<State> state, std::shared_ptr<Connection> connection) {
    std::string subscribe;
    append_command(subscribe, {"SUBSCRIBE", state->channel});
    co_await connection->write(subscribe);
    const Value confirmation = co_await connection->read(state->answer_timeout);
    if (confirmation.kind == Kind::error) throw Failure("subscribing: refused with " + confirmation.text);
    if (!is_confirmation(confirmation)) throw Failure("subscribing: what came is no confirmation");
    if (state->resync) State::guarded(state->resync);

    const auto timer = std::make_shared<asio::steady_timer>(state->io);
    // Ends the beat whichever way this function ends.
    const std::shared_ptr<void> end_of_beat(nullptr, [timer](void*) { timer->cancel(); });
    asio::co_spawn(state->io, beat(connection, timer, state->ping_interval), asio::detached);
    while (!state->closed) {
        const Value value = co_await connection->read(state->ping_interval + state->answer_timeout);
        if (is_message(value) && !state->closed) State::guarded([&] { state->hear(value.items[2].text); });
    }
}

}  // namespace liveshop::redis
