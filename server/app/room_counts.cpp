#include "app/room_counts.hpp"

namespace liveshop::app {
namespace {

constexpr std::chrono::seconds heard_for{5};
constexpr std::size_t rooms_max = 50'000;

}  // namespace

std::size_t RoomCounts::members(std::string_view room, Clock::time_point now) {
    std::size_t count = count_here_(room);
    const std::lock_guard lock(mutex_);
    if (asked_.size() < rooms_max) asked_.emplace(room);
    const auto others = elsewhere_.find(room);
    if (others == elsewhere_.end()) return count;
    for (const auto& [origin, heard] : others->second)
        if (now - heard.at < heard_for) count += heard.count;
    return count;
}

void RoomCounts::hear(std::string_view origin, const std::vector<RoomCount>& counts, Clock::time_point now) {
    const std::lock_guard lock(mutex_);
    for (const RoomCount& told : counts) {
        if (heard_ >= rooms_max) return;
        const bool is_new =
            elsewhere_[told.room]
                .insert_or_assign(std::string(origin), Heard{static_cast<std::size_t>(told.count.value), now})
                .second;
        heard_ += is_new;
    }
}

std::vector<RoomCount> RoomCounts::take_due(Clock::time_point now) {
    const std::lock_guard lock(mutex_);
    heard_ = 0;
    for (auto& [room, others] : elsewhere_) {
        std::erase_if(others, [now](const auto& entry) { return now - entry.second.at >= heard_for; });
        heard_ += others.size();
    }
    std::erase_if(elsewhere_, [](const auto& entry) { return entry.second.empty(); });

    std::vector<RoomCount> due;
    std::set<std::string, std::less<>> told;
    for (const std::string& room : asked_) {
        const std::size_t count = count_here_(room);
        due.push_back({.room = room, .count = {static_cast<std::int64_t>(count)}});
        if (count > 0) told.insert(room);
    }
    asked_ = std::move(told);
    return due;
}

}  // namespace liveshop::app
