#include "platform/db/pool.hpp"

#include <fmt/format.h>

#include "platform/db/session_queries.hpp"
#include "platform/db/transaction.hpp"

namespace liveshop::db {
namespace {

ConnectionSettings connection_settings(const PoolSettings& settings, std::string_view more_options) {
    ConnectionSettings connection;
    connection.connect.dsn = settings.dsn;
    connection.connect.application_name = settings.application_name;
    connection.connect.connect_timeout_ms = settings.connect_timeout_ms;
    connection.connect.options = fmt::format(
        "-c TimeZone=UTC -c DateStyle=ISO -c statement_timeout={} "
        "-c idle_in_transaction_session_timeout={} {}",
        settings.statement_timeout_ms, settings.idle_in_transaction_timeout_ms, more_options);
    connection.stalled_after_ms = settings.statement_timeout_ms + settings.stalled_grace_ms;
    return connection;
}

}  // namespace

Pool::Pool(asio::io_context& io, const PoolSettings& settings) {
    if (settings.connections < 1 || settings.read_connections < 1 || settings.statement_timeout_ms < 1)
        throw std::invalid_argument("a database pool needs connections, read_connections and a statement timeout");
    SessionsSettings sessions{connection_settings(settings, ""), settings.connections, settings.acquire_timeout_ms,
                              settings.waiters_max};
    SharedReadsSettings reads;
    reads.connection = connection_settings(settings, "-c default_transaction_read_only=on");
    reads.connections = settings.read_connections;
    reads.acquire_timeout_ms = settings.acquire_timeout_ms;
    reads.waiters_max = settings.waiters_max;
    sessions_ = std::make_shared<Sessions>(io, std::move(sessions));
    reads_ = std::make_shared<SharedReads>(io, std::move(reads));
    sessions_->start();
    reads_->start();
}

Pool::~Pool() { close(); }

void Pool::close() {
    sessions_->close();
    reads_->close();
}

Transaction Pool::transaction(Scope scope) { return Transaction(*this, std::move(scope)); }

awaitable<void> Pool::ping() {
    Transaction probe(*this, Scope{std::nullopt, true});
    const int answer = co_await probe.one(ping_query);
    if (answer != 1) throw Error(sqlstate::no_data, "the database does not know what one is");
}

PoolStats Pool::stats() const {
    return {sessions_->open() + reads_->open(), sessions_->idle(), sessions_->waiting() + reads_->waiting(),
            reads_->in_flight()};
}

}  // namespace liveshop::db
