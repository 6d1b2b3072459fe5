// A stream from its plan to its end, as its store's people run it.
#include "modules/catalog/api.hpp"
#include "modules/live/access.hpp"
#include "modules/live/api.hpp"
#include "modules/live/chat.hpp"
#include "modules/live/events.hpp"
#include "modules/live/grants.hpp"
#include "modules/live/moves.hpp"
#include "modules/live/routes.hpp"
#include "modules/live/rules.hpp"
#include "modules/live/store.hpp"
#include "platform/sockets.hpp"

namespace liveshop::live {
namespace {

awaitable<Stream> create_stream(Ctx& ctx, CreateStream in) {
    const catalog::Store store = co_await catalog::get_own_store(ctx, in.store_id);
    if (store.closed_at) throw Fail(catalog::Errc::store_closed_down);
    const StreamId stream_id =
        co_await ctx.tx.one(insert_stream, in.store_id, ctx.user(), in.title.value, in.description, in.scheduled_at,
                            in.type.value_or(StreamType::public_), in.settings.value_or(ChangeStreamSettings{}));
    if (in.scheduled_at) co_await jobs::publish(ctx, "live.stream_scheduled", StreamFact{stream_id});
    Stream stream = co_await get_stream(ctx, stream_id);
    co_return stream;
}

awaitable<Stream> change_stream(Ctx& ctx, UpdateStream in) {
    const Stream before = co_await get_own_stream(ctx, in.stream_id);
    if ((in.scheduled_at || in.type) && before.status != StreamStatus::scheduled) throw Fail(Errc::stream_started);
    co_await ctx.tx.run(update_stream, in.stream_id, in.title, in.description, in.scheduled_at, in.type,
                        in.settings.value_or(ChangeStreamSettings{}));
    Stream stream = co_await get_stream(ctx, in.stream_id);
    if (in.scheduled_at && in.scheduled_at != before.scheduled_at)
        co_await jobs::publish(ctx, "live.stream_scheduled", StreamFact{in.stream_id});
    if (stream.status == StreamStatus::live) co_await tell_changes(ctx, before, stream);
    ctx.emit(room_of(stream.id), stream_changed, stream);
    co_return stream;
}

// The first pictures are taken once the host's video is there, early or late; the others every minute.
awaitable<void> begin(Ctx& ctx, const Stream& stream) {
    if (stream.type == StreamType::public_) ctx.emit(room_of_tenant(ctx.tenant), stream_started, stream);
    co_await jobs::publish(ctx, "live.stream_started", StreamFact{stream.id});
    for (const int delay_s : {4, 15})
        co_await jobs::enqueue(ctx, "live.take_picture", StreamOf{stream.id},
                               {.idempotency_key = std::nullopt, .delay_s = delay_s});
}

// Starting a stream that is live already gives its people a new grant: that is how a host returns after a reload.
awaitable<Publishing> start_stream(Ctx& ctx, StreamOf in) {
    Stream stream = co_await get_own_stream(ctx, in.stream_id);
    if (stream.status != StreamStatus::live) {
        const StreamStatus* next = stream_machine.next(stream.status, StreamEvent::start);
        if (!next) throw Fail(Errc::stream_over);
        const catalog::Store store = co_await catalog::get_store(ctx, stream.store_id);
        if (store.closed_at) throw Fail(catalog::Errc::store_closed_down);
        const std::int64_t moved = co_await ctx.tx.count(move_stream, in.stream_id, stream.status, *next, std::nullopt);
        stream = co_await get_stream(ctx, in.stream_id);
        if (stream.status != StreamStatus::live) throw Fail(Errc::stream_over);  // somebody else was faster
        if (moved == 1) co_await begin(ctx, stream);
    }
    ctx.rooms_joined = {room_of(in.stream_id), hosts_of(in.stream_id)};
    std::string grant = grant_to_publish(ctx, stream);
    co_return Publishing{std::move(stream), "/whip/" + in.stream_id.to_string(), std::move(grant)};
}

awaitable<Stream> end_stream(Ctx& ctx, StreamOf in) {
    Stream stream = co_await get_own_stream(ctx, in.stream_id);
    stream = co_await end_live(ctx, std::move(stream));
    co_return stream;
}

awaitable<Stream> cancel_stream(Ctx& ctx, StreamOf in) {
    Stream stream = co_await get_own_stream(ctx, in.stream_id);
    stream = co_await cancel_scheduled(ctx, std::move(stream));
    co_return stream;
}

Invite invite_to(StreamId stream_id, std::string token) {
    std::string path = "/live/" + stream_id.to_string() + "?invite=" + token;
    return {stream_id, std::move(token), std::move(path)};
}

awaitable<Invite> get_invite(Ctx& ctx, StreamOf in) {
    co_await get_own_stream(ctx, in.stream_id);
    std::string token = co_await ctx.tx.one(find_invite, in.stream_id);
    co_return invite_to(in.stream_id, std::move(token));
}

// Whoever has the old link only is not let in any more; who watches already stays.
awaitable<Invite> make_invite(Ctx& ctx, StreamOf in) {
    co_await get_own_stream(ctx, in.stream_id);
    std::string token = co_await ctx.tx.one(renew_invite, in.stream_id);
    co_return invite_to(in.stream_id, std::move(token));
}

}  // namespace

std::vector<Route> stream_routes() {
    return route_table(
        post<create_stream>("/streams")
            .by(hosts)
            .creates()
            .fails(catalog::Errc::store_not_found, catalog::Errc::not_your_store, catalog::Errc::store_closed_down)
            .says("Plans a stream"),
        put<change_stream>("/streams/{stream_id}")
            .by(hosts)
            .fails(Errc::stream_not_found, Errc::stream_started, catalog::Errc::not_your_store)
            .says("Changes a stream and its settings; when and for whom it is, until it starts"),
        post<start_stream>("/streams/{stream_id}/start")
            .also_on("stream:start")
            .by(hosts)
            .fails(Errc::stream_not_found, Errc::stream_over, catalog::Errc::not_your_store,
                   catalog::Errc::store_closed_down)
            .says("Goes live, or comes back to a stream that is live"),
        post<end_stream>("/streams/{stream_id}/end")
            .by(hosts)
            .fails(Errc::stream_not_found, Errc::stream_not_live, catalog::Errc::not_your_store)
            .says("Ends a stream"),
        post<cancel_stream>("/streams/{stream_id}/cancel")
            .by(hosts)
            .fails(Errc::stream_not_found, Errc::stream_started, Errc::stream_over, catalog::Errc::not_your_store)
            .says("Calls a stream off that has not started"),
        get<get_invite>("/streams/{stream_id}/invites")
            .by(hosts)
            .fails(Errc::stream_not_found, catalog::Errc::not_your_store)
            .says("The link that lets people into a private stream"),
        post<make_invite>("/streams/{stream_id}/invites")
            .by(hosts)
            .creates()
            .fails(Errc::stream_not_found, catalog::Errc::not_your_store)
            .says("A new link; the old one lets nobody in any more"));
}

}  // namespace liveshop::live
