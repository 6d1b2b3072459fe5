#include "platform/db/listener.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "platform/db/decode.hpp"
#include "platform/db/error.hpp"

namespace liveshop::db {
namespace {

using Descriptor = asio::posix::stream_descriptor;
constexpr int retry_delay_max_ms = 5'000;

std::string quoted(std::string_view identifier) {
    std::string text = "\"";
    for (const char c : identifier) text += c == '"' ? std::string(2, c) : std::string(1, c);
    return text + '"';
}

// A listener that throws is a fault of its own; the others go on hearing.
template <class Call, class... Args>
void call(const Call& function, Args... args) {
    try {
        if (function) function(args...);
    } catch (const std::exception& error) {
        spdlog::error("hearing a database notification: {}", error.what());
    }
}

void check(PGconn* handle, bool fine) {
    if (fine) return;
    const std::string message = PQerrorMessage(handle);
    throw Error(sqlstate::connection_failure, message.substr(0, message.find('\n')));
}

// Until the answers of all that was sent are in.
awaitable<void> finish_query(PGconn* handle, Descriptor& socket) {
    for (int left = PQflush(handle); left != 0; left = PQflush(handle)) {
        check(handle, left > 0);
        co_await socket.async_wait(Descriptor::wait_write, asio::use_awaitable);
    }
    for (;;) {
        while (PQisBusy(handle)) {
            co_await socket.async_wait(Descriptor::wait_read, asio::use_awaitable);
            check(handle, PQconsumeInput(handle));
        }
        const Result result(PQgetResult(handle));
        if (!result) co_return;
        check(handle, PQresultStatus(result.get()) == PGRES_COMMAND_OK);
    }
}

}  // namespace

struct Listener::State {
    State(asio::io_context& io, ConnectSettings settings, std::function<void()> on_open)
        : connect(std::move(settings)), resync(std::move(on_open)), timer(io) {}

    ConnectSettings connect;
    std::function<void()> resync;
    std::map<std::string, Hear, std::less<>> channels;
    asio::steady_timer timer;
    asio::cancellation_signal stop;
    RetryDelay retry_delay{retry_delay_max_ms};
    bool closed = false;
};

Listener::Listener(asio::io_context& io, std::string dsn, std::function<void()> resync) : io_(io) {
    ConnectSettings settings;
    settings.dsn = std::move(dsn);
    settings.application_name = "liveshop listener";
    state_ = std::make_shared<State>(io, std::move(settings), std::move(resync));
}

Listener::~Listener() { close(); }

void Listener::listen(std::string channel, Hear hear) { state_->channels.insert_or_assign(channel, std::move(hear)); }

void Listener::start() {
    asio::co_spawn(io_, keep_listening(state_), asio::bind_cancellation_slot(state_->stop.slot(), asio::detached));
}

void Listener::close() {
    state_->closed = true;
    state_->stop.emit(asio::cancellation_type::terminal);
}

awaitable<void> Listener::keep_listening(std::shared_ptr<State> state) {
    co_await asio::this_coro::throw_if_cancelled(false);
    while (!state->closed) {
        try {
            co_await listen_once(*state);
        } catch (const std::exception& error) {
            if (state->closed) co_return;
            spdlog::warn("not listening to the database: {}", error.what());
        }
        state->timer.expires_after(state->retry_delay.next());
        co_await state->timer.async_wait(asio::as_tuple(asio::use_awaitable));
    }
}

awaitable<void> Listener::listen_once(State& state) {
    const Handle handle = co_await db::connect(state.connect);
    Descriptor socket(state.timer.get_executor(), duplicate_socket(handle.get()));
    std::string sql;
    for (const auto& [channel, hear] : state.channels) sql += fmt::format("listen {};", quoted(channel));
    check(handle.get(), PQsendQuery(handle.get(), sql.c_str()));
    co_await finish_query(handle.get(), socket);
    state.retry_delay.reset();
    if (!state.closed) call(state.resync);
    while (!state.closed) {
        using Notification = std::unique_ptr<PGnotify, decltype(&PQfreemem)>;
        for (Notification heard(PQnotifies(handle.get()), &PQfreemem); heard && !state.closed;
             heard.reset(PQnotifies(handle.get()))) {
            const auto channel = state.channels.find(std::string_view(heard->relname));
            if (channel != state.channels.end()) call(channel->second, std::string_view(heard->extra));
        }
        if (state.closed) co_return;
        co_await socket.async_wait(Descriptor::wait_read, asio::use_awaitable);
        check(handle.get(), PQconsumeInput(handle.get()));
    }
}

}  // namespace liveshop::db
