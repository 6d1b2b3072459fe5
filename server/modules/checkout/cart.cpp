#include <unordered_map>

#include "modules/catalog/api.hpp"
#include "modules/checkout/cart_store.hpp"
#include "modules/checkout/handlers.hpp"
#include "modules/checkout/settings.hpp"

namespace liveshop::checkout {
namespace {

CartItem to_item(const CartRow& row, const catalog::Sellable& offer, std::string store_name) {
    return {.id = row.id,
            .product_id = offer.product_id,
            .variant_id = offer.variant_id,
            .store_id = offer.store_id,
            .store_name = std::move(store_name),
            .name = offer.product_name,
            .variant_name = offer.variant_name,
            .image_url = offer.image_url,
            .quantity = row.quantity,
            .price_minor = offer.price_minor,
            .total_minor = offer.price_minor * row.quantity,
            .currency = offer.currency,
            .stock_quantity = offer.stock_quantity,
            .is_active = offer.is_active,
            .stream_id = row.stream_id};
}

}  // namespace

awaitable<Cart> get_cart(Ctx& ctx) {
    const UserId user_id = ctx.user();
    const std::vector<CartRow> rows = co_await ctx.tx.all(list_cart, user_id);
    std::vector<VariantId> variant_ids;
    for (const CartRow& row : rows) variant_ids.push_back(row.variant_id);
    const std::vector<catalog::Sellable> offers = co_await catalog::find_sellable(ctx, std::move(variant_ids));

    std::unordered_map<VariantId, const catalog::Sellable*> offered;
    std::unordered_map<StoreId, std::string> store_names;
    for (const catalog::Sellable& offer : offers) {
        offered.emplace(offer.variant_id, &offer);
        if (store_names.contains(offer.store_id)) continue;
        catalog::Store store = co_await catalog::get_store(ctx, offer.store_id);
        store_names.emplace(offer.store_id, std::move(store.name));
    }

    Cart cart;
    for (const CartRow& row : rows) {
        const auto offer = offered.find(row.variant_id);
        if (offer == offered.end()) continue;
        cart.items.push_back(to_item(row, *offer->second, store_names.at(offer->second->store_id)));
        cart.subtotal_minor += cart.items.back().total_minor;
    }
    if (!cart.items.empty()) {
        cart.currency = cart.items.front().currency;
        co_return cart;
    }
    const TenantShop shop = co_await ctx.tx.one(find_tenant_shop, ctx.tenant);
    cart.currency = shop.default_currency;
    co_return cart;
}

awaitable<Cart> add_to_cart(Ctx& ctx, AddToCart in) {
    const UserId user_id = ctx.user();
    const std::int64_t count = co_await ctx.tx.one(count_cart, user_id);
    if (count >= cart_items_max) throw Fail(Errc::cart_full);
    co_await ctx.tx.run(upsert_cart_item, user_id, in.variant_id, in.quantity, in.stream_id);
    Cart cart = co_await get_cart(ctx);
    co_return cart;
}

awaitable<Cart> change_cart_item(Ctx& ctx, ChangeCartItem in) {
    const std::int64_t changed = co_await ctx.tx.count(update_cart_item, in.item_id, ctx.user(), in.quantity);
    if (changed == 0) throw Fail(Errc::cart_item_not_found);
    Cart cart = co_await get_cart(ctx);
    co_return cart;
}

awaitable<Cart> remove_cart_item(Ctx& ctx, CartItemRef in) {
    const std::int64_t removed = co_await ctx.tx.count(delete_cart_item, in.item_id, ctx.user());
    if (removed == 0) throw Fail(Errc::cart_item_not_found);
    Cart cart = co_await get_cart(ctx);
    co_return cart;
}

awaitable<ShopConfig> get_config(Ctx& ctx) {
    const Settings& settings = ctx.services.get<const Settings>();
    TenantShop shop = co_await ctx.tx.one(find_tenant_shop, ctx.tenant);
    co_return ShopConfig{.tenant_name = std::move(shop.name),
                         .default_currency = std::move(shop.default_currency),
                         .card_frame_url = settings.card_frame_url.value,
                         .stripe_publishable_key = settings.stripe_publishable_key.value};
}

}  // namespace liveshop::checkout
