#include "modules/catalog/account_holds.hpp"

#include "modules/catalog/api.hpp"

namespace liveshop::catalog {
namespace {

inline const db::Query<StoreId(UserId)> list_owned_ids{"catalog.list_owned_ids", R"(
    select id from stores where owner_id = $1 order by id
)"};

inline const db::Query<std::string(UserId)> find_open_store_name{"catalog.find_open_store_name", R"(
    select name from stores where owner_id = $1 and closed_at is null order by created_at limit 1
)"};

awaitable<std::optional<std::string>> own_open_store(Ctx& ctx, UserId user_id) {
    const std::optional<std::string> name = co_await ctx.tx.find(find_open_store_name, user_id);
    if (!name) co_return std::nullopt;
    co_return fmt::format("Your store {} is open: close it for good first.", *name);
}

}  // namespace

awaitable<std::vector<StoreId>> list_owned_stores(Ctx& ctx, UserId user_id) {
    std::vector<StoreId> ids = co_await ctx.tx.all(list_owned_ids, user_id);
    co_return ids;
}

identity::DeletionHolds account_holds() { return {{own_open_store}}; }

}  // namespace liveshop::catalog
