// What was sold, read from the orders and their lines: nothing is counted twice over, so nothing can drift.
#include "modules/checkout/api.hpp"
#include "modules/checkout/sales_store.hpp"

namespace liveshop::checkout {

awaitable<std::vector<DaySales>> list_day_sales(Ctx& ctx, const SalesPeriod& period) {
    std::vector<DaySales> days =
        co_await ctx.tx.all(day_sales, period.store_id, period.from, period.until, period.time_zone);
    co_return days;
}

awaitable<std::vector<ProductSales>> list_product_sales(Ctx& ctx, const SalesPeriod& period, std::int64_t limit) {
    std::vector<ProductSales> products =
        co_await ctx.tx.all(product_sales, period.store_id, period.from, period.until, limit);
    co_return products;
}

awaitable<std::vector<StreamSales>> list_stream_sales(Ctx& ctx, std::vector<live::StreamId> stream_ids) {
    const db::Array<live::StreamId> ids{std::move(stream_ids)};
    std::vector<StreamSales> streams = co_await ctx.tx.all(stream_sales, ids);
    co_return streams;
}

}  // namespace liveshop::checkout
