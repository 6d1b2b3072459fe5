#pragma once
// How orders change: by the tables of rules.hpp, under the order's lock, with a line in its timeline and a word to
// whoever looks at it.
#include "modules/checkout/order_store.hpp"
#include "modules/checkout/rules.hpp"
#include "platform/context.hpp"

namespace liveshop::checkout {

struct Actor {
    ActorType type = ActorType::system;
    std::optional<UserId> user_id;
};

/// Throws order_not_found.
awaitable<OrderState> lock_order(Ctx& ctx, OrderId order_id);
/// The newest first. Throws order_not_found unless all exist.
awaitable<std::vector<Order>> get_orders(Ctx& ctx, std::vector<OrderId> order_ids);
awaitable<Order> get_order_document(Ctx& ctx, OrderId order_id);

/// Moves a locked order and publishes the fact. Throws move_not_allowed where the table has no such move.
awaitable<void> move(Ctx& ctx, OrderState& order, OrderEvent on, Actor actor, std::optional<std::string> note = {});
/// Moves the money of a locked order. Throws std::logic_error where the table has no such move.
awaitable<void> move_money(Ctx& ctx, OrderState& order, OrderPaymentEvent on);
/// Adds to the timeline without a move.
awaitable<void> note(Ctx& ctx, const OrderState& order, Actor actor, std::string text);

/// Gives a locked order up: stock goes back, authorized money is released by a job. Throws move_not_allowed once it is
/// picked up, and payment_in_progress while the provider's answer is awaited.
awaitable<void> cancel(Ctx& ctx, OrderState& order, Actor actor, std::string note);

/// Sends order:update to the customer and the store's owner after the commit.
awaitable<void> tell(Ctx& ctx, const OrderState& order);

}  // namespace liveshop::checkout
