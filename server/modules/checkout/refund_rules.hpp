#pragma once
// How much goes back, and how much commission with it. Pure.
#include <algorithm>
#include <vector>

#include "modules/checkout/order_store.hpp"

namespace liveshop::checkout {

/// What has gone back of an order, or is on its way.
struct RefundedSoFar {
    Amount amount_minor;
    Amount commission_minor;
};
BOOST_DESCRIBE_STRUCT(RefundedSoFar, (), (amount_minor, commission_minor))

/// The part `count` of `whole`, half a unit up. For amounts that are not negative, 0 <= count <= whole.
inline Amount part_of(Amount amount, std::int64_t count, std::int64_t whole) {
    if (whole == 0) return {};
    return {((amount * count).minor + whole / 2) / whole};
}

/// Parts taken one after the other sum to the whole to the cent.
inline Amount next_part(Amount amount, std::int64_t before, std::int64_t count, std::int64_t whole) {
    return part_of(amount, before + count, whole) - part_of(amount, before, whole);
}

inline Amount goods_of(const OrderState& order) { return order.total_amount_minor - order.shipping_amount_minor; }

/// Commission that goes back with an amount. Goods are refunded before shipping; with the last of the goods goes the
/// last of the commission.
inline Amount commission_back(const OrderState& order, const RefundedSoFar& before, Amount amount) {
    const Amount goods = goods_of(order);
    const Amount goods_left = std::max(Amount{}, goods - before.amount_minor);
    const Amount commission_left = order.commission_minor - before.commission_minor;
    const Amount part = std::min(amount, goods_left);
    if (part == goods_left) return std::min(commission_left, amount);
    return std::min(commission_left, part_of(order.commission_minor, part.minor, goods.minor));
}

/// A line of an order, of which some come back.
struct RefundedLine {
    VariantId variant_id;
    std::int64_t quantity = 0;           ///< ordered
    std::int64_t refunded_quantity = 0;  ///< so far
    Amount total_minor, tax_minor, commission_minor;
};
BOOST_DESCRIBE_STRUCT(RefundedLine, (),
                      (variant_id, quantity, refunded_quantity, total_minor, tax_minor, commission_minor))

/// What so many of a line cost: price, and tax where it comes on top, less their part of the order's discount.
inline Amount price_of(const RefundedLine& line, std::int64_t count, const OrderState& order) {
    const Amount gross = next_part(line.total_minor, line.refunded_quantity, count, line.quantity);
    const Amount on_top = order.tax_mode == TaxMode::exclusive ? line.tax_minor : Amount{};
    const Amount tax = next_part(on_top, line.refunded_quantity, count, line.quantity);
    return gross + tax - part_of(order.discount_amount_minor, gross.minor, order.subtotal_minor.minor);
}
inline Amount commission_of(const RefundedLine& line, std::int64_t count) {
    return next_part(line.commission_minor, line.refunded_quantity, count, line.quantity);
}

}  // namespace liveshop::checkout
