#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "platform/redis/link.hpp"

namespace liveshop::redis {

/// Hears what is published to one channel, while connected; what was published in between is gone.
class Subscriber {
  public:
    using Hear = std::function<void(std::string_view message)>;

    /// `resync` is called each time the subscription stands, the first included.
    Subscriber(asio::io_context& io, ConnectSettings settings, std::string channel, Hear hear,
               std::function<void()> resync = {});
    ~Subscriber() { close(); }

    void start() { link_.start(); }
    /// Nothing is called any more.
    void close();

  private:
    struct State;
    static awaitable<void> work(std::shared_ptr<State> state, std::shared_ptr<Connection> connection);

    std::shared_ptr<State> state_;
    Link link_;
};

}  // namespace liveshop::redis
