// Keeps failed STUN checks cheap: an address that keeps failing is not listened to for the rest of the second.
#pragma once
#include <array>

#include "media/clock.hpp"
#include "media/endpoint.hpp"

namespace liveshop::media {

// A fixed table: addresses that share a place share its count, which only makes the guard stricter. Addresses that have
// passed a check are not asked about.
class StunGuard {
  public:
    static constexpr unsigned failures_max = 50;  // a second and address

    bool allows(const Endpoint& from, std::int64_t now_us) const {
        auto& entry = table_[from.hash() % table_.size()];
        return entry.second != now_us / second_us || entry.failures < failures_max;
    }
    void on_failure(const Endpoint& from, std::int64_t now_us) {
        auto& entry = table_[from.hash() % table_.size()];
        if (entry.second != now_us / second_us) entry = {now_us / second_us, 0};
        ++entry.failures;
    }

  private:
    struct Entry {
        std::int64_t second = -1;
        unsigned failures = 0;
    };
    std::array<Entry, 1024> table_{};
};

}  // namespace liveshop::media
