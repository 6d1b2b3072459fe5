// Watching a stream: coming and going, reactions, and who was there.
#include "modules/catalog/api.hpp"
#include "modules/live/access.hpp"
#include "modules/live/api.hpp"
#include "modules/live/audience.hpp"
#include "modules/live/cursor.hpp"
#include "modules/live/grants.hpp"
#include "modules/live/routes.hpp"
#include "modules/live/rules.hpp"
#include "modules/live/snapshots.hpp"
#include "modules/live/store.hpp"

namespace liveshop::live {
namespace {

// Rooms of the caller's socket: hosts are not counted, and one person is counted once on however many screens.
void enter(Ctx& ctx, StreamId stream_id, bool is_host) {
    ctx.rooms_joined.push_back(room_of(stream_id));
    if (is_host) {
        ctx.rooms_joined.push_back(hosts_of(stream_id));
        return;
    }
    Audience& audience = ctx.services.get<Audience>();
    ctx.rooms_joined.push_back(audience_of(stream_id));
    audience.changed(ctx.tenant, stream_id);
    if (!ctx.principal) return;
    ctx.rooms_joined.push_back(screens_of(stream_id, ctx.user()));
    audience.came(ctx.tenant, stream_id, ctx.user(), ctx.now);
}

// The longest of whatever keeps somebody from writing.
std::optional<MuteNotice> mute_of(const Snapshot& snapshot, UserId user_id) {
    const MutedPerson* longest = nullptr;
    for (const MutedPerson& muted : snapshot.muted) {
        if (muted.user_id != user_id) continue;
        const bool is_longer =
            !longest || !muted.expires_at || (longest->expires_at && *muted.expires_at > *longest->expires_at);
        if (is_longer) longest = &muted;
    }
    if (!longest) return std::nullopt;
    return MuteNotice{longest->reason, longest->expires_at};
}

void describe_role(const Ctx& ctx, bool is_host, const Snapshot& snapshot, Watching& watching) {
    watching.role = is_host ? Author::host : Author::viewer;
    if (is_host || !ctx.principal) return;
    if (std::ranges::count(snapshot.moderators, ctx.principal->user) > 0)
        watching.role = Author::moderator;
    else
        watching.muted = mute_of(snapshot, ctx.principal->user);
}

// Of the store's people alone something is asked for each; who they are to others, the snapshot says.
awaitable<Watching> join_stream(Ctx& ctx, VisitStream in) {
    const std::shared_ptr<const Snapshot> snapshot =
        co_await ctx.services.get<Snapshots>().get(ctx.tenant, in.stream_id);
    const bool is_host = co_await admit(ctx, *snapshot, in.invite);
    const Stream& stream = *snapshot->stream;
    if (stream_machine.is_final(stream.status)) throw Fail(Errc::stream_over);
    require_live(stream);
    enter(ctx, in.stream_id, is_host);
    Watching watching{.stream = stream,
                      .whep_url = "/whep/" + in.stream_id.to_string(),
                      .grant = grant_to_view(ctx, stream),
                      .viewer_count = ctx.services.get<Audience>().viewers(in.stream_id),
                      .pinned_products = snapshot->pinned_products,
                      .role = Author::viewer,
                      .muted = {}};
    describe_role(ctx, is_host, *snapshot, watching);
    co_return watching;
}

// Never refused: a private stream is left without its token, and who was not there leaves nothing.
awaitable<void> leave_stream(Ctx& ctx, StreamOf in) {
    const std::optional<Stream> stream = co_await ctx.tx.find(find_stream, in.stream_id);
    if (!stream) co_return;
    ctx.rooms_left = {audience_of(in.stream_id), hosts_of(in.stream_id), room_of(in.stream_id)};
    Audience& audience = ctx.services.get<Audience>();
    if (ctx.principal) {
        ctx.rooms_left.push_back(screens_of(in.stream_id, ctx.user()));
        audience.left(ctx.tenant, in.stream_id, ctx.user(), ctx.now);
    }
    audience.changed(ctx.tenant, in.stream_id);
}

awaitable<void> react(Ctx& ctx, React in) {
    const Visit at = co_await visit(ctx, in.stream_id, std::move(in.invite));
    require_live(at.stream);
    if (!at.stream.settings.reactions_enabled) throw Fail(Errc::reactions_off);
    std::optional<UserId> by;
    if (ctx.principal) by = ctx.principal->user;
    ctx.services.get<Audience>().react(ctx.tenant, in.stream_id, in.kind, by);
}

awaitable<ParticipantList> get_participants(Ctx& ctx, ListParticipants in) {
    co_await get_own_stream(ctx, in.stream_id);
    const std::optional<Cursor> cursor = Cursor::parse(in.cursor);
    const std::int64_t limit = in.limit ? in.limit->value : page_rows;
    std::optional<Timestamp> after;
    std::optional<RowId> after_id;
    if (cursor) after = Timestamp{cursor->key}, after_id = cursor->id;
    ParticipantList list;
    list.participants = co_await ctx.tx.all(list_participants, in.stream_id, after, after_id, limit + 1);
    list.next_cursor = next_cursor(list.participants, limit, [](const Participant& last) {
        return Cursor{last.joined_at.us, {last.user_id.value}};
    });
    co_return list;
}

awaitable<StreamSummary> get_summary(Ctx& ctx, StreamOf in) {
    Stream stream = co_await get_own_stream(ctx, in.stream_id);
    StreamCounts counts = co_await ctx.tx.one(count_stream, in.stream_id);
    co_return StreamSummary{.stream = std::move(stream),
                            .participants_count = counts.participants_count,
                            .messages_count = counts.messages_count,
                            .reactions_count = counts.reactions_count,
                            .requests_count = counts.requests_count,
                            .stop_reason = std::move(counts.stop_reason)};
}

}  // namespace

std::vector<Route> watching_routes() {
    return route_table(post<join_stream>("/streams/{stream_id}/join")
                           .also_on("stream:join")
                           .by(anyone)
                           .fails(Errc::stream_not_found, Errc::stream_not_live, Errc::stream_over)
                           .says("Watches a live stream: where its video is, and what is pinned"),
                       post<leave_stream>("/streams/{stream_id}/leave")
                           .also_on("stream:leave")
                           .by(anyone)
                           .says("Watches no longer; on another screen one goes on watching"),
                       post<react>("/streams/{stream_id}/reactions")
                           .also_on("stream:reaction")
                           .by(anyone)
                           .limited({.count = 60, .per_s = 10})
                           .fails(Errc::stream_not_found, Errc::stream_not_live, Errc::reactions_off)
                           .says("Reacts; reactions reach everybody once a second, counted"),
                       get<get_participants>("/streams/{stream_id}/participants")
                           .by(hosts)
                           .fails(Errc::stream_not_found, catalog::Errc::not_your_store)
                           .says("Who with an account watched: how long, and what they wrote and reacted"),
                       get<get_summary>("/streams/{stream_id}/summary")
                           .by(hosts)
                           .fails(Errc::stream_not_found, catalog::Errc::not_your_store)
                           .says("What became of a stream, in numbers"));
}

}  // namespace liveshop::live
