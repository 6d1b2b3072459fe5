#pragma once
// Who may be at a stream, and as what.
#include "modules/live/requests.hpp"
#include "platform/context.hpp"

namespace liveshop::live {

inline constexpr Access hosts = only(Role::store_owner, Role::store_staff, Role::admin);

/// A stream, and whether the caller is one of its store's people.
struct Visit {
    Stream stream;
    bool is_host = false;
};

/// Whether the caller is one of the people of the stream's store.
awaitable<bool> is_own(Ctx& ctx, const Stream& stream);

/// A public stream, or a private one with its token or as one of its people; throws stream_not_found.
awaitable<Visit> visit(Ctx& ctx, StreamId stream_id, std::optional<InviteToken> invite);

/// Throws stream_not_found, and catalog's not_your_store unless the caller is one of its store's people.
awaitable<Stream> get_own_stream(Ctx& ctx, StreamId stream_id);

/// As one of its people or of the store's moderators; throws stream_not_found, not_moderator.
awaitable<Visit> visit_to_moderate(Ctx& ctx, StreamId stream_id);

/// Throws stream_not_live unless it is on.
void require_live(const Stream& stream);

}  // namespace liveshop::live
