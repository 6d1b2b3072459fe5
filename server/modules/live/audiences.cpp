// Who watched, read from the participants.
#include "modules/live/api.hpp"
#include "modules/live/audience_store.hpp"

namespace liveshop::live {

awaitable<std::vector<StreamAudience>> list_audiences(Ctx& ctx, catalog::StoreId store_id, Timestamp from,
                                                      Timestamp until) {
    std::vector<StreamAudience> audiences = co_await ctx.tx.all(stream_audiences, store_id, from, until);
    co_return audiences;
}

awaitable<std::vector<DayViewers>> list_day_viewers(Ctx& ctx, catalog::StoreId store_id, Timestamp from,
                                                    Timestamp until, std::string time_zone) {
    std::vector<DayViewers> days = co_await ctx.tx.all(day_viewers, store_id, from, until, time_zone);
    co_return days;
}

}  // namespace liveshop::live
