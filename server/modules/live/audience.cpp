#include "modules/live/audience.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "modules/live/store.hpp"
#include "platform/log.hpp"

namespace liveshop::live {

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
        std::unordered_map<StreamId, Pending> due;
        {
            const std::lock_guard lock(mutex_);
            due.swap(pending_);
        }
        for (auto& [stream_id, pending] : due) {
            try {
                co_await tell(stream_id, std::move(pending));
            } catch (const db::Error& error) {  // told already; the next change saves the count
                log::warning("viewer count not saved", {{"error", error.what()}});
            }
        }
    }
}

void Audience::stop() {
    stopping_ = true;
    timer_.cancel();
}

awaitable<void> Audience::tell(StreamId stream_id, Pending pending) {
    std::vector<Emission> emissions;
    if (!pending.reactions.empty()) {
        Reactions reactions{.stream_id = stream_id, .counts = {}};
        for (const auto& [kind, count] : pending.reactions) reactions.counts.push_back({kind, count});
        emissions.push_back({room_of(stream_id), "stream:reaction", to_json(reactions)});
    }
    const std::int64_t count = viewers(stream_id);
    if (pending.viewers_changed) {
        std::int64_t& peak = peaks_[stream_id];
        peak = std::max(peak, count);
        emissions.push_back({room_of(stream_id), "stream:viewers", to_json(ViewersChanged{stream_id, count, peak})});
        if (count == 0) peaks_.erase(stream_id);
    }
    deliver_(std::move(emissions));
    if (!pending.viewers_changed) co_return;
    db::Transaction tx = pool_.transaction({.tenant = pending.tenant, .read_only = false});
    co_await tx.run(save_viewers, stream_id, count);
    co_await tx.commit();
}

}  // namespace liveshop::live
