#pragma once
// What an order costs and who gets what of it. Pure.
#include <vector>

#include "modules/checkout/requests.hpp"

namespace liveshop::checkout {

/// Hundredths of a percent, 0..10,000.
struct Rates {
    std::int64_t tax_rate_bp = 0;
    TaxMode tax_mode = TaxMode::exclusive;
    std::int64_t commission_rate_bp = 1'000;
};

struct PricedLine {
    Amount total_minor;       ///< price times quantity
    Amount tax_minor;         ///< on top of it or within it, rounded here and nowhere else
    Amount commission_minor;  ///< of what it is without tax, rounded here and nowhere else
};

/// The subtotal is without tax, also where prices are with it.
struct Totals {
    Amount subtotal_minor, tax_amount_minor, shipping_amount_minor, discount_amount_minor, total_amount_minor;
    Amount commission_minor;
};

/// How an order's money is divided; the parts and the commission sum to its total.
struct Settlement {
    Amount refund_minor;    ///< the customer's again
    Amount store_minor;     ///< subtotal + tax - discount - commission
    Amount driver_minor;    ///< what the delivery pays
    Amount platform_minor;  ///< what is left beside the commission; negative where the others get more
};

/// Throws Overflow.
PricedLine price_line(Amount price_minor, std::int64_t quantity, const Rates& rates);
Totals total_of(const std::vector<PricedLine>& lines, Amount shipping_minor, TaxMode tax_mode = TaxMode::exclusive);
Settlement settle(const Totals& totals, Amount driver_earnings_minor, const Division& division = {});

/// What somebody wants, wherever it was written down.
struct Wanted {
    VariantId variant_id;
    std::int64_t quantity = 0;
    std::optional<StreamId> stream_id;  ///< where it was seen
};

/// Quantities of the same variant added up, in order of variant: the order in which stock is taken.
std::vector<Wanted> merge_wanted(std::vector<Wanted> wanted);

}  // namespace liveshop::checkout
