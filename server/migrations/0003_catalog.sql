-- Stores and what they sell.

create table stores (
    id                  uuid primary key default gen_random_uuid(),
    tenant_id           uuid         not null default nullif(current_setting('app.tenant', true), '')::uuid references tenants,
    owner_id            uuid         not null,
    name                varchar(255) not null,
    slug                varchar(100) not null,
    description         text,
    logo_url            text,
    cover_url           text,
    category            varchar(100),
    address             jsonb        not null,
    currency            text         not null default 'USD',
    minimum_order_minor bigint       not null default 0,
    delivery_fee_minor  bigint       not null default 0,
    settings            jsonb        not null default '{}',
    verification_status text         not null default 'pending',
    rating              numeric(2,1) not null default 5.0,
    review_count        int          not null default 0,
    is_active           boolean      not null default true,
    created_at          timestamptz  not null default now(),
    updated_at          timestamptz  not null default now(),
    constraint stores_slug_key unique (tenant_id, slug),
    constraint stores_currency_check check (currency ~ '^[A-Z]{3}$'),
    constraint stores_amounts_check check (minimum_order_minor >= 0 and delivery_fee_minor >= 0),
    constraint stores_verification_status_check check (verification_status in ('pending', 'verified', 'rejected')),
    unique (tenant_id, id),
    foreign key (tenant_id, owner_id) references users (tenant_id, id)
);
create index stores_owner on stores (tenant_id, owner_id);
select protect_tenant_table('stores');

create table store_staff (
    tenant_id  uuid        not null default nullif(current_setting('app.tenant', true), '')::uuid references tenants,
    store_id   uuid        not null,
    user_id    uuid        not null,
    created_at timestamptz not null default now(),
    primary key (tenant_id, store_id, user_id),
    foreign key (tenant_id, store_id) references stores (tenant_id, id) on delete cascade,
    foreign key (tenant_id, user_id) references users (tenant_id, id) on delete cascade
);
create index store_staff_user on store_staff (tenant_id, user_id);
select protect_tenant_table('store_staff');

create table products (
    id               uuid primary key default gen_random_uuid(),
    tenant_id        uuid         not null default nullif(current_setting('app.tenant', true), '')::uuid references tenants,
    store_id         uuid         not null,
    name             varchar(255) not null,
    description      text,
    images           jsonb        not null default '[]',
    inventory_policy text         not null default 'deny',
    attributes       jsonb        not null default '{}',
    is_active        boolean      not null default true,
    created_at       timestamptz  not null default now(),
    updated_at       timestamptz  not null default now(),
    constraint products_inventory_policy_check check (inventory_policy in ('deny', 'continue')),
    unique (tenant_id, id),
    foreign key (tenant_id, store_id) references stores (tenant_id, id)
);
create index products_store on products (tenant_id, store_id, created_at);
select protect_tenant_table('products');

-- A variant is a row and so is its stock: what is sold can be locked, counted and constrained.
create table product_variants (
    id                     uuid primary key default gen_random_uuid(),
    tenant_id              uuid         not null default nullif(current_setting('app.tenant', true), '')::uuid references tenants,
    product_id             uuid         not null,
    store_id               uuid         not null,
    name                   varchar(255) not null,
    sku                    varchar(100),
    position               int          not null default 0,
    price_minor            bigint       not null,
    compare_at_price_minor bigint,
    stock_quantity         bigint       not null default 0,
    may_backorder          boolean      not null default false,
    is_active              boolean      not null default true,
    created_at             timestamptz  not null default now(),
    updated_at             timestamptz  not null default now(),
    constraint product_variants_price_check check (price_minor >= 0 and compare_at_price_minor >= 0),
    constraint product_variants_stock_check check (stock_quantity >= 0 or may_backorder),
    constraint product_variants_sku_key unique (tenant_id, store_id, sku),
    unique (tenant_id, id),
    foreign key (tenant_id, product_id) references products (tenant_id, id) on delete cascade,
    foreign key (tenant_id, store_id) references stores (tenant_id, id)
);
create index product_variants_product on product_variants (tenant_id, product_id, position);
select protect_tenant_table('product_variants');

-- Text conditions are not leakproof and would lose their index under row-level security: search runs as a role that
-- bypasses it, and filters by tenant itself.
create index products_search on products using gin (to_tsvector('simple', name || ' ' || coalesce(description, '')));
create function search_products(words text, max_rows int) returns setof uuid
    language sql stable security definer set search_path = public
as $$
    select p.id from products p
     where p.tenant_id = nullif(current_setting('app.tenant', true), '')::uuid and p.is_active
       and to_tsvector('simple', p.name || ' ' || coalesce(p.description, '')) @@ websearch_to_tsquery('simple', words)
     limit max_rows
$$;
alter function search_products owner to liveshop_search;
grant select on products to liveshop_search;
grant execute on function search_products to liveshop_app;
