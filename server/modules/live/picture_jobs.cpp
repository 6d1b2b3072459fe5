#include "modules/live/picture_jobs.hpp"

#include "modules/live/recording_store.hpp"
#include "modules/live/stills.hpp"
#include "platform/log.hpp"
#include "platform/pictures/pictures.hpp"
#include "platform/storage.hpp"

namespace liveshop::live {
namespace {

constexpr int edge_px_max = 720;
constexpr int every_s = 60;

// Between the queries nothing is held: the media server is waited for, and the picture is made, in their absence.
awaitable<void> take_picture(Ctx& ctx, StreamOf in) {
    const std::optional<std::string> still = co_await take_still(ctx.services.get<const Settings>(), in.stream_id);
    if (!still) co_return;
    const std::expected<pictures::Picture, pictures::Fault> picture =
        co_await ctx.services.get<pictures::Studio>().develop(*still, edge_px_max);
    if (!picture) {
        log::warning("a key frame is no picture", {{"stream_id", in.stream_id.to_string()}});
        co_return;
    }
    Storage& storage = ctx.services.get<Storage>();
    const std::string url = co_await storage.keep(ctx.tenant, picture->webp, ".webp");
    const std::optional<PicturedStream> stream = co_await ctx.tx.find(find_pictured, in.stream_id);
    if (!stream || stream->thumbnail_url == url) co_return;
    co_await ctx.tx.run(save_picture, in.stream_id, url);
    // Pages that were made a moment ago still show the last one.
    if (stream->thumbnail_url)
        co_await jobs::enqueue(ctx, "live.remove_picture", OldPicture{*stream->thumbnail_url},
                               {.idempotency_key = std::nullopt, .delay_s = every_s});
}

// Two streams may show the same: then it stays.
awaitable<void> remove_picture(Ctx& ctx, OldPicture in) {
    const std::int64_t shown = co_await ctx.tx.one(count_pictured, in.url);
    if (shown == 0) co_await ctx.services.get<Storage>().remove(ctx.tenant, in.url);
}

awaitable<void> take_pictures(Ctx& ctx, Nothing) {
    const std::vector<PicturedStream> streams = co_await ctx.tx.all(list_pictured);
    for (const PicturedStream& stream : streams) co_await jobs::enqueue(ctx, "live.take_picture", StreamOf{stream.id});
}

}  // namespace

jobs::Table picture_job_rows() {
    constexpr int attempts_max = 2;  // the next minute brings the next one
    jobs::JobRow take = jobs::job<take_picture>("live.take_picture");
    take.attempts_max = attempts_max;
    return {take, jobs::periodic<take_pictures>("live.take_pictures", every_s),
            jobs::job<remove_picture>("live.remove_picture")};
}

}  // namespace liveshop::live
