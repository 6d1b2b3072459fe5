#pragma once
// Products, their variants and their stock in the database.
#include "modules/catalog/api.hpp"
#include "modules/catalog/requests.hpp"

namespace liveshop::catalog {

inline const db::Query<ProductId(CreateProduct)> insert_product{"catalog.insert_product", R"(
    insert into products (store_id, name, description, images, inventory_policy, option_names, attributes)
    select c.store_id, c.name, c.description, coalesce(c.images, '[]'), coalesce(c.inventory_policy, 'deny'),
           coalesce(c.option_names, '[]'), coalesce(c.attributes, '[]')
      from jsonb_to_record($1) c (store_id uuid, name text, description text, images jsonb, inventory_policy text,
                                  option_names jsonb, attributes jsonb)
    returning id
)"};

inline const db::Query<void(ProductId, std::vector<NewVariant>)> insert_variants{"catalog.insert_variants", R"(
    insert into product_variants (product_id, store_id, name, option_values, sku, position, price_minor,
                                  compare_at_price_minor, cost_price_minor, weight_g, stock_quantity,
                                  low_stock_quantity, may_backorder)
    select p.id, p.store_id, v.item->>'name', coalesce(v.item->'option_values', '[]'), v.item->>'sku',
           before.positions + v.position::int, (v.item->>'price_minor')::bigint,
           (v.item->>'compare_at_price_minor')::bigint, (v.item->>'cost_price_minor')::bigint,
           (v.item->>'weight_g')::int, (v.item->>'stock_quantity')::bigint,
           coalesce((v.item->>'low_stock_quantity')::int, 3), p.inventory_policy = 'continue'
      from products p, jsonb_array_elements($2) with ordinality v (item, position),
           lateral (select coalesce(max(position), 0) as positions from product_variants where product_id = p.id) before
     where p.id = $1
)"};

inline const db::Query<void(UpdateProduct)> update_product{"catalog.update_product", R"(
    update products p set name = coalesce(c.name, p.name), description = coalesce(c.description, p.description),
                          images = coalesce(c.images, p.images), is_active = coalesce(c.is_active, p.is_active),
                          inventory_policy = coalesce(c.inventory_policy, p.inventory_policy),
                          option_names = coalesce(c.option_names, p.option_names),
                          attributes = coalesce(c.attributes, p.attributes), updated_at = now()
      from jsonb_to_record($1) c (product_id uuid, name text, description text, images jsonb, inventory_policy text,
                                  is_active boolean, option_names jsonb, attributes jsonb)
     where p.id = c.product_id
)"};

// Stock that was sold on back order is not below nothing any more once that is not allowed.
inline const db::Query<void(ProductId, bool)> allow_backorder{"catalog.allow_backorder", R"(
    update product_variants set may_backorder = $2, updated_at = now(),
                                stock_quantity = case when $2 then stock_quantity else greatest(stock_quantity, 0) end
     where product_id = $1 and may_backorder <> $2
)"};

inline const db::Query<void(ProductId, VariantChange)> update_variant{"catalog.update_variant", R"(
    update product_variants v
       set name = coalesce(c.name, v.name), option_values = coalesce(c.option_values, v.option_values), sku = c.sku,
           price_minor = c.price_minor, compare_at_price_minor = c.compare_at_price_minor,
           cost_price_minor = c.cost_price_minor, weight_g = c.weight_g,
           low_stock_quantity = coalesce(c.low_stock_quantity, v.low_stock_quantity), updated_at = now()
      from jsonb_to_record($2) c (id uuid, name text, option_values jsonb, sku text, price_minor bigint,
                                  compare_at_price_minor bigint, cost_price_minor bigint, weight_g int,
                                  low_stock_quantity int)
     where v.id = c.id and v.product_id = $1 and v.is_active
)"};

inline const db::Query<void(ProductId)> remove_product{"catalog.remove_product", R"(
    update products set removed_at = now(), is_active = false, updated_at = now() where id = $1 and removed_at is null
)"};

struct VariantOwner {
    ProductId product_id;
    StoreId store_id;
};
BOOST_DESCRIBE_STRUCT(VariantOwner, (), (product_id, store_id))

inline const db::Query<VariantOwner(VariantId)> find_variant_owner{"catalog.find_variant_owner", R"(
    select v.product_id, v.store_id from product_variants v join products p on p.id = v.product_id
     where v.id = $1 and v.is_active and p.removed_at is null
)"};

// Takes turns, so that of two variants removed at once one stays.
inline const db::Query<void(ProductId)> lock_product_row{"catalog.lock_product_row", R"(
    select id from products where id = $1 for update
)"};
inline const db::Query<void(ProductId, VariantId)> remove_variant{"catalog.remove_variant", R"(
    update product_variants set is_active = false, updated_at = now()
     where id = $2 and product_id = $1 and is_active
       and exists (select from product_variants where product_id = $1 and id <> $2 and is_active)
)"};

// One statement makes products of ids, in the order asked for, whatever found the ids. $2: with what only the store's
// own people see.
inline const db::Query<Product(db::Array<ProductId>, bool)> find_products{"catalog.find_products", R"(
    select p.id, p.store_id, s.name as store_name, p.name, p.description, p.images, s.currency, p.price_minor,
           p.inventory_policy, p.is_active,
           p.is_active and s.is_active and s.verification_status = 'verified' as is_for_sale, p.option_names,
           p.attributes, coalesce(v.variants, '[]') as variants, p.created_at
      from unnest($1::uuid[]) with ordinality wanted (id, position)
      join products p on p.id = wanted.id
      join stores s on s.id = p.store_id
      left join lateral (
           select jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
                      'id', id, 'name', name, 'option_values', option_values, 'sku', sku, 'price_minor', price_minor,
                      'compare_at_price_minor', compare_at_price_minor, 'weight_g', weight_g,
                      'cost_price_minor', case when $2 then cost_price_minor end,
                      'low_stock_quantity', case when $2 then low_stock_quantity end,
                      'stock_quantity', greatest(stock_quantity, 0))) order by position) as variants
             from product_variants where product_id = p.id and is_active) v on true
     where p.removed_at is null
     order by wanted.position
)"};

/// Where a page of products ended. `score` and `is_similar` are search's.
struct ProductPlace {
    double score = 0;
    Timestamp created_at;
    ProductId id;
    bool is_similar = false;
};
BOOST_DESCRIBE_STRUCT(ProductPlace, (), (score, created_at, id, is_similar))

struct FoundProduct {
    ProductId id;
    double score = 0;
    Timestamp created_at;
    bool is_similar = false;
};
BOOST_DESCRIBE_STRUCT(FoundProduct, (), (id, score, created_at, is_similar))

/// What search_products() is asked.
struct ProductFilters {
    std::optional<Text<1, 200>> q;
    std::optional<StoreId> store_id;
    std::optional<Text<1, 100>> category;
    std::optional<Currency> currency;
    std::optional<Price> price_from_minor;
    std::optional<Price> price_to_minor;
    std::optional<bool> in_stock;
    std::optional<bool> on_sale;
    std::optional<ProductSort> sort;
    std::optional<ProductPlace> after;
};
BOOST_DESCRIBE_STRUCT(ProductFilters, (),
                      (q, store_id, category, currency, price_from_minor, price_to_minor, in_stock, on_sale, sort,
                       after))

inline const db::Query<FoundProduct(ProductFilters, int)> search_products{"catalog.search_products", R"(
    select id, score, created_at, is_similar from search_products($1, $2)
)"};

inline const db::Query<ProductSuggestion(Text<1, 100>, int)> suggest_products{"catalog.suggest_products", R"(
    select name, product_id from suggest_products($1, $2)
)"};

inline const db::Query<FoundProduct(StoreId, bool, std::optional<Timestamp>, std::optional<ProductId>, int)>
    list_products_of{"catalog.list_products_of", R"(
    select id, 0::float8 as score, created_at, false as is_similar from products
     where store_id = $1 and (is_active or $2) and removed_at is null
       and ($3::timestamptz is null or (created_at, id) < ($3, $4::uuid))
     order by created_at desc, id desc limit $5
)"};

inline const db::Query<Sellable(db::Array<VariantId>)> find_sellable_variants{"catalog.find_sellable_variants", R"(
    select v.id as variant_id, p.id as product_id, s.id as store_id, p.name as product_name, v.name as variant_name,
           p.images->>0 as image_url, v.price_minor, s.currency, v.stock_quantity, v.may_backorder,
           v.is_active and p.is_active and s.is_active and s.verification_status = 'verified' as is_active
      from product_variants v join products p on p.id = v.product_id join stores s on s.id = v.store_id
     where v.id = any($1) order by v.id
)"};

/// What is left, and whether just now it became so little that the store wants to know.
struct StockLeft {
    std::int64_t stock_quantity = 0;
    bool became_low = false;
};
BOOST_DESCRIBE_STRUCT(StockLeft, (), (stock_quantity, became_low))

inline const db::Query<StockLeft(VariantId, std::int64_t)> take_variant_stock{"catalog.take_stock", R"(
    update product_variants set stock_quantity = stock_quantity - $2
     where id = $1 and (stock_quantity >= $2 or may_backorder)
    returning stock_quantity, stock_quantity <= low_stock_quantity and stock_quantity + $2 > low_stock_quantity
                                  as became_low
)"};

inline const db::Query<void(VariantId, std::int64_t)> return_variant_stock{"catalog.return_stock", R"(
    update product_variants set stock_quantity = stock_quantity + $2 where id = $1
)"};

inline const db::Query<std::int64_t(VariantId, std::int64_t, std::int64_t)> count_variant_stock{"catalog.count_stock",
                                                                                                R"(
    update product_variants set stock_quantity = $2, updated_at = now()
     where id = $1 and greatest(stock_quantity, 0) = $3
    returning stock_quantity
)"};

inline const db::Query<std::int64_t(VariantId, std::int64_t)> add_variant_stock{"catalog.add_stock", R"(
    update product_variants set stock_quantity = stock_quantity + $2, updated_at = now()
     where id = $1 and (stock_quantity + $2 >= 0 or may_backorder and $2 > 0)
    returning stock_quantity
)"};

}  // namespace liveshop::catalog
