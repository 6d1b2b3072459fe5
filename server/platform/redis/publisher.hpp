#pragma once
#include <cstdint>
#include <string>

#include "platform/redis/link.hpp"

namespace liveshop::redis {

struct PublisherLimits {
    std::size_t message_bytes_max = 1024 * 1024;      ///< as much as a Subscriber takes
    std::size_t waiting_bytes_max = 8 * 1024 * 1024;  ///< while Redis is away or slow; beyond, the oldest are dropped
    std::size_t flight_bytes_max = 256 * 1024;        ///< written at once, and then answered
};

struct PublisherCounters {
    std::uint64_t published = 0;  ///< answered by Redis
    std::uint64_t dropped = 0;    ///< too many waited, or Redis refused it
};

/// Publishes messages to one channel, in order; all that came up while the last ones were answered go in one write.
/// What was written and not answered when a connection broke is written again on the next: a subscriber may get it
/// twice, and has to know it by its content.
class Publisher {
  public:
    Publisher(asio::io_context& io, ConnectSettings settings, std::string channel, PublisherLimits limits = {});
    ~Publisher() { close(); }

    void start() { link_.start(); }
    /// From any thread. Never waits: the message is queued.
    void publish(std::string message);
    PublisherCounters counters() const;
    /// Whether Redis has answered everything, from any thread.
    bool idle() const;
    void close();

  private:
    struct State;
    static awaitable<void> work(std::shared_ptr<State> state, std::shared_ptr<Connection> connection);

    std::shared_ptr<State> state_;
    Link link_;
};

}  // namespace liveshop::redis
