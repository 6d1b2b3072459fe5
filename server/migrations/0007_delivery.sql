-- Deliveries, where their drivers are, and the way they took.

create table deliveries (
    id                    uuid primary key default gen_random_uuid(),
    tenant_id             uuid             not null default nullif(current_setting('app.tenant', true), '')::uuid
                                           references tenants,
    order_id              uuid             not null,
    order_number          text             not null,
    customer_id           uuid             not null,
    store_id              uuid             not null,
    store_name            text             not null,
    driver_id             uuid,
    status                text             not null default 'pending',
    pickup_address        jsonb            not null,
    dropoff_address       jsonb            not null,
    pickup_point          geography(point, 4326) not null generated always as (
                              st_setsrid(st_makepoint((pickup_address->>'lng')::double precision,
                                                      (pickup_address->>'lat')::double precision), 4326)::geography
                          ) stored,
    estimated_pickup_at   timestamptz,
    estimated_delivery_at timestamptz,
    picked_up_at          timestamptz,
    delivered_at          timestamptz,
    distance_km           numeric(8,2)     not null,
    delivery_fee_minor    bigint           not null,
    driver_earnings_minor bigint           not null,
    currency              text             not null,
    proof_of_delivery     jsonb            not null default '{}',  -- { note }
    rating                int,
    review                text,
    created_at            timestamptz      not null default now(),
    updated_at            timestamptz      not null default now(),
    constraint deliveries_status_check check (status in ('pending', 'accepted', 'at_pickup', 'picked_up', 'in_transit',
                                                         'at_dropoff', 'delivered', 'failed', 'cancelled')),
    constraint deliveries_driver_check check (status = 'cancelled' or (driver_id is null) = (status = 'pending')),
    constraint deliveries_picked_up_check
        check ((picked_up_at is not null)
               = (status in ('picked_up', 'in_transit', 'at_dropoff', 'delivered', 'failed'))),
    constraint deliveries_delivered_check check ((delivered_at is not null) = (status = 'delivered')),
    constraint deliveries_amounts_check check (delivery_fee_minor >= 0 and driver_earnings_minor >= 0
                                               and distance_km >= 0),
    constraint deliveries_currency_check check (currency ~ '^[A-Z]{3}$'),
    constraint deliveries_rating_check check (rating between 1 and 5),
    constraint deliveries_order_key unique (tenant_id, order_id),
    unique (tenant_id, id),
    foreign key (tenant_id, order_id) references orders (tenant_id, id),
    foreign key (tenant_id, customer_id) references users (tenant_id, id),
    foreign key (tenant_id, store_id) references stores (tenant_id, id),
    foreign key (tenant_id, driver_id) references users (tenant_id, id)
);
create index deliveries_driver on deliveries (tenant_id, driver_id, created_at desc) where driver_id is not null;
create index deliveries_customer on deliveries (tenant_id, customer_id);
create index deliveries_store on deliveries (tenant_id, store_id);
create index deliveries_open on deliveries using gist (pickup_point) where status = 'pending';
-- Nobody carries two parcels at once, however many accept.
create unique index deliveries_one_active on deliveries (tenant_id, driver_id)
    where status in ('accepted', 'at_pickup', 'picked_up', 'in_transit', 'at_dropoff');
select protect_tenant_table('deliveries');

create table driver_locations (
    tenant_id           uuid        not null default nullif(current_setting('app.tenant', true), '')::uuid
                                    references tenants,
    driver_id           uuid        not null,
    location            geography(point, 4326),        -- unknown until the first position comes
    accuracy            double precision,              -- m
    heading             double precision,              -- degrees clockwise from north
    speed               double precision,              -- m/s
    is_available        boolean     not null default false,
    current_delivery_id uuid,
    recorded_at         timestamptz,                   -- by the driver's clock
    last_updated_at     timestamptz not null default now(),
    constraint driver_locations_recorded_check check ((location is null) = (recorded_at is null)),
    primary key (tenant_id, driver_id),
    foreign key (tenant_id, driver_id) references users (tenant_id, id) on delete cascade,
    constraint driver_locations_current_delivery_fkey foreign key (tenant_id, current_delivery_id)
        references deliveries (tenant_id, id)
);
create index driver_locations_location on driver_locations using gist (location);
create index driver_locations_current_delivery on driver_locations (tenant_id, current_delivery_id)
    where current_delivery_id is not null;
select protect_tenant_table('driver_locations');

-- The way from pick-up to drop-off, a point every few seconds.
create table delivery_positions (
    tenant_id   uuid        not null default nullif(current_setting('app.tenant', true), '')::uuid references tenants,
    delivery_id uuid        not null,
    location    geography(point, 4326) not null,
    recorded_at timestamptz not null,
    primary key (tenant_id, delivery_id, recorded_at),
    foreign key (tenant_id, delivery_id) references deliveries (tenant_id, id) on delete cascade
);
select protect_tenant_table('delivery_positions');

-- Conditions of PostGIS are not leakproof and would lose their index under row-level security: as search_products, this
-- runs as a role that bypasses it, and filters by tenant itself. The nearest first.
create function open_deliveries_near(lat double precision, lng double precision, radius_m int, max_rows int)
    returns setof uuid
    language sql stable security definer set search_path = public
as $$
    select d.id from deliveries d
     where d.tenant_id = nullif(current_setting('app.tenant', true), '')::uuid and d.status = 'pending'
       and st_dwithin(d.pickup_point, st_setsrid(st_makepoint(lng, lat), 4326)::geography, radius_m)
     order by d.pickup_point <-> st_setsrid(st_makepoint(lng, lat), 4326)::geography
     limit max_rows
$$;
alter function open_deliveries_near owner to liveshop_search;
grant select on deliveries to liveshop_search;
grant execute on function open_deliveries_near to liveshop_app;
