// What is said to rooms on one thread, and the sessions that hear it, leave and come back.
#include <spdlog/spdlog.h>

#include <boost/asio/post.hpp>

#include "platform/realtime/hub.hpp"
#include "platform/realtime/session.hpp"

namespace liveshop::realtime {
namespace {

constexpr std::chrono::seconds give_way_limit{5};

}  // namespace

void Hub::deliver_due() {
    if (std::exchange(delivering_, true)) return;
    for (const auto& entry : log().take(inbox_)) apply(*entry);
    delivering_ = false;
}

void Hub::apply(const LogEntry& entry) {
    position_ = entry.position;
    switch (entry.kind) {
        case LogEntry::Kind::event:
            return deliver(entry);
        case LogEntry::Kind::private_event:
            if (const auto session = sessions_.find(entry.detail); session != sessions_.end())
                session->second->deliver(entry.frame, entry.position, Transport::Urgency::now);
            return;
        case LogEntry::Kind::evict:
            for (const auto& session : sessions_in(entry.room)) session->leave(entry.detail);
            return;
        case LogEntry::Kind::disconnect:
            for (const auto& session : sessions_in(entry.room)) session->disconnect(entry.detail);
            return;
    }
}

void Hub::deliver(const LogEntry& event) {
    const auto members = rooms_.members(event.room);
    // An owner of its own for this thread: its receivers do not fight with other threads over one reference count.
    const Frame local(std::make_shared<Frame>(event.frame), event.frame.get());
    for (auto* member : members)
        static_cast<Session*>(member)->deliver(local, event.position, Transport::Urgency::may_wait);
    counters_.broadcasts.add();
    counters_.deliveries.add(members.size());
}

std::vector<std::shared_ptr<Session>> Hub::sessions_in(std::string_view room) const {
    std::vector<std::shared_ptr<Session>> sessions;
    for (auto* member : rooms_.members(room)) sessions.push_back(static_cast<Session*>(member)->shared_from_this());
    return sessions;
}

void Hub::add(Session& session) {
    counters_.sessions.add();
    sessions_.emplace(session.id_, &session);
    if (recovery().is_enabled()) recovery().began(session.pid_, *this, session.weak_from_this());
}

void Hub::remove(Session& session) {
    counters_.sessions.subtract();
    sessions_.erase(session.id_);
    counters_.memberships.subtract(session.room_count());
    rooms_.leave_all(session);
    counters_.rooms.set(rooms_.rooms());
}

void Hub::join(Session& session, std::string_view room, Position since) {
    if (rooms_.join(session, room, since)) counters_.memberships.add();
    counters_.rooms.set(rooms_.rooms());
}

void Hub::leave(Session& session, std::string_view room) {
    if (rooms_.leave(session, room)) counters_.memberships.subtract();
    counters_.rooms.set(rooms_.rooms());
}

bool Hub::repeat(const Session& session, std::string_view room, Position since) {
    while (!delivering_) {
        deliver_due();
        const auto outcome = log().repeat(room, since, position_, session.id());
        if (outcome != EventLog::Repeat::not_the_last) return outcome == EventLog::Repeat::done;
    }
    return false;
}

void Hub::part_with(Suspended session, Return may_return) {
    if (may_return == Return::never || stopping_ || !recovery().is_enabled()) {
        recovery().ended(session.pid);
        return say_gone(departure_of(std::move(session)));
    }
    if (const auto oldest = recovery().suspend(std::move(session), now())) say_gone(*oldest);
}

void Hub::say_gone(const Departure& departure) {
    if (!handlers().on_disconnect) return;
    try {
        handlers().on_disconnect(departure);
    } catch (const std::exception& error) {
        spdlog::error("realtime: on_disconnect failed: {}", error.what());
    }
}

awaitable<std::optional<Suspended>> Hub::recover(std::string pid, Identity person) {
    auto session = recovery().take(pid, person);
    if (session) co_return session;
    const auto at = recovery().whereabouts(pid);
    if (!at) co_return std::nullopt;
    // For all that is known there, its connection is still good.
    const auto ask = [&](Answers<bool>::Reply reply) {
        boost::asio::post(at->first->executor(), [holder = at->second, person, reply] {
            const auto held = holder.lock();
            const bool is_theirs = held && is_same_person(held->identity(), person);
            if (is_theirs) held->give_way();
            reply(is_theirs);
        });
    };
    const auto gave_way = co_await give_ways_.ask(ask, give_way_limit);
    if (!gave_way.value_or(false)) co_return std::nullopt;
    session = recovery().take(pid, person);
    co_return session;
}

}  // namespace liveshop::realtime
