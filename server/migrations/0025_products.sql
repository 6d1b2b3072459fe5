-- Products: options, weight, cost, stock that runs low, removal; and search that forgives typing errors.

create extension if not exists btree_gin;

alter table products
    add column option_names jsonb       not null default '[]',
    add column price_minor  bigint      not null default 0,      -- these two are kept by product_variants_count_price
    add column is_on_sale   boolean     not null default false,
    add column removed_at   timestamptz,                         -- kept for what was sold of it
    add column search       tsvector    not null generated always as
        (setweight(to_tsvector('simple', name), 'A') || setweight(to_tsvector('simple', coalesce(description, '')), 'B'))
        stored,
    add constraint products_removed_check check (removed_at is null or not is_active);
update products set attributes = '[]' where attributes = '{}';
alter table products alter column attributes set default '[]';

alter table product_variants
    add column option_values      jsonb  not null default '[]',
    add column cost_price_minor   bigint,                        -- what it cost the store: for its own people
    add column weight_g           int,
    add column low_stock_quantity int    not null default 3,     -- the store is told when so many are left
    add constraint product_variants_cost_price_check check (cost_price_minor >= 0),
    add constraint product_variants_weight_check check (weight_g between 0 and 1000000),
    add constraint product_variants_low_stock_check check (low_stock_quantity >= 0);

-- A variant that was removed gives its SKU back.
alter table product_variants drop constraint product_variants_sku_key;
create unique index product_variants_sku_key on product_variants (tenant_id, store_id, sku) where is_active;

-- What lists are filtered and sorted by: the cheapest variant's price, and whether any is reduced.
create function products_count_price(product uuid) returns void language sql as $$
    update products p set price_minor = v.price_minor, is_on_sale = v.is_on_sale
      from (select coalesce(min(price_minor), 0) as price_minor,
                   coalesce(bool_or(compare_at_price_minor > price_minor), false) as is_on_sale
              from product_variants where product_id = product and is_active) v
     where p.id = product and (p.price_minor, p.is_on_sale) is distinct from (v.price_minor, v.is_on_sale)
$$;
create function product_variants_count_price() returns trigger language plpgsql as $$
begin
    perform products_count_price(new.product_id);
    return null;
end
$$;
create trigger product_variants_count_price
    after insert or update of price_minor, compare_at_price_minor, is_active on product_variants
    for each row execute function product_variants_count_price();
update product_variants set price_minor = price_minor;

-- Indexes begin with the tenant, so that one tenant's search does not read the words of all.
drop function search_products(text, int);
drop index products_search;
create index products_search on products using gin (tenant_id, search) where is_active;
create index products_name_trigrams on products using gin (tenant_id, name gin_trgm_ops) where is_active;
create index products_newest on products (tenant_id, created_at desc, id desc) where is_active;
create index products_cheapest on products (tenant_id, (-price_minor::float8), created_at, id) where is_active;
create index products_dearest on products (tenant_id, (price_minor::float8), created_at, id) where is_active;
create index stores_name_trigrams on stores using gin (tenant_id, name gin_trgm_ops);

-- Words as a query in which each matches what begins with it; quotes, `or` and a minus keep their meaning.
create function prefix_query(words text) returns tsquery language sql immutable as $$
    select regexp_replace(websearch_to_tsquery('simple', words)::text, $r$('(?:[^']|'')+')$r$, '\1:*', 'g')::tsquery
$$;

select show_limit();  -- loads pg_trgm, without which its settings are nobody's to set

-- Text conditions are not leakproof and would lose their index under row-level security: search runs as a role that
-- bypasses it, and filters by tenant itself; how common a word's beginning is the planner can only guess, so that it
-- must not weigh reading everything. What the words say is found by its words; only where there is no such
-- product, names that look alike are (`is_similar`). Each answered row carries what the next page is asked after.
create function search_products(filters jsonb, max_rows int)
    returns table (id uuid, score float8, created_at timestamptz, is_similar boolean)
    language plpgsql stable security definer set search_path = public
    set enable_seqscan = off set pg_trgm.word_similarity_threshold = 0.35
as $f$
declare
    tenant  constant uuid := nullif(current_setting('app.tenant', true), '')::uuid;
    words   constant text := filters->>'q';
    query   constant tsquery := case when show_trgm(words) <> '{}' then prefix_query(words) end;
    by_likeness boolean;
    sorted  constant text := case filters->>'sort' when 'price_low' then '-p.price_minor::float8'
                                                   when 'price_high' then 'p.price_minor::float8'
                                                   when 'newest' then '0::float8' end;
    chosen  constant text := 'p.tenant_id = $1 and p.is_active and s.is_active and s.verification_status = ''verified'''
        || case when filters ? 'store_id' then ' and p.store_id = ($4->>''store_id'')::uuid' else '' end
        || case when filters ? 'category' then ' and s.category = $4->>''category''' else '' end
        || case when filters ? 'currency' then ' and s.currency = $4->>''currency''' else '' end
        || case when filters ? 'price_from_minor' then ' and p.price_minor >= ($4->>''price_from_minor'')::bigint' else '' end
        || case when filters ? 'price_to_minor' then ' and p.price_minor <= ($4->>''price_to_minor'')::bigint' else '' end
        || case when (filters->>'on_sale')::boolean then ' and p.is_on_sale' else '' end
        || case when (filters->>'in_stock')::boolean then
               ' and exists (select from product_variants v where v.tenant_id = p.tenant_id and v.product_id = p.id'
               ' and v.is_active and (v.stock_quantity > 0 or v.may_backorder))' else '' end;
    source  constant text := ' from products p join stores s on s.tenant_id = p.tenant_id and s.id = p.store_id where ';
begin
    if words is not null and query is null then  -- neither letters nor digits
        return;
    end if;
    foreach by_likeness in array case when filters ? 'after' then array[(filters->'after'->>'is_similar')::boolean]
                                      when words is null then array[false] else array[false, true] end
    loop
        return query execute format(
            'select f.id, f.score, f.created_at, $6 from (select p.id, p.created_at, %s as score %s) f %s'
            ' order by f.score desc, f.created_at desc, f.id desc limit $5',
            coalesce(sorted, case when by_likeness then 'word_similarity($3, p.name)::float8'
                                  when words is not null then
                                      'ts_rank_cd(p.search, $2)::float8 + word_similarity($3, p.name)::float8'
                                  else '0::float8' end),
            source || chosen || case when by_likeness then ' and p.name %> $3'
                                     when words is not null then ' and p.search @@ $2' else '' end,
            case when filters ? 'after' then
                'where (f.score, f.created_at, f.id) < (($4->''after''->>''score'')::float8,'
                ' ($4->''after''->>''created_at'')::timestamptz, ($4->''after''->>''id'')::uuid)' else '' end)
            using tenant, query, words, filters, max_rows, by_likeness;
        exit when found;
    end loop;
end
$f$;
alter function search_products owner to liveshop_search;
grant select on products, stores, product_variants to liveshop_search;
revoke execute on function search_products from public;
grant execute on function search_products to liveshop_app;

-- What somebody may be about to type: names of products that sell.
create function suggest_products(words text, max_rows int) returns table (name text, product_id uuid)
    language plpgsql stable security definer set search_path = public
    set enable_seqscan = off set pg_trgm.word_similarity_threshold = 0.4
as $f$
declare
    tenant constant uuid := nullif(current_setting('app.tenant', true), '')::uuid;
    query  constant tsquery := case when show_trgm(words) <> '{}' then prefix_query(words) end;
    matches text;
begin
    if query is null then
        return;
    end if;
    foreach matches in array array['p.search @@ $2', 'p.name %> $3'] loop
        return query execute
            'select f.name::text, f.id from ('
            '    select distinct on (lower(p.name)) p.name, p.id, word_similarity($3, p.name) as likeness'
            '      from products p join stores s on s.tenant_id = p.tenant_id and s.id = p.store_id'
            '     where p.tenant_id = $1 and p.is_active and s.is_active and s.verification_status = ''verified'''
            '       and ' || matches ||
            '     order by lower(p.name), p.created_at desc, p.id) f'
            ' order by f.likeness desc, length(f.name), f.name limit $4'
            using tenant, query, words, max_rows;
        exit when found;
    end loop;
end
$f$;
alter function suggest_products owner to liveshop_search;
revoke execute on function suggest_products from public;
grant execute on function suggest_products to liveshop_app;

-- Stores that sell: the nearest, the best match, or by name. `score` is what they are sorted by, the least first.
create function search_stores(filters jsonb, max_rows int)
    returns table (id uuid, score float8, name text, distance_m float8)
    language plpgsql stable security definer set search_path = public
    set enable_seqscan = off set pg_trgm.word_similarity_threshold = 0.45
as $f$
declare
    tenant constant uuid := nullif(current_setting('app.tenant', true), '')::uuid;
    words  constant text := filters->>'q';
    origin constant geography := case when filters ? 'lat' then
        st_setsrid(st_makepoint((filters->>'lng')::float8, (filters->>'lat')::float8), 4326)::geography end;
begin
    return query execute format(
        'select f.id, f.score, f.name::text, f.distance_m from ('
        '    select s.id, s.name, %s as score, st_distance(s.location, $3, false) as distance_m from stores s'
        '     where s.tenant_id = $1 and s.is_active and s.verification_status = ''verified'' %s) f'
        ' %s order by f.score, f.name, f.id limit $5',
        case when origin is not null then 'st_distance(s.location, $3, false)'
             when words is not null then '-word_similarity($2, s.name)::float8' else '0::float8' end,
        case when words is not null then
             ' and (s.name %> $2 or show_trgm($2) <> ''{}'' and to_tsvector(''simple'', s.name || '' '' ||'
             ' coalesce(s.description, '''')) @@ prefix_query($2))' else '' end
        || case when filters ? 'category' then ' and s.category = $4->>''category''' else '' end
        || case when filters ? 'within_m' then ' and st_dwithin(s.location, $3, ($4->>''within_m'')::float8, false)' else '' end
        || case when (filters->>'delivers_here')::boolean then
               ' and (s.delivery_radius_m is null or st_dwithin(s.location, $3, s.delivery_radius_m, false))' else '' end
        || case when (filters->>'open_now')::boolean then
               ' and store_is_open(s.time_zone, s.opening_hours, s.holidays, now())' else '' end,
        case when filters ? 'after' then
            'where (f.score, f.name, f.id) > (($4->''after''->>''score'')::float8, $4->''after''->>''name'','
            ' ($4->''after''->>''id'')::uuid)' else '' end)
        using tenant, words, origin, filters, max_rows;
end
$f$;
alter function search_stores owner to liveshop_search;
revoke execute on function search_stores from public;
grant execute on function search_stores to liveshop_app;
