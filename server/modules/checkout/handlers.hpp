#pragma once
// The handlers behind routes.cpp, by subject.
#include "modules/checkout/receipts.hpp"
#include "modules/checkout/requests.hpp"
#include "platform/context.hpp"

namespace liveshop::checkout {

// cart.cpp
awaitable<Cart> add_to_cart(Ctx& ctx, AddToCart in);
awaitable<Cart> get_cart(Ctx& ctx);
awaitable<Cart> change_cart_item(Ctx& ctx, ChangeCartItem in);
awaitable<Cart> remove_cart_item(Ctx& ctx, CartItemRef in);
awaitable<ShopConfig> get_config(Ctx& ctx);

// place_orders.cpp
awaitable<PlacedOrders> place_orders(Ctx& ctx, PlaceOrders in);

// orders.cpp
awaitable<Order> show_order(Ctx& ctx, OrderRef in);
awaitable<Order> cancel_order(Ctx& ctx, OrderRef in);
awaitable<Order> move_store_order(Ctx& ctx, MoveOrder in);

// order_lists.cpp
awaitable<OrderList> list_my_orders(Ctx& ctx, MyOrdersQuery in);
awaitable<OrderList> list_store_orders(Ctx& ctx, StoreOrdersQuery in);
awaitable<OrderList> list_all_orders(Ctx& ctx, AllOrdersQuery in);

// receipts.cpp
awaitable<Receipt> show_receipt(Ctx& ctx, OrderRef in);

// captures.cpp
awaitable<Order> capture_order(Ctx& ctx, OrderRef in);

// check_out.cpp
awaitable<CheckoutResult> check_out(Ctx& ctx, CheckOut in);

}  // namespace liveshop::checkout
