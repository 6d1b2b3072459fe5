#pragma once
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "app/event.hpp"
#include "app/room_counts.hpp"
#include "app/settings.hpp"
#include "platform/redis/publisher.hpp"
#include "platform/redis/subscriber.hpp"

namespace liveshop::app {

/// The setting redis_url. Throws config::Invalid if it is given and no address.
std::optional<redis::Address> redis_address(const EventSettings& settings);

/// Takes what a process of another machine tells of its sockets.
using HearCounts = std::function<void(std::string_view origin, const std::vector<RoomCount>& counts)>;

/// Carries events between the processes of any number of machines, through a channel of Redis: each process publishes
/// its own, and each that has sockets hears those of the others. Those of one process stay in order. Redis may go and
/// come: meanwhile events wait, and beyond 8 MiB the oldest are dropped. `io` is run by one thread.
class RedisBus {
  public:
    /// With `hear` empty it only sends.
    RedisBus(boost::asio::io_context& io, redis::ConnectSettings settings, Hear hear, HearCounts hear_counts = {});

    void start();
    /// From any thread. Never waits.
    void send(const std::vector<Emission>& emissions);
    /// Not while anything waits: what is told once a second is not worth keeping. From any thread.
    void send_counts(const std::vector<RoomCount>& counts);
    /// Waits until Redis has taken all that was sent, at most `limit`.
    awaitable<void> drain(std::chrono::milliseconds limit);
    /// Nothing is heard any more, and nothing sent.
    void close();

    redis::PublisherCounters counters() const { return publisher_.counters(); }
    /// Whether Redis has taken all that was sent.
    bool idle() const { return publisher_.idle(); }

  private:
    void publish(std::string_view kind, std::string_view body);
    void on_message(std::string_view message);
    void on_body(std::string_view origin, std::string_view kind, std::string_view body);
    bool is_new(std::string_view origin, std::uint64_t number);

    boost::asio::io_context& io_;
    Hear hear_;
    HearCounts hear_counts_;
    const std::string origin_ = Uuid::make().to_string();
    std::mutex mutex_;  // of the number, which must grow with the order of the messages
    std::uint64_t last_number_ = 0;
    std::map<std::string, std::uint64_t, std::less<>> last_heard_;  // by origin
    redis::Publisher publisher_;
    redis::Subscriber subscriber_;
};

}  // namespace liveshop::app
