#include "modules/live/access.hpp"

#include "modules/catalog/api.hpp"
#include "modules/live/api.hpp"
#include "modules/live/moderation_store.hpp"
#include "modules/live/store.hpp"

namespace liveshop::live {

awaitable<bool> is_own(Ctx& ctx, const Stream& stream) {
    if (!ctx.principal || !hosts.admits(ctx.principal->role)) co_return false;
    const catalog::Store store = co_await catalog::get_store(ctx, stream.store_id);
    const bool own = co_await catalog::is_own_store(ctx, store);
    co_return own;
}

awaitable<Visit> visit(Ctx& ctx, StreamId stream_id, std::optional<InviteToken> invite) {
    std::optional<Stream> stream = co_await ctx.tx.find(find_invited_stream, stream_id, invite);
    if (stream) {
        const bool own = co_await is_own(ctx, *stream);
        co_return Visit{std::move(*stream), own};
    }
    Stream hidden = co_await get_stream(ctx, stream_id);
    const bool own = co_await is_own(ctx, hidden);
    if (!own) throw Fail(Errc::stream_not_found);
    co_return Visit{std::move(hidden), true};
}

awaitable<Stream> get_own_stream(Ctx& ctx, StreamId stream_id) {
    Stream stream = co_await get_stream(ctx, stream_id);
    const bool own = co_await is_own(ctx, stream);
    if (!own && stream.type == StreamType::private_) throw Fail(Errc::stream_not_found);
    if (!own) throw Fail(catalog::Errc::not_your_store);
    co_return stream;
}

awaitable<Visit> visit_to_moderate(Ctx& ctx, StreamId stream_id) {
    Stream stream = co_await get_stream(ctx, stream_id);
    const bool own = co_await is_own(ctx, stream);
    const bool keeps = co_await ctx.tx.one(keeps_order, stream.store_id, ctx.user());
    if (!own && !keeps) throw Fail(stream.type == StreamType::private_ ? Errc::stream_not_found : Errc::not_moderator);
    co_return Visit{std::move(stream), own};
}

void require_live(const Stream& stream) {
    if (stream.status != StreamStatus::live) throw Fail(Errc::stream_not_live);
}

awaitable<Stream> get_stream(Ctx& ctx, StreamId stream_id) {
    std::optional<Stream> stream = co_await ctx.tx.find(find_stream, stream_id);
    if (!stream) throw Fail(Errc::stream_not_found);
    co_return std::move(*stream);
}

}  // namespace liveshop::live
