#pragma once
// Connections lent to one transaction at a time. One io_context, one thread, no locks.
#include <boost/asio.hpp>
#include <chrono>
#include <deque>
#include <memory>
#include <vector>

#include "platform/db/connection.hpp"

namespace liveshop::db {

class Sessions;

/// A connection for one transaction; given back when it goes, which must not be in the middle of a transaction.
class Lease {
  public:
    Lease() = default;
    Lease(std::weak_ptr<Sessions> owner, std::shared_ptr<Connection> connection);
    Lease(Lease&&) = default;
    Lease& operator=(Lease&& other) noexcept;
    ~Lease() { give_back(); }

    explicit operator bool() const { return connection_ != nullptr; }
    /// False once the connection was lost, even if it is open again: what was begun is gone.
    bool intact() const { return connection_ && connection_->ready() && connection_->generation() == generation_; }
    Connection& connection() const { return *connection_; }
    void give_back();

  private:
    std::weak_ptr<Sessions> owner_;
    std::shared_ptr<Connection> connection_;
    std::uint64_t generation_ = 0;
};

struct SessionsSettings {
    ConnectionSettings connection;
    int connections = 8;
    int acquire_timeout_ms = 2'000;
    std::size_t waiters_max = 1'000;
};

class Sessions : public std::enable_shared_from_this<Sessions> {
  public:
    Sessions(asio::io_context& io, SessionsSettings settings);

    void start();
    /// Ends every connection; who waits gets Unavailable.
    void close();
    /// First come, first served. Throws Unavailable after acquire_timeout_ms, or at once behind waiters_max others.
    awaitable<Lease> acquire();

    std::size_t open() const;
    std::size_t idle() const;
    std::size_t waiting() const;

  private:
    friend class Lease;
    using Clock = std::chrono::steady_clock;
    struct Waiter {
        Clock::time_point deadline;
        std::shared_ptr<Suspended<Lease>> lease;
    };
    struct Idle {
        std::shared_ptr<Connection> connection;
        std::uint64_t generation;
        bool usable() const { return connection->ready() && connection->generation() == generation; }
    };

    void offer(const std::shared_ptr<Connection>& connection);
    void expire_waiters();
    std::exception_ptr none_free(const char* why) const;

    asio::io_context& io_;
    SessionsSettings settings_;
    std::vector<std::shared_ptr<Connection>> connections_;
    std::vector<Idle> idle_;  // last used, first lent: its caches are warm
    std::deque<Waiter> waiters_;
    asio::steady_timer expiry_;
    bool closed_ = false;
};

}  // namespace liveshop::db
