#pragma once
// The database connections of one thread.
#include <boost/asio.hpp>
#include <memory>
#include <optional>
#include <string>

#include "platform/shape/id.hpp"

namespace liveshop::db {
namespace asio = boost::asio;
using asio::awaitable;

class Sessions;
class SharedReads;
class Transaction;

struct PoolSettings {
    std::string dsn;  ///< a libpq connection string
    std::string application_name = "liveshop";
    int connections = 8;       ///< for transactions, each serving one at a time; from 1
    int read_connections = 2;  ///< shared by all read_only scopes; from 1
    int statement_timeout_ms = 5'000;
    int idle_in_transaction_timeout_ms = 15'000;
    int connect_timeout_ms = 5'000;
    int acquire_timeout_ms = 2'000;  ///< how long a query waits for a connection
    int stalled_grace_ms = 5'000;    ///< beyond the statement timeout: without an answer then, a connection is given up
    std::size_t waiters_max = 1'000;
};

/// Which rows a transaction sees (row-level security), and whether it may write.
struct Scope {
    std::optional<TenantId> tenant;
    bool read_only = false;
};

struct PoolStats {
    std::size_t open = 0;             ///< connections of both kinds
    std::size_t idle = 0;             ///< connections waiting for a transaction
    std::size_t waiting = 0;          ///< queries waiting for a connection
    std::size_t reads_in_flight = 0;  ///< statements on the shared connections
};

/// Opens its connections in the background and reopens them when they are lost, with growing, random delays. To be
/// used from the thread that runs `io`. Transactions may outlive it and then throw Unavailable.
class Pool {
  public:
    Pool(asio::io_context& io, const PoolSettings& settings);
    ~Pool();
    Pool(const Pool&) = delete;
    Pool& operator=(const Pool&) = delete;

    Transaction transaction(Scope scope);
    /// Asks the server for an answer on a shared connection. Throws Error or Unavailable.
    awaitable<void> ping();
    /// Ends all connections, so that the io_context can run out of work.
    void close();
    PoolStats stats() const;

    const std::shared_ptr<Sessions>& sessions() const { return sessions_; }
    const std::shared_ptr<SharedReads>& reads() const { return reads_; }

  private:
    std::shared_ptr<Sessions> sessions_;
    std::shared_ptr<SharedReads> reads_;
};

}  // namespace liveshop::db
