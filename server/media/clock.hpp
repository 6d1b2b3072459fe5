// The clocks of the media server: a steady one for intervals, NTP time for tests and logs of sender reports.
#pragma once
#include <chrono>
#include <cstdint>

namespace liveshop::media {

inline constexpr std::int64_t second_us = 1'000'000;

// Microseconds on the steady clock.
inline std::int64_t steady_now_us() {
    auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::microseconds>(now).count();
}

// Seconds since 1970.
inline std::int64_t unix_now_s() {
    auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::seconds>(now).count();
}

// Microseconds as the 32.32 fixed-point seconds of NTP timestamps (RFC 5905, section 6).
constexpr std::uint64_t ntp_interval(std::int64_t us) {
    auto whole = static_cast<std::uint64_t>(us / second_us);
    auto fraction = static_cast<std::uint64_t>(us % second_us);
    return (whole << 32) + (fraction << 32) / second_us;
}

}  // namespace liveshop::media
