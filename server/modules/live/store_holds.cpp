#include "modules/live/store_holds.hpp"

#include "modules/live/api.hpp"
#include "modules/live/moves.hpp"

namespace liveshop::live {
namespace {

inline const db::Query<std::string(catalog::StoreId)> find_live_title{"live.find_live_title", R"(
    select title from live_streams where store_id = $1 and status = 'live' order by started_at limit 1
)"};

inline const db::Query<StreamId(catalog::StoreId)> list_planned{"live.list_planned", R"(
    select id from live_streams where store_id = $1 and status = 'scheduled' order by id
)"};

awaitable<std::optional<std::string>> live_stream(Ctx& ctx, catalog::StoreId store_id) {
    const std::optional<std::string> title = co_await ctx.tx.find(find_live_title, store_id);
    if (!title) co_return std::nullopt;
    co_return fmt::format("The stream {} is live: end it first.", *title);
}

awaitable<void> call_off_streams(Ctx& ctx, catalog::StoreFact fact) {
    const std::vector<StreamId> planned = co_await ctx.tx.all(list_planned, fact.store_id);
    for (const StreamId stream_id : planned) {
        Stream stream = co_await get_stream(ctx, stream_id);
        co_await cancel_scheduled(ctx, std::move(stream));
    }
}

}  // namespace

catalog::ClosingHolds store_holds() { return {{live_stream}}; }

jobs::Table closed_store_job_rows() {
    return {jobs::subscriber<call_off_streams>("live.call_off_streams", "catalog.store_closed")};
}

}  // namespace liveshop::live
