#include "modules/checkout/pricing.hpp"

#include <algorithm>

namespace liveshop::checkout {

namespace {

constexpr std::int64_t whole_bp = 10'000;

// What of a price is its tax: rate / (1 + rate) of it, half a unit up.
Amount tax_within(Amount price, std::int64_t rate_bp) {
    const std::int64_t divisor = whole_bp + rate_bp;
    return {((price * rate_bp).minor + divisor / 2) / divisor};
}

}  // namespace

PricedLine price_line(Amount price_minor, std::int64_t quantity, const Rates& rates) {
    const Amount total = price_minor * quantity;
    if (rates.tax_mode == TaxMode::exclusive)
        return {.total_minor = total,
                .tax_minor = share_of(total, rates.tax_rate_bp),
                .commission_minor = share_of(total, rates.commission_rate_bp)};
    const Amount tax = tax_within(total, rates.tax_rate_bp);
    return {
        .total_minor = total, .tax_minor = tax, .commission_minor = share_of(total - tax, rates.commission_rate_bp)};
}

Totals total_of(const std::vector<PricedLine>& lines, Amount shipping_minor, TaxMode tax_mode) {
    Totals totals;
    for (const PricedLine& line : lines) {
        totals.subtotal_minor += line.total_minor;
        totals.tax_amount_minor += line.tax_minor;
        totals.commission_minor += line.commission_minor;
    }
    if (tax_mode == TaxMode::inclusive) totals.subtotal_minor -= totals.tax_amount_minor;
    totals.shipping_amount_minor = shipping_minor;
    totals.total_amount_minor =
        totals.subtotal_minor + totals.tax_amount_minor + shipping_minor - totals.discount_amount_minor;
    return totals;
}

Settlement settle(const Totals& totals, Amount driver_earnings_minor, const Division& division) {
    const Amount goods = totals.subtotal_minor + totals.tax_amount_minor - totals.discount_amount_minor;
    Settlement parts;
    if (division.refunds_goods) parts.refund_minor += goods;
    if (division.refunds_shipping) parts.refund_minor += totals.shipping_amount_minor;
    if (division.pays_store) parts.store_minor = goods - totals.commission_minor;
    if (division.pays_driver) parts.driver_minor = driver_earnings_minor;
    parts.platform_minor = totals.total_amount_minor - totals.commission_minor - parts.refund_minor -
                           parts.store_minor - parts.driver_minor;
    return parts;
}

std::vector<Wanted> merge_wanted(std::vector<Wanted> wanted) {
    std::ranges::sort(wanted, {}, &Wanted::variant_id);
    std::vector<Wanted> merged;
    for (const Wanted& item : wanted) {
        if (merged.empty() || merged.back().variant_id != item.variant_id) {
            merged.push_back(item);
            continue;
        }
        merged.back().quantity += item.quantity;
        if (!merged.back().stream_id) merged.back().stream_id = item.stream_id;
    }
    return merged;
}

}  // namespace liveshop::checkout
