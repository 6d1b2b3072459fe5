#include "modules/catalog/api.hpp"

#include "modules/catalog/store.hpp"

namespace liveshop::catalog {

awaitable<std::vector<Sellable>> find_sellable(Ctx& ctx, std::vector<VariantId> variant_ids) {
    std::vector<Sellable> found = co_await ctx.tx.all(find_sellable_variants, {std::move(variant_ids)});
    co_return found;
}

awaitable<bool> take_stock(Ctx& ctx, VariantId variant_id, std::int64_t quantity) {
    const std::int64_t taken = co_await ctx.tx.count(take_variant_stock, variant_id, quantity);
    co_return taken == 1;
}

awaitable<void> return_stock(Ctx& ctx, VariantId variant_id, std::int64_t quantity) {
    co_await ctx.tx.run(return_variant_stock, variant_id, quantity);
}

awaitable<Store> get_store(Ctx& ctx, StoreId store_id) {
    std::optional<Store> store = co_await ctx.tx.find(find_store, store_id);
    if (!store) throw Fail(Errc::store_not_found);
    co_return std::move(*store);
}

awaitable<bool> is_own_store(Ctx& ctx, const Store& store) {
    if (!ctx.principal) co_return false;
    if (store.owner_id == ctx.user() || ctx.is(Role::admin)) co_return true;
    const bool works_there = co_await ctx.tx.one(works_at_store, store.id, ctx.user());
    co_return works_there;
}

awaitable<Store> get_own_store(Ctx& ctx, StoreId store_id) {
    Store store = co_await get_store(ctx, store_id);
    const bool own = co_await is_own_store(ctx, store);
    if (!own) throw Fail(Errc::not_your_store);
    co_return store;
}

awaitable<std::vector<Store>> get_stores_of(Ctx& ctx, UserId user_id) {
    std::vector<Store> stores = co_await ctx.tx.all(list_stores_of, user_id);
    co_return stores;
}

awaitable<Product> get_product(Ctx& ctx, ProductId product_id) {
    std::optional<Product> product = co_await ctx.tx.find(find_products, {{product_id}});
    if (!product) throw Fail(Errc::product_not_found);
    co_return std::move(*product);
}

awaitable<std::vector<Product>> get_products(Ctx& ctx, std::vector<ProductId> product_ids) {
    std::vector<Product> products = co_await ctx.tx.all(find_products, {std::move(product_ids)});
    co_return products;
}

}  // namespace liveshop::catalog
