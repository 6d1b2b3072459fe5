#pragma once
// Socket.IO's connection state recovery: where each session is, and what is kept of one whose connection was lost until
// its client comes back, to whichever thread, or the time for that is over.
#include <chrono>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/realtime/event_log.hpp"
#include "platform/realtime/handlers.hpp"

namespace liveshop::realtime {

class Hub;

// A session without a connection.
struct Suspended {
    std::string pid;  // by which its client asks for it, and nobody else can
    std::string id;
    Departure departure;  // if the client does not come back; its rooms are these:
    std::vector<Placement> rooms;
    Position began;         // the last event of all before it
    Position ended;         // the last event before its connection ended
    Position last_sent;     // the last that was for it; 0 if none was
    Position last_left_at;  // when it last left a room; 0 if it never did
};

Departure departure_of(Suspended session);

// Where its events go on for a client whose last was `offset`, as the client says; nothing if some may be missing that
// are not known any more. A client that has heard nothing in this session says no offset, or one of an earlier session.
std::optional<Position> resume_position(const Suspended& session, std::string_view offset);

bool is_same_person(const Identity& a, const Identity& b);

// Of all threads.
class Recovery {
  public:
    using Clock = std::chrono::steady_clock;

    Recovery(std::chrono::milliseconds window, std::size_t sessions_max)
        : window_(window), sessions_max_(sessions_max) {}

    bool is_enabled() const { return window_.count() > 0; }

    void began(const std::string& pid, Hub& hub, std::weak_ptr<Session> session);
    void ended(const std::string& pid);

    // Keeps it; gives back the one that has to go for that, if one has.
    std::optional<Departure> suspend(Suspended session, Clock::time_point now);
    // What belongs to this person and is known by `pid`: a session without a connection, which is taken out,
    std::optional<Suspended> take(std::string_view pid, const Identity& person);
    // or where the session is whose connection nobody here knows to be lost.
    std::optional<std::pair<Hub*, std::weak_ptr<Session>>> whereabouts(std::string_view pid) const;

    // Takes out those for whom the time is over; all of them where nobody can come back any more.
    std::vector<Departure> take_expired(Clock::time_point now);
    std::vector<Departure> take_all() { return take_expired(Clock::time_point::max()); }
    std::size_t suspended() const;

  private:
    struct Waiting {
        Suspended session;
        Clock::time_point until;
    };
    std::optional<Departure> take_oldest(Clock::time_point until);

    const std::chrono::milliseconds window_;
    const std::size_t sessions_max_;
    mutable std::mutex mutex_;
    StringMap<std::pair<Hub*, std::weak_ptr<Session>>> connected_;
    StringMap<Waiting> suspended_;
    std::deque<std::pair<Clock::time_point, std::string>> due_;  // those taken out since are still in it
};

}  // namespace liveshop::realtime
