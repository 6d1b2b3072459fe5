#include "modules/checkout/store_holds.hpp"

#include "modules/checkout/types.hpp"

namespace liveshop::checkout {
namespace {

struct OpenOrders {
    std::int64_t count = 0;
    std::optional<std::string> first;  ///< the oldest one's number
};
BOOST_DESCRIBE_STRUCT(OpenOrders, (), (count, first))

inline const db::Query<OpenOrders(StoreId)> count_open_orders{"checkout.count_open_orders", R"(
    select count(*) as count, (array_agg(order_number order by created_at, id))[1] as first from orders
     where store_id = $1 and status not in ('delivered', 'cancelled', 'refunded')
)"};

awaitable<std::optional<std::string>> open_orders(Ctx& ctx, StoreId store_id) {
    const OpenOrders open = co_await ctx.tx.one(count_open_orders, store_id);
    if (open.count == 0) co_return std::nullopt;
    co_return fmt::format("Orders under way: {}, the oldest is {}. Deliver or cancel them.", open.count, *open.first);
}

}  // namespace

catalog::ClosingHolds store_holds() { return {{open_orders}}; }

}  // namespace liveshop::checkout
