#include "platform/realtime/rooms.hpp"

#include <algorithm>

namespace liveshop::realtime {

void RoomSizes::add(std::string_view room) {
    const std::lock_guard lock(mutex_);
    const auto found = sizes_.find(room);
    if (found == sizes_.end())
        sizes_.emplace(room, 1);
    else
        ++found->second;
}

void RoomSizes::remove(std::string_view room) {
    const std::lock_guard lock(mutex_);
    const auto found = sizes_.find(room);
    if (--found->second == 0) sizes_.erase(found);
}

std::size_t RoomSizes::size(std::string_view room) const {
    const std::lock_guard lock(mutex_);
    const auto found = sizes_.find(room);
    return found == sizes_.end() ? 0 : found->second;
}

bool Rooms::join(Member& member, std::string_view room, Position since) {
    if (member.is_in(room)) return false;
    auto found = rooms_.find(room);
    if (found == rooms_.end()) found = rooms_.emplace(std::string(room), Room{}).first;
    member.memberships_.push_back({&*found, found->second.members.size(), since});
    found->second.members.push_back(&member);
    sizes_->add(room);
    return true;
}

bool Rooms::leave(Member& member, std::string_view room) {
    const auto found = std::ranges::find_if(member.memberships_, [&](const auto& m) { return m.room->first == room; });
    if (found == member.memberships_.end()) return false;
    remove(member, static_cast<std::size_t>(found - member.memberships_.begin()));
    return true;
}

void Rooms::leave_all(Member& member) {
    while (!member.memberships_.empty()) remove(member, member.memberships_.size() - 1);
}

std::span<Member* const> Rooms::members(std::string_view room) const {
    const auto found = rooms_.find(room);
    if (found == rooms_.end()) return {};
    return found->second.members;
}

// The room's last member takes the place of the one who leaves.
void Rooms::remove(Member& member, std::size_t membership) {
    const auto [room, place, since] = member.memberships_[membership];
    member.memberships_.erase(member.memberships_.begin() + static_cast<std::ptrdiff_t>(membership));
    auto& members = room->second.members;
    if (place + 1 != members.size()) {
        auto* last = members.back();
        members[place] = last;
        std::ranges::find(last->memberships_, room, &Member::Membership::room)->place = place;
    }
    members.pop_back();
    sizes_->remove(room->first);
    if (members.empty()) rooms_.erase(rooms_.find(room->first));
}

bool Member::is_in(std::string_view room) const {
    return std::ranges::any_of(memberships_, [&](const auto& membership) { return membership.room->first == room; });
}

std::vector<Placement> Member::placements() const {
    std::vector<Placement> placements;
    placements.reserve(memberships_.size());
    for (const auto& membership : memberships_) placements.push_back({membership.room->first, membership.since});
    return placements;
}

}  // namespace liveshop::realtime
