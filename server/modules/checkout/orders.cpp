#include "modules/catalog/api.hpp"
#include "modules/checkout/admission.hpp"
#include "modules/checkout/handlers.hpp"
#include "modules/checkout/order_moves.hpp"

namespace liveshop::checkout {

awaitable<Order> show_order(Ctx& ctx, OrderRef in) {
    const std::optional<OrderState> order = co_await ctx.tx.find(find_order, in.order_id);
    if (!order) throw Fail(Errc::order_not_found);
    co_await admit(ctx, *order);
    Order document = co_await get_order_document(ctx, in.order_id);
    co_return document;
}

// The customer's way out, open until the store confirms; the store's own is move_store_order.
awaitable<Order> cancel_order(Ctx& ctx, OrderRef in) {
    OrderState order = co_await lock_order(ctx, in.order_id);
    if (order.customer_id != ctx.user()) throw Fail(Errc::order_not_found);
    if (order.status != OrderStatus::pending) throw Fail(Errc::order_closed);
    const Actor actor{ActorType::customer, ctx.user()};
    co_await cancel(ctx, order, actor, "Cancelled by the customer");
    Order document = co_await get_order_document(ctx, in.order_id);
    co_return document;
}

awaitable<Order> move_store_order(Ctx& ctx, MoveOrder in) {
    co_await catalog::get_own_store(ctx, in.store_id);
    OrderState order = co_await lock_order(ctx, in.order_id);
    if (order.store_id != in.store_id) throw Fail(Errc::order_not_found);
    const std::optional<OrderEvent> event = store_event(in.status);
    if (!event) throw Fail(Errc::move_not_allowed, "A store says confirmed, preparing, ready or cancelled");
    const Actor actor{ActorType::store_staff, ctx.user()};
    if (*event == OrderEvent::cancel) {
        co_await cancel(ctx, order, actor, "Cancelled by the store");
    } else {
        if (!is_paid(order.payment_status)) throw Fail(Errc::order_not_paid);
        co_await move(ctx, order, *event, actor);
        co_await tell(ctx, order);
    }
    Order document = co_await get_order_document(ctx, in.order_id);
    co_return document;
}

}  // namespace liveshop::checkout
