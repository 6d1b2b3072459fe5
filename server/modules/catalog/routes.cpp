#include "modules/catalog/routes.hpp"

#include "modules/catalog/rules.hpp"
#include "modules/catalog/store.hpp"
#include "modules/identity/api.hpp"
#include "platform/admin_database.hpp"

namespace liveshop::catalog {
namespace {

awaitable<StoreList> get_stores(Ctx& ctx, ListStores in) {
    StoreList list;
    list.stores = co_await ctx.tx.all(list_stores, in.category);
    co_return list;
}

awaitable<StoreList> get_my_stores(Ctx& ctx) {
    StoreList list;
    list.stores = co_await ctx.tx.all(list_stores_of, ctx.user());
    co_return list;
}

awaitable<Store> get_one_store(Ctx& ctx, StoreOf in) {
    Store store = co_await get_store(ctx, in.store_id);
    co_return store;
}

awaitable<Store> create_store(Ctx& ctx, CreateStore in) {
    Store store = co_await ctx.tx.one(insert_store, ctx.user(), in);
    co_return store;
}

awaitable<Store> change_store(Ctx& ctx, UpdateStore in) {
    co_await get_own_store(ctx, in.store_id);
    Store store = co_await ctx.tx.one(update_store, in);
    co_return store;
}

awaitable<ProductList> get_store_products(Ctx& ctx, StoreOf in) {
    const Store store = co_await get_store(ctx, in.store_id);
    const bool own = co_await is_own_store(ctx, store);
    std::vector<ProductId> ids = co_await ctx.tx.all(list_products_of, in.store_id, own);
    ProductList list;
    list.products = co_await get_products(ctx, std::move(ids));
    co_return list;
}

awaitable<Product> create_product(Ctx& ctx, CreateProduct in) {
    std::vector<FieldError> faults = faults_of(in);
    if (!faults.empty()) throw Invalid(std::move(faults));
    co_await get_own_store(ctx, in.store_id);
    const InventoryPolicy policy = in.inventory_policy.value_or(InventoryPolicy::deny);
    const ProductId product_id = co_await ctx.tx.one(insert_product, in.store_id, in.name.value, in.description,
                                                     in.images.value_or(std::vector<PictureUrl>{}), policy);
    co_await ctx.tx.run(insert_variants, product_id, in.variants);
    Product product = co_await get_product(ctx, product_id);
    co_return product;
}

awaitable<Product> change_product(Ctx& ctx, UpdateProduct in) {
    const Product before = co_await get_product(ctx, in.product_id);
    co_await get_own_store(ctx, before.store_id);
    std::vector<FieldError> faults = faults_of(in, before.variants.size());
    if (!faults.empty()) throw Invalid(std::move(faults));
    co_await ctx.tx.one(update_product, in);
    std::vector<NewVariant> added;
    for (const VariantChange& change : in.variants.value_or(std::vector<VariantChange>{})) {
        if (!change.id) {
            added.push_back(
                {change.name, change.sku, change.price_minor, change.compare_at_price_minor, change.stock_quantity});
            continue;
        }
        const std::int64_t changed = co_await ctx.tx.count(update_variant, in.product_id, change);
        if (changed == 0) throw Fail(Errc::variant_not_found);
    }
    if (!added.empty()) co_await ctx.tx.run(insert_variants, in.product_id, added);
    Product product = co_await get_product(ctx, in.product_id);
    co_return product;
}

awaitable<ProductList> get_products_found(Ctx& ctx, FindProducts in) {
    std::vector<ProductId> ids;
    if (in.q)
        ids = co_await ctx.tx.all(search_products, in.q->value);
    else
        ids = co_await ctx.tx.all(list_newest_products);
    ProductList list;
    list.products = co_await get_products(ctx, std::move(ids));
    co_return list;
}

awaitable<Product> get_one_product(Ctx& ctx, ProductOf in) {
    Product product = co_await get_product(ctx, in.product_id);
    co_return product;
}

awaitable<StoreRowList> get_all_stores(Ctx& ctx) {
    co_await identity::require_platform_admin(ctx);
    db::Transaction tx =
        ctx.services.get<AdminDatabase>().pool.transaction({.tenant = std::nullopt, .read_only = true});
    StoreRowList list;
    list.stores = co_await tx.all(list_all_stores);
    co_return list;
}

}  // namespace

std::vector<Route> routes() {
    constexpr Access owners = only(Role::store_owner, Role::admin);
    constexpr Access people = only(Role::store_owner, Role::store_staff, Role::admin);
    return route_table(
        get<get_stores>("/stores").by(anyone).says("Stores that sell"),
        post<create_store>("/stores").by(owners).creates().fails(Errc::slug_taken).says("Opens a store"),
        get<get_my_stores>("/stores/mine").by(people).says("Stores I own or work at"),
        get<get_one_store>("/stores/{store_id}").by(anyone).fails(Errc::store_not_found).says("One store"),
        put<change_store>("/stores/{store_id}")
            .by(people)
            .fails(Errc::store_not_found, Errc::not_your_store)
            .says("Changes a store"),
        get<get_store_products>("/stores/{store_id}/products")
            .by(anyone)
            .fails(Errc::store_not_found)
            .says("What a store sells, newest first; its own people also see what it does not"),
        post<create_product>("/stores/{store_id}/products")
            .by(people)
            .creates()
            .fails(Errc::store_not_found, Errc::not_your_store, Errc::sku_taken)
            .says("Adds a product with its variants"),
        get<get_products_found>("/products").by(anyone).says("Products by words, or the newest"),
        get<get_one_product>("/products/{product_id}")
            .by(anyone)
            .fails(Errc::product_not_found)
            .says("One product with its variants and their stock"),
        put<change_product>("/products/{product_id}")
            .by(people)
            .fails(Errc::product_not_found, Errc::variant_not_found, Errc::not_your_store, Errc::sku_taken)
            .says("Changes a product"),
        get<get_all_stores>("/admin/stores")
            .by(admins)
            .fails(identity::Errc::not_platform_admin)
            .says("Stores of all tenants"));
}

std::vector<ConstraintRow> constraints() {
    return {{"stores_slug_key", describe_error(Errc::slug_taken)},
            {"product_variants_sku_key", describe_error(Errc::sku_taken)}};
}

}  // namespace liveshop::catalog
