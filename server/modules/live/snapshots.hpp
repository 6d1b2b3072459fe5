#pragma once
// What everybody who comes to a stream is shown alike, read once for all who come at the same time: after a restart
// thousands come back within seconds.
#include "modules/live/requests.hpp"
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

/// A thread's own.
class Snapshots {
  public:
    /// Between two reads of one stream.
    static constexpr std::chrono::milliseconds pause{100};

    Snapshots(boost::asio::io_context& io, db::Pool& pool, const Services& services);

    /// As it is now or a little later: never as it was before this call.
    awaitable<std::shared_ptr<const Snapshot>> get(TenantId tenant, StreamId stream_id);
    std::int64_t reads() const { return shared_.reads(); }

  private:
    using Key = std::pair<TenantId, StreamId>;
    SharedRead<Key, Snapshot> shared_;
};

}  // namespace liveshop::live
