// Recordings of streams that are over.
#include "modules/catalog/api.hpp"
#include "modules/live/access.hpp"
#include "modules/live/jobs.hpp"
#include "modules/live/recording_files.hpp"
#include "modules/live/recording_store.hpp"
#include "modules/live/routes.hpp"
#include "platform/jobs/jobs.hpp"

namespace liveshop::live {
namespace {

awaitable<std::vector<PinSpan>> pins_during(Ctx& ctx, StreamId stream_id) {
    const std::vector<PinTimeRow> times = co_await ctx.tx.all(list_pin_times, stream_id);
    std::vector<catalog::ProductId> product_ids;
    for (const PinTimeRow& time : times) product_ids.push_back(time.product_id);
    std::ranges::sort(product_ids);
    product_ids.erase(std::unique(product_ids.begin(), product_ids.end()), product_ids.end());
    const std::vector<catalog::Product> products = co_await catalog::get_products(ctx, std::move(product_ids));
    std::vector<PinSpan> spans;
    for (const PinTimeRow& time : times) {
        const auto product = std::ranges::find(products, time.product_id, &catalog::Product::id);
        if (product != products.end()) spans.push_back({*product, time.pinned_at, time.unpinned_at});
    }
    co_return spans;
}

awaitable<Recording> get_recording(Ctx& ctx, VisitStream in) {
    co_await visit(ctx, in.stream_id, std::move(in.invite));
    const std::optional<RecordingRow> row = co_await ctx.tx.find(find_recording, in.stream_id);
    if (!row || row->status == RecordingStatus::empty) throw Fail(Errc::recording_not_found);
    const std::vector<RecordingFileRow> files = co_await ctx.tx.all(list_recording_files, row->id);
    std::vector<PinSpan> pins = co_await pins_during(ctx, in.stream_id);
    Recording recording{.stream_id = in.stream_id, .status = row->status, .parts = {}, .pins = std::move(pins)};
    const Settings& settings = ctx.services.get<const Settings>();
    for (const RecordingFileRow& file : files)
        recording.parts.push_back({.started_at = file.started_at,
                                   .duration_ms = file.duration_ms,
                                   .size_bytes = file.size_bytes,
                                   .content_type = file.content_type,
                                   .url = link_to_recording(settings, ctx.tenant, file.id, ctx.now)});
    co_return recording;
}

// The rows go at once, and with them the way to the files; those by a job, which a full disk or a restart cannot lose.
// What the media server still holds is thrown away by the job that would have kept it.
awaitable<void> remove_recording(Ctx& ctx, StreamOf in) {
    co_await get_own_stream(ctx, in.stream_id);
    const std::optional<RecordingRow> row = co_await ctx.tx.find(lock_recording, in.stream_id);
    if (!row) throw Fail(Errc::recording_not_found);
    RecordingFiles gone;
    const std::vector<RecordingFileRow> files = co_await ctx.tx.all(list_recording_files, row->id);
    for (const RecordingFileRow& file : files) gone.file_ids.push_back(file.id);
    co_await ctx.tx.run(delete_recording, row->id);
    co_await jobs::enqueue(ctx, "live.delete_recording", gone);
}

}  // namespace

std::vector<Route> recording_routes() {
    return route_table(get<get_recording>("/streams/{stream_id}/recording")
                           .by(anyone)
                           .fails(Errc::stream_not_found, Errc::recording_not_found)
                           .says("The recording of a stream that is over, and what was pinned when"),
                       del<remove_recording>("/streams/{stream_id}/recording")
                           .by(hosts)
                           .fails(Errc::stream_not_found, Errc::recording_not_found, catalog::Errc::not_your_store)
                           .says("Deletes the recording, for good"));
}

}  // namespace liveshop::live
