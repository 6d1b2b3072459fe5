#pragma once
#include "modules/checkout/requests.hpp"
#include "platform/db/query.hpp"

namespace liveshop::checkout {

struct CartRow {
    CartItemId id;
    VariantId variant_id;
    std::int64_t quantity = 0;
    std::optional<StreamId> stream_id;
};
BOOST_DESCRIBE_STRUCT(CartRow, (), (id, variant_id, quantity, stream_id))

inline constexpr std::int64_t cart_items_max = 100;

inline const db::Query<std::int64_t(UserId)> count_cart{"checkout.count_cart", R"(
    select count(*) from cart_items where user_id = $1
)"};

// Adding what is there already adds up, to 99 at most.
inline const db::Query<void(UserId, VariantId, Quantity, std::optional<StreamId>)> upsert_cart_item{
    "checkout.upsert_cart_item", R"(
    insert into cart_items as item (user_id, variant_id, quantity, stream_id) values ($1, $2, $3, $4)
    on conflict (tenant_id, user_id, variant_id) do update
       set quantity = least(99, item.quantity + excluded.quantity),
           stream_id = coalesce(excluded.stream_id, item.stream_id), updated_at = now()
)"};

inline const db::Query<void(CartItemId, UserId, Quantity)> update_cart_item{"checkout.update_cart_item", R"(
    update cart_items set quantity = $3, updated_at = now() where id = $1 and user_id = $2
)"};

inline const db::Query<void(CartItemId, UserId)> delete_cart_item{"checkout.delete_cart_item", R"(
    delete from cart_items where id = $1 and user_id = $2
)"};

inline const db::Query<CartRow(UserId)> list_cart{"checkout.list_cart", R"(
    select id, variant_id, quantity, stream_id from cart_items where user_id = $1 order by created_at, id
)"};

// Of two orders of one cart placed at once, the second finds it empty.
inline const db::Query<CartRow(UserId)> take_cart{"checkout.take_cart", R"(
    delete from cart_items where user_id = $1 returning id, variant_id, quantity, stream_id
)"};

struct TenantShop {
    std::string name;
    std::string default_currency;
    std::int64_t tax_rate_bp = 0;
    TaxMode tax_mode = TaxMode::exclusive;
};
BOOST_DESCRIBE_STRUCT(TenantShop, (), (name, default_currency, tax_rate_bp, tax_mode))

inline const db::Query<TenantShop(TenantId)> find_tenant_shop{"checkout.find_tenant_shop", R"(
    select name, coalesce(settings->>'default_currency', 'USD') as default_currency,
           coalesce((settings->>'tax_rate_bp')::bigint, 0) as tax_rate_bp,
           case settings->>'tax_mode' when 'inclusive' then 'inclusive' else 'exclusive' end as tax_mode
      from tenants where id = $1
)"};

}  // namespace liveshop::checkout
