#pragma once
// What other modules may ask of orders, in the caller's transaction. Facts to subscribe to, each with an OrderFact:
// checkout.order_paid, checkout.order_moved (to any status without a fact of its own), checkout.order_ready,
// checkout.order_cancelled, checkout.order_refunded, checkout.capture_due (the card's authorization ends soon).
#include <expected>

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
    std::optional<std::string> notes;  ///< the customer's
};
BOOST_DESCRIBE_STRUCT(OrderToDeliver, (),
                      (id, order_number, customer_id, store_id, store_name, status, payment_status, shipping_address,
                       shipping_amount_minor, currency, notes))

/// Asks nobody for leave: the caller has. Throws order_not_found.
awaitable<OrderToDeliver> get_order(Ctx& ctx, OrderId order_id);
/// The order as its customer is shown it; asks nobody for leave. Throws order_not_found.
awaitable<Order> get_order_document(Ctx& ctx, OrderId order_id);
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

/// A parcel that was picked up and could not be handed over.
struct Undelivered {
    OrderId order_id;
    UserId driver_id;
    Amount driver_earnings_minor;
    Division division;
};
BOOST_DESCRIBE_STRUCT(Undelivered, (), (order_id, driver_id, driver_earnings_minor, division))

/// The parcel goes back to its store: the order's money is divided, and what is the customer's refunded, by a job as
/// soon as it is captured. `note` is for the order's timeline. Throws order_not_found, move_not_allowed.
awaitable<void> mark_undelivered(Ctx& ctx, Undelivered what, std::string note);
/// What was in the parcel is on the shelf again. To be called once. Throws order_not_found.
awaitable<void> return_goods(Ctx& ctx, OrderId order_id);

/// An order as a list of payments names it.
struct OrderName {
    OrderId id;
    std::string order_number;
    std::optional<DeliveryId> delivery_id;
};
BOOST_DESCRIBE_STRUCT(OrderName, (), (id, order_number, delivery_id))

/// Those of the list that exist, in any order.
awaitable<std::vector<OrderName>> find_order_names(Ctx& ctx, std::vector<OrderId> order_ids);

// What was sold, from the orders themselves: those that are paid for (authorised or captured) and not cancelled, by the
// day on which they were placed.

/// `from` until before `until`; days begin at midnight in `time_zone`.
struct SalesPeriod {
    StoreId store_id;
    Timestamp from, until;
    std::string time_zone;
};

struct DaySales {
    std::string day;  ///< "2026-11-22"
    std::int64_t orders_count = 0;
    Amount revenue_minor;   ///< what was paid for goods and their tax, deliveries left out
    Amount refunded_minor;  ///< of these orders, until now
};
BOOST_DESCRIBE_STRUCT(DaySales, (), (day, orders_count, revenue_minor, refunded_minor))

struct ProductSales {
    catalog::ProductId product_id;
    std::string name;
    std::int64_t quantity = 0;  ///< what came back left out
    Amount revenue_minor;       ///< at the lines' prices, what came back left out
};
BOOST_DESCRIBE_STRUCT(ProductSales, (), (product_id, name, quantity, revenue_minor))

struct StreamSales {
    live::StreamId stream_id;
    std::int64_t orders_count = 0;
    std::int64_t buyers_count = 0;  ///< different people
    Amount revenue_minor;
};
BOOST_DESCRIBE_STRUCT(StreamSales, (), (stream_id, orders_count, buyers_count, revenue_minor))

/// Days on which something was sold, the first first.
awaitable<std::vector<DaySales>> list_day_sales(Ctx& ctx, const SalesPeriod& period);
/// What sold best, by revenue, at most `limit` products.
awaitable<std::vector<ProductSales>> list_product_sales(Ctx& ctx, const SalesPeriod& period, std::int64_t limit);
/// What was bought at each of these streams, whenever it was.
awaitable<std::vector<StreamSales>> list_stream_sales(Ctx& ctx, std::vector<live::StreamId> stream_ids);

// The provider's other side, on which money goes to stores and drivers. Each call ends the caller's transaction first
// and holds nothing while it waits.

/// Somebody's own account at the provider.
struct Payee {
    std::string account_id;
    bool can_be_paid = false;  ///< the provider knows enough of its owner
};

/// Why there is no answer.
struct PayeeError {
    std::string code;
    std::string message;    ///< for whoever administers the shop
    bool is_final = false;  ///< it did not happen and will not; else nobody knows
};

awaitable<std::expected<Payee, PayeeError>> create_payee(Ctx& ctx, std::string email, std::string country,
                                                         std::string idempotency_key);
awaitable<std::expected<Payee, PayeeError>> find_payee(Ctx& ctx, std::string account_id);
/// A page on which the account's owner says who they are: good once, for minutes.
awaitable<std::expected<std::string, PayeeError>> link_payee(Ctx& ctx, std::string account_id, std::string return_url);

struct PassOn {
    Amount amount_minor;
    std::string currency;
    std::string account_id;
    std::string group;  ///< what it is for: never two transfers of one group, if `may_have_happened` is honest
    std::string idempotency_key;
    bool may_have_happened = false;  ///< it was asked for before: look for it first
};
/// Moves money of the platform's to a payee; answers the transfer's id.
awaitable<std::expected<std::string, PayeeError>> pass_on(Ctx& ctx, PassOn what);

}  // namespace liveshop::checkout
