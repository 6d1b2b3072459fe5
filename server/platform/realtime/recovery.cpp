#include "platform/realtime/recovery.hpp"

namespace liveshop::realtime {

Departure departure_of(Suspended session) {
    auto departure = std::move(session.departure);
    for (auto& placement : session.rooms) departure.rooms.push_back(std::move(placement.room));
    return departure;
}

std::optional<Position> resume_position(const Suspended& session, std::string_view offset) {
    const auto claimed = decode_offset(offset);
    const bool is_of_this_session = claimed && *claimed > session.began && *claimed <= session.last_sent;
    const Position heard = is_of_this_session ? *claimed : session.began;
    // Nothing is missing up to the end, however long ago the last event was.
    if (is_of_this_session ? heard == session.last_sent : session.last_sent == 0) return session.ended;
    // Something may be missing of a room that it has left since, of which nothing is known any more.
    if (heard < session.last_left_at) return std::nullopt;
    return heard;
}

bool is_same_person(const Identity& a, const Identity& b) {
    return a.tenant == b.tenant && a.user == b.user && a.role == b.role && a.session == b.session;
}

void Recovery::began(const std::string& pid, Hub& hub, std::weak_ptr<Session> session) {
    const std::lock_guard lock(mutex_);
    connected_.insert_or_assign(pid, std::pair(&hub, std::move(session)));
}

void Recovery::ended(const std::string& pid) {
    const std::lock_guard lock(mutex_);
    connected_.erase(pid);
}

std::optional<Departure> Recovery::suspend(Suspended session, Clock::time_point now) {
    const std::lock_guard lock(mutex_);
    std::optional<Departure> oldest;
    if (suspended_.size() >= sessions_max_) oldest = take_oldest(Clock::time_point::max());
    connected_.erase(session.pid);
    due_.emplace_back(now + window_, session.pid);
    auto pid = session.pid;
    suspended_.insert_or_assign(std::move(pid), Waiting{std::move(session), now + window_});
    return oldest;
}

std::optional<Suspended> Recovery::take(std::string_view pid, const Identity& person) {
    const std::lock_guard lock(mutex_);
    const auto found = suspended_.find(pid);
    if (found == suspended_.end() || !is_same_person(found->second.session.departure.identity, person))
        return std::nullopt;
    auto session = std::move(found->second.session);
    suspended_.erase(found);
    return session;
}

std::optional<std::pair<Hub*, std::weak_ptr<Session>>> Recovery::whereabouts(std::string_view pid) const {
    const std::lock_guard lock(mutex_);
    const auto found = connected_.find(pid);
    if (found == connected_.end()) return std::nullopt;
    return found->second;
}

std::optional<Departure> Recovery::take_oldest(Clock::time_point until) {
    while (!due_.empty() && due_.front().first <= until) {
        const auto [at, pid] = std::move(due_.front());
        due_.pop_front();
        const auto found = suspended_.find(pid);
        if (found == suspended_.end() || found->second.until != at) continue;  // it came back
        auto session = std::move(found->second.session);
        suspended_.erase(found);
        return departure_of(std::move(session));
    }
    return std::nullopt;
}

std::vector<Departure> Recovery::take_expired(Clock::time_point now) {
    const std::lock_guard lock(mutex_);
    std::vector<Departure> departures;
    while (auto departure = take_oldest(now)) departures.push_back(*std::move(departure));
    return departures;
}

std::size_t Recovery::suspended() const {
    const std::lock_guard lock(mutex_);
    return suspended_.size();
}

}  // namespace liveshop::realtime
