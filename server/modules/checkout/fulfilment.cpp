#include "modules/catalog/api.hpp"
#include "modules/checkout/api.hpp"
#include "modules/checkout/order_moves.hpp"
#include "modules/checkout/settlement.hpp"
#include "platform/jobs/jobs.hpp"

namespace liveshop::checkout {
namespace {

inline const db::Query<OrderToDeliver(OrderId)> find_order_to_deliver{"checkout.find_order_to_deliver", R"(
    select id, order_number, customer_id, store_id, store_name, status, payment_status, shipping_address,
           shipping_amount_minor, currency, notes
      from orders where id = $1
)"};

awaitable<OrderState> move_by_driver(Ctx& ctx, OrderId order_id, OrderEvent on) {
    OrderState order = co_await lock_order(ctx, order_id);
    const Actor driver{ActorType::driver, ctx.user()};
    co_await move(ctx, order, on, driver);
    co_await tell(ctx, order);
    co_return order;
}

}  // namespace

awaitable<OrderToDeliver> get_order(Ctx& ctx, OrderId order_id) {
    std::optional<OrderToDeliver> order = co_await ctx.tx.find(find_order_to_deliver, order_id);
    if (!order) throw Fail(Errc::order_not_found);
    co_return std::move(*order);
}

awaitable<void> assign_delivery(Ctx& ctx, OrderId order_id, DeliveryId delivery_id) {
    const OrderState order = co_await lock_order(ctx, order_id);
    co_await ctx.tx.run(set_delivery, order_id, delivery_id);
    co_await tell(ctx, order);
}

awaitable<void> mark_picked_up(Ctx& ctx, OrderId order_id) {
    co_await move_by_driver(ctx, order_id, OrderEvent::pick_up);
    jobs::Options once{.idempotency_key = "checkout.capture:" + order_id.to_string()};
    co_await jobs::enqueue(ctx, "checkout.capture", CaptureOrder{order_id}, std::move(once));
}

awaitable<void> mark_in_transit(Ctx& ctx, OrderId order_id) {
    co_await move_by_driver(ctx, order_id, OrderEvent::depart);
}

awaitable<void> mark_delivered(Ctx& ctx, OrderId order_id, UserId driver_id, Amount driver_earnings_minor) {
    const OrderState order = co_await move_by_driver(ctx, order_id, OrderEvent::deliver);
    const SettleDelivery delivery{order_id, driver_id, driver_earnings_minor};
    if (order.payment_status == OrderPaymentStatus::captured) {
        co_await post_delivery(ctx, order, delivery);
        co_return;
    }
    jobs::Options once{.idempotency_key = "checkout.settle_delivery:" + order_id.to_string()};
    co_await jobs::enqueue(ctx, "checkout.settle_delivery", delivery, std::move(once));
}

awaitable<void> mark_undelivered(Ctx& ctx, Undelivered what, std::string note_text) {
    const OrderState order = co_await lock_order(ctx, what.order_id);
    if (order.status != OrderStatus::picked_up && order.status != OrderStatus::in_transit)
        throw Fail(Errc::move_not_allowed, "It is " + std::string(name_of(order.status)));
    const Actor driver{ActorType::driver, what.driver_id};
    co_await note(ctx, order, driver, std::move(note_text));
    jobs::Options once{.idempotency_key = "checkout.settle_failure:" + what.order_id.to_string()};
    co_await jobs::enqueue(ctx, "checkout.settle_failure", what, std::move(once));
    co_await tell(ctx, order);
}

awaitable<void> return_goods(Ctx& ctx, OrderId order_id) {
    co_await lock_order(ctx, order_id);
    const std::vector<StockLine> lines = co_await ctx.tx.all(list_stock_lines, order_id);
    for (const StockLine& line : lines) co_await catalog::return_stock(ctx, line.variant_id, line.quantity);
}

}  // namespace liveshop::checkout
