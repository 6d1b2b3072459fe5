#include "modules/checkout/payment_moves.hpp"

#include "modules/checkout/order_moves.hpp"
#include "modules/live/api.hpp"
#include "platform/jobs/jobs.hpp"

namespace liveshop::checkout {
namespace {

const Actor by_system{ActorType::system, std::nullopt};

awaitable<void> release(Ctx& ctx, const PaymentRow& payment) {
    const PaymentStatus* const to = payment_machine.next(payment.status, PaymentEvent::cancel);
    if (!to) throw Fail(Errc::payment_in_progress);
    const std::int64_t moved = co_await ctx.tx.count(move_payment, payment.id, payment.status, *to);
    if (moved == 0) throw Fail(PlatformErrc::conflict);
    co_await jobs::enqueue(ctx, "checkout.void_payment", VoidPayment{payment.id});
}

awaitable<void> announce(Ctx& ctx, const OrderState& order) {
    if (!order.stream_id) co_return;
    const std::vector<SoldLine> lines = co_await ctx.tx.all(list_sold_lines, order.id);
    for (const SoldLine& line : lines)
        co_await live::announce_sale(ctx, {.stream_id = *order.stream_id,
                                           .customer_id = order.customer_id,
                                           .product_id = line.product_id,
                                           .product_name = line.name,
                                           .quantity = line.quantity});
}

awaitable<void> pay(Ctx& ctx, OrderState& order) {
    if (!is_payable(order.status, order.payment_status)) co_return;
    co_await move_money(ctx, order, OrderPaymentEvent::authorize);
    co_await note(ctx, order, by_system, "Payment authorized");
    co_await jobs::publish(ctx, "checkout.order_paid", OrderFact{order.id});
    co_await announce(ctx, order);
    co_await tell(ctx, order);
}

// All or none: what the other orders of the attempt were authorized for is given back.
awaitable<void> decline(Ctx& ctx, OrderState& order, const PaymentRow& payment) {
    if (payment_machine.next(payment.status, PaymentEvent::cancel))
        co_await release(ctx, payment);
    else if (payment.stripe_payment_intent_id)
        co_await jobs::enqueue(ctx, "checkout.void_payment", VoidPayment{payment.id});
    if (!is_payable(order.status, order.payment_status)) co_return;
    co_await move_money(ctx, order, OrderPaymentEvent::decline);
    co_await tell(ctx, order);
}

std::vector<OrderId> orders_of(const std::vector<PaymentRow>& payments) {
    std::vector<OrderId> order_ids;
    for (const PaymentRow& payment : payments) order_ids.push_back(payment.order_id);
    return order_ids;
}

}  // namespace

awaitable<std::optional<Outcome>> record_answers(Ctx& ctx, AttemptId attempt_id, std::vector<Answered> answers) {
    const std::vector<PaymentRow> before = co_await ctx.tx.all(list_payments_of_attempt, attempt_id);
    std::vector<OrderState> orders = co_await ctx.tx.all(lock_orders, db::Array<OrderId>{orders_of(before)});
    std::int64_t news = 0;
    for (const Answered& answered : answers) {
        const PaymentStatus from = answered.payment.status;
        const PaymentStatus* const to = payment_machine.next(from, answered.event);
        if (!to) throw std::logic_error("the provider's answer does not fit the payment");
        news += co_await ctx.tx.count(record_answer, answered.payment.id, from, *to, answered.answer);
    }
    const std::vector<PaymentRow> payments = co_await ctx.tx.all(list_payments_of_attempt, attempt_id);
    std::vector<PaymentStatus> statuses;
    for (std::size_t i = 0; i < payments.size(); ++i)  // both lists are in order of the order's id
        if (orders[i].status != OrderStatus::cancelled) statuses.push_back(payments[i].status);
    const std::optional<Outcome> outcome = outcome_of(statuses);
    if (news == 0 || !outcome || *outcome == Outcome::needs_action) co_return outcome;
    for (std::size_t i = 0; i < payments.size(); ++i) {
        if (*outcome == Outcome::paid)
            co_await pay(ctx, orders[i]);
        else
            co_await decline(ctx, orders[i], payments[i]);
    }
    co_return outcome;
}

awaitable<void> release_payments(Ctx& ctx, std::vector<OrderId> order_ids) {
    const db::Array<OrderId> ids{std::move(order_ids)};
    const std::vector<PaymentRow> payments = co_await ctx.tx.all(list_open_payments, ids);
    for (const PaymentRow& payment : payments) co_await release(ctx, payment);
}

awaitable<void> mark_paid(Ctx& ctx, OrderId order_id) {
    OrderState order = co_await lock_order(ctx, order_id);
    co_await pay(ctx, order);
}

}  // namespace liveshop::checkout
