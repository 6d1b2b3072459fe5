#pragma once
#include <chrono>
#include <optional>
#include <string_view>
#include <unordered_map>

namespace liveshop {

/// Token buckets by caller, one set a thread: with n threads a caller may reach n times its rate at worst. Bounded:
/// when full, the older half is forgotten, which can only let callers through.
class RateLimiter {
  public:
    using Clock = std::chrono::steady_clock;

    explicit RateLimiter(std::size_t callers_max = 100'000) : callers_max_(callers_max) {}

    /// Takes one of `count` calls in `per_s` seconds. Answers nothing if there was one, else the seconds to wait.
    std::optional<int> take(std::string_view caller, int count, int per_s, Clock::time_point now);

  private:
    struct Bucket {
        double tokens;
        Clock::time_point filled_at;
    };
    using Buckets = std::unordered_map<std::size_t, Bucket>;

    std::size_t callers_max_;
    Buckets recent_;
    Buckets older_;
};

}  // namespace liveshop
