#include "platform/log/limiter.hpp"

namespace liveshop::log {

bool Limiter::admit(std::string_view message, Time now) {
    const std::lock_guard lock(mutex_);
    auto found = windows_.find(message);
    if (found == windows_.end()) {
        if (windows_.size() >= messages_max) return true;
        found = windows_.emplace(std::string(message), Window{now + window, 0}).first;
    }
    return ++found->second.lines <= lines_max;
}

std::vector<Limiter::Suppressed> Limiter::take_ended(Time now) {
    std::vector<Suppressed> ended;
    const std::lock_guard lock(mutex_);
    std::erase_if(windows_, [&](const auto& entry) {
        const auto& [message, counted] = entry;
        if (now < counted.ends) return false;
        if (counted.lines > lines_max) ended.push_back({message, counted.lines - lines_max});
        return true;
    });
    return ended;
}

}  // namespace liveshop::log
