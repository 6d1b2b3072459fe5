#include "platform/realtime/event_log.hpp"

#include <algorithm>
#include <ranges>

#include "platform/realtime/socket_io.hpp"
#include "platform/realtime/websocket.hpp"

namespace liveshop::realtime {
namespace {

using Kind = LogEntry::Kind;

// No room of anybody else begins with this.
std::string private_room(std::string_view session_id) { return '\x01' + std::string(session_id); }

std::size_t size_of(const LogEntry& entry) {
    constexpr std::size_t bookkeeping = 128;  // pointers to it, its place in an index
    return sizeof(LogEntry) + entry.room.size() + entry.detail.size() + (entry.frame ? entry.frame->size() : 0) +
           bookkeeping;
}

constexpr std::size_t offset_argument_length = offset_length + 3;  // ,"offset"

}  // namespace

EventLog::EventLog(Limits limits, bool with_offsets)
    : limits_(limits), with_offsets_(with_offsets), last_(random_position()), forgotten_(last_) {}

EventLog::Inbox& EventLog::add_inbox(std::function<void()> wake) {
    auto& inbox = *inboxes_.emplace_back(std::make_unique<Inbox>());
    inbox.wake = std::move(wake);
    return inbox;
}

std::vector<EventLog::Entry> EventLog::take(Inbox& inbox) {
    const std::lock_guard lock(mutex_);
    return std::exchange(inbox.entries, {});
}

void EventLog::say(std::string_view room, std::string_view event, std::string_view payload_json) {
    auto packet = socket_io::encode_event(event, payload_json);
    const std::lock_guard lock(mutex_);
    append({.kind = Kind::event, .room = std::string(room), .frame = framed(std::move(packet), last_ + 1)});
}

void EventLog::say_to_session(std::string_view session_id, std::string_view event, std::string_view payload_json) {
    auto packet = socket_io::encode_event(event, payload_json);
    const std::lock_guard lock(mutex_);
    append_private(session_id, std::move(packet));
}

void EventLog::evict(std::string_view selected, std::string_view room) {
    const std::lock_guard lock(mutex_);
    append({.kind = Kind::evict, .room = std::string(selected), .detail = std::string(room)});
}

void EventLog::disconnect(std::string_view room, std::string_view reason) {
    const std::lock_guard lock(mutex_);
    append({.kind = Kind::disconnect, .room = std::string(room), .detail = std::string(reason)});
}

// The offset is the event's last argument, where clients look for it.
Frame EventLog::framed(std::string packet, Position position) const {
    if (with_offsets_) {
        packet.pop_back();
        packet.append(",\"").append(encode_offset(position)).append("\"]");
    }
    return std::make_shared<const std::string>(websocket::encode(websocket::Opcode::text, packet));
}

void EventLog::append_private(std::string_view session_id, std::string packet) {
    append({.kind = Kind::private_event,
            .room = private_room(session_id),
            .detail = std::string(session_id),
            .frame = framed(std::move(packet), last_ + 1)});
}

void EventLog::append(LogEntry entry) {
    const auto now = Clock::now();
    entry.position = ++last_;
    entry.at = now;
    const auto [newest, is_first] = newest_.try_emplace(entry.room, nullptr);
    if (!is_first) {
        entry.previous = newest->second;
        entry.previous_position = newest->second->position;
    }
    const auto kept = std::make_shared<const LogEntry>(std::move(entry));
    newest->second = kept.get();
    bytes_ += size_of(*kept);
    entries_.push_back(kept);
    trim(now);
    for (const auto& inbox : inboxes_) {
        inbox->entries.push_back(kept);
        if (inbox->entries.size() == 1) inbox->wake();
    }
}

void EventLog::trim(Clock::time_point now) {
    while (!entries_.empty() && (bytes_ > limits_.bytes_max || entries_.front()->at + limits_.kept_for < now)) {
        const auto& oldest = *entries_.front();
        forgotten_ = oldest.position;
        bytes_ -= size_of(oldest);
        if (const auto newest = newest_.find(oldest.room); newest->second == &oldest) newest_.erase(newest);
        entries_.pop_front();
    }
}

void EventLog::collect(std::string_view room, Position from, std::vector<const LogEntry*>& found) const {
    const auto newest = newest_.find(room);
    if (newest == newest_.end()) return;
    const LogEntry* entry = newest->second;
    const Position floor = std::max(from, forgotten_);
    while (entry != nullptr && entry->position > floor) {
        found.push_back(entry);
        entry = entry->previous_position > floor ? entry->previous : nullptr;
    }
}

EventLog::Repeat EventLog::repeat(std::string_view room, Position since, Position until, std::string_view session_id) {
    const std::lock_guard lock(mutex_);
    if (until != last_) return Repeat::not_the_last;
    if (since < forgotten_) return Repeat::forgotten;
    std::vector<const LogEntry*> found;
    collect(room, since, found);
    std::vector<std::string> packets;  // copied first: what is appended may push out what was found
    for (const auto* entry : found | std::views::reverse) {
        if (entry->kind != Kind::event) continue;
        std::string packet(websocket::payload_of(*entry->frame));
        if (with_offsets_) packet.erase(packet.size() - 1 - offset_argument_length, offset_argument_length);
        packets.push_back(std::move(packet));
    }
    for (auto& packet : packets) append_private(session_id, std::move(packet));
    return Repeat::done;
}

std::optional<EventLog::Missed> EventLog::missed(const std::vector<Placement>& rooms, std::string_view session_id,
                                                 Position from, Position until, std::size_t frames_max,
                                                 std::size_t bytes_max) const {
    const std::lock_guard lock(mutex_);
    if (from < forgotten_) return std::nullopt;
    std::vector<const LogEntry*> found;
    for (const auto& [room, since] : rooms) collect(room, std::max(from, since), found);
    collect(private_room(session_id), from, found);
    std::ranges::sort(found, {}, &LogEntry::position);

    Missed missed{.frames = {}, .rooms = rooms, .left_at = {}, .last = 0};
    std::size_t bytes = 0;
    const auto placement = [&missed](std::string_view room) {
        return std::ranges::find(missed.rooms, room, &Placement::room);
    };
    for (const auto* entry : found) {
        if (entry->position > until) break;
        if (entry->kind == Kind::disconnect) return std::nullopt;
        if (entry->kind == Kind::evict) {
            const auto left = placement(entry->detail);
            if (left == missed.rooms.end() || left->since >= entry->position) continue;
            missed.rooms.erase(left);
            missed.left_at = entry->position;
            continue;
        }
        if (entry->kind == Kind::event && placement(entry->room) == missed.rooms.end()) continue;
        bytes += entry->frame->size();
        if (missed.frames.size() == frames_max || bytes > bytes_max) return std::nullopt;
        missed.frames.push_back(entry->frame);
        missed.last = entry->position;
    }
    return missed;
}

Position EventLog::last() const {
    const std::lock_guard lock(mutex_);
    return last_;
}

std::size_t EventLog::bytes() const {
    const std::lock_guard lock(mutex_);
    return bytes_;
}

}  // namespace liveshop::realtime
