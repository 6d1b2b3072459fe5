#pragma once
// What other modules may ask of live, in the caller's transaction. Facts to subscribe to, each with a StreamFact:
// live.stream_scheduled (again when its time changes), live.stream_started, live.stream_ended, live.stream_cancelled;
// and with a ReportFact: live.message_reported.
#include "modules/live/types.hpp"
#include "platform/context.hpp"

namespace liveshop::live {

/// Private ones, too: it asks nobody for leave. Throws stream_not_found.
awaitable<Stream> get_stream(Ctx& ctx, StreamId stream_id);

/// Public streams that are live (the most watched first) or scheduled (the next first); those of `first` before all
/// others, at most `limit`.
awaitable<std::vector<Stream>> list_public_streams(Ctx& ctx, StreamStatus status, std::vector<catalog::StoreId> first,
                                                   std::int64_t limit);

/// Something that was bought at a stream and is paid for.
struct Sale {
    StreamId stream_id;
    UserId customer_id;
    catalog::ProductId product_id;
    std::string product_name;
    std::int64_t quantity = 0;
};

/// Tells those who watch (`stream:order`, and a message in the chat), by the customer's first name if that person lets
/// it be shown. Of a stream that is not live nothing is told. Throws stream_not_found.
awaitable<void> announce_sale(Ctx& ctx, Sale sale);

/// Who came to a stream.
struct StreamAudience {
    StreamId stream_id;
    std::string title;
    Timestamp started_at;
    std::optional<Timestamp> ended_at;
    std::int64_t peak_viewers = 0;   ///< screens at once, of visitors, too
    std::int64_t viewers_count = 0;  ///< different people with an account
    std::int64_t watch_time_s = 0;   ///< of all of them together
};
BOOST_DESCRIBE_STRUCT(StreamAudience, (),
                      (stream_id, title, started_at, ended_at, peak_viewers, viewers_count, watch_time_s))

/// The store's streams that began from `from` until before `until`, the newest first, at most a hundred. Asks nobody
/// for leave.
awaitable<std::vector<StreamAudience>> list_audiences(Ctx& ctx, catalog::StoreId store_id, Timestamp from,
                                                      Timestamp until);

struct DayViewers {
    std::string day;  ///< "2026-11-22"
    std::int64_t viewers_count = 0;
};
BOOST_DESCRIBE_STRUCT(DayViewers, (), (day, viewers_count))

/// Different people with an account who watched the store's streams, by the day in `time_zone` on which they came.
awaitable<std::vector<DayViewers>> list_day_viewers(Ctx& ctx, catalog::StoreId store_id, Timestamp from,
                                                    Timestamp until, std::string time_zone);

}  // namespace liveshop::live
