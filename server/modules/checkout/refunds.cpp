#include "modules/checkout/refunds.hpp"

#include <algorithm>

#include "modules/catalog/api.hpp"
#include "modules/checkout/admission.hpp"
#include "modules/checkout/order_moves.hpp"
#include "modules/checkout/refund_store.hpp"
#include "platform/jobs/jobs.hpp"

namespace liveshop::checkout {
namespace {

struct Wish {
    Amount amount_minor, commission_minor;
    std::vector<RefundedItem> items;
};

Wish wish_for_items(const OrderState& order, const std::vector<RefundedLine>& lines, std::vector<RefundedItem> items) {
    Wish wish;
    std::ranges::sort(items, {}, &RefundedItem::variant_id);
    for (std::size_t i = 0; i < items.size(); ++i) {
        const RefundedItem& item = items[i];
        const std::string at = "/items/" + std::to_string(i);
        if (i > 0 && items[i - 1].variant_id == item.variant_id)
            throw Invalid({{"/items", "must name each variant once"}});
        const auto line = std::ranges::find(lines, item.variant_id, &RefundedLine::variant_id);
        if (line == lines.end()) throw Invalid({{"/items", "must name variants of this order"}});
        if (item.quantity.value > line->quantity - line->refunded_quantity) throw Fail(Errc::refund_too_large);
        wish.amount_minor += price_of(*line, item.quantity.value, order);
        wish.commission_minor += commission_of(*line, item.quantity.value);
    }
    wish.items = std::move(items);
    return wish;
}

std::vector<RefundedItem> what_is_left(const std::vector<RefundedLine>& lines) {
    std::vector<RefundedItem> items;
    for (const RefundedLine& line : lines)
        if (line.quantity > line.refunded_quantity)
            items.push_back({line.variant_id, {line.quantity - line.refunded_quantity}});
    return items;
}

Wish wish_of(const RefundOrder& in, const OrderState& order, const RefundedSoFar& before,
             const std::vector<RefundedLine>& lines) {
    const Amount left = order.total_amount_minor - before.amount_minor;
    Wish wish;
    if (in.items) {
        wish = wish_for_items(order, lines, *in.items);
        const Amount commission_left = order.commission_minor - before.commission_minor;
        wish.commission_minor = std::min(wish.commission_minor, commission_left);
    } else {
        wish.amount_minor = in.amount_minor ? Amount{in.amount_minor->value} : left;
        if (wish.amount_minor == left) wish.items = what_is_left(lines);
        wish.commission_minor = commission_back(order, before, wish.amount_minor);
    }
    if (wish.amount_minor == Amount{}) throw Fail(Errc::refund_not_possible);
    if (wish.amount_minor > left) throw Fail(Errc::refund_too_large);
    return wish;
}

awaitable<RefundId> begin(Ctx& ctx, NewRefund refund) {
    const std::optional<RefundId> refund_id = co_await ctx.tx.find(insert_refund, refund);
    if (!refund_id) throw Fail(Errc::refund_not_possible);
    for (const RefundedItem& item : refund.items)
        co_await ctx.tx.run(add_refunded_quantity, refund.order_id, item.variant_id, item.quantity.value);
    co_await jobs::enqueue(ctx, "checkout.refund", SettleRefund{*refund_id});
    co_return *refund_id;
}

}  // namespace

awaitable<Refund> refund_order(Ctx& ctx, RefundOrder in) {
    if (in.items && (in.amount_minor || in.items->empty()))
        throw Invalid({{"/items", "must name what comes back, and no amount beside it"}});
    const OrderState order = co_await lock_order(ctx, in.order_id);
    co_await admit_store(ctx, order);
    if (order.status != OrderStatus::delivered || order.payment_status != OrderPaymentStatus::captured)
        throw Fail(Errc::refund_not_possible);
    const RefundedSoFar before = co_await ctx.tx.one(sum_refunds, order.id);
    const std::vector<RefundedLine> lines = co_await ctx.tx.all(list_refunded_lines, order.id);
    const Wish wish = wish_of(in, order, before, lines);
    NewRefund refund{.order_id = order.id,
                     .source = RefundSource::store,
                     .amount_minor = wish.amount_minor,
                     .commission_minor = wish.commission_minor,
                     .currency = order.currency,
                     .reason = in.reason.value_or(RefundReason::requested_by_customer),
                     .note = std::nullopt,
                     .actor_id = ctx.user(),
                     .items = wish.items};
    if (in.note) refund.note = in.note->value;
    const RefundId refund_id = co_await begin(ctx, std::move(refund));
    if (in.restock.value_or(false))
        for (const RefundedItem& item : wish.items)
            co_await catalog::return_stock(ctx, item.variant_id, item.quantity.value);
    const Refund written = co_await ctx.tx.one(find_refund, refund_id);
    co_return written;
}

awaitable<RefundList> list_order_refunds(Ctx& ctx, RefundsOf in) {
    const std::optional<OrderState> order = co_await ctx.tx.find(find_order, in.order_id);
    if (!order) throw Fail(Errc::order_not_found);
    co_await admit(ctx, *order);
    RefundList list;
    list.refunds = co_await ctx.tx.all(list_refunds, in.order_id);
    const RefundedSoFar before = co_await ctx.tx.one(sum_refunds, in.order_id);
    list.currency = order->currency;
    list.refunded_minor = before.amount_minor;
    if (order->status == OrderStatus::delivered && order->payment_status == OrderPaymentStatus::captured)
        list.refundable_minor = order->total_amount_minor - before.amount_minor;
    co_return list;
}

awaitable<void> refund_from_escrow(Ctx& ctx, const OrderState& order, Amount amount) {
    co_await begin(ctx, {.order_id = order.id,
                         .source = RefundSource::escrow,
                         .amount_minor = amount,
                         .commission_minor = {},
                         .currency = order.currency,
                         .reason = RefundReason::undeliverable,
                         .note = std::nullopt,
                         .actor_id = std::nullopt,
                         .items = {}});
}

}  // namespace liveshop::checkout
