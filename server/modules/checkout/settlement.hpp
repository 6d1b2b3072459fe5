#pragma once
// The books of an order: what is captured goes into escrow, what is delivered is paid out of it.
#include "modules/checkout/api.hpp"
#include "modules/checkout/order_store.hpp"
#include "platform/context.hpp"

namespace liveshop::checkout {

struct CaptureOrder {
    OrderId order_id;
};
BOOST_DESCRIBE_STRUCT(CaptureOrder, (), (order_id))

struct SettleDelivery {
    OrderId order_id;
    UserId driver_id;
    Amount driver_earnings_minor;
};
BOOST_DESCRIBE_STRUCT(SettleDelivery, (), (order_id, driver_id, driver_earnings_minor))

awaitable<void> post_capture(Ctx& ctx, const OrderState& order);
/// Throws capture_pending while there is nothing to pay out.
awaitable<void> post_delivery(Ctx& ctx, const OrderState& order, const SettleDelivery& delivery);
/// The same for a delivery that failed; what is the customer's stays in escrow until it is refunded. Answers how much
/// that is, or nothing where it was done before.
awaitable<std::optional<Amount>> post_failure(Ctx& ctx, const OrderState& order, const Undelivered& delivery);

}  // namespace liveshop::checkout
