#include "modules/checkout/order_moves.hpp"

#include "modules/catalog/api.hpp"
#include "modules/checkout/payment_moves.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/rooms.hpp"

namespace liveshop::checkout {
namespace {

const Event<OrderUpdate> order_updated{"order:update", "An order has changed: to its customer and its store"};

}  // namespace

awaitable<OrderState> lock_order(Ctx& ctx, OrderId order_id) {
    const db::Array<OrderId> order_ids{{order_id}};
    std::vector<OrderState> orders = co_await ctx.tx.all(lock_orders, order_ids);
    if (orders.empty()) throw Fail(Errc::order_not_found);
    co_return std::move(orders.front());
}

awaitable<std::vector<Order>> get_orders(Ctx& ctx, std::vector<OrderId> order_ids) {
    const std::size_t count = order_ids.size();
    std::vector<Order> orders = co_await ctx.tx.all(load_orders, db::Array<OrderId>{std::move(order_ids)});
    if (orders.size() != count) throw Fail(Errc::order_not_found);
    co_return orders;
}

awaitable<Order> get_order_document(Ctx& ctx, OrderId order_id) {
    std::vector<OrderId> order_ids{order_id};
    std::vector<Order> orders = co_await get_orders(ctx, std::move(order_ids));
    co_return std::move(orders.front());
}

awaitable<void> move(Ctx& ctx, OrderState& order, OrderEvent on, Actor actor, std::optional<std::string> note) {
    const OrderStatus* const to = order_machine.next(order.status, on);
    if (!to) throw Fail(Errc::move_not_allowed, "It is " + std::string(name_of(order.status)));
    const std::int64_t moved = co_await ctx.tx.count(move_order, order.id, order.status, *to);
    if (moved == 0) throw Fail(PlatformErrc::conflict);
    order.status = *to;
    co_await ctx.tx.run(insert_timeline, order.id, order.status, note, actor.user_id, actor.type);
    co_await jobs::publish(ctx, fact_of(on), OrderFact{order.id});
}

awaitable<void> move_money(Ctx& ctx, OrderState& order, OrderPaymentEvent on) {
    const OrderPaymentStatus* const to = order_payment_machine.next(order.payment_status, on);
    if (!to) throw std::logic_error("no such move of an order's money");
    const std::int64_t moved = co_await ctx.tx.count(move_order_payment, order.id, order.payment_status, *to);
    if (moved == 0) throw Fail(PlatformErrc::conflict);
    order.payment_status = *to;
}

awaitable<void> note(Ctx& ctx, const OrderState& order, Actor actor, std::string text) {
    co_await ctx.tx.run(insert_timeline, order.id, order.status, text, actor.user_id, actor.type);
}

awaitable<void> cancel(Ctx& ctx, OrderState& order, Actor actor, std::string note) {
    co_await move(ctx, order, OrderEvent::cancel, actor, std::move(note));
    co_await release_payments(ctx, {order.id});
    if (order.payment_status == OrderPaymentStatus::authorized)
        co_await move_money(ctx, order, OrderPaymentEvent::release);
    const std::vector<StockLine> lines = co_await ctx.tx.all(list_stock_lines, order.id);
    for (const StockLine& line : lines) co_await catalog::return_stock(ctx, line.variant_id, line.quantity);
    co_await tell(ctx, order);
}

awaitable<void> tell(Ctx& ctx, const OrderState& order) {
    const OrderUpdate update{co_await get_order_document(ctx, order.id)};
    const catalog::Store store = co_await catalog::get_store(ctx, order.store_id);
    ctx.emit(room_of_user(order.customer_id), order_updated, update);
    ctx.emit(room_of_user(store.owner_id), order_updated, update);
}

}  // namespace liveshop::checkout
