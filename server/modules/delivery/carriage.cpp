// Whatever a driver presses twice, because the first answer was lost on the road, is answered as the first time.
#include "modules/checkout/api.hpp"
#include "modules/delivery/dispatch.hpp"
#include "modules/delivery/eta.hpp"
#include "modules/delivery/handlers.hpp"
#include "modules/delivery/position_store.hpp"
#include "modules/delivery/proof.hpp"
#include "modules/delivery/store.hpp"

namespace liveshop::delivery {
namespace {

Timestamp later(Timestamp time, std::int64_t by_s) { return {time.us + by_s * 1'000'000}; }

// Open to all, or offered to this driver alone.
awaitable<void> refuse_if_offered_to_another(Ctx& ctx, DeliveryId delivery_id) {
    const std::optional<OfferRow> open = co_await ctx.tx.find(find_open_offer, delivery_id);
    if (open && open->driver_id != ctx.user()) throw Fail(Errc::offered_elsewhere);
}

}  // namespace

awaitable<Delivery> accept_delivery(Ctx& ctx, DeliveryOf in) {
    const bool verified = co_await is_verified(ctx, ctx.user());
    if (!verified) throw Fail(Errc::driver_not_verified);
    co_await refuse_if_offered_to_another(ctx, in.delivery_id);
    const bool taken = co_await take(ctx, in.delivery_id, ctx.user());
    DeliveryRecord delivery = co_await get_record(ctx, in.delivery_id);
    if (!taken) {
        if (delivery.driver_id != ctx.user() || !is_active(delivery.status)) throw Fail(Errc::no_longer_open);
        co_return delivery;
    }
    co_await estimate(ctx, ctx.user(), delivery);
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
    co_await ctx.tx.run(set_estimates, delivery.id, std::nullopt, later(ctx.now, eta_s(way_m(delivery))));
    delivery = co_await get_record(ctx, in.delivery_id);
    co_await tell(ctx, delivery);
    co_return delivery;
}

awaitable<Delivery> arrive(Ctx& ctx, DeliveryOf in) {
    DeliveryRecord delivery = co_await lock_own_delivery(ctx, in.delivery_id);
    if (delivery.status == DeliveryStatus::at_pickup || delivery.status == DeliveryStatus::at_dropoff)
        co_return delivery;
    if (delivery.status == DeliveryStatus::accepted) {
        delivery = co_await move(ctx, delivery, DeliveryEvent::reach_store);
    } else {
        if (delivery.status == DeliveryStatus::picked_up) {
            delivery = co_await move(ctx, delivery, DeliveryEvent::depart);
            co_await checkout::mark_in_transit(ctx, delivery.order_id);
        }
        delivery = co_await move(ctx, delivery, DeliveryEvent::reach_customer);
    }
    co_await tell(ctx, delivery);
    co_return delivery;
}

awaitable<Delivery> depart(Ctx& ctx, DeliveryOf in) {
    DeliveryRecord delivery = co_await lock_own_delivery(ctx, in.delivery_id);
    if (delivery.status == DeliveryStatus::in_transit || delivery.status == DeliveryStatus::at_dropoff)
        co_return delivery;
    delivery = co_await move(ctx, delivery, DeliveryEvent::depart);
    co_await checkout::mark_in_transit(ctx, delivery.order_id);
    co_await tell(ctx, delivery);
    co_return delivery;
}

awaitable<Delivery> complete_delivery(Ctx& ctx, CompleteDelivery in) {
    co_await check_code(ctx, in);
    co_await ctx.tx.run(clear_current_delivery, ctx.user(), in.delivery_id);
    DeliveryRecord delivery = co_await lock_own_delivery(ctx, in.delivery_id);
    if (delivery.status == DeliveryStatus::delivered) co_return delivery;
    if (is_carried(delivery.status)) co_await keep_proof(ctx, delivery, in);
    delivery = co_await move(ctx, delivery, DeliveryEvent::deliver);
    if (in.note) co_await ctx.tx.run(set_proof, delivery.id, *in.note);
    co_await checkout::mark_delivered(ctx, delivery.order_id, ctx.user(), delivery.driver_earnings_minor);
    co_await tell(ctx, delivery);
    co_return delivery;
}

}  // namespace liveshop::delivery
