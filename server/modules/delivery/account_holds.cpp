#include "modules/delivery/account_holds.hpp"

#include "modules/delivery/types.hpp"

namespace liveshop::delivery {
namespace {

inline const db::Query<std::string(UserId)> find_carried_number{"delivery.find_carried_number", R"(
    select order_number from deliveries
     where driver_id = $1 and (status in ('accepted', 'at_pickup', 'picked_up', 'in_transit', 'at_dropoff')
                               or (status = 'failed' and returned_at is null))
     order by created_at limit 1
)"};

awaitable<std::optional<std::string>> own_delivery(Ctx& ctx, UserId user_id) {
    const std::optional<std::string> number = co_await ctx.tx.find(find_carried_number, user_id);
    if (!number) co_return std::nullopt;
    co_return fmt::format("You are delivering order {}: finish that first.", *number);
}

}  // namespace

identity::DeletionHolds account_holds() { return {{own_delivery}}; }

}  // namespace liveshop::delivery
