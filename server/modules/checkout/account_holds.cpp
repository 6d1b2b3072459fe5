#include "modules/checkout/account_holds.hpp"

#include "modules/checkout/types.hpp"

namespace liveshop::checkout {
namespace {

inline const db::Query<std::string(UserId)> find_open_order_number{"checkout.find_open_order_number", R"(
    select order_number from orders
     where customer_id = $1 and status not in ('delivered', 'cancelled', 'refunded') order by created_at limit 1
)"};

awaitable<std::optional<std::string>> own_open_order(Ctx& ctx, UserId user_id) {
    const std::optional<std::string> number = co_await ctx.tx.find(find_open_order_number, user_id);
    if (!number) co_return std::nullopt;
    co_return fmt::format("Your order {} is under way: wait until it is delivered, or cancel it.", *number);
}

}  // namespace

identity::DeletionHolds account_holds() { return {{own_open_order}}; }

}  // namespace liveshop::checkout
