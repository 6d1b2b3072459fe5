#include "modules/checkout/settlement.hpp"

#include "modules/checkout/pricing.hpp"
#include "modules/ledger/api.hpp"

namespace liveshop::checkout {

using enum ledger::Account;

namespace {

Totals totals_of(const OrderState& order) {
    return {.subtotal_minor = order.subtotal_minor,
            .tax_amount_minor = order.tax_amount_minor,
            .shipping_amount_minor = order.shipping_amount_minor,
            .discount_amount_minor = order.discount_amount_minor,
            .total_amount_minor = order.total_amount_minor,
            .commission_minor = order.commission_minor};
}

// Out of escrow, but for what goes back to the customer.
std::vector<ledger::Posting> postings_of(const OrderState& order, const Settlement& parts, UserId driver_id) {
    return {{order_escrow, order.id.value, order.total_amount_minor - order.commission_minor - parts.refund_minor},
            {store_payable, order.store_id.value, -parts.store_minor},
            {driver_payable, driver_id.value, -parts.driver_minor},
            {platform_commission, std::nullopt, -parts.platform_minor}};
}

}  // namespace

awaitable<void> post_capture(Ctx& ctx, const OrderState& order) {
    const Uuid escrow = order.id.value;
    std::vector<ledger::Posting> postings{
        {provider_clearing, std::nullopt, order.total_amount_minor},
        {order_escrow, escrow, -order.total_amount_minor},
        {order_escrow, escrow, order.commission_minor},
        {platform_commission, std::nullopt, -order.commission_minor},
    };
    co_await ledger::post(ctx, ledger::EntryKind::capture, order.id.value, order.currency, std::move(postings));
}

awaitable<void> post_delivery(Ctx& ctx, const OrderState& order, const SettleDelivery& delivery) {
    if (order.payment_status != OrderPaymentStatus::captured) throw Fail(Errc::capture_pending);
    const Settlement parts = settle(totals_of(order), delivery.driver_earnings_minor);
    co_await ledger::post(ctx, ledger::EntryKind::delivery, order.id.value, order.currency,
                          postings_of(order, parts, delivery.driver_id));
}

awaitable<std::optional<Amount>> post_failure(Ctx& ctx, const OrderState& order, const Undelivered& delivery) {
    if (order.payment_status != OrderPaymentStatus::captured) throw Fail(Errc::capture_pending);
    const Settlement parts = settle(totals_of(order), delivery.driver_earnings_minor, delivery.division);
    const bool posted = co_await ledger::post(ctx, ledger::EntryKind::failure, order.id.value, order.currency,
                                              postings_of(order, parts, delivery.driver_id));
    co_return posted ? std::optional(parts.refund_minor) : std::nullopt;
}

}  // namespace liveshop::checkout
