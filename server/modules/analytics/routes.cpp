#include "modules/analytics/routes.hpp"

#include "modules/analytics/rules.hpp"
#include "modules/catalog/api.hpp"

namespace liveshop::analytics {
namespace {

constexpr std::int64_t best_products_max = 10;

awaitable<StoreAnalytics> show_store_analytics(Ctx& ctx, AnalyticsQuery in) {
    const Period period = period_of(in, Timestamp::now());
    const catalog::Store store = co_await catalog::get_own_store(ctx, in.store_id);
    const checkout::SalesPeriod sales{store.id, period.from, period.until, store.time_zone};
    const std::vector<checkout::DaySales> day_sales = co_await checkout::list_day_sales(ctx, sales);
    const std::vector<live::DayViewers> day_viewers =
        co_await live::list_day_viewers(ctx, store.id, period.from, period.until, store.time_zone);
    const std::vector<live::StreamAudience> audiences =
        co_await live::list_audiences(ctx, store.id, period.from, period.until);
    std::vector<live::StreamId> stream_ids;
    for (const live::StreamAudience& audience : audiences) stream_ids.push_back(audience.stream_id);
    const std::vector<checkout::StreamSales> stream_sales =
        co_await checkout::list_stream_sales(ctx, std::move(stream_ids));
    const std::vector<checkout::ProductSales> products =
        co_await checkout::list_product_sales(ctx, sales, best_products_max);

    StoreAnalytics analytics{.store_id = store.id,
                             .currency = store.currency,
                             .time_zone = store.time_zone,
                             .from = period.from,
                             .until = period.until,
                             .totals = {},
                             .days = join_days(day_sales, day_viewers),
                             .products = {},
                             .streams = join_streams(audiences, stream_sales)};
    analytics.totals = totals_of(analytics.days, analytics.streams);
    for (const checkout::ProductSales& sold : products)
        analytics.products.push_back({sold.product_id, sold.name, sold.quantity, sold.revenue_minor});
    co_return analytics;
}

}  // namespace

std::vector<Route> routes() {
    return route_table(get<show_store_analytics>("/stores/{store_id}/analytics")
                           .by(only(Role::store_owner, Role::store_staff, Role::admin))
                           .limited({.count = 60, .per_s = 60})
                           .fails(catalog::Errc::store_not_found, catalog::Errc::not_your_store)
                           .says("How the store is doing: by day, by stream, by product"));
}

}  // namespace liveshop::analytics
