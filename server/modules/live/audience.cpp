#include "modules/live/audience.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "modules/live/events.hpp"
#include "modules/live/store.hpp"
#include "platform/log.hpp"

namespace liveshop::live {
namespace {

// So long an empty room is looked at: whoever reported to enter it has done so by then, or never will.
constexpr int empty_rounds_max = 30;
// So long a screen that is still open after its person left is doubted: it may be the one that is being closed, or,
// with several machines, known there a little later.
constexpr int leaving_rounds_max = 6;

}  // namespace

Audience::Audience(boost::asio::io_context& io, db::Pool& pool, Count count, Deliver deliver)
    : pool_(pool), count_(std::move(count)), deliver_(std::move(deliver)), timer_(io) {}

// Under the lock.
Audience::Pending& Audience::pending_of(TenantId tenant, StreamId stream_id) {
    Pending& pending = pending_[stream_id];
    pending.tenant = tenant;
    return pending;
}

void Audience::changed(TenantId tenant, StreamId stream_id) {
    const std::lock_guard lock(mutex_);
    pending_of(tenant, stream_id).viewers_changed = true;
}

void Audience::react(TenantId tenant, StreamId stream_id, ReactionKind kind, std::optional<UserId> by) {
    const std::lock_guard lock(mutex_);
    Pending& pending = pending_of(tenant, stream_id);
    ++pending.reactions[kind];
    ++pending.reactions_unsaved;
    if (by) ++pending.reactions_by[*by];
}

// Asked for once, the room is told by the other machines from now on.
void Audience::came(TenantId tenant, StreamId stream_id, UserId user_id, Timestamp at) {
    count_(screens_of(stream_id, user_id));
    const std::lock_guard lock(mutex_);
    Pending& pending = pending_of(tenant, stream_id);
    pending.leaving.erase(user_id);
    pending.came.try_emplace(user_id, at);
}

void Audience::left(TenantId tenant, StreamId stream_id, UserId user_id, Timestamp at) {
    const std::lock_guard lock(mutex_);
    pending_of(tenant, stream_id).leaving.insert_or_assign(user_id, Leaving{.at = at, .rounds = 0});
}

std::int64_t Audience::viewers(StreamId stream_id) const {
    return static_cast<std::int64_t>(count_(audience_of(stream_id)));
}

awaitable<void> Audience::run() {
    while (!stopping_) {
        boost::system::error_code ignored;
        timer_.expires_after(std::chrono::seconds(1));
        co_await timer_.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, ignored));
        co_await tell_due();
    }
}

awaitable<void> Audience::tell_due() {
    std::unordered_map<StreamId, Pending> due = take_due();
    for (const auto& [stream_id, pending] : due) tell_reactions(stream_id, pending);
    for (auto& [stream_id, pending] : due) co_await save(stream_id, std::move(pending));
}

void Audience::stop() {
    stopping_ = true;
    timer_.cancel();
}

// What was reported, and streams whose rooms have another size than was told: a call is over before its socket enters
// or leaves a room.
std::unordered_map<StreamId, Audience::Pending> Audience::take_due() {
    std::unordered_map<StreamId, Pending> due;
    {
        const std::lock_guard lock(mutex_);
        due.swap(pending_);
    }
    for (auto& [stream_id, told] : told_) {
        told.empty_rounds = told.count == 0 ? told.empty_rounds + 1 : 0;
        if (viewers(stream_id) == told.count) continue;
        Pending& pending = due[stream_id];
        pending.tenant = told.tenant;
        pending.viewers_changed = true;
    }
    std::erase_if(told_, [](const auto& entry) { return entry.second.empty_rounds > empty_rounds_max; });
    return due;
}

void Audience::tell_reactions(StreamId stream_id, const Pending& pending) {
    if (pending.reactions.empty()) return;
    Reactions reactions{.stream_id = stream_id, .counts = {}};
    for (const auto& [kind, count] : pending.reactions) reactions.counts.push_back({kind, count});
    deliver_({reactions_came.to(room_of(stream_id), reactions)});
}

// What could not be saved is tried again in a second.
awaitable<void> Audience::save(StreamId stream_id, Pending pending) {
    const std::int64_t count = viewers(stream_id);
    std::optional<std::int64_t> peak;
    Pending next = pending;
    try {
        db::Transaction tx = pool_.transaction({.tenant = pending.tenant, .read_only = false});
        co_await sign_on(tx, stream_id, pending);
        co_await save_reactions_of(tx, stream_id, pending);
        co_await sign_off_gone(tx, stream_id, next);
        if (pending.viewers_changed) peak = co_await tx.find(save_viewers, stream_id, count);
        co_await tx.commit();
    } catch (const db::Error& error) {
        log::warning("audience not saved", {{"error", error.what()}});
        pending.reactions.clear();  // these have been told
        again(stream_id, std::move(pending));
        co_return;
    }
    if (pending.viewers_changed) tell_viewers(stream_id, pending.tenant, count, peak);
    if (next.leaving.empty()) co_return;
    Pending rest;
    rest.tenant = next.tenant;
    rest.leaving = std::move(next.leaving);
    again(stream_id, std::move(rest));
}

awaitable<void> Audience::sign_on(db::Transaction& tx, StreamId stream_id, const Pending& pending) {
    if (pending.came.empty()) co_return;
    db::Array<UserId> people;
    db::Array<Timestamp> times;
    for (const auto& [user_id, at] : pending.came) {
        people.items.push_back(user_id);
        times.items.push_back(at);
    }
    co_await tx.run(insert_participants, stream_id, people, times);
}

awaitable<void> Audience::save_reactions_of(db::Transaction& tx, StreamId stream_id, const Pending& pending) {
    if (pending.reactions_unsaved == 0) co_return;
    db::Array<UserId> people;
    db::Array<std::int64_t> counts;
    for (const auto& [user_id, count] : pending.reactions_by) {
        people.items.push_back(user_id);
        counts.items.push_back(count);
    }
    co_await tx.run(save_reactions, stream_id, pending.reactions_unsaved, people, counts);
}

// Those stay in the list who have a screen open that may be the one being closed.
awaitable<void> Audience::sign_off_gone(db::Transaction& tx, StreamId stream_id, Pending& pending) {
    for (auto entry = pending.leaving.begin(); entry != pending.leaving.end();) {
        auto& [user_id, leaving] = *entry;
        const bool watches = count_(screens_of(stream_id, user_id)) > 0;
        if (!watches) co_await tx.run(sign_off, stream_id, user_id, leaving.at);
        const bool is_decided = !watches || ++leaving.rounds >= leaving_rounds_max;
        entry = is_decided ? pending.leaving.erase(entry) : std::next(entry);
    }
}

// Behind what has been reported meanwhile, which is newer.
void Audience::again(StreamId stream_id, Pending pending) {
    const std::lock_guard lock(mutex_);
    Pending& now = pending_of(pending.tenant, stream_id);
    now.viewers_changed = now.viewers_changed || pending.viewers_changed;
    now.reactions_unsaved += pending.reactions_unsaved;
    for (const auto& [user_id, count] : pending.reactions_by) now.reactions_by[user_id] += count;
    now.came.merge(pending.came);
    now.leaving.merge(pending.leaving);
}

void Audience::tell_viewers(StreamId stream_id, TenantId tenant, std::int64_t count, std::optional<std::int64_t> peak) {
    if (!peak) {  // it is not live any longer
        told_.erase(stream_id);
        return;
    }
    told_.insert_or_assign(stream_id, Told{.tenant = tenant, .count = count, .empty_rounds = 0});
    deliver_({viewers_changed.to(room_of(stream_id), {stream_id, count, *peak})});
}

}  // namespace liveshop::live
