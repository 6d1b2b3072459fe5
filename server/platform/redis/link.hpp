#pragma once
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>
#include <string>

#include "platform/db/retry_delay.hpp"
#include "platform/redis/connection.hpp"

namespace liveshop::redis {

/// Keeps one connection: opens it, has `use` work with it until that throws, waits, and opens the next. The first
/// failure of a kind is logged, and the return. To be used from the thread that runs `io`.
class Link {
  public:
    using Use = std::function<awaitable<void>(std::shared_ptr<Connection>)>;

    /// `purpose` names it in the log.
    Link(asio::io_context& io, ConnectSettings settings, std::string purpose, Use use);
    ~Link() { close(); }
    Link(const Link&) = delete;
    Link& operator=(const Link&) = delete;

    void start();
    /// `use` is not called again, and what it waits for at the connection ends.
    void close();

  private:
    struct State;
    static awaitable<void> keep_connected(std::shared_ptr<State> state);

    std::shared_ptr<State> state_;
};

}  // namespace liveshop::redis
