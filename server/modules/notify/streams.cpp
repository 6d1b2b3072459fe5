// "A store you follow is live", to however many: pages of followers, each a job of its own.
#include <fmt/format.h>

#include "modules/catalog/api.hpp"
#include "modules/live/api.hpp"
#include "modules/notify/subscribers.hpp"
#include "modules/notify/tell.hpp"

namespace liveshop::notify {
namespace {

constexpr std::int64_t page_size = 500;
constexpr int pages_max = 20;  ///< of one run; then the next job goes on
constexpr std::int64_t reminder_before_us = 15 * 60 * 1'000'000LL;

/// Jobs notify.fan_out and notify.tell_followers: those after `after`, up to and including `until`.
struct Followers {
    live::StreamId stream_id;
    Kind kind = Kind::stream_started;
    std::optional<UserId> after;
    std::optional<UserId> until;
};
BOOST_DESCRIBE_STRUCT(Followers, (), (stream_id, kind, after, until))

struct OfStream {  // facts live.stream_…
    live::StreamId stream_id;
};
BOOST_DESCRIBE_STRUCT(OfStream, (), (stream_id))

struct Reminder {  // job notify.remind
    live::StreamId stream_id;
    Timestamp scheduled_at;
};
BOOST_DESCRIBE_STRUCT(Reminder, (), (stream_id, scheduled_at))

std::string key_of(std::string_view job, const Followers& page) {
    return fmt::format("{}:{}:{}:{}", job, name_of(page.kind), page.stream_id.to_string(),
                       page.after ? page.after->to_string() : "first");
}

// Reads where each page ends and enqueues it. Nothing is told here, so that a run may die anywhere: the pages are
// committed together with the job that goes on behind them.
awaitable<void> fan_out(Ctx& ctx, Followers in) {
    const live::Stream stream = co_await live::get_stream(ctx, in.stream_id);
    for (int page = 0; page < pages_max; ++page) {
        const std::vector<UserId> ids =
            co_await catalog::list_followers(ctx, stream.store_id, in.after, std::nullopt, page_size);
        if (ids.empty()) co_return;
        in.until = ids.back();
        const jobs::Options once{.idempotency_key = key_of("notify.tell_followers", in)};
        co_await jobs::enqueue(ctx, "notify.tell_followers", in, once);
        in.after = in.until;
        if (std::ssize(ids) < page_size) co_return;
    }
    in.until = std::nullopt;
    const jobs::Options next{.idempotency_key = key_of("notify.fan_out", in)};
    co_await jobs::enqueue(ctx, "notify.fan_out", in, next);
}

News news_of(const live::Stream& stream, Kind kind) {
    const std::string id = stream.id.to_string();
    Words words;
    words.words = {{"store_name", stream.store_name}, {"stream_title", stream.title}};
    return {.kind = kind,
            .key = fmt::format("{}:{}", name_of(kind), id),
            .tag = "stream:" + id,
            .url = "/live/" + id,
            .words = std::move(words)};
}

awaitable<void> tell_followers(Ctx& ctx, Followers in) {
    const live::Stream stream = co_await live::get_stream(ctx, in.stream_id);
    const bool is_current = stream.status == live::StreamStatus::live ||
                            (in.kind == Kind::stream_reminder && stream.status == live::StreamStatus::scheduled);
    if (!is_current) co_return;
    std::vector<UserId> ids = co_await catalog::list_followers(ctx, stream.store_id, in.after, in.until, page_size);
    co_await tell(ctx, std::move(ids), news_of(stream, in.kind));
}

awaitable<void> on_started(Ctx& ctx, OfStream in) {
    const live::Stream stream = co_await live::get_stream(ctx, in.stream_id);
    if (stream.type != live::StreamType::public_) co_return;  // those who are invited know
    const Followers all{.stream_id = in.stream_id, .kind = Kind::stream_started, .after = {}, .until = {}};
    const jobs::Options once{.idempotency_key = key_of("notify.fan_out", all)};
    co_await jobs::enqueue(ctx, "notify.fan_out", all, once);
}

// Published again when the time changes: the reminder for the old time finds that it is not the stream's any more.
awaitable<void> on_scheduled(Ctx& ctx, OfStream in) {
    const live::Stream stream = co_await live::get_stream(ctx, in.stream_id);
    if (stream.type != live::StreamType::public_ || !stream.scheduled_at) co_return;
    const std::int64_t delay_us = stream.scheduled_at->us - reminder_before_us - ctx.now.us;
    if (delay_us <= 0) co_return;
    const Reminder reminder{in.stream_id, *stream.scheduled_at};
    const jobs::Options then{
        .idempotency_key = fmt::format("notify.remind:{}:{}", in.stream_id.to_string(), stream.scheduled_at->us),
        .delay_s = static_cast<int>(std::min<std::int64_t>(delay_us / 1'000'000, 1 << 30))};
    co_await jobs::enqueue(ctx, "notify.remind", reminder, then);
}

awaitable<void> remind(Ctx& ctx, Reminder in) {
    const live::Stream stream = co_await live::get_stream(ctx, in.stream_id);
    if (stream.status != live::StreamStatus::scheduled || stream.scheduled_at != in.scheduled_at) co_return;
    const Followers all{.stream_id = in.stream_id, .kind = Kind::stream_reminder, .after = {}, .until = {}};
    const jobs::Options once{.idempotency_key = key_of("notify.fan_out", all)};
    co_await jobs::enqueue(ctx, "notify.fan_out", all, once);
}

}  // namespace

jobs::Table stream_rows() {
    return {
        jobs::subscriber<on_started>("notify.stream_started", "live.stream_started"),
        jobs::subscriber<on_scheduled>("notify.stream_scheduled", "live.stream_scheduled"),
        jobs::job<remind>("notify.remind"),
        jobs::job<fan_out>("notify.fan_out"),
        jobs::job<tell_followers>("notify.tell_followers"),
    };
}

}  // namespace liveshop::notify
