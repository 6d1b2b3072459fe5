#include "modules/live/moves.hpp"

#include "modules/live/api.hpp"
#include "modules/live/events.hpp"
#include "modules/live/recording_store.hpp"
#include "modules/live/rules.hpp"
#include "modules/live/store.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/sockets.hpp"

namespace liveshop::live {
namespace {

// Who has not seen a private stream does not hear of it either.
std::string told_in(const Ctx& ctx, const Stream& stream) {
    return stream.type == StreamType::public_ ? room_of_tenant(ctx.tenant) : room_of(stream.id);
}

}  // namespace

awaitable<Stream> end_live(Ctx& ctx, Stream stream, std::optional<std::string> stop_reason) {
    if (stream.status == StreamStatus::ended) co_return stream;
    const StreamStatus* next = stream_machine.next(stream.status, StreamEvent::end);
    if (!next) throw Fail(Errc::stream_not_live);
    const std::int64_t moved =
        co_await ctx.tx.count(move_stream, stream.id, stream.status, *next, std::move(stop_reason));
    if (moved == 1) {
        co_await ctx.tx.run(sign_off_all, stream.id);
        co_await ctx.tx.run(close_pins, stream.id);
        if (stream.settings.recording_enabled) co_await ctx.tx.run(insert_recording, stream.id);
        co_await jobs::enqueue(ctx, "live.close_room", StreamOf{stream.id});
        co_await jobs::publish(ctx, "live.stream_ended", StreamFact{stream.id});
    }
    stream = co_await get_stream(ctx, stream.id);
    if (moved == 1) ctx.emit(told_in(ctx, stream), stream_ended, stream);
    co_return stream;
}

awaitable<Stream> cancel_scheduled(Ctx& ctx, Stream stream, std::optional<std::string> stop_reason) {
    if (stream.status == StreamStatus::cancelled) co_return stream;
    if (stream.status == StreamStatus::live) throw Fail(Errc::stream_started, "End it instead.");
    const StreamStatus* next = stream_machine.next(stream.status, StreamEvent::cancel);
    if (!next) throw Fail(Errc::stream_over);
    const std::int64_t moved =
        co_await ctx.tx.count(move_stream, stream.id, stream.status, *next, std::move(stop_reason));
    stream = co_await get_stream(ctx, stream.id);
    if (stream.status != StreamStatus::cancelled) throw Fail(Errc::stream_started);  // somebody else was faster
    if (moved == 1) {
        co_await jobs::publish(ctx, "live.stream_cancelled", StreamFact{stream.id});
        ctx.emit(told_in(ctx, stream), stream_called_off, stream);
    }
    co_return stream;
}

awaitable<Stream> stop(Ctx& ctx, Stream stream, std::string reason) {
    const StreamId stream_id = stream.id;
    if (stream_machine.is_final(stream.status)) throw Fail(Errc::stream_over);
    const bool is_live = stream.status == StreamStatus::live;
    Stream stopped = co_await (is_live ? end_live(ctx, std::move(stream), reason)
                                       : cancel_scheduled(ctx, std::move(stream), reason));
    ctx.emit(hosts_of(stream_id), stream_stopped, StreamStopped{stream_id, std::move(reason)});
    co_return stopped;
}

}  // namespace liveshop::live
