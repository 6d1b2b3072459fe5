#include "modules/checkout/store_terms.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "platform/db/query.hpp"

namespace liveshop::checkout {
namespace {

/// What of an order a store's terms are about.
struct OrderToCheck {
    StoreId store_id;
    Amount goods_minor;
    Address shipping_address;
};
BOOST_DESCRIBE_STRUCT(OrderToCheck, (), (store_id, goods_minor, shipping_address))

inline const db::Query<OrderToCheck(db::Array<OrderId>)> list_orders_to_check{"checkout.list_orders_to_check", R"(
    select store_id, subtotal_minor + case tax_mode when 'inclusive' then tax_amount_minor else 0 end as goods_minor,
           shipping_address
      from orders where id = any($1) order by id
)"};

std::string closed_until(const catalog::DeliveryTerms& terms) {
    if (!terms.opens_at) return terms.name;
    return fmt::format("{} opens at {}", terms.name, terms.opens_at->to_string());
}

}  // namespace

awaitable<std::map<StoreId, catalog::DeliveryTerms>> terms_of(Ctx& ctx, std::vector<StoreId> store_ids) {
    std::ranges::sort(store_ids);
    const auto repeated = std::ranges::unique(store_ids);
    store_ids.erase(repeated.begin(), repeated.end());
    std::vector<catalog::DeliveryTerms> found = co_await catalog::delivery_terms_of(ctx, std::move(store_ids));
    std::map<StoreId, catalog::DeliveryTerms> terms;
    for (catalog::DeliveryTerms& store : found) terms.emplace(store.store_id, std::move(store));
    co_return terms;
}

void check_terms(const catalog::DeliveryTerms& terms, Amount goods_minor, const Address& to) {
    if (!terms.is_selling) throw Fail(catalog::Errc::store_closed, terms.name);
    if (!terms.is_open) throw Fail(Errc::store_not_open, closed_until(terms));
    if (!catalog::delivers_to(terms, to.lat, to.lng)) throw Fail(Errc::out_of_delivery_area, terms.name);
    if (goods_minor < terms.minimum_order_minor) throw Fail(Errc::below_minimum, terms.name);
}

awaitable<void> check_terms_of(Ctx& ctx, std::vector<OrderId> order_ids) {
    const std::vector<OrderToCheck> orders =
        co_await ctx.tx.all(list_orders_to_check, db::Array<OrderId>{std::move(order_ids)});
    std::vector<StoreId> store_ids;
    for (const OrderToCheck& order : orders) store_ids.push_back(order.store_id);
    const std::map<StoreId, catalog::DeliveryTerms> terms = co_await terms_of(ctx, std::move(store_ids));
    for (const OrderToCheck& order : orders)
        check_terms(terms.at(order.store_id), order.goods_minor, order.shipping_address);
}

}  // namespace liveshop::checkout
