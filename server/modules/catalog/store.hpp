#pragma once
// Stores in the database. How a store is shown is the view store_documents.
#include "modules/catalog/api.hpp"
#include "modules/catalog/store_requests.hpp"
#include "platform/db/query.hpp"

namespace liveshop::catalog {

inline const db::Query<StoreId(UserId, CreateStore)> insert_store{"catalog.insert_store", R"(
    insert into stores (owner_id, name, slug, description, category, address, currency, minimum_order_minor,
                        delivery_fee_minor, time_zone)
    select $1, s.name, s.slug, s.description, s.category, s.address, s.currency, coalesce(s.minimum_order_minor, 0),
           coalesce(s.delivery_fee_minor, 0), coalesce(s.time_zone, 'UTC')
      from jsonb_to_record($2) s (name text, slug text, description text, category text, address jsonb, currency text,
                                  minimum_order_minor bigint, delivery_fee_minor bigint, time_zone text)
    returning id
)"};

// Members left out of the change are null and leave the column alone.
inline const db::Query<void(UpdateStore)> update_store{"catalog.update_store", R"(
    update stores s set name = coalesce(c.name, s.name), description = coalesce(c.description, s.description),
                        logo_url = coalesce(c.logo_url, s.logo_url), cover_url = coalesce(c.cover_url, s.cover_url),
                        category = coalesce(c.category, s.category), address = coalesce(c.address, s.address),
                        minimum_order_minor = coalesce(c.minimum_order_minor, s.minimum_order_minor),
                        delivery_fee_minor = coalesce(c.delivery_fee_minor, s.delivery_fee_minor),
                        delivery_radius_m = nullif(coalesce(c.delivery_radius_m, s.delivery_radius_m), 0),
                        preparation_time_s = coalesce(c.preparation_time_s, s.preparation_time_s),
                        time_zone = coalesce(c.time_zone, s.time_zone),
                        opening_hours = coalesce(c.opening_hours, s.opening_hours),
                        holidays = coalesce(c.holidays, s.holidays),
                        tax_rate_bp = nullif(coalesce(c.tax_rate_bp, s.tax_rate_bp), -1),
                        tax_mode = case when c.tax_rate_bp = -1 then null else coalesce(c.tax_mode, s.tax_mode) end,
                        is_active = coalesce(c.is_active, s.is_active), updated_at = now()
      from jsonb_to_record($1) c (store_id uuid, name text, description text, logo_url text, cover_url text,
                                  category text, address jsonb, minimum_order_minor bigint, delivery_fee_minor bigint,
                                  delivery_radius_m int, preparation_time_s int, time_zone text, opening_hours jsonb,
                                  holidays jsonb, tax_rate_bp int, tax_mode text, is_active boolean)
     where s.id = c.store_id
)"};

inline const db::Query<bool(Text<1, 64>)> knows_time_zone{"catalog.knows_time_zone", R"(
    select exists (select from pg_timezone_names where name = $1 and name !~ '^(posix|right)/')
)"};

inline const db::Query<Store(StoreId)> find_store{"catalog.find_store", R"(
    select * from store_documents where id = $1
)"};

// Who orders keeps the store from being closed down meanwhile, and the other way round.
inline const db::Query<DeliveryTerms(db::Array<StoreId>)> list_delivery_terms{"catalog.list_delivery_terms", R"(
    with held as (select * from stores where id = any ($1::uuid[]) order by id for key share)
    select s.id as store_id, s.name,
           s.is_active and s.verification_status = 'verified' and s.closed_at is null as is_selling, open.is_open,
           case when not open.is_open then
               store_opens_at(s.time_zone, s.opening_hours, s.holidays, now()) end as opens_at,
           s.minimum_order_minor, s.delivery_fee_minor, s.delivery_radius_m::bigint, s.preparation_time_s::bigint,
           s.time_zone, s.address
      from held s,
           lateral (select store_is_open(s.time_zone, s.opening_hours, s.holidays, now()) as is_open) open
     order by s.id
)"};
inline const db::Query<void(StoreId)> lock_store_row{"catalog.lock_store", R"(
    select id from stores where id = $1 for update
)"};

inline const db::Query<void(StoreId)> close_store_down{"catalog.close_store", R"(
    update stores set closed_at = now(), is_active = false, updated_at = now() where id = $1 and closed_at is null
)"};

inline const db::Query<void(StoreId, VerificationStatus, std::optional<std::string>)> decide_on_store{
    "catalog.decide_on_store", R"(
    update stores set verification_status = $2, verification_note = $3, updated_at = now(),
                      verified_at = case when $2 = 'verified' then now() end
     where id = $1 and verification_status <> $2
)"};

/// Where a page of stores ended.
struct StorePlace {
    double score = 0;
    std::string name;
    StoreId id;
};
BOOST_DESCRIBE_STRUCT(StorePlace, (), (score, name, id))

/// What search_stores() is asked.
struct StoreFilters {
    std::optional<Text<1, 200>> q;
    std::optional<Text<1, 100>> category;
    std::optional<Latitude> lat;
    std::optional<Longitude> lng;
    std::optional<Int<1, 1'000'000>> within_m;
    std::optional<bool> delivers_here;
    std::optional<bool> open_now;
    std::optional<StorePlace> after;
};
BOOST_DESCRIBE_STRUCT(StoreFilters, (), (q, category, lat, lng, within_m, delivers_here, open_now, after))

struct FoundStore {
    StoreId id;
    double score = 0;
    std::string name;
    std::optional<double> distance_m;
};
BOOST_DESCRIBE_STRUCT(FoundStore, (), (id, score, name, distance_m))

inline const db::Query<FoundStore(StoreFilters, int)> search_stores{"catalog.search_stores", R"(
    select id, score, name, distance_m from search_stores($1, $2)
)"};

inline const db::Query<Store(db::Array<StoreId>)> find_stores{"catalog.find_stores", R"(
    select d.* from unnest($1::uuid[]) with ordinality wanted (id, position)
      join store_documents d on d.id = wanted.id order by wanted.position
)"};

inline const db::Query<Store(UserId)> list_stores_of{"catalog.list_stores_of", R"(
    select * from store_documents d
     where (owner_id = $1 or exists (select from store_staff f where f.store_id = d.id and f.user_id = $1))
       and closed_at is null
     order by created_at limit 100
)"};

inline const db::Query<bool(StoreId, UserId)> works_at_store{"catalog.works_at_store", R"(
    select exists (select from stores where id = $1 and owner_id = $2)
        or exists (select from store_staff where store_id = $1 and user_id = $2)
)"};

inline const db::Query<StoreRow()> list_all_stores{"catalog.list_all_stores", R"(
    select s.id, s.tenant_id, t.name as tenant_name, s.name, s.slug, s.verification_status, s.verification_note,
           s.is_active, (select count(*) from products p where p.store_id = s.id and p.removed_at is null)
               as product_count, s.created_at
      from stores s join tenants t on t.id = s.tenant_id where s.closed_at is null
     order by (s.verification_status = 'pending') desc, s.created_at desc limit 500
)"};

inline const db::Query<TenantId(StoreId)> find_tenant_of_store{"catalog.find_tenant_of_store", R"(
    select tenant_id from stores where id = $1
)"};

}  // namespace liveshop::catalog
