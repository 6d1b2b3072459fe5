#pragma once
// Everything that is said to rooms, in one order for the whole process. Each thread's hub takes it from here, in that
// order; the last of it is kept for clients that come back. An event is stored once, however many hear it.
#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/realtime/identifiers.hpp"
#include "platform/realtime/outbox.hpp"
#include "platform/realtime/rooms.hpp"

namespace liveshop::realtime {

struct LogEntry {
    enum class Kind {
        event,          // to everybody in `room`
        private_event,  // to the session whose id `detail` is
        evict,          // everybody in `room` leaves the room `detail`
        disconnect,     // everybody in `room` is sent away for the reason `detail`
    };

    Kind kind;
    std::string room;
    std::string detail = {};
    Frame frame = {};  // of an event
    Position position = 0;
    std::chrono::steady_clock::time_point at = {};
    const LogEntry* previous = nullptr;  // of the same room; not to be followed to what is kept no longer
    Position previous_position = 0;
};

// All functions may be called from any thread.
class EventLog {
  public:
    using Clock = std::chrono::steady_clock;
    using Entry = std::shared_ptr<const LogEntry>;

    // What one hub has not taken yet.
    class Inbox {
        friend class EventLog;
        std::vector<Entry> entries;
        std::function<void()> wake;
    };

    struct Limits {
        std::chrono::milliseconds kept_for;
        std::size_t bytes_max;
    };
    // With offsets a client can tell which event was the last it heard.
    EventLog(Limits limits, bool with_offsets);

    // `wake` is called, on any thread, when the inbox is no longer empty. Once per hub, before anything is said.
    Inbox& add_inbox(std::function<void()> wake);
    std::vector<Entry> take(Inbox& inbox);

    // payload_json is one valid JSON value, or empty for none.
    void say(std::string_view room, std::string_view event, std::string_view payload_json);
    void say_to_session(std::string_view session_id, std::string_view event, std::string_view payload_json);
    void evict(std::string_view selected, std::string_view room);
    void disconnect(std::string_view room, std::string_view reason);

    enum class Repeat { done, not_the_last, forgotten };
    // Says to one session again what was said to `room` behind `since`. Nothing is done unless `until` is the last
    // position of all, and all of it is kept.
    Repeat repeat(std::string_view room, Position since, Position until, std::string_view session_id);

    struct Missed {
        std::vector<Frame> frames;
        std::vector<Placement> rooms;     // those of before that it is still in
        std::optional<Position> left_at;  // of the last of the others
        Position last = 0;                // of the last frame, if there is one
    };
    // What the session `session_id` would have heard behind `from` up to `until`. Nothing if not all of it is kept, if
    // it is more than a receiver may have waiting, or if it would have been sent away.
    std::optional<Missed> missed(const std::vector<Placement>& rooms, std::string_view session_id, Position from,
                                 Position until, std::size_t frames_max, std::size_t bytes_max) const;

    Position last() const;
    std::size_t bytes() const;

  private:
    void append(LogEntry entry);
    void append_private(std::string_view session_id, std::string packet);
    Frame framed(std::string packet, Position position) const;
    void trim(Clock::time_point now);
    // Of one room, behind `from`, newest first.
    void collect(std::string_view room, Position from, std::vector<const LogEntry*>& found) const;

    const Limits limits_;
    const bool with_offsets_;
    mutable std::mutex mutex_;
    Position last_;
    Position forgotten_;  // the last that is not kept
    std::size_t bytes_ = 0;
    std::deque<Entry> entries_;
    StringMap<const LogEntry*> newest_;  // of each room
    std::vector<std::unique_ptr<Inbox>> inboxes_;
};

}  // namespace liveshop::realtime
