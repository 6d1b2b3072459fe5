#pragma once
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <map>
#include <mutex>
#include <unordered_map>

#include "modules/live/requests.hpp"
#include "platform/context.hpp"
#include "platform/db/pool.hpp"

namespace liveshop::live {

/// Viewer counts, reactions and sign-offs of the streams of this process. Telling n viewers of each of n viewers would
/// be n²: once a second each stream whose audience changed gets one event with the count, and one with the reactions
/// that came in; what is to be kept of it is written in one transaction.
class Audience {
  public:
    /// Sockets in a room, over all threads.
    using Count = std::function<std::size_t(std::string_view room)>;
    using Deliver = std::function<void(std::vector<Emission>)>;

    Audience(boost::asio::io_context& io, db::Pool& pool, Count count, Deliver deliver);

    // From any thread.
    /// Somebody came or went; sockets that enter or leave the room a little later are noticed, too.
    void changed(TenantId tenant, StreamId stream_id);
    /// `by` is nobody where a visitor reacts.
    void react(TenantId tenant, StreamId stream_id, ReactionKind kind, std::optional<UserId> by);
    /// Somebody watches since `at`; on how many screens, their room tells. Written down with the next save, if the
    /// stream is live then.
    void came(TenantId tenant, StreamId stream_id, UserId user_id, Timestamp at);
    /// One of somebody's screens was closed: they are signed off as of `at` unless another is still open in a moment.
    void left(TenantId tenant, StreamId stream_id, UserId user_id, Timestamp at);
    std::int64_t viewers(StreamId stream_id) const;

    /// Tells and saves once a second until stop().
    awaitable<void> run();
    /// Tells and saves what is due now: for tests, without run().
    awaitable<void> tell_due();
    void stop();

  private:
    struct Leaving {
        Timestamp at;
        int rounds = 0;  ///< looked at so often, and a screen was open
    };
    struct Pending {
        TenantId tenant;
        bool viewers_changed = false;
        std::map<ReactionKind, std::int64_t> reactions;
        std::int64_t reactions_unsaved = 0;
        std::map<UserId, std::int64_t> reactions_by;
        std::map<UserId, Timestamp> came;
        std::map<UserId, Leaving> leaving;
    };
    struct Told {
        TenantId tenant;
        std::int64_t count = 0;
        int empty_rounds = 0;
    };
    Pending& pending_of(TenantId tenant, StreamId stream_id);
    std::unordered_map<StreamId, Pending> take_due();
    void tell_reactions(StreamId stream_id, const Pending& pending);
    awaitable<void> save(StreamId stream_id, Pending pending);
    awaitable<void> sign_on(db::Transaction& tx, StreamId stream_id, const Pending& pending);
    awaitable<void> save_reactions_of(db::Transaction& tx, StreamId stream_id, const Pending& pending);
    awaitable<void> sign_off_gone(db::Transaction& tx, StreamId stream_id, Pending& pending);
    void again(StreamId stream_id, Pending pending);
    void tell_viewers(StreamId stream_id, TenantId tenant, std::int64_t count, std::optional<std::int64_t> peak);

    db::Pool& pool_;
    Count count_;
    Deliver deliver_;
    boost::asio::steady_timer timer_;
    std::mutex mutex_;
    std::unordered_map<StreamId, Pending> pending_;
    std::unordered_map<StreamId, Told> told_;  // of run() alone
    bool stopping_ = false;
};

}  // namespace liveshop::live
