-- Jobs offered to drivers one after another, proof of delivery, what ends a delivery early, messages and ratings.

alter table deliveries
    add column note             text,         -- the customer's, for the driver
    add column dropoff_code     text,         -- shown to the customer, told to the driver at the door
    add column code_attempts    int         not null default 0,
    add column code_locked_until timestamptz,
    add column needs_photo      boolean     not null default false,
    add column needs_signature  boolean     not null default false,
    add column needs_code       boolean     not null default false,
    add column failure_reason   text,
    add column failure_note     text,
    add column failed_at        timestamptz,
    add column returned_at      timestamptz,  -- a parcel that was not handed over is at the store again
    add column unassignable_at  timestamptz,  -- since when no driver is found for it
    add column store_rating     int,
    add column store_review     text,
    add column reviewer_name    text,
    add column rated_at         timestamptz,
    add constraint deliveries_dropoff_code_check check (dropoff_code ~ '^[0-9]{4}$'),
    add constraint deliveries_failure_reason_check
        check (failure_reason in ('customer_absent', 'customer_refused', 'damaged')),
    add constraint deliveries_failure_check check ((failure_reason is not null) = (status = 'failed')
                                                   and (failed_at is not null) = (status = 'failed')),
    add constraint deliveries_returned_check check (returned_at is null or status = 'failed'),
    add constraint deliveries_unassignable_check check (unassignable_at is null or status = 'pending'),
    add constraint deliveries_store_rating_check check (store_rating between 1 and 5),
    add constraint deliveries_rated_check check (rated_at is null or (status = 'delivered' and rating is not null));

-- Nobody carries two parcels at once, and one that has to go back to its store is carried still.
drop index deliveries_one_active;
create unique index deliveries_one_active on deliveries (tenant_id, driver_id)
    where status in ('accepted', 'at_pickup', 'picked_up', 'in_transit', 'at_dropoff')
       or (status = 'failed' and returned_at is null);
create index deliveries_store_reviews on deliveries (tenant_id, store_id, rated_at desc) where store_rating is not null;
create index deliveries_unassignable on deliveries (tenant_id, unassignable_at) where unassignable_at is not null;

-- How jobs are offered and what proves them: a row of the tenant, and one of each store that wants it otherwise.
create table delivery_settings (
    id              uuid primary key default gen_random_uuid(),
    tenant_id       uuid        not null default nullif(current_setting('app.tenant', true), '')::uuid
                                references tenants,
    store_id        uuid,                     -- none: the tenant's
    is_automatic    boolean,
    offer_ttl_s     int,
    search_radius_m int,
    needs_photo     boolean,
    needs_signature boolean,
    needs_code      boolean,
    updated_at      timestamptz not null default now(),
    constraint delivery_settings_offer_ttl_check check (offer_ttl_s between 5 and 600),
    constraint delivery_settings_search_radius_check check (search_radius_m between 500 and 50000),
    constraint delivery_settings_key unique nulls not distinct (tenant_id, store_id),
    foreign key (tenant_id, store_id) references stores (tenant_id, id) on delete cascade
);
select protect_tenant_table('delivery_settings');

-- Who was asked. A driver is asked once for a delivery, a delivery asks one driver at a time, a driver has one question
-- to answer.
create table delivery_offers (
    id          uuid primary key default gen_random_uuid(),
    tenant_id   uuid        not null default nullif(current_setting('app.tenant', true), '')::uuid references tenants,
    delivery_id uuid        not null,
    driver_id   uuid        not null,
    status      text        not null default 'open',
    ring        int         not null,         -- the search's, from the innermost
    distance_m  double precision not null,    -- from the driver to the store
    created_at  timestamptz not null default now(),
    expires_at  timestamptz not null,
    answered_at timestamptz,
    constraint delivery_offers_status_check check (status in ('open', 'accepted', 'declined', 'expired', 'withdrawn')),
    constraint delivery_offers_answered_check check ((answered_at is not null) = (status <> 'open')),
    constraint delivery_offers_ring_check check (ring >= 0 and distance_m >= 0),
    constraint delivery_offers_once unique (tenant_id, delivery_id, driver_id),
    unique (tenant_id, id),
    foreign key (tenant_id, delivery_id) references deliveries (tenant_id, id) on delete cascade,
    foreign key (tenant_id, driver_id) references users (tenant_id, id) on delete cascade
);
create unique index delivery_offers_one_at_a_time on delivery_offers (tenant_id, delivery_id) where status = 'open';
create unique index delivery_offers_one_question on delivery_offers (tenant_id, driver_id) where status = 'open';
create index delivery_offers_driver on delivery_offers (tenant_id, driver_id, created_at desc);
select protect_tenant_table('delivery_offers');

-- What shows that a parcel was handed over. The picture is kept here, not among the files that anybody may fetch.
create table delivery_proofs (
    tenant_id   uuid        not null default nullif(current_setting('app.tenant', true), '')::uuid references tenants,
    delivery_id uuid        not null,
    photo       bytea,                        -- WebP
    signature   text,                         -- path data of SVG, in a box of 600 by 200
    code_given  boolean     not null default false,
    created_at  timestamptz not null default now(),
    updated_at  timestamptz not null default now(),
    constraint delivery_proofs_photo_check check (octet_length(photo) <= 2097152),
    constraint delivery_proofs_signature_check check (length(signature) <= 20000),
    primary key (tenant_id, delivery_id),
    foreign key (tenant_id, delivery_id) references deliveries (tenant_id, id) on delete cascade
);
select protect_tenant_table('delivery_proofs');

-- Customer and driver talk while the delivery runs; another driver does not read what was said before.
create table delivery_messages (
    id          uuid primary key default gen_random_uuid(),
    tenant_id   uuid        not null default nullif(current_setting('app.tenant', true), '')::uuid references tenants,
    delivery_id uuid        not null,
    driver_id   uuid        not null,         -- who had the job then
    sender      text        not null,
    content     text        not null,
    created_at  timestamptz not null default clock_timestamp(),
    constraint delivery_messages_sender_check check (sender in ('customer', 'driver')),
    constraint delivery_messages_content_check check (length(content) between 1 and 500),
    unique (tenant_id, id),
    foreign key (tenant_id, delivery_id) references deliveries (tenant_id, id) on delete cascade,
    foreign key (tenant_id, driver_id) references users (tenant_id, id)
);
create index delivery_messages_delivery on delivery_messages (tenant_id, delivery_id, created_at);
select protect_tenant_table('delivery_messages');

-- A store's rating is the mean of what was given, exactly: sum and number are kept, the mean is rounded from them.
alter table stores add column rating_sum bigint not null default 0;

-- Drivers who could take a job at a place, the nearest first: on duty, with a fresh position, neither with a job nor with
-- a question to answer, and not asked for this delivery before. As open_deliveries_near, for the same reason.
create function available_drivers_near(lat double precision, lng double precision, radius_m int, fresh_s int,
                                       for_delivery uuid, max_rows int)
    returns table (driver_id uuid, distance_m double precision)
    language sql stable security definer set search_path = public
as $$
    select l.driver_id, st_distance(l.location, st_setsrid(st_makepoint(lng, lat), 4326)::geography) as distance_m
      from driver_locations l
     where l.tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
       and l.is_available and l.current_delivery_id is null
       and l.last_updated_at > now() - fresh_s * interval '1 second'
       and st_dwithin(l.location, st_setsrid(st_makepoint(lng, lat), 4326)::geography, radius_m)
       and not exists (select from delivery_offers o
                        where o.tenant_id = l.tenant_id and o.driver_id = l.driver_id
                          and (o.status = 'open' or o.delivery_id = for_delivery))
     order by l.location <-> st_setsrid(st_makepoint(lng, lat), 4326)::geography
     limit max_rows
$$;
alter function available_drivers_near owner to liveshop_search;
grant select on driver_locations, delivery_offers to liveshop_search;
grant execute on function available_drivers_near to liveshop_app;

-- Whoever looks around sees what nobody is being asked for.
create or replace function open_deliveries_near(lat double precision, lng double precision, radius_m int, max_rows int)
    returns setof uuid
    language sql stable security definer set search_path = public
as $$
    select d.id from deliveries d
     where d.tenant_id = nullif(current_setting('app.tenant', true), '')::uuid and d.status = 'pending'
       and st_dwithin(d.pickup_point, st_setsrid(st_makepoint(lng, lat), 4326)::geography, radius_m)
       and not exists (select from delivery_offers o
                        where o.tenant_id = d.tenant_id and o.delivery_id = d.id and o.status = 'open')
     order by d.pickup_point <-> st_setsrid(st_makepoint(lng, lat), 4326)::geography
     limit max_rows
$$;
