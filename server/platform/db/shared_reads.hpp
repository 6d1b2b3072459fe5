#pragma once
// Reads of many requests on few connections. Reads of one tenant that arrive in one turn of the loop share a round
// trip, and with it an implicit transaction: if one fails, those behind it are sent again, each alone.
#include <boost/asio.hpp>
#include <chrono>
#include <deque>
#include <memory>
#include <vector>

#include "platform/db/connection.hpp"

namespace liveshop::db {

struct SharedReadsSettings {
    ConnectionSettings connection;
    int connections = 2;
    int acquire_timeout_ms = 2'000;
    std::size_t waiters_max = 1'000;
    std::size_t in_flight_max = 256;  ///< statements per connection
    std::size_t reads_per_sync_max = 32;
};

class SharedReads : public std::enable_shared_from_this<SharedReads> {
  public:
    SharedReads(asio::io_context& io, SharedReadsSettings settings);

    void start();
    /// Ends every connection; who waits gets Unavailable.
    void close();
    /// Throws Unavailable like Sessions::acquire, and Error 25006 for a statement that writes.
    awaitable<Result> read(std::optional<TenantId> tenant, Statement statement);

    std::size_t open() const;
    std::size_t in_flight() const;
    std::size_t waiting() const { return waiting_; }

  private:
    using Clock = std::chrono::steady_clock;
    struct Batch {  // what will be one group
        std::optional<TenantId> tenant;
        Clock::time_point deadline;
        std::vector<Statement> reads;
        bool alone = false;
    };

    void add(const std::optional<TenantId>& tenant, Statement statement);
    void add_alone(const std::optional<TenantId>& tenant, Statement statement);
    void send_soon();
    void send_batches();
    void send(Connection& connection, Batch batch);
    void expire();
    Connection* least_busy() const;
    Clock::time_point deadline() const;

    asio::io_context& io_;
    SharedReadsSettings settings_;
    std::vector<std::shared_ptr<Connection>> connections_;
    std::deque<Batch> batches_;
    std::size_t waiting_ = 0;  // reads in batches_
    asio::steady_timer expiry_;
    bool send_posted_ = false;
    bool expiry_armed_ = false;
    bool closed_ = false;
};

}  // namespace liveshop::db
