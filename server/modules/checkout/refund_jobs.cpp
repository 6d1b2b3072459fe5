// A refund is asked for under its own id, so that a repeated call gives nothing back twice, and booked once.
#include "modules/checkout/order_moves.hpp"
#include "modules/checkout/payment_store.hpp"
#include "modules/checkout/provider.hpp"
#include "modules/checkout/refund_store.hpp"
#include "modules/ledger/api.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/log.hpp"

namespace liveshop::checkout {
namespace {

using enum ledger::Account;

const Actor by_system{ActorType::system, std::nullopt};

// The store pays back what it got; what was commission of it, the platform.
std::vector<ledger::Posting> postings_of(const RefundToSettle& refund, StoreId store_id) {
    std::vector<ledger::Posting> postings{{provider_clearing, std::nullopt, -refund.amount_minor}};
    if (refund.source == RefundSource::escrow) {
        postings.push_back({order_escrow, refund.order_id.value, refund.amount_minor});
    } else {
        postings.push_back({store_payable, store_id.value, refund.amount_minor - refund.commission_minor});
        postings.push_back({platform_commission, std::nullopt, refund.commission_minor});
    }
    return postings;
}

// All of it, or what is the customer's of an order that was not delivered: nothing more will come of that order.
awaitable<void> close_if_whole(Ctx& ctx, OrderState& order, const RefundToSettle& refund) {
    const std::int64_t settled_minor = co_await ctx.tx.one(sum_settled_refunds, order.id);
    const bool is_whole = settled_minor == order.total_amount_minor.minor;
    if (is_whole) {
        co_await ctx.tx.run(move_payment, refund.payment_id, PaymentStatus::succeeded, PaymentStatus::refunded);
        co_await move_money(ctx, order, OrderPaymentEvent::refund);
    }
    if (is_whole || refund.source == RefundSource::escrow) co_await move(ctx, order, OrderEvent::refund, by_system);
}

awaitable<void> record_success(Ctx& ctx, const RefundToSettle& refund) {
    OrderState order = co_await lock_order(ctx, refund.order_id);
    const std::int64_t news = co_await ctx.tx.count(finish_refund, refund.id, RefundStatus::succeeded, std::nullopt);
    if (news == 0) co_return;
    co_await ledger::post(ctx, ledger::EntryKind::refund, refund.id.value, refund.currency,
                          postings_of(refund, order.store_id));
    const bool is_part = refund.amount_minor < order.total_amount_minor;
    co_await note(ctx, order, by_system, is_part ? "Refunded in part" : "Refunded");
    co_await close_if_whole(ctx, order, refund);
    co_await jobs::publish(ctx, "checkout.order_refunded", OrderFact{order.id});
    co_await tell(ctx, order);
}

awaitable<void> record_failure(Ctx& ctx, const RefundToSettle& refund, std::string why) {
    log::error("a refund was refused", {{"refund_id", refund.id.to_string()}, {"error", why}});
    const OrderState order = co_await lock_order(ctx, refund.order_id);
    const std::int64_t news = co_await ctx.tx.count(finish_refund, refund.id, RefundStatus::failed, why);
    if (news == 0) co_return;
    for (const RefundedItem& item : refund.items)
        co_await ctx.tx.run(add_refunded_quantity, order.id, item.variant_id, -item.quantity.value);
    co_await note(ctx, order, by_system, "A refund was refused by the card network");
    co_await tell(ctx, order);
}

}  // namespace

awaitable<void> settle_refund(Ctx& ctx, SettleRefund in) {
    const RefundToSettle refund = co_await ctx.tx.one(find_refund_to_settle, in.refund_id);
    co_await ctx.commit();
    if (refund.status != RefundStatus::pending) co_return;
    if (!refund.stripe_payment_intent_id) throw std::logic_error("a captured payment without an intent");
    Provider& provider = ctx.services.get<Provider>();
    ProviderResult<ProviderRefund> answer;
    if (refund.stripe_refund_id) {
        answer = co_await provider.retrieve_refund(*refund.stripe_refund_id);
    } else {
        Metadata ours{{"refund_id", refund.id.to_string()}, {"tenant_id", ctx.tenant.to_string()}};
        answer = co_await provider.refund(*refund.stripe_payment_intent_id, refund.amount_minor, std::move(ours),
                                          refund.id.to_string());
    }
    if (answer) {
        co_await ctx.tx.run(note_provider_refund, refund.id, answer->id);
        if (answer->state == ProviderRefund::State::succeeded) {
            co_await record_success(ctx, refund);
        } else if (answer->state == ProviderRefund::State::failed) {
            co_await record_failure(ctx, refund, "The card's bank did not take it back");
        } else {
            co_await ctx.commit();
            throw Fail(Errc::payment_unconfirmed, "the refund is pending");
        }
    } else if (answer.error().kind == ProviderError::Kind::refused) {
        co_await record_failure(ctx, refund, answer.error().code + ": " + answer.error().detail);
    } else {
        throw Fail(Errc::payment_unconfirmed, answer.error().code);
    }
}

}  // namespace liveshop::checkout
