#include "modules/checkout/captures.hpp"

#include "modules/checkout/admission.hpp"
#include "modules/checkout/handlers.hpp"
#include "modules/checkout/order_moves.hpp"
#include "modules/checkout/payment_moves.hpp"
#include "modules/checkout/provider.hpp"
#include "modules/checkout/settings.hpp"
#include "platform/api/route.hpp"
#include "platform/log.hpp"

namespace liveshop::checkout {
namespace {

constexpr int watch_every_s = 60;

const Actor by_system{ActorType::system, std::nullopt};

/// An authorization that ends soon, or has ended.
struct EndingHold {
    PaymentId payment_id;
    OrderId order_id;
    bool has_ended = false;
};
BOOST_DESCRIBE_STRUCT(EndingHold, (), (payment_id, order_id, has_ended))

// Told of once while it can still be handed over; what a driver has, or what has ended, is looked at until it is done.
inline const db::Query<EndingHold(std::int64_t)> list_ending_holds{"checkout.list_ending_holds", R"(
    select p.id as payment_id, p.order_id, p.capture_before <= now() as has_ended
      from payments p join orders o on o.tenant_id = p.tenant_id and o.id = p.order_id
     where p.status = 'requires_capture' and p.capture_before <= now() + $1::bigint * interval '1 second'
       and (p.capture_due_at is null or p.capture_before <= now()
            or o.status in ('picked_up', 'in_transit', 'delivered'))
     order by p.capture_before limit 200
)"};
inline const db::Query<void(PaymentId)> note_capture_due{"checkout.note_capture_due", R"(
    update payments set capture_due_at = now(), updated_at = now() where id = $1 and capture_due_at is null
)"};

awaitable<void> warn(Ctx& ctx, const OrderState& order, PaymentId payment_id) {
    const std::int64_t news = co_await ctx.tx.count(note_capture_due, payment_id);
    if (news == 0) co_return;
    co_await note(ctx, order, by_system, "The card's authorization ends soon: it is to be picked up before");
    co_await jobs::publish(ctx, "checkout.capture_due", OrderFact{order.id});
    co_await tell(ctx, order);
}

awaitable<void> look_at(Ctx& ctx, EndingHold hold) {
    OrderState order = co_await lock_order(ctx, hold.order_id);
    const PaymentRow payment = co_await ctx.tx.one(find_payment, hold.payment_id);
    if (payment.status != PaymentStatus::requires_capture) co_return;
    if (is_picked_up(order.status)) {
        co_await ctx.commit();
        co_await capture(ctx, CaptureOrder{order.id});
    } else if (hold.has_ended) {
        co_await record_end_of_hold(ctx, order, payment, "authorization_ended");
    } else {
        co_await warn(ctx, order, hold.payment_id);
    }
}

// Each in its own transaction: one that fails does not keep the others.
awaitable<void> watch_captures(Ctx& ctx, Nothing) {
    const std::int64_t warning_s = ctx.services.get<const Settings>().capture_warning_s.value;
    const std::vector<EndingHold> holds = co_await ctx.tx.all(list_ending_holds, warning_s);
    co_await ctx.commit();
    for (const EndingHold& hold : holds) {
        std::string failure;
        try {
            co_await look_at(ctx, hold);
            co_await ctx.commit();
        } catch (const std::exception& error) {
            failure = error.what();
        }
        if (failure.empty()) continue;
        log::error("an authorization that ends is not dealt with",
                   {{"order_id", hold.order_id.to_string()}, {"error", failure}});
        co_await ctx.tx.rollback();
        ctx.emissions.clear();
    }
}

}  // namespace

awaitable<void> record_capture(Ctx& ctx, OrderState& order, std::optional<PaymentId> payment_id) {
    if (order.payment_status != OrderPaymentStatus::authorized) co_return;
    if (payment_id)
        co_await ctx.tx.run(move_payment, *payment_id, PaymentStatus::requires_capture, PaymentStatus::succeeded);
    co_await move_money(ctx, order, OrderPaymentEvent::capture);
    co_await note(ctx, order, by_system, "Payment captured");
    co_await post_capture(ctx, order);
    co_await tell(ctx, order);
}

awaitable<void> record_end_of_hold(Ctx& ctx, OrderState& order, const PaymentRow& payment, std::string code) {
    if (order.payment_status != OrderPaymentStatus::authorized) co_return;
    log::error("an authorization ended before it was captured",
               {{"order_id", order.id.to_string()}, {"payment_id", payment.id.to_string()}, {"code", code}});
    if (order_machine.next(order.status, OrderEvent::cancel)) {
        co_await cancel(ctx, order, by_system, "Cancelled: the card's authorization ended before it was picked up");
        co_return;
    }
    co_await ctx.tx.run(move_payment, payment.id, PaymentStatus::requires_capture, PaymentStatus::failed);
    co_await move_money(ctx, order, OrderPaymentEvent::lose);
    co_await note(ctx, order, by_system, "The payment could not be captured: the authorization had ended");
    co_await tell(ctx, order);
}

awaitable<void> capture(Ctx& ctx, CaptureOrder in) {
    const db::Array<OrderId> order_ids{{in.order_id}};
    const std::vector<PaymentRow> payments = co_await ctx.tx.all(list_open_payments, order_ids);
    if (payments.empty()) {  // nothing to pay
        OrderState order = co_await lock_order(ctx, in.order_id);
        co_await record_capture(ctx, order, std::nullopt);
        co_return;
    }
    const PaymentRow& payment = payments.front();
    if (payment.status != PaymentStatus::requires_capture || !payment.stripe_payment_intent_id) co_return;
    co_await ctx.commit();
    const ProviderResult<ProviderPayment> answer = co_await ctx.services.get<Provider>().capture(
        *payment.stripe_payment_intent_id, payment.amount_minor, payment.id.to_string());
    const std::optional<ProviderPayment> now = answer ? *answer : answer.error().payment;
    const bool is_captured = now && std::holds_alternative<Captured>(now->state);
    const bool has_ended = now && std::holds_alternative<Canceled>(now->state);
    if (!is_captured && !has_ended) throw Fail(Errc::capture_pending, answer ? "not captured" : answer.error().code);
    OrderState order = co_await lock_order(ctx, in.order_id);
    if (is_captured)
        co_await record_capture(ctx, order, payment.id);
    else
        co_await record_end_of_hold(ctx, order, payment, answer ? "canceled" : answer.error().code);
}

// What the job behind a pick-up does by itself, for a store that does not want to wait for its next try.
awaitable<Order> capture_order(Ctx& ctx, OrderRef in) {
    const OrderState order = co_await lock_order(ctx, in.order_id);
    co_await admit_store(ctx, order);
    if (order.payment_status == OrderPaymentStatus::captured || order.payment_status == OrderPaymentStatus::refunded)
        throw Fail(Errc::already_captured);
    if (!is_paid(order.payment_status)) throw Fail(Errc::order_not_paid);
    if (!is_picked_up(order.status)) throw Fail(Errc::not_picked_up);
    co_await ctx.commit();
    co_await capture(ctx, CaptureOrder{in.order_id});
    co_await ctx.commit();
    Order document = co_await get_order_document(ctx, in.order_id);
    if (document.payment_status == OrderPaymentStatus::failed) throw Fail(Errc::authorization_ended);
    co_return document;
}

jobs::Table capture_jobs() {
    return {
        jobs::job<capture>("checkout.capture"),
        jobs::periodic<watch_captures>("checkout.watch_captures", watch_every_s),
    };
}

}  // namespace liveshop::checkout
