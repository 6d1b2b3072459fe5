#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "platform/context.hpp"
#include "platform/db/listener.hpp"
#include "platform/db/pool.hpp"

namespace liveshop::app {

/// Carries events from a process without sockets (the worker) to the one that has them, by NOTIFY. A long event goes in
/// pieces: PostgreSQL takes 8,000 bytes at a time.
class BusSender {
  public:
    BusSender(boost::asio::io_context& io, db::Pool& pool) : io_(io), pool_(pool) {}
    /// In order; those that cannot be sent are lost, as they are for a client that is away.
    void send(std::vector<Emission> emissions);

  private:
    boost::asio::io_context& io_;
    db::Pool& pool_;
};

class BusReceiver {
  public:
    using Hear = std::function<void(std::vector<Emission>)>;
    BusReceiver(boost::asio::io_context& io, std::string dsn, Hear hear);
    void start() { listener_.start(); }
    void close() { listener_.close(); }

  private:
    void on_piece(std::string_view piece);

    Hear hear_;
    std::map<std::string, std::string, std::less<>> unfinished_;
    db::Listener listener_;
};

/// Wakes the worker after a commit that wrote jobs, at most every 5 ms from one thread: a NOTIFY inside the transaction
/// would make all commits wait for each other.
class WorkerCall {
  public:
    WorkerCall(boost::asio::io_context& io, db::Pool& pool) : io_(io), pool_(pool), timer_(io) {}
    void wake();

  private:
    boost::asio::io_context& io_;
    db::Pool& pool_;
    boost::asio::steady_timer timer_;
    bool due_ = false;
};

inline constexpr std::string_view jobs_channel = "liveshop_jobs";

}  // namespace liveshop::app
