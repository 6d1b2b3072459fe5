#pragma once
// A rate limit that tells a client that is over it from one that keeps hammering at it.
#include <algorithm>
#include <chrono>

namespace liveshop::realtime {

class TokenBucket {
  public:
    using Clock = std::chrono::steady_clock;

    enum class Verdict { granted, refused, flooding };

    // Holds at most `burst` tokens and gains `per_second` of them each second.
    TokenBucket(double per_second, double burst, Clock::time_point now)
        : per_second_(per_second), burst_(burst), tokens_(burst), at_(now) {}

    // Refused events are charged too: a client as far below zero as its burst goes above is flooding.
    Verdict take(double tokens, Clock::time_point now) {
        const std::chrono::duration<double> elapsed = now - at_;
        at_ = now;
        tokens_ = std::min(burst_, tokens_ + elapsed.count() * per_second_) - tokens;
        if (tokens_ >= 0) return Verdict::granted;
        return tokens_ >= -burst_ ? Verdict::refused : Verdict::flooding;
    }

  private:
    double per_second_;
    double burst_;
    double tokens_;
    Clock::time_point at_;
};

}  // namespace liveshop::realtime
