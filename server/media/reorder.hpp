// Packets of one track back in their order, for whoever has time to wait for those that come late.
#pragma once
#include <map>

#include "media/bytes.hpp"
#include "media/depacketizer.hpp"

namespace liveshop::media {

struct RecordedPacket {
    std::uint32_t timestamp = 0;
    bool marker = false;
    std::int64_t arrival_us = 0;
    Buffer payload;  // without padding
};

class Reorder {
  public:
    // A packet that is missing is waited for so long; or until so many wait behind it.
    static constexpr std::int64_t wait_us_max = 600'000;
    static constexpr std::size_t waiting_max = 1024;

    void put(std::int64_t index, RecordedPacket packet) {
        if (next_ && index < *next_) return;  // given up already
        waiting_.try_emplace(index, std::move(packet));
    }

    // Hands over what is in order: `packet(RecordedPacket)`, and `gap()` where some are given up. `flush` waits for
    // nothing any more.
    template <class OnPacket, class OnGap>
    void take(std::int64_t now_us, bool flush, OnPacket packet, OnGap gap) {
        while (!waiting_.empty()) {
            auto first = waiting_.begin();
            if (next_ && first->first != *next_) {
                bool waits = now_us - first->second.arrival_us < wait_us_max && waiting_.size() < waiting_max;
                if (waits && !flush) return;
                gap();
            }
            next_ = first->first + 1;
            auto node = waiting_.extract(first);
            packet(std::move(node.mapped()));
        }
    }

  private:
    std::map<std::int64_t, RecordedPacket> waiting_;
    std::optional<std::int64_t> next_;
};

}  // namespace liveshop::media
