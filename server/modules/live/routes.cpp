#include "modules/live/routes.hpp"

#include "media/grant.hpp"
#include "modules/catalog/api.hpp"
#include "modules/identity/api.hpp"
#include "modules/live/api.hpp"
#include "modules/live/audience.hpp"
#include "modules/live/rules.hpp"
#include "modules/live/store.hpp"

namespace liveshop::live {
namespace {

// A stream is a media room of the same name.
std::string grant_for(const Ctx& ctx, StreamId stream_id, media::Action action) {
    const Settings& settings = ctx.services.get<const Settings>();
    const std::string subject = ctx.principal ? ctx.principal->user.to_string() : "visitor";
    return media::sign({.room = stream_id.to_string(),
                        .action = action,
                        .subject = subject,
                        .expires_at_s = ctx.now.us / 1'000'000 + settings.media_grant_ttl_s.value,
                        .max_bitrate_kbps = std::nullopt},
                       settings.media_grant_secret.reveal());
}

awaitable<Stream> get_own_stream(Ctx& ctx, StreamId stream_id) {
    Stream stream = co_await get_stream(ctx, stream_id);
    co_await catalog::get_own_store(ctx, stream.store_id);
    co_return stream;
}

awaitable<Stream> create_stream(Ctx& ctx, CreateStream in) {
    co_await catalog::get_own_store(ctx, in.store_id);
    const StreamId stream_id =
        co_await ctx.tx.one(insert_stream, in.store_id, ctx.user(), in.title.value, in.description, in.scheduled_at,
                            in.type.value_or(StreamType::public_));
    Stream stream = co_await get_stream(ctx, stream_id);
    co_return stream;
}

awaitable<StreamList> get_streams(Ctx& ctx, ListStreams in) {
    StreamList list;
    list.streams = co_await ctx.tx.all(list_streams, in.status.value_or(StreamStatus::live), in.store_id);
    co_return list;
}

awaitable<Stream> get_one_stream(Ctx& ctx, StreamOf in) {
    Stream stream = co_await get_stream(ctx, in.stream_id);
    co_return stream;
}

awaitable<Stream> change_stream(Ctx& ctx, UpdateStream in) {
    co_await get_own_stream(ctx, in.stream_id);
    co_await ctx.tx.run(update_stream, in.stream_id, in.title, in.description, in.scheduled_at);
    Stream stream = co_await get_stream(ctx, in.stream_id);
    co_return stream;
}

// Starting a stream that is live already gives its people a new grant: that is how a host returns after a reload.
awaitable<Publishing> start_stream(Ctx& ctx, StreamOf in) {
    Stream stream = co_await get_own_stream(ctx, in.stream_id);
    if (stream.status != StreamStatus::live) {
        const StreamStatus* next = stream_machine.next(stream.status, StreamEvent::start);
        if (!next) throw Fail(Errc::stream_over);
        const std::int64_t moved = co_await ctx.tx.count(move_stream, in.stream_id, stream.status, *next);
        stream = co_await get_stream(ctx, in.stream_id);
        if (stream.status != StreamStatus::live) throw Fail(Errc::stream_over);  // somebody else was faster
        if (moved == 1 && stream.type == StreamType::public_)
            ctx.emit(room_of_tenant(ctx.tenant), "stream:start", stream);
    }
    ctx.rooms_joined.push_back(room_of(in.stream_id));
    std::string grant = grant_for(ctx, in.stream_id, media::Action::publish);
    co_return Publishing{std::move(stream), "/whip/" + in.stream_id.to_string(), std::move(grant)};
}

awaitable<Stream> end_stream(Ctx& ctx, StreamOf in) {
    Stream stream = co_await get_own_stream(ctx, in.stream_id);
    if (stream.status == StreamStatus::ended) co_return stream;
    const StreamStatus* next = stream_machine.next(stream.status, StreamEvent::end);
    if (!next) throw Fail(Errc::stream_not_live);
    const std::int64_t moved = co_await ctx.tx.count(move_stream, in.stream_id, stream.status, *next);
    if (moved == 1) {
        co_await ctx.tx.run(sign_off_all, in.stream_id);
        co_await jobs::enqueue(ctx, "live.close_room", in);
    }
    stream = co_await get_stream(ctx, in.stream_id);
    const bool is_public = stream.type == StreamType::public_;
    if (moved == 1) ctx.emit(is_public ? room_of_tenant(ctx.tenant) : room_of(in.stream_id), "stream:end", stream);
    co_return stream;
}

awaitable<Watching> join_stream(Ctx& ctx, StreamOf in) {
    Stream stream = co_await get_stream(ctx, in.stream_id);
    if (stream.status == StreamStatus::ended || stream.status == StreamStatus::cancelled) throw Fail(Errc::stream_over);
    if (stream.status != StreamStatus::live) throw Fail(Errc::stream_not_live);
    Audience& audience = ctx.services.get<Audience>();
    ctx.rooms_joined.push_back(room_of(in.stream_id));
    const bool is_host = ctx.principal && ctx.principal->user == stream.host_id;
    if (!is_host) {
        ctx.rooms_joined.push_back(audience_of(in.stream_id));
        if (ctx.principal) co_await ctx.tx.run(insert_participant, in.stream_id, ctx.principal->user);
        audience.changed(ctx.tenant, in.stream_id);
    }
    std::vector<catalog::ProductId> pins = co_await ctx.tx.all(list_pins, in.stream_id);
    std::vector<catalog::Product> products = co_await catalog::get_products(ctx, std::move(pins));
    std::string grant = grant_for(ctx, in.stream_id, media::Action::view);
    const std::int64_t viewer_count = audience.viewers(in.stream_id);
    co_return Watching{std::move(stream), "/whep/" + in.stream_id.to_string(), std::move(grant), viewer_count,
                       std::move(products)};
}

awaitable<void> leave_stream(Ctx& ctx, StreamOf in) {
    co_await get_stream(ctx, in.stream_id);
    ctx.rooms_left = {audience_of(in.stream_id), room_of(in.stream_id)};
    if (ctx.principal) co_await ctx.tx.run(sign_off, in.stream_id, ctx.principal->user);
    ctx.services.get<Audience>().changed(ctx.tenant, in.stream_id);
}

awaitable<ProductPinned> pin_product(Ctx& ctx, PinProduct in) {
    const Stream stream = co_await get_own_stream(ctx, in.stream_id);
    if (stream_machine.is_final(stream.status)) throw Fail(Errc::stream_over);
    catalog::Product product = co_await catalog::get_product(ctx, in.product_id);
    if (product.store_id != stream.store_id) throw Fail(Errc::product_of_other_store);
    co_await ctx.tx.one(lock_stream, in.stream_id);
    const std::int64_t others = co_await ctx.tx.one(count_other_pins, in.stream_id, in.product_id);
    if (others >= pins_max) throw Fail(Errc::too_many_pins);
    co_await ctx.tx.run(insert_pin, in.stream_id, in.product_id);
    ProductPinned pinned{in.stream_id, std::move(product)};
    ctx.emit(room_of(in.stream_id), "stream:product:pin", pinned);
    co_return pinned;
}

awaitable<void> unpin_product(Ctx& ctx, PinProduct in) {
    co_await get_own_stream(ctx, in.stream_id);
    const std::int64_t removed = co_await ctx.tx.count(delete_pin, in.stream_id, in.product_id);
    if (removed == 0) throw Fail(Errc::not_pinned);
    ctx.emit(room_of(in.stream_id), "stream:product:unpin", in);
}

awaitable<MessageList> get_messages(Ctx& ctx, ListMessages in) {
    co_await get_stream(ctx, in.stream_id);
    MessageList list;
    list.messages = co_await ctx.tx.all(list_messages, in.stream_id, in.before);
    co_return list;
}

awaitable<Message> send_message(Ctx& ctx, SendMessage in) {
    const Stream stream = co_await get_stream(ctx, in.stream_id);
    if (stream.status != StreamStatus::live) throw Fail(Errc::stream_not_live);
    const identity::User user = co_await identity::get_user(ctx, ctx.user());
    Message message =
        co_await ctx.tx.one(insert_message, in.stream_id, user.id, user.name, MessageType::text, in.content.value);
    ctx.emit(room_of(in.stream_id), "stream:message", message);
    co_return message;
}

awaitable<void> react(Ctx& ctx, React in) {
    const Stream stream = co_await get_stream(ctx, in.stream_id);
    if (stream.status != StreamStatus::live) throw Fail(Errc::stream_not_live);
    ctx.services.get<Audience>().react(ctx.tenant, in.stream_id, in.kind);
}

}  // namespace

awaitable<Stream> get_stream(Ctx& ctx, StreamId stream_id) {
    std::optional<Stream> stream = co_await ctx.tx.find(find_stream, stream_id);
    if (!stream) throw Fail(Errc::stream_not_found);
    co_return std::move(*stream);
}

std::vector<Route> routes() {
    constexpr Access hosts = only(Role::store_owner, Role::store_staff, Role::admin);
    constexpr Rate talking{.count = 20, .per_s = 10};
    return route_table(
        post<create_stream>("/streams")
            .by(hosts)
            .creates()
            .fails(catalog::Errc::store_not_found, catalog::Errc::not_your_store)
            .says("Plans a stream"),
        get<get_streams>("/streams").by(anyone).says("Public streams, live ones unless another status is asked for"),
        get<get_one_stream>("/streams/{stream_id}").by(anyone).fails(Errc::stream_not_found).says("One stream"),
        put<change_stream>("/streams/{stream_id}")
            .by(hosts)
            .fails(Errc::stream_not_found, catalog::Errc::not_your_store)
            .says("Changes a stream"),
        post<start_stream>("/streams/{stream_id}/start")
            .by(hosts)
            .fails(Errc::stream_not_found, Errc::stream_over, catalog::Errc::not_your_store)
            .says("Goes live, or comes back to a stream that is live"),
        post<end_stream>("/streams/{stream_id}/end")
            .by(hosts)
            .fails(Errc::stream_not_found, Errc::stream_not_live, catalog::Errc::not_your_store)
            .says("Ends a stream"),
        post<join_stream>("/streams/{stream_id}/join")
            .also_on("stream:join")
            .by(anyone)
            .fails(Errc::stream_not_found, Errc::stream_not_live, Errc::stream_over)
            .says("Watches a live stream: where its video is, and what is pinned"),
        post<leave_stream>("/streams/{stream_id}/leave")
            .also_on("stream:leave")
            .by(anyone)
            .fails(Errc::stream_not_found)
            .says("Watches no longer"),
        post<pin_product>("/streams/{stream_id}/pin")
            .also_on("stream:product:pin")
            .by(hosts)
            .creates()
            .fails(Errc::stream_not_found, Errc::stream_over, Errc::product_of_other_store, Errc::too_many_pins,
                   catalog::Errc::product_not_found, catalog::Errc::not_your_store)
            .says("Shows a product to the viewers"),
        del<unpin_product>("/streams/{stream_id}/pin/{product_id}")
            .also_on("stream:product:unpin")
            .by(hosts)
            .fails(Errc::stream_not_found, Errc::not_pinned, catalog::Errc::not_your_store)
            .says("Takes a product away"),
        get<get_messages>("/streams/{stream_id}/chat").by(anyone).fails(Errc::stream_not_found).says("What was said"),
        post<send_message>("/streams/{stream_id}/chat")
            .also_on("stream:message")
            .creates()
            .limited(talking)
            .fails(Errc::stream_not_found, Errc::stream_not_live)
            .says("Says something to everybody at the stream"),
        post<react>("/streams/{stream_id}/reactions")
            .also_on("stream:reaction")
            .by(anyone)
            .limited({.count = 60, .per_s = 10})
            .fails(Errc::stream_not_found, Errc::stream_not_live)
            .says("Reacts; reactions reach everybody once a second, counted"));
}

std::vector<LeavingRow> leaving_rows() { return {{audience_prefix, "stream:leave", "stream_id"}}; }

}  // namespace liveshop::live
