#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "app/event.hpp"
#include "platform/db/listener.hpp"
#include "platform/db/pool.hpp"

namespace liveshop::app {

/// Carries events from a process without sockets (the worker) to the one that has them, by NOTIFY. A long event goes in
/// pieces: PostgreSQL takes 8,000 bytes at a time. To be used from the thread that runs `io`; the pool must outlive it.
class BusSender {
  public:
    BusSender(boost::asio::io_context& io, db::Pool& pool);
    /// In order; those that cannot be sent are lost, as they are for a client that is away. Never waits: while the
    /// database is away some wait here, and beyond 8 MiB the oldest are dropped.
    void send(std::vector<Emission> emissions);

  private:
    struct State;
    static awaitable<void> send_waiting(std::shared_ptr<State> state);

    std::shared_ptr<State> state_;
};

class BusReceiver {
  public:
    BusReceiver(boost::asio::io_context& io, std::string dsn, Hear hear);
    void start() { listener_.start(); }
    void close() { listener_.close(); }

  private:
    struct Unfinished {
        std::size_t pieces = 0;
        std::string text;
    };
    void on_piece(std::string_view piece);
    void on_event(std::string_view text);

    Hear hear_;
    std::map<std::string, Unfinished, std::less<>> unfinished_;
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
