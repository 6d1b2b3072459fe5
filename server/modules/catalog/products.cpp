#include <ranges>

#include "modules/catalog/api.hpp"
#include "modules/catalog/handlers.hpp"
#include "modules/catalog/product_store.hpp"
#include "modules/catalog/rules.hpp"

namespace liveshop::catalog {
namespace {

constexpr std::int64_t products_a_page = 100;

awaitable<Product> get_whole_product(Ctx& ctx, ProductId product_id) {
    std::optional<Product> product = co_await ctx.tx.find(find_products, {{product_id}}, true);
    if (!product) throw Fail(Errc::product_not_found);
    co_return std::move(*product);
}

awaitable<Product> get_own_product(Ctx& ctx, ProductId product_id) {
    Product product = co_await get_whole_product(ctx, product_id);
    co_await get_own_store(ctx, product.store_id);
    co_return product;
}

// What a query needs to be there, where the request may leave it out.
NewVariant completed(NewVariant variant) {
    if (!variant.option_values) variant.option_values.emplace();
    if (!variant.name) variant.name = Text<1, 255>{variant_name(*variant.option_values)};
    return variant;
}

NewVariant added(const VariantChange& change) {
    return completed({.name = change.name,
                      .option_values = change.option_values,
                      .sku = change.sku,
                      .price_minor = change.price_minor,
                      .compare_at_price_minor = change.compare_at_price_minor,
                      .cost_price_minor = change.cost_price_minor,
                      .weight_g = change.weight_g,
                      .stock_quantity = change.stock_quantity.value_or(Stock{}),
                      .low_stock_quantity = change.low_stock_quantity});
}

// The caller's own store's, and still sold.
awaitable<VariantOwner> get_own_variant(Ctx& ctx, VariantId variant_id) {
    const std::optional<VariantOwner> owner = co_await ctx.tx.find(find_variant_owner, variant_id);
    if (!owner) throw Fail(Errc::variant_not_found);
    co_await get_own_store(ctx, owner->store_id);
    co_return *owner;
}

}  // namespace

awaitable<ProductPage> get_store_products(Ctx& ctx, ListStoreProducts in) {
    const Store store = co_await get_store(ctx, in.store_id);
    const bool own = co_await is_own_store(ctx, store);
    if (!own && store.verification_status != VerificationStatus::verified) throw Fail(Errc::store_not_found);
    const std::int64_t limit = in.limit ? in.limit->value : products_a_page;
    std::optional<Timestamp> created_at;
    std::optional<ProductId> after_id;
    if (const std::optional<ProductPlace> after = read_cursor<ProductPlace>(in.cursor)) {
        created_at = after->created_at;
        after_id = after->id;
    }
    std::vector<FoundProduct> found =
        co_await ctx.tx.all(list_products_of, in.store_id, own, created_at, after_id, static_cast<int>(limit + 1));
    ProductPage page;
    if (std::ssize(found) > limit) {
        found.pop_back();
        page.next_cursor = write_cursor(ProductPlace{0, found.back().created_at, found.back().id, false});
    }
    db::Array<ProductId> ids;
    for (const FoundProduct& product : found) ids.items.push_back(product.id);
    page.products = co_await ctx.tx.all(find_products, ids, own);
    co_return page;
}

// What is not sold any more is still shown to whoever comes from an order of it; what was never sold, only to its own
// people. One query for those who only look.
awaitable<Product> get_one_product(Ctx& ctx, ProductOf in) {
    Product product = co_await get_product(ctx, in.product_id);
    const bool may_own = ctx.is(Role::store_owner) || ctx.is(Role::store_staff) || ctx.is(Role::admin);
    if (product.is_for_sale && !may_own) co_return product;
    const Store store = co_await get_store(ctx, product.store_id);
    const bool own = co_await is_own_store(ctx, store);
    if (!own && store.verification_status != VerificationStatus::verified) throw Fail(Errc::product_not_found);
    if (!own) co_return product;
    product = co_await get_whole_product(ctx, in.product_id);
    co_return product;
}

awaitable<Product> create_product(Ctx& ctx, CreateProduct in) {
    std::vector<FieldError> faults = faults_of(in);
    if (!faults.empty()) throw Invalid(std::move(faults));
    const Store store = co_await get_own_store(ctx, in.store_id);
    if (store.closed_at) throw Fail(Errc::store_closed_down);
    std::vector<NewVariant> variants;
    for (NewVariant& variant : in.variants) variants.push_back(completed(std::move(variant)));
    const ProductId product_id = co_await ctx.tx.one(insert_product, in);
    co_await ctx.tx.run(insert_variants, product_id, variants);
    Product product = co_await get_whole_product(ctx, product_id);
    co_return product;
}

awaitable<Product> change_product(Ctx& ctx, UpdateProduct in) {
    const Product before = co_await get_own_product(ctx, in.product_id);
    std::vector<FieldError> faults = faults_of(in, before);
    if (!faults.empty()) throw Invalid(std::move(faults));
    co_await ctx.tx.run(update_product, in);
    if (in.inventory_policy)
        co_await ctx.tx.run(allow_backorder, in.product_id, *in.inventory_policy == InventoryPolicy::continue_);
    std::vector<NewVariant> new_ones;
    for (VariantChange& change : in.variants.value_or(std::vector<VariantChange>{})) {
        if (!change.id) {
            new_ones.push_back(added(change));
            continue;
        }
        if (!change.name && change.option_values) change.name = Text<1, 255>{variant_name(*change.option_values)};
        const std::int64_t changed = co_await ctx.tx.count(update_variant, in.product_id, change);
        if (changed == 0) throw Fail(Errc::variant_not_found);
    }
    if (!new_ones.empty()) co_await ctx.tx.run(insert_variants, in.product_id, new_ones);
    Product product = co_await get_whole_product(ctx, in.product_id);
    co_return product;
}

awaitable<void> delete_product(Ctx& ctx, ProductOf in) {
    co_await get_own_product(ctx, in.product_id);
    co_await ctx.tx.run(remove_product, in.product_id);
}

awaitable<void> delete_variant(Ctx& ctx, VariantOf in) {
    const VariantOwner variant = co_await get_own_variant(ctx, in.variant_id);
    co_await ctx.tx.run(lock_product_row, variant.product_id);
    const std::int64_t removed = co_await ctx.tx.count(remove_variant, variant.product_id, in.variant_id);
    if (removed == 0) throw Fail(Errc::last_variant);
}

// Conditional on what the caller saw, or relative to whatever there is: what is sold meanwhile stays sold.
awaitable<VariantStock> change_stock(Ctx& ctx, ChangeStock in) {
    std::vector<FieldError> faults = faults_of(in);
    if (!faults.empty()) throw Invalid(std::move(faults));
    co_await get_own_variant(ctx, in.variant_id);
    std::optional<std::int64_t> now;
    if (in.delta)
        now = co_await ctx.tx.find(add_variant_stock, in.variant_id, in.delta->value);
    else
        now = co_await ctx.tx.find(count_variant_stock, in.variant_id, in.quantity->value, in.expected_quantity->value);
    if (!now) throw Fail(in.delta ? Errc::stock_too_low : Errc::stock_changed);
    co_return VariantStock{in.variant_id, *now};
}

}  // namespace liveshop::catalog
