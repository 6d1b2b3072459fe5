#pragma once
// LISTEN: what other sessions NOTIFY.
#include <boost/asio.hpp>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "platform/db/connect.hpp"
#include "platform/db/retry_delay.hpp"

namespace liveshop::db {

/// Hears notifications on a connection of its own, which it reopens when it is lost. To be used from the thread that
/// runs `io`.
class Listener {
  public:
    using Hear = std::function<void(std::string_view payload)>;

    /// `resync` is called each time the connection is open and listening, the first included: what was notified
    /// before, or while it was away, is not repeated.
    Listener(asio::io_context& io, std::string dsn, std::function<void()> resync);
    ~Listener();
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

    /// Before start().
    void listen(std::string channel, Hear hear);
    void start();
    /// Nothing is called any more.
    void close();

  private:
    struct State;
    static awaitable<void> keep_listening(std::shared_ptr<State> state);
    static awaitable<void> listen_once(State& state);

    asio::io_context& io_;
    std::shared_ptr<State> state_;
};

}  // namespace liveshop::db
