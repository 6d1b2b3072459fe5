#pragma once
#include <algorithm>
#include <chrono>
#include <random>

namespace liveshop::db {

/// How long to wait before the next attempt: doubling, capped, and scattered between half and all of it, so that the
/// connections of a whole fleet do not return at one moment.
class RetryDelay {
  public:
    explicit RetryDelay(int max_ms) : max_ms_(max_ms), random_(std::random_device{}()) {}

    std::chrono::milliseconds next() {
        const int ceiling_ms = std::min(max_ms_, first_ms << attempt_);
        attempt_ = std::min(attempt_ + 1, 12);
        return std::chrono::milliseconds(std::uniform_int_distribution<int>(ceiling_ms / 2, ceiling_ms)(random_));
    }
    /// After a success.
    void reset() { attempt_ = 0; }

  private:
    static constexpr int first_ms = 50;
    int max_ms_;
    int attempt_ = 0;
    std::minstd_rand random_;
};

}  // namespace liveshop::db
