#include "platform/rate_limiter.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

namespace liveshop {

std::optional<int> RateLimiter::take(std::string_view caller, int count, int per_s, Clock::time_point now) {
    const std::size_t key = std::hash<std::string_view>{}(caller);
    if (recent_.size() >= callers_max_ / 2) {
        older_ = std::move(recent_);
        recent_.clear();
    }
    auto [entry, added] = recent_.try_emplace(key, Bucket{static_cast<double>(count), now});
    if (added)
        if (const auto before = older_.find(key); before != older_.end()) entry->second = before->second;

    Bucket& bucket = entry->second;
    const double per_second = static_cast<double>(count) / per_s;
    const double passed_s = std::chrono::duration<double>(now - bucket.filled_at).count();
    bucket.tokens = std::min(static_cast<double>(count), bucket.tokens + passed_s * per_second);
    bucket.filled_at = now;
    if (bucket.tokens >= 1) {
        bucket.tokens -= 1;
        return std::nullopt;
    }
    return std::max(1, static_cast<int>(std::ceil((1 - bucket.tokens) / per_second)));
}

}  // namespace liveshop
