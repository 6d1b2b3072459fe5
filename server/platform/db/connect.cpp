#include "platform/db/connect.hpp"

#include <fcntl.h>
#include <fmt/format.h>

#include <boost/asio/experimental/awaitable_operators.hpp>

#include "platform/db/error.hpp"

namespace liveshop::db {
namespace {

constexpr std::string_view cannot_connect = "08001";

std::string trimmed(const char* message) {
    std::string text(message ? message : "");
    while (!text.empty() && text.back() == '\n') text.pop_back();
    return text;
}

// The DSN's own session options, ours behind them.
std::string session_options(const ConnectSettings& settings) {
    char* message = nullptr;
    const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> parsed(
        PQconninfoParse(settings.dsn.c_str(), &message), &PQconninfoFree);
    const std::unique_ptr<char, decltype(&PQfreemem)> owned(message, &PQfreemem);
    if (!parsed) throw Error(cannot_connect, fmt::format("the database's connection string: {}", trimmed(message)));
    std::string options;
    for (const PQconninfoOption* option = parsed.get(); option->keyword; ++option)
        if (std::string_view(option->keyword) == "options" && option->val) options = option->val;
    return options.empty() ? settings.options : options + " " + settings.options;
}

Handle start(const ConnectSettings& settings) {
    const std::string options = session_options(settings);
    const std::array keywords{"dbname", "application_name", "options", "client_encoding",
                              static_cast<const char*>(nullptr)};
    const std::array values{settings.dsn.c_str(), settings.application_name.c_str(), options.c_str(), "UTF8",
                            static_cast<const char*>(nullptr)};
    Handle handle(PQconnectStartParams(keywords.data(), values.data(), 1));
    if (!handle) throw std::bad_alloc();
    if (PQstatus(handle.get()) == CONNECTION_BAD) throw Error(cannot_connect, trimmed(PQerrorMessage(handle.get())));
    return handle;
}

}  // namespace

int duplicate_socket(const PGconn* handle) {
    const int copy = ::fcntl(PQsocket(handle), F_DUPFD_CLOEXEC, 0);
    if (copy < 0) throw Error(cannot_connect, "no descriptor left for a database connection");
    return copy;
}

awaitable<Handle> connect(ConnectSettings settings) {
    using namespace asio::experimental::awaitable_operators;
    const asio::any_io_executor executor = co_await asio::this_coro::executor;
    asio::steady_timer deadline(executor, std::chrono::milliseconds(settings.connect_timeout_ms));
    Handle handle = start(settings);
    for (PostgresPollingStatusType state = PGRES_POLLING_WRITING; state != PGRES_POLLING_OK;) {
        if (state == PGRES_POLLING_FAILED) throw Error(cannot_connect, trimmed(PQerrorMessage(handle.get())));
        // A new descriptor each time: libpq may have gone on to another address.
        asio::posix::stream_descriptor socket(executor, duplicate_socket(handle.get()));
        const auto side = state == PGRES_POLLING_READING ? socket.wait_read : socket.wait_write;
        const auto outcome =
            co_await (socket.async_wait(side, asio::use_awaitable) || deadline.async_wait(asio::use_awaitable));
        if (outcome.index() == 1)
            throw Error(cannot_connect, fmt::format("no connection within {} ms", settings.connect_timeout_ms));
        state = PQconnectPoll(handle.get());
    }
    PQsetnonblocking(handle.get(), 1);
    co_return handle;
}

}  // namespace liveshop::db
