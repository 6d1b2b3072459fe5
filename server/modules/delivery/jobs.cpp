#include "modules/delivery/jobs.hpp"

#include "modules/catalog/api.hpp"
#include "modules/checkout/api.hpp"
#include "modules/delivery/moves.hpp"
#include "modules/delivery/position_store.hpp"
#include "modules/delivery/store.hpp"

namespace liveshop::delivery {
namespace {

NewDelivery delivery_of(const checkout::OrderToDeliver& order, const catalog::Store& store, Amount earnings_minor) {
    return {.id = DeliveryId::make(),
            .order_id = order.id,
            .order_number = order.order_number,
            .customer_id = order.customer_id,
            .store_id = order.store_id,
            .store_name = order.store_name,
            .pickup_address = store.address,
            .dropoff_address = order.shipping_address,
            .distance_km = distance_m(point_of(store.address), point_of(order.shipping_address)) / 1'000,
            .delivery_fee_minor = order.shipping_amount_minor,
            .driver_earnings_minor = earnings_minor,
            .currency = order.currency};
}

// Once per order, however often it runs.
awaitable<void> create_delivery(Ctx& ctx, checkout::OrderFact in) {
    const std::optional<DeliveryId> existing = co_await ctx.tx.find(find_delivery_of_order, in.order_id);
    if (existing) co_return;
    const checkout::OrderToDeliver order = co_await checkout::get_order(ctx, in.order_id);
    if (order.status != checkout::OrderStatus::ready) co_return;
    const catalog::Store store = co_await catalog::get_store(ctx, order.store_id);
    const std::int64_t driver_share_bp = co_await ctx.tx.one(find_driver_share_bp, ctx.tenant);
    const NewDelivery delivery = delivery_of(order, store, share_of(order.shipping_amount_minor, driver_share_bp));
    co_await checkout::assign_delivery(ctx, order.id, delivery.id);
    // That has waited for whoever was cancelling the order, and keeps others from it until the commit.
    const checkout::OrderToDeliver assigned = co_await checkout::get_order(ctx, in.order_id);
    if (assigned.status != checkout::OrderStatus::ready) throw Fail(PlatformErrc::conflict);
    co_await ctx.tx.run(insert_delivery, delivery);
    const DeliveryRecord record = co_await get_record(ctx, delivery.id);
    co_await tell(ctx, record);
    tell_drivers(ctx, record);
}

// An order is cancelled only before it is picked up, so its delivery can be, too.
awaitable<void> cancel_delivery(Ctx& ctx, checkout::OrderFact in) {
    const std::optional<DeliveryId> delivery_id = co_await ctx.tx.find(find_delivery_of_order, in.order_id);
    if (!delivery_id) co_return;
    const DeliveryRecord before = co_await get_record(ctx, *delivery_id);
    if (before.driver_id) co_await ctx.tx.run(clear_current_delivery, *before.driver_id, *delivery_id);
    DeliveryRecord delivery = co_await lock_delivery(ctx, *delivery_id);
    if (delivery.status == DeliveryStatus::cancelled) co_return;
    if (delivery.driver_id != before.driver_id) throw Fail(PlatformErrc::conflict);  // just accepted: once more
    delivery = co_await move(ctx, delivery, DeliveryEvent::cancel);
    co_await tell(ctx, delivery);
    if (!delivery.driver_id) tell_drivers(ctx, delivery);
}

}  // namespace

jobs::Table job_rows() {
    return {
        jobs::subscriber<create_delivery>("delivery.create", "checkout.order_ready"),
        jobs::subscriber<cancel_delivery>("delivery.cancel", "checkout.order_cancelled"),
    };
}

}  // namespace liveshop::delivery
