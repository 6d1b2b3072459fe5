#pragma once
// What everybody who comes to a stream is shown alike, read once for all who come at the same time: after a restart
// thousands come back within seconds.
#include "modules/live/chat_requests.hpp"
#include "modules/live/shared_read.hpp"
#include "platform/context.hpp"
#include "platform/db/pool.hpp"

namespace liveshop::live {

/// Somebody who may not write.
struct MutedPerson {
    UserId user_id;
    std::optional<std::string> reason;
    std::optional<Timestamp> expires_at;
};
BOOST_DESCRIBE_STRUCT(MutedPerson, (), (user_id, reason, expires_at))

struct Snapshot {
    std::optional<Stream> stream;  ///< none: there is no such stream
    std::string invite_token;
    std::vector<catalog::Product> pinned_products;  ///< in the host's order
    std::vector<UserId> moderators;                 ///< of its store; of these and the muted the latest five hundred
    std::vector<MutedPerson> muted;                 ///< in its store or everywhere; who writes is asked for anew
};

/// Somebody who does not want to read somebody.
struct Block {
    UserId user_id;
    UserId blocked_id;
};
BOOST_DESCRIBE_STRUCT(Block, (), (user_id, blocked_id))

/// The end of a chat.
struct ChatEnd {
    std::vector<Message> messages;  ///< the newest hundred, oldest first
    std::vector<Block> blocks;      ///< of those who wrote them

    /// Without what the reader's blocked people wrote.
    std::vector<Message> read_by(std::optional<UserId> reader) const;
};

/// A thread's own.
class Snapshots {
  public:
    /// Between two reads of one stream.
    static constexpr std::chrono::milliseconds pause{100};

    Snapshots(boost::asio::io_context& io, db::Pool& pool, const Services& services);

    /// As it is now or a little later: never as it was before this call.
    awaitable<std::shared_ptr<const Snapshot>> get(TenantId tenant, StreamId stream_id);
    awaitable<std::shared_ptr<const ChatEnd>> chat(TenantId tenant, StreamId stream_id);
    std::int64_t reads() const { return shared_.reads() + chats_.reads(); }

  private:
    using Key = std::pair<TenantId, StreamId>;
    SharedRead<Key, Snapshot> shared_;
    SharedRead<Key, ChatEnd> chats_;
};

/// Whether the caller is one of the store's people; throws stream_not_found unless the stream is there for them
/// (`access.hpp`, visit).
awaitable<bool> admit(Ctx& ctx, const Snapshot& snapshot, const std::optional<InviteToken>& invite);

}  // namespace liveshop::live
