#pragma once
// Who may see an order, and who may do what only its store does.
#include "modules/checkout/order_store.hpp"
#include "platform/context.hpp"

namespace liveshop::checkout {

/// Whether the caller is one of the store's people, or an admin.
awaitable<bool> is_of_store(Ctx& ctx, const OrderState& order);
/// Its customer, the store's people and admins; to anybody else the order does not exist: throws order_not_found.
awaitable<void> admit(Ctx& ctx, const OrderState& order);
/// The same without the customer.
awaitable<void> admit_store(Ctx& ctx, const OrderState& order);

}  // namespace liveshop::checkout
