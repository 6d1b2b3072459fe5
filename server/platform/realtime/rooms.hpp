#pragma once
// Who is in which room, on one thread; and how many there are, on all of them.
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "platform/realtime/identifiers.hpp"

namespace liveshop::realtime {

struct StringHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
template <class Value>
using StringMap = std::unordered_map<std::string, Value, StringHash, std::equal_to<>>;

class Member;

// A room that somebody is in, and the last event before they were.
struct Placement {
    std::string room;
    Position since;
};

// The size of every room over all threads.
class RoomSizes {
  public:
    void add(std::string_view room);
    void remove(std::string_view room);
    std::size_t size(std::string_view room) const;

  private:
    mutable std::mutex mutex_;
    StringMap<std::size_t> sizes_;
};

class Rooms {
  public:
    struct Room {
        std::vector<Member*> members;
    };

    explicit Rooms(std::shared_ptr<RoomSizes> sizes) : sizes_(std::move(sizes)) {}

    // Joining twice or leaving a room one is not in changes nothing; true if something changed. `since` is the last
    // event before one is in.
    bool join(Member& member, std::string_view room, Position since);
    bool leave(Member& member, std::string_view room);
    void leave_all(Member& member);

    // Valid until somebody joins or leaves.
    std::span<Member* const> members(std::string_view room) const;
    std::size_t rooms() const { return rooms_.size(); }

  private:
    using Entry = StringMap<Room>::value_type;
    friend class Member;

    void remove(Member& member, std::size_t membership);

    std::shared_ptr<RoomSizes> sizes_;
    StringMap<Room> rooms_;
};

// Something that can be in rooms. It knows its place in each, so leaving a room of thousands is one move.
class Member {
  public:
    Member() = default;
    Member(const Member&) = delete;
    Member& operator=(const Member&) = delete;

    bool is_in(std::string_view room) const;
    std::vector<Placement> placements() const;
    std::size_t room_count() const { return memberships_.size(); }

  protected:
    ~Member() = default;

  private:
    friend class Rooms;
    struct Membership {
        Rooms::Entry* room;
        std::size_t place;  // in the room's members
        Position since;
    };
    std::vector<Membership> memberships_;
};

}  // namespace liveshop::realtime
