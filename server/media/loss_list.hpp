// Packets of a publisher that are missing and should be asked for again.
#pragma once
#include <algorithm>
#include <vector>

#include "media/bytes.hpp"

namespace liveshop::media {

// Sorted by index, bounded, and without allocation after construction.
class LossList {
  public:
    LossList() { entries_.reserve(capacity); }

    // Adds the indexes first..last; of more than fit the oldest are given up.
    void add(std::int64_t first, std::int64_t last) {
        first = std::max(first, last - static_cast<std::int64_t>(capacity) + 1);
        auto count = static_cast<std::size_t>(std::max<std::int64_t>(last - first + 1, 0));
        if (entries_.size() + count > capacity) {
            auto excess = static_cast<std::ptrdiff_t>(entries_.size() + count - capacity);
            entries_.erase(entries_.begin(), entries_.begin() + excess);
        }
        for (auto index = first; index <= last; ++index) entries_.push_back({.index = index});
    }

    // The packet came.
    void remove(std::int64_t index) {
        auto found = std::ranges::lower_bound(entries_, index, {}, &Entry::index);
        if (found != entries_.end() && found->index == index) entries_.erase(found);
    }

    // Calls ask(index) for each packet whose turn it is; gives up those asked for often enough and those below
    // `oldest_useful`.
    template <class Ask>
    void each_due(std::int64_t now_us, std::int64_t oldest_useful, Ask ask) {
        std::erase_if(entries_, [&](const Entry& e) { return e.tries == tries_max || e.index < oldest_useful; });
        for (auto& entry : entries_) {
            if (entry.tries > 0 && now_us - entry.asked_us < interval_us) continue;
            entry.asked_us = now_us;
            ++entry.tries;
            ask(entry.index);
        }
    }

    bool empty() const { return entries_.empty(); }

    static constexpr std::size_t capacity = 200;
    static constexpr std::int64_t interval_us = 100'000;
    static constexpr int tries_max = 8;

  private:
    struct Entry {
        std::int64_t index = 0, asked_us = 0;
        int tries = 0;
    };
    std::vector<Entry> entries_;
};

}  // namespace liveshop::media
