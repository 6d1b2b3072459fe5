#include "modules/checkout/api.hpp"
#include "modules/delivery/dispatch.hpp"
#include "modules/delivery/eta.hpp"
#include "modules/delivery/handlers.hpp"
#include "modules/delivery/position_batches.hpp"
#include "modules/delivery/position_store.hpp"
#include "platform/rooms.hpp"

namespace liveshop::delivery {
namespace {

const Event<DeliveryPosition> delivery_location{
    "delivery:location", "Where the driver of the customer's delivery is, between pick-up and drop-off"};

// Decided anew under the delivery's lock: its driver may have pressed a button meanwhile.
awaitable<DeliveryRecord> advance(Ctx& ctx, DeliveryId delivery_id, Fix fix) {
    DeliveryRecord delivery = co_await lock_delivery(ctx, delivery_id);
    const std::optional<DeliveryEvent> event = event_at(delivery, fix);
    if (!event) co_return delivery;
    delivery = co_await move(ctx, delivery, *event);
    if (*event == DeliveryEvent::depart) co_await checkout::mark_in_transit(ctx, delivery.order_id);
    co_await tell(ctx, delivery);
    co_return delivery;
}

// What the position means for the job in hand: a step of it, and a point on the customer's map.
awaitable<void> follow(Ctx& ctx, DeliveryId delivery_id, Fix fix, const ReportPosition& in) {
    DeliveryRecord delivery = co_await get_record(ctx, delivery_id);
    if (event_at(delivery, fix)) delivery = co_await advance(ctx, delivery_id, fix);
    if (!is_shown(delivery, fix.recorded_at)) co_return;
    const std::int64_t kept = co_await ctx.tx.count(insert_delivery_position, delivery_id, in.lat, in.lng,
                                                    fix.recorded_at, history_interval_s);
    DeliveryPosition shown{delivery_id, in.lat, in.lng, in.heading, fix.recorded_at, std::nullopt};
    if (kept == 1) {
        const Pace pace = co_await ctx.tx.one(find_pace, delivery_id, pace_window_s);
        shown.eta_s = eta_s(distance_m(fix.at, point_of(delivery.dropoff_address)), pace);
    }
    ctx.emit(room_of_user(delivery.customer_id), delivery_location, shown);
}

}  // namespace

awaitable<PositionReceipt> report_position(Ctx& ctx, ReportPosition in) {
    std::vector<FieldError> faults = faults_in(in);
    if (!faults.empty()) throw Invalid(std::move(faults));
    const Fix fix{{in.lat.value, in.lng.value}, in.accuracy.value_or(0), in.recorded_at.value_or(ctx.now)};
    PositionBatches& batches = ctx.services.get<PositionBatches>();
    const PositionOutcome kept = co_await batches.keep(ctx.tenant,
                                                       {.driver_id = ctx.user(),
                                                        .lat = in.lat,
                                                        .lng = in.lng,
                                                        .accuracy = in.accuracy,
                                                        .heading = in.heading,
                                                        .speed = in.speed,
                                                        .recorded_at = fix.recorded_at},
                                                       ctx.now);
    if (kept.fault) co_return PositionReceipt{false, kept.fault};
    if (kept.current_delivery_id) co_await follow(ctx, *kept.current_delivery_id, fix, in);
    co_return PositionReceipt{};
}

awaitable<PositionReceipt> report_delivery_position(Ctx& ctx, ReportDeliveryPosition in) {
    const DeliveryRecord delivery = co_await get_record(ctx, in.delivery_id);
    if (delivery.driver_id != ctx.user()) throw Fail(Errc::not_your_delivery);
    co_await ctx.commit();  // others' positions are written with this one: nothing may be held meanwhile
    PositionReceipt receipt = co_await report_position(ctx, std::move(in));
    co_return receipt;
}

awaitable<DriverDuty> show_duty(Ctx& ctx) {
    const std::optional<Duty> duty = co_await ctx.tx.find(find_duty, ctx.user());
    const DriverRating rating = co_await ctx.tx.one(find_driver_rating, ctx.user());
    DriverDuty answer{.available = false,
                      .is_verified = false,
                      .current_delivery_id = std::nullopt,
                      .rating = rating.rating,
                      .rating_count = rating.rating_count};
    answer.is_verified = co_await is_verified(ctx, ctx.user());
    if (!duty) co_return answer;
    answer.available = duty->available;
    answer.current_delivery_id = duty->current_delivery_id;
    co_return answer;
}

awaitable<Availability> set_availability(Ctx& ctx, Availability in) {
    if (in.available) {
        const bool verified = co_await is_verified(ctx, ctx.user());
        if (!verified) throw Fail(Errc::driver_not_verified);
        co_await ctx.tx.run(save_availability, ctx.user(), true);
    } else {
        co_await go_off_duty(ctx, ctx.user());
    }
    (in.available ? ctx.rooms_joined : ctx.rooms_left).push_back(room_of_drivers(ctx.tenant));
    co_return in;
}

}  // namespace liveshop::delivery
