#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "platform/shape/decode.hpp"
#include "platform/shape/encode.hpp"

namespace liveshop::app {

/// How many sockets one process has in a room.
struct RoomCount {
    std::string room;
    Int<0, 1'000'000'000> count;
};
BOOST_DESCRIBE_STRUCT(RoomCount, (), (room, count))

/// How many sockets the processes of all machines have in a room. Each tells the others once a second what it has in
/// the rooms that somebody asked it for; whoever has not been heard for 5 s has none. From any thread.
class RoomCounts {
  public:
    using Clock = std::chrono::steady_clock;
    using CountHere = std::function<std::size_t(std::string_view room)>;

    explicit RoomCounts(CountHere count_here) : count_here_(std::move(count_here)) {}

    /// Here and elsewhere.
    std::size_t members(std::string_view room, Clock::time_point now = Clock::now());
    /// What another process told.
    void hear(std::string_view origin, const std::vector<RoomCount>& counts, Clock::time_point now = Clock::now());
    /// What to tell the others, once a second.
    std::vector<RoomCount> take_due(Clock::time_point now = Clock::now());

  private:
    struct Heard {
        std::size_t count = 0;
        Clock::time_point at;
    };
    using ByOrigin = std::map<std::string, Heard, std::less<>>;

    CountHere count_here_;
    std::mutex mutex_;
    std::set<std::string, std::less<>> asked_;  // since the last take_due(), and those that were told with sockets
    std::map<std::string, ByOrigin, std::less<>> elsewhere_;
    std::size_t heard_ = 0;  // entries of elsewhere_, over all rooms
};

}  // namespace liveshop::app
