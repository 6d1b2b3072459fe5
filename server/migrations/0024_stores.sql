-- A store's life, its hours, how far it delivers, how it is taxed, and who works there.

alter table stores
    add column verification_note   text,                              -- why it was rejected
    add column verified_at         timestamptz,
    add column closed_at           timestamptz,                       -- for good: only its history is left
    add column time_zone           text        not null default 'UTC',
    add column opening_hours       jsonb       not null default '[]', -- none: around the clock
    add column holidays            jsonb       not null default '[]',
    add column delivery_radius_m   int,                               -- none: anywhere
    add column preparation_time_s  int         not null default 1800,
    add column tax_rate_bp         int,                               -- these two: none is the tenant's
    add column tax_mode            text,
    add column location            geography(point) not null generated always as
        (st_setsrid(st_makepoint((address->>'lng')::float8, (address->>'lat')::float8), 4326)::geography) stored,
    add constraint stores_delivery_radius_check check (delivery_radius_m between 100 and 1000000),
    add constraint stores_preparation_time_check check (preparation_time_s between 0 and 604800),
    add constraint stores_tax_rate_check check (tax_rate_bp between 0 and 10000),
    add constraint stores_tax_mode_check check (tax_mode in ('exclusive', 'inclusive')),
    add constraint stores_closed_check check (closed_at is null or not is_active),
    add constraint stores_rejected_check check (verification_status = 'rejected' or verification_note is null);

-- Stores that were selling before there was a queue go on selling.
update stores set verified_at = created_at where verification_status = 'verified';
update stores set verification_status = 'verified', verified_at = now() where verification_status = 'pending';

-- The openings of the days around `at`, in the store's own days: an opening belongs to the day it begins on, may last
-- past midnight, and falls away on a holiday.
create function store_openings(zone text, hours jsonb, holidays jsonb, at timestamptz, days int)
    returns table (opens_at timestamptz, closes_at timestamptz) language sql stable
as $$
    select (d.day + h.opens) at time zone zone,
           (d.day + h.closes + case when h.closes <= h.opens then interval '1 day' else interval '0' end) at time zone zone
      from generate_series(-1, days) n,
           lateral (select (at at time zone zone)::date + n as day) d,
           jsonb_to_recordset(case hours when '[]' then '[{"opens": "00:00", "closes": "24:00"}]' else hours end)
               as h (weekday text, opens time, closes time)
     where (h.weekday is null or h.weekday = to_char(d.day, 'fmday'))
       and not holidays @> jsonb_build_array(jsonb_build_object('date', to_char(d.day, 'YYYY-MM-DD')))
$$;

create function store_is_open(zone text, hours jsonb, holidays jsonb, at timestamptz) returns boolean
    language sql stable
as $$
    select (hours = '[]' and holidays = '[]')
        or exists (select from store_openings(zone, hours, holidays, at, 0) where opens_at <= at and at < closes_at)
$$;

-- The next opening within two weeks.
create function store_opens_at(zone text, hours jsonb, holidays jsonb, at timestamptz) returns timestamptz
    language sql stable
as $$
    select min(opens_at) from store_openings(zone, hours, holidays, at, 14) where opens_at > at
$$;

-- A store as the API shows it. Its rating is said where somebody has given one.
create view store_documents with (security_invoker = true) as
    select s.id, s.owner_id, s.name, s.slug, s.description, s.logo_url, s.cover_url, s.category, s.address, s.currency,
           s.minimum_order_minor, s.delivery_fee_minor, s.delivery_radius_m, s.preparation_time_s, s.time_zone,
           s.opening_hours, s.holidays, s.tax_rate_bp, s.tax_mode, s.verification_status, s.verification_note,
           s.is_active, open.is_open, case when not open.is_open then
               store_opens_at(s.time_zone, s.opening_hours, s.holidays, now()) end as opens_at,
           case when s.review_count > 0 then s.rating::float8 end as rating, s.review_count, s.closed_at, s.created_at
      from stores s,
           lateral (select store_is_open(s.time_zone, s.opening_hours, s.holidays, now()) as is_open) open;
grant select on store_documents to liveshop_app, liveshop_admin;

-- Whoever was asked to work at a store and has not answered yet. The code is kept as its SHA-256.
create table staff_invitations (
    id          uuid primary key default gen_random_uuid(),
    tenant_id   uuid        not null default nullif(current_setting('app.tenant', true), '')::uuid references tenants,
    store_id    uuid        not null,
    email       text        not null,
    code_hash   bytea       not null,
    invited_by  uuid        not null,
    created_at  timestamptz not null default now(),
    expires_at  timestamptz not null,
    constraint staff_invitations_email_lower check (email = lower(email)),
    constraint staff_invitations_email_key unique (tenant_id, store_id, email),
    constraint staff_invitations_code_key unique (tenant_id, code_hash),
    unique (tenant_id, id),
    foreign key (tenant_id, store_id) references stores (tenant_id, id) on delete cascade,
    foreign key (tenant_id, invited_by) references users (tenant_id, id)
);
create index staff_invitations_invited_by on staff_invitations (tenant_id, invited_by);
select protect_tenant_table('staff_invitations');
