#include "modules/checkout/admission.hpp"

#include "modules/catalog/api.hpp"

namespace liveshop::checkout {

awaitable<bool> is_of_store(Ctx& ctx, const OrderState& order) {
    const catalog::Store store = co_await catalog::get_store(ctx, order.store_id);
    const bool own = co_await catalog::is_own_store(ctx, store);
    co_return own;
}

awaitable<void> admit(Ctx& ctx, const OrderState& order) {
    if (order.customer_id == ctx.user()) co_return;
    co_await admit_store(ctx, order);
}

awaitable<void> admit_store(Ctx& ctx, const OrderState& order) {
    const bool own = co_await is_of_store(ctx, order);
    if (!own) throw Fail(Errc::order_not_found);
}

}  // namespace liveshop::checkout
