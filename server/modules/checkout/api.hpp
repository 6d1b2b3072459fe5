#pragma once
// What other modules may ask of orders, in the caller's transaction. Facts to subscribe to, each with an OrderFact:
// checkout.order_paid, checkout.order_ready, checkout.order_cancelled.
#include "modules/checkout/types.hpp"
#include "platform/context.hpp"

namespace liveshop::checkout {

/// An order as whoever carries it needs it.
struct OrderToDeliver {
    OrderId id;
    std::string order_number;
    UserId customer_id;
    StoreId store_id;
    std::string store_name;
    OrderStatus status = OrderStatus::pending;
    OrderPaymentStatus payment_status = OrderPaymentStatus::pending;
    Address shipping_address;
    Amount shipping_amount_minor;  ///< what the customer pays for the delivery
    std::string currency;
};
BOOST_DESCRIBE_STRUCT(OrderToDeliver, (),
                      (id, order_number, customer_id, store_id, store_name, status, payment_status, shipping_address,
                       shipping_amount_minor, currency))

/// Asks nobody for leave: the caller has. Throws order_not_found.
awaitable<OrderToDeliver> get_order(Ctx& ctx, OrderId order_id);
/// Notes which delivery carries the order, for its customer to follow. Throws order_not_found.
awaitable<void> assign_delivery(Ctx& ctx, OrderId order_id, DeliveryId delivery_id);

/// The driver, who is the caller, has it: the money is captured by a job, once. Throws order_not_found, and
/// move_not_allowed unless ready.
awaitable<void> mark_picked_up(Ctx& ctx, OrderId order_id);
/// The driver is on the way. Throws order_not_found, move_not_allowed.
awaitable<void> mark_in_transit(Ctx& ctx, OrderId order_id);
/// The customer has it: store and driver are credited, at once or by a job as soon as the money is captured.
/// Throws order_not_found, move_not_allowed.
awaitable<void> mark_delivered(Ctx& ctx, OrderId order_id, UserId driver_id, Amount driver_earnings_minor);

}  // namespace liveshop::checkout
