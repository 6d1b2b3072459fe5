#pragma once
// What the endpoints of checkout take and answer, and what its events carry. Prices, taxes and fees are the server's:
// no request has a member for them.
#include "modules/checkout/types.hpp"
#include "platform/cursor.hpp"

namespace liveshop::checkout {

using Quantity = Int<1, 99>;

struct CartItem {
    CartItemId id;
    ProductId product_id;
    VariantId variant_id;
    StoreId store_id;
    std::string store_name;
    std::string name;
    std::string variant_name;
    std::optional<std::string> image_url;
    std::int64_t quantity = 0;
    Amount price_minor;
    Amount total_minor;
    std::string currency;
    std::int64_t stock_quantity = 0;
    bool is_active = true;  ///< can be ordered now
    std::optional<StreamId> stream_id;
};
BOOST_DESCRIBE_STRUCT(CartItem, (),
                      (id, product_id, variant_id, store_id, store_name, name, variant_name, image_url, quantity,
                       price_minor, total_minor, currency, stock_quantity, is_active, stream_id))

struct Cart {
    std::vector<CartItem> items;
    std::string currency;  ///< of the first item, else the tenant's
    Amount subtotal_minor;
};
BOOST_DESCRIBE_STRUCT(Cart, (), (items, currency, subtotal_minor))

inline constexpr std::int64_t orders_a_page = 50;
using OrdersPageSize = Int<1, 200>;

struct OrderList {
    std::vector<Order> orders;               ///< the newest first
    std::optional<std::string> next_cursor;  ///< there are more
};
BOOST_DESCRIBE_STRUCT(OrderList, (), (orders, next_cursor))

struct AddToCart {
    VariantId variant_id;
    Quantity quantity;
    std::optional<StreamId> stream_id;
};
BOOST_DESCRIBE_STRUCT(AddToCart, (), (variant_id, quantity, stream_id))

struct ChangeCartItem {
    CartItemId item_id;
    Quantity quantity;
};
BOOST_DESCRIBE_STRUCT(ChangeCartItem, (), (item_id, quantity))

struct CartItemRef {
    CartItemId item_id;
};
BOOST_DESCRIBE_STRUCT(CartItemRef, (), (item_id))

struct WantedItem {
    VariantId variant_id;
    Quantity quantity;
};
BOOST_DESCRIBE_STRUCT(WantedItem, (), (variant_id, quantity))

struct PlaceOrders {
    std::optional<std::vector<WantedItem>> items;  ///< else the whole cart, which is emptied
    Address shipping_address;
    std::optional<StreamId> stream_id;
    std::optional<Text<1, 500>> notes;
};
BOOST_DESCRIBE_STRUCT(PlaceOrders, (), (items, shipping_address, stream_id, notes))

struct PlacedOrders {
    std::vector<Order> orders;  ///< one a store
    std::string currency;
    Amount total_amount_minor;
};
BOOST_DESCRIBE_STRUCT(PlacedOrders, (), (orders, currency, total_amount_minor))

struct CheckOut {
    std::vector<OrderId> order_ids;
    std::optional<Text<1, 255>> payment_method_id;  ///< the provider's; absent after an action, to ask how it went
};
BOOST_DESCRIBE_STRUCT(CheckOut, (), (order_ids, payment_method_id))

enum class Outcome { paid, declined, needs_action };
BOOST_DESCRIBE_ENUM(Outcome, paid, declined, needs_action)

struct CheckoutResult {
    Outcome outcome = Outcome::paid;
    std::optional<std::string> next_action_url;  ///< where the customer answers the bank's question
    std::optional<std::string> decline_code;     ///< the provider's
    std::optional<std::string> message;          ///< for the customer
    std::vector<Order> orders;
};
BOOST_DESCRIBE_STRUCT(CheckoutResult, (), (outcome, next_action_url, decline_code, message, orders))

struct OrderRef {
    OrderId order_id;
};
BOOST_DESCRIBE_STRUCT(OrderRef, (), (order_id))

struct MyOrdersQuery {  // GET /me/orders
    std::optional<OrderStatus> status;
    std::optional<Cursor> cursor;
    std::optional<OrdersPageSize> limit;  ///< 50 if left out
};
BOOST_DESCRIBE_STRUCT(MyOrdersQuery, (), (status, cursor, limit))

struct StoreOrdersQuery {  // GET /stores/{store_id}/orders
    StoreId store_id;
    std::optional<OrderStatus> status;
    std::optional<Cursor> cursor;
    std::optional<OrdersPageSize> limit;
};
BOOST_DESCRIBE_STRUCT(StoreOrdersQuery, (), (store_id, status, cursor, limit))

struct AllOrdersQuery {  // GET /admin/orders
    std::optional<OrderStatus> status;
    std::optional<OrderPaymentStatus> payment_status;
    std::optional<StoreId> store_id;
    std::optional<UserId> customer_id;
    std::optional<Text<1, 20>> order_number;  ///< the whole of it, in either case
    std::optional<Cursor> cursor;
    std::optional<OrdersPageSize> limit;
};
BOOST_DESCRIBE_STRUCT(AllOrdersQuery, (), (status, payment_status, store_id, customer_id, order_number, cursor, limit))

struct MoveOrder {
    StoreId store_id;
    OrderId order_id;
    OrderStatus status = OrderStatus::confirmed;
};
BOOST_DESCRIBE_STRUCT(MoveOrder, (), (store_id, order_id, status))

struct ShopConfig {
    std::string tenant_name;
    std::string default_currency;
    std::string card_frame_url;
    std::string stripe_publishable_key;
};
BOOST_DESCRIBE_STRUCT(ShopConfig, (), (tenant_name, default_currency, card_frame_url, stripe_publishable_key))

/// order:update
struct OrderUpdate {
    Order order;
};
BOOST_DESCRIBE_STRUCT(OrderUpdate, (), (order))

}  // namespace liveshop::checkout
