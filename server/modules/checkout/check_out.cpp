#include <algorithm>
#include <set>

#include "modules/checkout/ask_provider.hpp"
#include "modules/checkout/handlers.hpp"
#include "modules/checkout/order_moves.hpp"
#include "modules/checkout/payment_moves.hpp"
#include "modules/checkout/settings.hpp"
#include "modules/checkout/store_terms.hpp"
#include "platform/jobs/jobs.hpp"

namespace liveshop::checkout {
namespace {

constexpr std::size_t orders_max = 10;
constexpr int finish_delay_s = 5;  // behind the last moment at which the request itself may finish

std::vector<OrderId> distinct(std::vector<OrderId> order_ids) {
    if (order_ids.empty() || order_ids.size() > orders_max) throw Invalid({{"/order_ids", "must name 1 to 10 orders"}});
    std::ranges::sort(order_ids);
    const auto repeated = std::ranges::unique(order_ids);
    order_ids.erase(repeated.begin(), repeated.end());
    return order_ids;
}

// Locks the orders and answers those that are not paid yet.
awaitable<std::vector<OrderState>> lock_unpaid(Ctx& ctx, const std::vector<OrderId>& order_ids) {
    const std::vector<OrderState> orders = co_await ctx.tx.all(lock_orders, db::Array<OrderId>{order_ids});
    if (orders.size() != order_ids.size()) throw Fail(Errc::order_not_found);
    std::vector<OrderState> unpaid;
    for (const OrderState& order : orders) {
        if (order.customer_id != ctx.user()) throw Fail(Errc::order_not_found);
        if (order.currency != orders.front().currency) throw Fail(Errc::currency_mismatch);
        if (is_paid(order.payment_status)) continue;
        if (!is_payable(order.status, order.payment_status)) throw Fail(Errc::order_closed);
        unpaid.push_back(order);
    }
    co_return unpaid;
}

awaitable<void> finish_later(Ctx& ctx, AttemptId attempt_id) {
    const auto timeout_s = static_cast<int>(ctx.services.get<const Settings>().payment_timeout_s.value);
    const jobs::Options later{.idempotency_key = std::nullopt, .delay_s = timeout_s + finish_delay_s};
    co_await jobs::enqueue(ctx, "checkout.finish_attempt", FinishAttempt{attempt_id}, later);
}

// With a card: one payment for each order, whatever was tried before is given up.
awaitable<std::set<AttemptId>> begin_attempt(Ctx& ctx, const std::vector<OrderState>& unpaid, std::string method_id) {
    std::vector<OrderId> to_pay, order_ids;
    for (const OrderState& order : unpaid) order_ids.push_back(order.id);
    co_await check_terms_of(ctx, std::move(order_ids));
    for (const OrderState& order : unpaid) {
        if (order.hold_expired) throw Fail(Errc::hold_expired);
        if (order.total_amount_minor == Amount{})
            co_await mark_paid(ctx, order.id);
        else
            to_pay.push_back(order.id);
    }
    co_await release_payments(ctx, to_pay);
    std::set<AttemptId> begun;
    if (to_pay.empty()) co_return begun;
    const AttemptId attempt_id = co_await ctx.tx.one(insert_attempt, ctx.user(), method_id);
    for (const OrderId order_id : to_pay) co_await ctx.tx.run(insert_payment, attempt_id, order_id);
    co_await finish_later(ctx, attempt_id);
    begun.insert(attempt_id);
    co_return begun;
}

// Without one: the customer has answered the bank's question, and asks what came of it. Of payments that the provider's
// event has ended meanwhile the attempt's rows tell: nothing is asked again.
awaitable<std::set<AttemptId>> recheck_attempts(Ctx& ctx, const std::vector<OrderState>& unpaid) {
    std::vector<OrderId> order_ids;
    for (const OrderState& order : unpaid) order_ids.push_back(order.id);
    const std::vector<PaymentRow> payments = co_await ctx.tx.all(list_last_payments, db::Array<OrderId>{order_ids});
    if (payments.size() != unpaid.size()) throw Fail(Errc::payment_method_required);
    std::set<AttemptId> asked;
    for (const PaymentRow& payment : payments) {
        // What the provider's event set going may be asked for here as well: the first answer is kept.
        if (is_in_doubt(payment.status) && !payment.stripe_payment_intent_id) throw Fail(Errc::payment_in_progress);
        if (payment.status == PaymentStatus::failed) {
            asked.insert(payment.attempt_id);
            continue;
        }
        if (!is_open(payment.status)) throw Fail(Errc::payment_method_required);
        const PaymentStatus* const to = payment_machine.next(payment.status, PaymentEvent::recheck);
        if (to) co_await ctx.tx.run(move_payment, payment.id, payment.status, *to);
        if (asked.insert(payment.attempt_id).second) co_await finish_later(ctx, payment.attempt_id);
    }
    co_return asked;
}

/// What the customer is told of one attempt.
void add_to(CheckoutResult& result, Outcome outcome, const std::vector<PaymentRow>& payments) {
    if (outcome == Outcome::paid || result.outcome == Outcome::declined) return;
    result.outcome = outcome;
    for (const PaymentRow& payment : payments) {
        if (outcome == Outcome::needs_action && payment.status == PaymentStatus::requires_action)
            result.next_action_url = payment.next_action_url;
        if (outcome == Outcome::declined && payment.status == PaymentStatus::failed && payment.failure_message) {
            result.next_action_url.reset();
            result.decline_code = payment.decline_code;
            result.message = payment.failure_message;
        }
    }
}

}  // namespace

// Two transactions with the provider between them: the first says what is about to be asked, the second what came of
// it. Whatever ends this process in between, the job that the first one wrote finishes the work.
awaitable<CheckoutResult> check_out(Ctx& ctx, CheckOut in) {
    const std::vector<OrderId> order_ids = distinct(std::move(in.order_ids));
    const std::vector<OrderState> unpaid = co_await lock_unpaid(ctx, order_ids);
    std::set<AttemptId> attempt_ids;
    if (!unpaid.empty() && in.payment_method_id)
        attempt_ids = co_await begin_attempt(ctx, unpaid, in.payment_method_id->value);
    else if (!unpaid.empty())
        attempt_ids = co_await recheck_attempts(ctx, unpaid);

    CheckoutResult result;
    for (const AttemptId attempt_id : attempt_ids) {
        std::vector<Answered> answers = co_await ask_provider(ctx, attempt_id, Asking::first);
        const std::optional<Outcome> outcome = co_await record_answers(ctx, attempt_id, std::move(answers));
        const std::vector<PaymentRow> payments = co_await ctx.tx.all(list_payments_of_attempt, attempt_id);
        co_await ctx.commit();
        if (!outcome) throw Fail(Errc::payment_unconfirmed);
        add_to(result, *outcome, payments);
    }
    result.orders = co_await get_orders(ctx, order_ids);
    co_return result;
}

}  // namespace liveshop::checkout
