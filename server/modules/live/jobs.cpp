#include "modules/live/jobs.hpp"

#include "media/control_client.hpp"
#include "modules/live/picture_jobs.hpp"
#include "modules/live/recording_files.hpp"
#include "modules/live/recording_store.hpp"
#include "modules/live/routes.hpp"
#include "modules/live/store.hpp"
#include "modules/live/store_holds.hpp"
#include "platform/log.hpp"

namespace liveshop::live {
namespace {

// Longer than any permission to enter lives, so that none outlives its stream.
constexpr std::int64_t refuse_for_s = 3'660;

awaitable<void> close_at_media(const Settings& settings, StreamId stream_id) {
    boost::json::object command{
        {"command", "close_room"}, {"room", stream_id.to_string()}, {"refuse_for_s", refuse_for_s}};
    co_await media::call(settings.media_control_socket, std::move(command));
}

// The media server holds no connection of ours while it closes the room, and closing a closed one does no harm. Whoever
// came while the stream ended is signed off then.
awaitable<void> close_room(Ctx& ctx, StreamOf in) {
    co_await close_at_media(ctx.services.get<const Settings>(), in.stream_id);
    co_await ctx.tx.run(sign_off_all, in.stream_id);
    co_await jobs::enqueue(ctx, "live.keep_recording", in, {.idempotency_key = std::nullopt, .delay_s = 1});
}

// Rooms of streams that are over: a media server that was started anew knows nothing of what was closed before, and a
// permission may still be good.
awaitable<void> close_left_over(Ctx& ctx, Nothing) {
    const Settings& settings = ctx.services.get<const Settings>();
    const boost::json::value answer = co_await media::call(settings.media_control_socket, {{"command", "rooms"}});
    db::Array<StreamId> open;
    for (const boost::json::value& room : answer.at("rooms").as_array())
        if (const auto id = StreamId::parse(room.at("room").as_string())) open.items.push_back(*id);
    if (open.items.empty()) co_return;
    const std::vector<StreamId> over = co_await ctx.tx.all(list_over, open);
    for (const StreamId stream_id : over) co_await close_at_media(settings, stream_id);
}

struct MadeFile {
    std::string path;
    Timestamp started_at;
};

// Throws while one is still being written, and is tried again.
awaitable<std::vector<MadeFile>> made_files(const Settings& settings, StreamId stream_id) {
    boost::json::object command{{"command", "recordings"}, {"room", stream_id.to_string()}};
    const boost::json::value answer = co_await media::call(settings.media_control_socket, std::move(command));
    std::vector<MadeFile> files;
    for (const boost::json::value& file : answer.at("recordings").as_array()) {
        if (file.at("open").as_bool()) throw std::runtime_error("the recording is still being written");
        files.push_back(
            {std::string(file.at("path").as_string()), Timestamp{file.at("started_at_ms").as_int64() * 1'000}});
    }
    co_return files;
}

// The same each time, so that a job that runs again finds what it has kept.
RecordingFileId id_of(RecordingId recording_id, Timestamp started_at) {
    RecordingFileId id{recording_id.value};
    for (std::size_t i = 0; i < 8; ++i)
        id.value.bytes[8 + i] ^= static_cast<std::uint8_t>(static_cast<std::uint64_t>(started_at.us) >> (8 * i));
    return id;
}

awaitable<std::size_t> keep_files(Ctx& ctx, RecordingId recording_id, const std::vector<MadeFile>& files) {
    std::size_t kept_count = 0;
    for (const MadeFile& file : files) {
        const RecordingFileId id = id_of(recording_id, file.started_at);
        const std::optional<KeptFile> kept =
            co_await keep_recording_file(ctx.services.get<const Settings>(), ctx.tenant, id, file.path);
        if (!kept) continue;
        ++kept_count;
        co_await ctx.tx.run(insert_recording_file, id, recording_id, file.started_at, kept->duration_ms,
                            kept->size_bytes, kept->content_type);
    }
    co_return kept_count;
}

// A recording that nobody wanted, or that was deleted meanwhile, is thrown away. What the media server wrote goes when
// the rows are committed.
awaitable<void> keep_recording(Ctx& ctx, StreamOf in) {
    const std::vector<MadeFile> files = co_await made_files(ctx.services.get<const Settings>(), in.stream_id);
    const std::optional<RecordingRow> recording = co_await ctx.tx.find(lock_recording, in.stream_id);
    if (recording) {
        const std::size_t kept_count = co_await keep_files(ctx, recording->id, files);
        const RecordingStatus status = kept_count > 0 ? RecordingStatus::ready : RecordingStatus::empty;
        if (recording->status == RecordingStatus::processing)
            co_await ctx.tx.run(finish_recording, recording->id, status);
        co_await ctx.commit();
    }
    for (const MadeFile& file : files) std::filesystem::remove(file.path);
}

awaitable<void> delete_recording_files(Ctx& ctx, RecordingFiles in) {
    const Settings& settings = ctx.services.get<const Settings>();
    for (const RecordingFileId id : in.file_ids) remove_recording_file(settings, ctx.tenant, id);
    co_return;
}

}  // namespace

jobs::Table job_rows() {
    constexpr int left_over_every_s = 60;
    jobs::Table rows{jobs::job<close_room>("live.close_room"),
                     jobs::periodic<close_left_over>("live.close_left_over", left_over_every_s),
                     jobs::job<keep_recording>("live.keep_recording"),
                     jobs::job<delete_recording_files>("live.delete_recording")};
    for (jobs::JobRow& row : picture_job_rows()) rows.push_back(std::move(row));
    for (jobs::JobRow& row : closed_store_job_rows()) rows.push_back(std::move(row));
    return rows;
}

}  // namespace liveshop::live
