#pragma once
// Keeps a message that repeats itself from filling the log.
#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace liveshop::log {

class Limiter {
  public:
    using Time = std::chrono::steady_clock::time_point;
    static constexpr std::uint64_t lines_max = 10;
    static constexpr std::chrono::seconds window{10};
    static constexpr std::size_t messages_max = 256;  ///< beyond, a message is not counted but written

    struct Suppressed {
        std::string message;
        std::uint64_t lines;
    };

    /// Whether to write this one.
    bool admit(std::string_view message, Time now);
    /// Messages of which lines were left out and whose window is over; each is told once.
    std::vector<Suppressed> take_ended(Time now);

  private:
    struct Window {
        Time ends;
        std::uint64_t lines = 0;
    };
    std::mutex mutex_;
    std::map<std::string, Window, std::less<>> windows_;
};

}  // namespace liveshop::log
