#include <map>

#include "modules/catalog/api.hpp"
#include "modules/checkout/cart_store.hpp"
#include "modules/checkout/handlers.hpp"
#include "modules/checkout/order_moves.hpp"
#include "modules/checkout/pricing.hpp"
#include "modules/checkout/settings.hpp"
#include "modules/checkout/store_terms.hpp"
#include "modules/ledger/api.hpp"
#include "modules/live/api.hpp"
#include "platform/geo.hpp"

namespace liveshop::checkout {
namespace {

/// An item with what the catalogue says of it.
struct Offered {
    Wanted wanted;
    catalog::Sellable offer;
};

std::string title_of(const catalog::Sellable& offer) { return offer.product_name + ", " + offer.variant_name; }

awaitable<std::vector<Wanted>> wanted_by(Ctx& ctx, const PlaceOrders& in) {
    std::vector<Wanted> wanted;
    if (in.items) {
        if (in.items->size() > static_cast<std::size_t>(cart_items_max))
            throw Invalid({{"/items", "must have at most 100 items"}});
        for (const WantedItem& item : *in.items) wanted.push_back({item.variant_id, item.quantity.value, std::nullopt});
    } else {
        const std::vector<CartRow> rows = co_await ctx.tx.all(take_cart, ctx.user());
        for (const CartRow& row : rows) wanted.push_back({row.variant_id, row.quantity, row.stream_id});
    }
    if (wanted.empty()) throw Fail(Errc::cart_empty);
    co_return merge_wanted(std::move(wanted));
}

// In order of variant, here as everywhere, so that no two buyers wait for each other.
awaitable<std::vector<Offered>> reserve(Ctx& ctx, const std::vector<Wanted>& wanted) {
    std::vector<VariantId> variant_ids;
    for (const Wanted& item : wanted) variant_ids.push_back(item.variant_id);
    std::vector<catalog::Sellable> offers = co_await catalog::find_sellable(ctx, std::move(variant_ids));
    if (offers.size() != wanted.size()) throw Fail(Errc::variant_not_for_sale);
    std::ranges::sort(offers, {}, &catalog::Sellable::variant_id);
    const std::string currency = offers.front().currency;
    std::vector<Offered> reserved;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        catalog::Sellable& offer = offers[i];
        if (!offer.is_active) throw Fail(Errc::variant_not_for_sale, title_of(offer));
        if (offer.currency != currency) throw Fail(Errc::currency_mismatch);
        const bool taken = co_await catalog::take_stock(ctx, offer.variant_id, wanted[i].quantity);
        if (!taken) throw Fail(Errc::sold_out, title_of(offer));
        reserved.push_back({wanted[i], std::move(offer)});
    }
    co_return reserved;
}

NewLine freeze(const Offered& item, const PricedLine& priced, const Rates& rates) {
    return {.product_id = item.offer.product_id,
            .variant_id = item.offer.variant_id,
            .name = item.offer.product_name,
            .variant_name = item.offer.variant_name,
            .image_url = item.offer.image_url,
            .quantity = item.wanted.quantity,
            .price_minor = item.offer.price_minor,
            .total_minor = priced.total_minor,
            .tax_minor = priced.tax_minor,
            .tax_rate_bp = rates.tax_rate_bp,
            .commission_minor = priced.commission_minor,
            .commission_rate_bp = rates.commission_rate_bp};
}

// The stream an order came from is one of its own store, or none.
awaitable<std::optional<StreamId>> stream_of(Ctx& ctx, StoreId store_id, const std::vector<Offered>& items,
                                             std::optional<StreamId> named) {
    std::optional<StreamId> stream_id = named;
    for (const Offered& item : items)
        if (!stream_id) stream_id = item.wanted.stream_id;
    if (!stream_id) co_return std::nullopt;
    const live::Stream stream = co_await live::get_stream(ctx, *stream_id);
    if (stream.store_id != store_id) co_return std::nullopt;
    co_return stream_id;
}

Amount shipping_of(const catalog::DeliveryTerms& store, const ledger::Terms& terms, const Address& to) {
    const double metres = distance_m({store.address.lat.value, store.address.lng.value}, {to.lat.value, to.lng.value});
    return ledger::delivery_fee(terms, store.delivery_fee_minor, metres);
}

// A store's own tax, or else the tenant's.
awaitable<Rates> rates_of(Ctx& ctx, StoreId store_id, const ledger::Terms& terms, const TenantShop& shop) {
    const catalog::Store store = co_await catalog::get_store(ctx, store_id);
    co_return Rates{.tax_rate_bp = store.tax_rate_bp.value_or(shop.tax_rate_bp),
                    .tax_mode = store.tax_mode.value_or(shop.tax_mode),
                    .commission_rate_bp = terms.commission_rate_bp};
}

awaitable<OrderId> write_order(Ctx& ctx, const catalog::DeliveryTerms& store, const std::vector<Offered>& items,
                               const TenantShop& shop, const PlaceOrders& in) {
    const ledger::Terms terms = co_await ledger::get_terms(ctx, store.store_id);
    const Rates rates = co_await rates_of(ctx, store.store_id, terms, shop);
    Amount goods;  // as they are priced
    std::vector<PricedLine> priced;
    std::vector<NewLine> lines;
    for (const Offered& item : items) {
        priced.push_back(price_line(item.offer.price_minor, item.wanted.quantity, rates));
        lines.push_back(freeze(item, priced.back(), rates));
        goods += priced.back().total_minor;
    }
    check_terms(store, goods, in.shipping_address);
    const Totals totals = total_of(priced, shipping_of(store, terms, in.shipping_address), rates.tax_mode);

    NewOrder order{.customer_id = ctx.user(),
                   .store_id = store.store_id,
                   .store_name = store.name,
                   .stream_id = std::nullopt,
                   .subtotal_minor = totals.subtotal_minor,
                   .tax_amount_minor = totals.tax_amount_minor,
                   .shipping_amount_minor = totals.shipping_amount_minor,
                   .discount_amount_minor = totals.discount_amount_minor,
                   .total_amount_minor = totals.total_amount_minor,
                   .commission_minor = totals.commission_minor,
                   .tax_mode = rates.tax_mode,
                   .currency = items.front().offer.currency,
                   .shipping_address = in.shipping_address,
                   .notes = std::nullopt,
                   .hold_s = ctx.services.get<const Settings>().hold_s.value};
    if (in.notes) order.notes = in.notes->value;
    order.stream_id = co_await stream_of(ctx, store.store_id, items, in.stream_id);

    const OrderId order_id = co_await ctx.tx.one(insert_order, order);
    co_await ctx.tx.run(insert_lines, order_id, lines);
    co_return order_id;
}

}  // namespace

// Prices, reserves and writes in the request's transaction: all of it happens or nothing does.
awaitable<PlacedOrders> place_orders(Ctx& ctx, PlaceOrders in) {
    const std::vector<Wanted> wanted = co_await wanted_by(ctx, in);
    std::vector<Offered> reserved = co_await reserve(ctx, wanted);
    const TenantShop shop = co_await ctx.tx.one(find_tenant_shop, ctx.tenant);

    std::map<StoreId, std::vector<Offered>> by_store;
    for (Offered& item : reserved) by_store[item.offer.store_id].push_back(std::move(item));
    std::vector<StoreId> store_ids;
    for (const auto& entry : by_store) store_ids.push_back(entry.first);
    const std::map<StoreId, catalog::DeliveryTerms> stores = co_await terms_of(ctx, std::move(store_ids));

    std::vector<OrderId> order_ids;
    for (const auto& [store_id, items] : by_store) {
        const OrderId order_id = co_await write_order(ctx, stores.at(store_id), items, shop, in);
        order_ids.push_back(order_id);
    }

    PlacedOrders placed;
    placed.orders = co_await get_orders(ctx, std::move(order_ids));
    placed.currency = placed.orders.front().currency;
    for (const Order& order : placed.orders) placed.total_amount_minor += order.total_amount_minor;
    co_return placed;
}

}  // namespace liveshop::checkout
