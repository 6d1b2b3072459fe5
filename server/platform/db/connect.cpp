#include "platform/db/connect.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <boost/asio/experimental/awaitable_operators.hpp>

#include "platform/db/error.hpp"

namespace liveshop::db {
namespace {

using namespace asio::experimental::awaitable_operators;
constexpr std::string_view cannot_connect = "08001";

std::string first_line(const char* message) {
    const std::string_view text(message ? message : "");
    return std::string(text.substr(0, text.find('\n')));
}

// A session that the server ends while it is idle says why in a notice.
void log_notice(void*, const PGresult* notice) {
    const char* severity = PQresultErrorField(notice, PG_DIAG_SEVERITY_NONLOCALIZED);
    const char* text = PQresultErrorField(notice, PG_DIAG_MESSAGE_PRIMARY);
    const bool fatal = severity && std::string_view(severity) == "FATAL";
    spdlog::log(fatal ? spdlog::level::warn : spdlog::level::debug, "database: {}", text ? text : "");
}

// What the DSN itself says of the keywords that are completed here.
struct DsnParts {
    std::string host, hostaddr, options;
};

DsnParts parse(const std::string& dsn) {
    char* message = nullptr;
    const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> parsed(PQconninfoParse(dsn.c_str(), &message),
                                                                              &PQconninfoFree);
    const std::unique_ptr<char, decltype(&PQfreemem)> owned(message, &PQfreemem);
    if (!parsed) throw Error(cannot_connect, fmt::format("the database's connection string: {}", first_line(message)));
    DsnParts parts;
    for (const PQconninfoOption* option = parsed.get(); option->keyword; ++option) {
        const std::string_view keyword(option->keyword);
        if (!option->val) continue;
        if (keyword == "host") parts.host = option->val;
        if (keyword == "hostaddr") parts.hostaddr = option->val;
        if (keyword == "options") parts.options = option->val;
    }
    return parts;
}

bool needs_lookup(const DsnParts& parts) {
    boost::system::error_code not_an_address;
    asio::ip::make_address(parts.host, not_an_address);
    const bool is_name = !parts.host.empty() && parts.host.find_first_of("/@,") == std::string::npos;
    return is_name && not_an_address && parts.hostaddr.empty();
}

// libpq would look a name up with a blocking call; a list of hosts is left to it all the same.
awaitable<void> look_up(DsnParts& parts, asio::steady_timer& deadline) {
    asio::ip::tcp::resolver resolver(deadline.get_executor());
    const auto outcome = co_await (resolver.async_resolve(parts.host, "", asio::use_awaitable) ||
                                   deadline.async_wait(asio::use_awaitable));
    if (outcome.index() == 1) throw Error(cannot_connect, fmt::format("{} was not looked up in time", parts.host));
    std::string names;
    for (const auto& entry : std::get<0>(outcome)) {
        const char* comma = names.empty() ? "" : ",";
        parts.hostaddr += comma + entry.endpoint().address().to_string();
        names += comma + parts.host;
    }
    parts.host = names;
}

Handle start(const ConnectSettings& settings, const DsnParts& parts) {
    const std::string options = parts.options.empty() ? settings.options : parts.options + " " + settings.options;
    std::vector<const char*> keywords;
    std::vector<const char*> values;
    const auto set = [&](const char* keyword, const std::string& value) {
        if (value.empty()) return;
        keywords.push_back(keyword);
        values.push_back(value.c_str());
    };
    const std::string idle = "30", interval = "10", count = "3", encoding = "UTF8";
    set("keepalives_idle", idle);  // before the DSN: it may say otherwise
    set("keepalives_interval", interval);
    set("keepalives_count", count);
    set("dbname", settings.dsn);
    set("host", parts.host);
    set("hostaddr", parts.hostaddr);
    set("application_name", settings.application_name);
    set("options", options);
    set("client_encoding", encoding);
    keywords.push_back(nullptr);
    values.push_back(nullptr);
    Handle handle(PQconnectStartParams(keywords.data(), values.data(), 1));
    if (!handle) throw std::bad_alloc();
    if (PQstatus(handle.get()) == CONNECTION_BAD) throw Error(cannot_connect, first_line(PQerrorMessage(handle.get())));
    return handle;
}

}  // namespace

int duplicate_socket(const PGconn* handle) {
    const int copy = ::fcntl(PQsocket(handle), F_DUPFD_CLOEXEC, 0);
    if (copy < 0) throw Error(cannot_connect, "no descriptor left for a database connection");
    return copy;
}

awaitable<Handle> connect(ConnectSettings settings) {
    const asio::any_io_executor executor = co_await asio::this_coro::executor;
    asio::steady_timer deadline(executor, std::chrono::milliseconds(settings.connect_timeout_ms));
    DsnParts parts = parse(settings.dsn);
    if (needs_lookup(parts)) co_await look_up(parts, deadline);
    Handle handle = start(settings, parts);
    PQsetNoticeReceiver(handle.get(), log_notice, nullptr);
    for (PostgresPollingStatusType state = PGRES_POLLING_WRITING; state != PGRES_POLLING_OK;) {
        if (state == PGRES_POLLING_FAILED) throw Error(cannot_connect, first_line(PQerrorMessage(handle.get())));
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
