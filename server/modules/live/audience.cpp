#include "modules/live/audience.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "modules/live/store.hpp"
#include "platform/log.hpp"

namespace liveshop::live {
namespace {

// So long an empty room is looked at: whoever reported to enter it has done so by then, or never will.
constexpr int empty_rounds_max = 30;

}  // namespace

Audience::Audience(boost::asio::io_context& io, db::Pool& pool, Count count, Deliver deliver)
    : pool_(pool), count_(std::move(count)), deliver_(std::move(deliver)), timer_(io) {}

void Audience::changed(TenantId tenant, StreamId stream_id) {
    const std::lock_guard lock(mutex_);
    Pending& pending = pending_[stream_id];
    pending.tenant = tenant;
    pending.viewers_changed = true;
}

void Audience::react(TenantId tenant, StreamId stream_id, ReactionKind kind) {
    const std::lock_guard lock(mutex_);
    Pending& pending = pending_[stream_id];
    pending.tenant = tenant;
    ++pending.reactions[kind];
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
    const std::unordered_map<StreamId, Pending> due = take_due();
    for (const auto& [stream_id, pending] : due) tell_reactions(stream_id, pending);
    for (const auto& [stream_id, pending] : due) {
        if (!pending.viewers_changed) continue;
        try {
            co_await tell_viewers(stream_id, pending.tenant);
        } catch (const db::Error& error) {
            log::warning("viewer count not saved", {{"error", error.what()}});
            changed(pending.tenant, stream_id);  // again in a second
        }
    }
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
    deliver_({{room_of(stream_id), "stream:reaction", to_json(reactions)}});
}

awaitable<void> Audience::tell_viewers(StreamId stream_id, TenantId tenant) {
    const std::int64_t count = viewers(stream_id);
    db::Transaction tx = pool_.transaction({.tenant = tenant, .read_only = false});
    const std::optional<std::int64_t> peak = co_await tx.find(save_viewers, stream_id, count);
    co_await tx.commit();
    if (!peak) {  // it is not live any longer
        told_.erase(stream_id);
        co_return;
    }
    told_.insert_or_assign(stream_id, Told{.tenant = tenant, .count = count, .empty_rounds = 0});
    deliver_({{room_of(stream_id), "stream:viewers", to_json(ViewersChanged{stream_id, count, *peak})}});
}

}  // namespace liveshop::live
