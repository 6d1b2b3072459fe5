#include "modules/catalog/api.hpp"

#include "modules/catalog/product_store.hpp"
#include "modules/catalog/store.hpp"
#include "platform/geo.hpp"
#include "platform/jobs/jobs.hpp"

namespace liveshop::catalog {

awaitable<std::vector<Sellable>> find_sellable(Ctx& ctx, std::vector<VariantId> variant_ids) {
    std::vector<Sellable> found = co_await ctx.tx.all(find_sellable_variants, {std::move(variant_ids)});
    co_return found;
}

awaitable<bool> take_stock(Ctx& ctx, VariantId variant_id, std::int64_t quantity) {
    const std::optional<StockLeft> left = co_await ctx.tx.find(take_variant_stock, variant_id, quantity);
    if (left && left->became_low) co_await jobs::publish(ctx, "catalog.stock_low", VariantFact{variant_id});
    co_return left.has_value();
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

awaitable<Store> get_managed_store(Ctx& ctx, StoreId store_id) {
    Store store = co_await get_own_store(ctx, store_id);
    if (store.owner_id != ctx.user() && !ctx.is(Role::admin)) throw Fail(Errc::owner_only);
    co_return store;
}

awaitable<std::vector<DeliveryTerms>> delivery_terms_of(Ctx& ctx, std::vector<StoreId> store_ids) {
    std::vector<DeliveryTerms> terms = co_await ctx.tx.all(list_delivery_terms, {std::move(store_ids)});
    co_return terms;
}

bool delivers_to(const DeliveryTerms& terms, Latitude lat, Longitude lng) {
    if (!terms.delivery_radius_m) return true;
    const Point store{terms.address.lat.value, terms.address.lng.value};
    return distance_m(store, {lat.value, lng.value}) <= static_cast<double>(*terms.delivery_radius_m);
}

awaitable<std::vector<Store>> get_stores_of(Ctx& ctx, UserId user_id) {
    std::vector<Store> stores = co_await ctx.tx.all(list_stores_of, user_id);
    co_return stores;
}

awaitable<Product> get_product(Ctx& ctx, ProductId product_id) {
    std::optional<Product> product = co_await ctx.tx.find(find_products, {{product_id}}, false);
    if (!product) throw Fail(Errc::product_not_found);
    co_return std::move(*product);
}

awaitable<std::vector<Product>> get_products(Ctx& ctx, std::vector<ProductId> product_ids) {
    std::vector<Product> products = co_await ctx.tx.all(find_products, {std::move(product_ids)}, false);
    co_return products;
}

}  // namespace liveshop::catalog
