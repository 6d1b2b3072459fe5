// Whatever a driver presses twice, because the first answer was lost on the road, is answered as the first time.
#include "modules/checkout/api.hpp"
#include "modules/delivery/handlers.hpp"
#include "modules/delivery/moves.hpp"
#include "modules/delivery/position_store.hpp"
#include "modules/delivery/store.hpp"

namespace liveshop::delivery {
namespace {

Timestamp later(Timestamp time, std::int64_t by_s) { return {time.us + by_s * 1'000'000}; }

std::int64_t way_to_customer_s(const Delivery& delivery) {
    return eta_s(distance_m(point_of(delivery.pickup_address), point_of(delivery.dropoff_address)), std::nullopt);
}

// From where the driver is; nothing is promised where that is not known.
awaitable<void> estimate(Ctx& ctx, const Delivery& delivery) {
    const std::optional<LastPosition> last = co_await ctx.tx.find(find_last_position, ctx.user());
    if (!last || !last->lat || !last->lng || !last->recorded_at) co_return;
    if (*last->recorded_at < later(ctx.now, -position_age_max_s)) co_return;
    const double to_store_m = distance_m({*last->lat, *last->lng}, point_of(delivery.pickup_address));
    const Timestamp pickup_at = later(ctx.now, eta_s(to_store_m, std::nullopt));
    co_await ctx.tx.run(set_estimates, delivery.id, pickup_at, later(pickup_at, way_to_customer_s(delivery)));
}

}  // namespace

awaitable<Delivery> accept_delivery(Ctx& ctx, DeliveryOf in) {
    co_await ctx.tx.run(set_current_delivery, ctx.user(), in.delivery_id);
    const std::int64_t taken = co_await ctx.tx.count(take_delivery, in.delivery_id, ctx.user());
    DeliveryRecord delivery = co_await get_record(ctx, in.delivery_id);
    if (taken == 0) {
        if (delivery.driver_id != ctx.user() || !is_active(delivery.status)) throw Fail(Errc::no_longer_open);
        co_return delivery;
    }
    co_await estimate(ctx, delivery);
    delivery = co_await get_record(ctx, in.delivery_id);
    co_await tell(ctx, delivery);
    tell_drivers(ctx, delivery);
    co_return delivery;
}

awaitable<Delivery> pick_up_delivery(Ctx& ctx, DeliveryOf in) {
    DeliveryRecord delivery = co_await lock_own_delivery(ctx, in.delivery_id);
    if (is_carried(delivery.status) || delivery.status == DeliveryStatus::delivered) co_return delivery;
    delivery = co_await move(ctx, delivery, DeliveryEvent::pick_up);
    co_await checkout::mark_picked_up(ctx, delivery.order_id);
    co_await ctx.tx.run(set_estimates, delivery.id, std::nullopt, later(ctx.now, way_to_customer_s(delivery)));
    delivery = co_await get_record(ctx, in.delivery_id);
    co_await tell(ctx, delivery);
    co_return delivery;
}

awaitable<Delivery> complete_delivery(Ctx& ctx, CompleteDelivery in) {
    co_await ctx.tx.run(clear_current_delivery, ctx.user(), in.delivery_id);
    DeliveryRecord delivery = co_await lock_own_delivery(ctx, in.delivery_id);
    if (delivery.status == DeliveryStatus::delivered) co_return delivery;
    delivery = co_await move(ctx, delivery, DeliveryEvent::deliver);
    if (in.note) co_await ctx.tx.run(set_proof, delivery.id, *in.note);
    co_await checkout::mark_delivered(ctx, delivery.order_id, ctx.user(), delivery.driver_earnings_minor);
    co_await tell(ctx, delivery);
    co_return delivery;
}

}  // namespace liveshop::delivery
