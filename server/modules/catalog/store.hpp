#pragma once
#include "modules/catalog/api.hpp"
#include "modules/catalog/requests.hpp"

namespace liveshop::catalog {

inline const db::Query<Store(UserId, CreateStore)> insert_store{"catalog.insert_store", R"(
    insert into stores (owner_id, name, slug, description, category, address, currency, minimum_order_minor,
                        delivery_fee_minor)
    select $1, s.name, s.slug, s.description, s.category, s.address, s.currency, coalesce(s.minimum_order_minor, 0),
           coalesce(s.delivery_fee_minor, 0)
      from jsonb_populate_record(null::stores, $2) s
    returning id, owner_id, name, slug, description, logo_url, cover_url, category, address, currency,
              minimum_order_minor, delivery_fee_minor, verification_status, is_active, created_at
)"};

// Members left out of the change are null and leave the column alone.
inline const db::Query<Store(UpdateStore)> update_store{"catalog.update_store", R"(
    update stores s set name = coalesce(c.name, s.name), description = coalesce(c.description, s.description),
                        logo_url = coalesce(c.logo_url, s.logo_url), cover_url = coalesce(c.cover_url, s.cover_url),
                        category = coalesce(c.category, s.category), address = coalesce(c.address, s.address),
                        minimum_order_minor = coalesce(c.minimum_order_minor, s.minimum_order_minor),
                        delivery_fee_minor = coalesce(c.delivery_fee_minor, s.delivery_fee_minor),
                        is_active = coalesce(c.is_active, s.is_active), updated_at = now()
      from jsonb_populate_record(null::stores, $1) c
     where s.id = ($1->>'store_id')::uuid
    returning s.id, s.owner_id, s.name, s.slug, s.description, s.logo_url, s.cover_url, s.category, s.address,
              s.currency, s.minimum_order_minor, s.delivery_fee_minor, s.verification_status, s.is_active, s.created_at
)"};

inline const db::Query<Store(StoreId)> find_store{"catalog.find_store", R"(
    select id, owner_id, name, slug, description, logo_url, cover_url, category, address, currency,
           minimum_order_minor, delivery_fee_minor, verification_status, is_active, created_at
      from stores where id = $1
)"};

// A store sells if it is open and nobody has rejected it.
inline const db::Query<Store(std::optional<Text<1, 100>>)> list_stores{"catalog.list_stores", R"(
    select id, owner_id, name, slug, description, logo_url, cover_url, category, address, currency,
           minimum_order_minor, delivery_fee_minor, verification_status, is_active, created_at
      from stores
     where is_active and verification_status <> 'rejected' and ($1::text is null or category = $1)
     order by name limit 200
)"};

inline const db::Query<Store(UserId)> list_stores_of{"catalog.list_stores_of", R"(
    select id, owner_id, name, slug, description, logo_url, cover_url, category, address, currency,
           minimum_order_minor, delivery_fee_minor, verification_status, is_active, created_at
      from stores s
     where owner_id = $1 or exists (select from store_staff f where f.store_id = s.id and f.user_id = $1)
     order by created_at limit 100
)"};

inline const db::Query<bool(StoreId, UserId)> works_at_store{"catalog.works_at_store", R"(
    select exists (select from stores where id = $1 and owner_id = $2)
        or exists (select from store_staff where store_id = $1 and user_id = $2)
)"};

inline const db::Query<ProductId(StoreId, std::string, std::optional<LongText>, std::vector<PictureUrl>,
                                 InventoryPolicy)>
    insert_product{"catalog.insert_product", R"(
    insert into products (store_id, name, description, images, inventory_policy) values ($1, $2, $3, $4, $5)
    returning id
)"};

inline const db::Query<void(ProductId, std::vector<NewVariant>)> insert_variants{"catalog.insert_variants", R"(
    insert into product_variants (product_id, store_id, name, sku, position, price_minor, compare_at_price_minor,
                                  stock_quantity, may_backorder)
    select p.id, p.store_id, v.item->>'name', v.item->>'sku', before.positions + v.position::int,
           (v.item->>'price_minor')::bigint, (v.item->>'compare_at_price_minor')::bigint,
           (v.item->>'stock_quantity')::bigint, p.inventory_policy = 'continue'
      from products p, jsonb_array_elements($2) with ordinality v (item, position),
           lateral (select coalesce(max(position), 0) as positions from product_variants where product_id = p.id) before
     where p.id = $1
)"};

inline const db::Query<ProductId(UpdateProduct)> update_product{"catalog.update_product", R"(
    update products p set name = coalesce(c.name, p.name), description = coalesce(c.description, p.description),
                          images = coalesce(c.images, p.images), is_active = coalesce(c.is_active, p.is_active),
                          updated_at = now()
      from jsonb_populate_record(null::products, $1) c
     where p.id = ($1->>'product_id')::uuid
    returning p.id
)"};

inline const db::Query<void(ProductId, VariantChange)> update_variant{"catalog.update_variant", R"(
    update product_variants v set name = c.name, sku = c.sku, price_minor = c.price_minor,
                                  compare_at_price_minor = c.compare_at_price_minor,
                                  stock_quantity = c.stock_quantity, updated_at = now()
      from jsonb_populate_record(null::product_variants, $2) c
     where v.id = c.id and v.product_id = $1
)"};

// One statement makes products of ids, in the order asked for, whatever found the ids.
inline const db::Query<Product(db::Array<ProductId>)> find_products{"catalog.find_products", R"(
    select p.id, p.store_id, s.name as store_name, p.name, p.description, p.images, s.currency,
           coalesce(v.price_minor, 0) as price_minor, p.inventory_policy, p.is_active, coalesce(v.variants, '[]') as variants,
           p.created_at
      from unnest($1::uuid[]) with ordinality wanted (id, position)
      join products p on p.id = wanted.id
      join stores s on s.id = p.store_id
      left join lateral (
           select min(price_minor) as price_minor,
                  jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
                      'id', id, 'name', name, 'sku', sku, 'price_minor', price_minor,
                      'compare_at_price_minor', compare_at_price_minor,
                      'stock_quantity', greatest(stock_quantity, 0))) order by position) as variants
             from product_variants where product_id = p.id and is_active) v on true
     order by wanted.position
)"};

inline const db::Query<ProductId(StoreId, bool)> list_products_of{"catalog.list_products_of", R"(
    select id from products where store_id = $1 and (is_active or $2) order by created_at desc limit 200
)"};

inline const db::Query<ProductId()> list_newest_products{"catalog.list_newest_products", R"(
    select p.id from products p join stores s on s.id = p.store_id
     where p.is_active and s.is_active and s.verification_status <> 'rejected' order by p.created_at desc limit 60
)"};

inline const db::Query<ProductId(std::string)> search_products{"catalog.search_products", R"(
    select p.id from search_products($1, 500) found (id)
      join products p on p.id = found.id join stores s on s.id = p.store_id
     where s.is_active and s.verification_status <> 'rejected' order by p.created_at desc limit 60
)"};

inline const db::Query<Sellable(db::Array<VariantId>)> find_sellable_variants{"catalog.find_sellable_variants", R"(
    select v.id as variant_id, p.id as product_id, s.id as store_id, p.name as product_name, v.name as variant_name,
           p.images->>0 as image_url, v.price_minor, s.currency, v.stock_quantity,
           v.is_active and p.is_active and s.is_active and s.verification_status <> 'rejected' as is_active
      from product_variants v join products p on p.id = v.product_id join stores s on s.id = v.store_id
     where v.id = any($1) order by v.id
)"};

inline const db::Query<void(VariantId, std::int64_t)> take_variant_stock{"catalog.take_stock", R"(
    update product_variants set stock_quantity = stock_quantity - $2
     where id = $1 and (stock_quantity >= $2 or may_backorder)
)"};

inline const db::Query<void(VariantId, std::int64_t)> return_variant_stock{"catalog.return_stock", R"(
    update product_variants set stock_quantity = stock_quantity + $2 where id = $1
)"};

inline const db::Query<StoreRow()> list_all_stores{"catalog.list_all_stores", R"(
    select s.id, s.tenant_id, t.name as tenant_name, s.name, s.slug, s.verification_status, s.is_active,
           (select count(*) from products p where p.store_id = s.id) as product_count, s.created_at
      from stores s join tenants t on t.id = s.tenant_id order by s.created_at desc limit 500
)"};

}  // namespace liveshop::catalog
