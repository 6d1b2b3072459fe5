#include "modules/checkout/jobs.hpp"

#include "modules/checkout/ask_provider.hpp"
#include "modules/checkout/captures.hpp"
#include "modules/checkout/order_moves.hpp"
#include "modules/checkout/payment_methods.hpp"
#include "modules/checkout/provider_events.hpp"
#include "modules/checkout/refunds.hpp"
#include "modules/checkout/settlement.hpp"
#include "platform/api/route.hpp"
#include "platform/log.hpp"

namespace liveshop::checkout {
namespace {

constexpr int expiry_every_s = 15;
constexpr std::int64_t expiries_max = 500;

const Actor by_system{ActorType::system, std::nullopt};

// What check_out had begun and, for whatever reason, may not have finished.
awaitable<void> finish_attempt(Ctx& ctx, FinishAttempt in) {
    const PaymentAttempt attempt = co_await ctx.tx.one(find_attempt, in.attempt_id);
    std::vector<Answered> answers =
        co_await ask_provider(ctx, in.attempt_id, attempt.is_overdue ? Asking::last : Asking::again);
    const std::optional<Outcome> outcome = co_await record_answers(ctx, in.attempt_id, std::move(answers));
    co_await ctx.commit();
    if (!outcome) throw Fail(Errc::payment_unconfirmed);
}

awaitable<void> void_payment(Ctx& ctx, VoidPayment in) {
    const PaymentRow payment = co_await ctx.tx.one(find_payment, in.payment_id);
    co_await ctx.commit();
    if (!payment.stripe_payment_intent_id) co_return;
    const ProviderResult<ProviderPayment> answer =
        co_await ctx.services.get<Provider>().cancel(*payment.stripe_payment_intent_id, payment.id.to_string());
    const std::optional<ProviderPayment> now = answer ? *answer : answer.error().payment;
    if (!now || !std::holds_alternative<Canceled>(now->state))
        throw Fail(Errc::payment_unconfirmed, answer ? "not canceled" : answer.error().code);
    co_await ctx.tx.run(mark_voided, payment.id);
}

awaitable<void> settle_delivery(Ctx& ctx, SettleDelivery in) {
    const OrderState order = co_await lock_order(ctx, in.order_id);
    co_await post_delivery(ctx, order, in);
}

// Nothing where the authorization was lost before it was captured: there is no money to divide.
awaitable<void> settle_failure(Ctx& ctx, Undelivered in) {
    OrderState order = co_await lock_order(ctx, in.order_id);
    if (order.payment_status == OrderPaymentStatus::failed) co_return;
    const std::optional<Amount> refund = co_await post_failure(ctx, order, in);
    if (!refund) co_return;
    if (*refund > Amount{}) {
        co_await refund_from_escrow(ctx, order, *refund);
        co_return;
    }
    co_await move(ctx, order, OrderEvent::refund, by_system);
    co_await tell(ctx, order);
}

// Nothing where the order was paid, cancelled or is being paid since it was listed.
awaitable<void> expire(Ctx& ctx, OrderId order_id) {
    OrderState order = co_await lock_order(ctx, order_id);
    if (!order.hold_expired || !is_payable(order.status, order.payment_status)) co_return;
    const db::Array<OrderId> order_ids{{order_id}};
    const std::vector<PaymentRow> payments = co_await ctx.tx.all(list_open_payments, order_ids);
    if (!payments.empty() && is_in_doubt(payments.front().status)) co_return;
    co_await cancel(ctx, order, by_system, "Not paid in time");
}

// Each order in its own transaction: locks are short, and one that fails does not keep the others.
awaitable<void> expire_holds(Ctx& ctx, Nothing) {
    const std::vector<OrderId> order_ids = co_await ctx.tx.all(list_expired_holds, expiries_max);
    co_await ctx.commit();
    for (const OrderId order_id : order_ids) {
        std::string failure;
        try {
            co_await expire(ctx, order_id);
            co_await ctx.commit();
        } catch (const std::exception& error) {
            failure = error.what();
        }
        if (failure.empty()) continue;
        log::error("a hold was not released", {{"order_id", order_id.to_string()}, {"error", failure}});
        co_await ctx.tx.rollback();
        ctx.emissions.clear();
    }
}

}  // namespace

jobs::Table job_rows() {
    jobs::Table rows{
        jobs::job<finish_attempt>("checkout.finish_attempt"),
        jobs::job<void_payment>("checkout.void_payment"),
        jobs::job<settle_delivery>("checkout.settle_delivery"),
        jobs::job<settle_failure>("checkout.settle_failure"),
        jobs::job<settle_refund>("checkout.refund"),
        jobs::periodic<expire_holds>("checkout.expire_holds", expiry_every_s),
    };
    for (const jobs::Table& more : {payment_method_jobs(), capture_jobs(), provider_event_jobs()})
        rows.insert(rows.end(), more.begin(), more.end());
    return rows;
}

}  // namespace liveshop::checkout
