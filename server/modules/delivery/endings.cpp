// How a job ends before the door opens: given back, failed, and the parcel brought back.
#include "modules/checkout/api.hpp"
#include "modules/delivery/dispatch.hpp"
#include "modules/delivery/handlers.hpp"
#include "modules/delivery/outcomes.hpp"
#include "modules/delivery/position_store.hpp"
#include "modules/delivery/store.hpp"
#include "platform/rooms.hpp"

namespace liveshop::delivery {

awaitable<Delivery> give_delivery_back(Ctx& ctx, DeliveryOf in) {
    co_await ctx.tx.run(clear_current_delivery, ctx.user(), in.delivery_id);
    DeliveryRecord delivery = co_await lock_delivery(ctx, in.delivery_id);
    if (delivery.driver_id != ctx.user()) {
        const std::optional<OfferStatus> answer = co_await ctx.tx.find(find_answer, in.delivery_id, ctx.user());
        const bool was_given_back = answer == OfferStatus::declined && delivery.status == DeliveryStatus::pending;
        if (!was_given_back) throw Fail(Errc::not_your_delivery);
        co_return delivery;
    }
    if (!delivery_machine.next(delivery.status, DeliveryEvent::give_back)) throw Fail(Errc::move_not_allowed);
    const std::int64_t released = co_await ctx.tx.count(release_delivery, in.delivery_id, ctx.user());
    if (released == 0) throw Fail(PlatformErrc::conflict);
    co_await ctx.tx.run(note_answer, in.delivery_id, ctx.user(), OfferStatus::declined);
    delivery = co_await get_record(ctx, in.delivery_id);
    co_await tell(ctx, delivery);
    ctx.emit(room_of_user(ctx.user()), delivery_update, DeliveryUpdate{delivery});
    co_await dispatch(ctx, in.delivery_id);
    co_return delivery;
}

awaitable<Delivery> fail_delivery(Ctx& ctx, FailDelivery in) {
    DeliveryRecord delivery = co_await lock_own_delivery(ctx, in.delivery_id);
    if (delivery.status == DeliveryStatus::failed) co_return delivery;
    if (!delivery_machine.next(delivery.status, DeliveryEvent::fail))
        throw Fail(Errc::move_not_allowed, "It is " + std::string(name_of(delivery.status)));
    co_await ctx.tx.run(fail_delivery_row, in.delivery_id, delivery.status, in.reason, in.note);
    const FailureRow& outcome = outcome_of(in.reason);
    co_await checkout::mark_undelivered(ctx,
                                        {.order_id = delivery.order_id,
                                         .driver_id = ctx.user(),
                                         .driver_earnings_minor = delivery.driver_earnings_minor,
                                         .division = outcome.division},
                                        std::string(outcome.note));
    delivery = co_await get_record(ctx, in.delivery_id);
    co_await tell(ctx, delivery);
    co_return delivery;
}

awaitable<Delivery> bring_back(Ctx& ctx, DeliveryId delivery_id, UserId driver_id) {
    co_await ctx.tx.run(clear_current_delivery, driver_id, delivery_id);
    DeliveryRecord delivery = co_await lock_delivery(ctx, delivery_id);
    if (delivery.status != DeliveryStatus::failed)
        throw Fail(Errc::move_not_allowed, "It is " + std::string(name_of(delivery.status)));
    const std::int64_t news = co_await ctx.tx.count(mark_returned, delivery_id);
    if (news == 0) co_return delivery;
    if (outcome_of(delivery.failure_reason.value()).is_restocked)
        co_await checkout::return_goods(ctx, delivery.order_id);
    delivery = co_await get_record(ctx, delivery_id);
    co_await tell(ctx, delivery);
    co_return delivery;
}

awaitable<Delivery> return_parcel(Ctx& ctx, DeliveryOf in) {
    const DeliveryRecord delivery = co_await get_record(ctx, in.delivery_id);
    if (delivery.driver_id != ctx.user()) throw Fail(Errc::not_your_delivery);
    const Delivery now = co_await bring_back(ctx, in.delivery_id, ctx.user());
    co_return now;
}

}  // namespace liveshop::delivery
