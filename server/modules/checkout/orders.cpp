#include "modules/catalog/api.hpp"
#include "modules/checkout/handlers.hpp"
#include "modules/checkout/order_moves.hpp"
#include "platform/jobs/jobs.hpp"

namespace liveshop::checkout {
namespace {

// The customer, the store's people and admins may; to anybody else the order does not exist.
awaitable<void> admit(Ctx& ctx, const OrderState& order) {
    if (order.customer_id == ctx.user()) co_return;
    bool is_stranger = false;
    try {
        co_await catalog::get_own_store(ctx, order.store_id);
    } catch (const Fail&) {
        is_stranger = true;
    }
    if (is_stranger) throw Fail(Errc::order_not_found);
}

awaitable<OrderList> list_of(Ctx& ctx, std::vector<OrderId> order_ids) {
    OrderList list;
    if (!order_ids.empty()) list.orders = co_await ctx.tx.all(load_orders, db::Array<OrderId>{std::move(order_ids)});
    co_return list;
}

}  // namespace

awaitable<Order> show_order(Ctx& ctx, OrderRef in) {
    const std::optional<OrderState> order = co_await ctx.tx.find(find_order, in.order_id);
    if (!order) throw Fail(Errc::order_not_found);
    co_await admit(ctx, *order);
    Order document = co_await get_order_document(ctx, in.order_id);
    co_return document;
}

awaitable<OrderList> list_my_orders(Ctx& ctx) {
    std::vector<OrderId> order_ids = co_await ctx.tx.all(list_orders_of_customer, ctx.user());
    OrderList list = co_await list_of(ctx, std::move(order_ids));
    co_return list;
}

awaitable<OrderList> list_store_orders(Ctx& ctx, StoreOrdersQuery in) {
    co_await catalog::get_own_store(ctx, in.store_id);
    std::vector<OrderId> order_ids;
    if (in.status)
        order_ids = co_await ctx.tx.all(list_orders_of_store_in, in.store_id, *in.status);
    else
        order_ids = co_await ctx.tx.all(list_orders_of_store, in.store_id);
    OrderList list = co_await list_of(ctx, std::move(order_ids));
    co_return list;
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
        if (order.status == OrderStatus::ready)
            co_await jobs::publish(ctx, "checkout.order_ready", OrderFact{order.id});
        co_await tell(ctx, order);
    }
    Order document = co_await get_order_document(ctx, in.order_id);
    co_return document;
}

}  // namespace liveshop::checkout
