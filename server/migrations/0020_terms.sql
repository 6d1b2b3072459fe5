-- Who gets which part of an order: a row of the tenant, and one of each store that has terms of its own. What is null is
-- the tenant's, or else the platform's.

create table terms (
    id                     uuid primary key default gen_random_uuid(),
    tenant_id              uuid        not null default nullif(current_setting('app.tenant', true), '')::uuid
                                       references tenants,
    store_id               uuid,                     -- none: the tenant's
    commission_rate_bp     int,                      -- of what is sold, in hundredths of a percent
    driver_share_bp        int,                      -- of the delivery fee
    delivery_fee_model     text,
    delivery_base_minor    bigint,
    delivery_per_km_minor  bigint,
    updated_at             timestamptz not null default now(),
    constraint terms_rates_check check (commission_rate_bp between 0 and 5000 and driver_share_bp between 0 and 10000),
    constraint terms_delivery_fee_model_check check (delivery_fee_model in ('flat', 'distance')),
    constraint terms_amounts_check check (delivery_base_minor >= 0 and delivery_per_km_minor >= 0),
    constraint terms_key unique nulls not distinct (tenant_id, store_id),
    foreign key (tenant_id, store_id) references stores (tenant_id, id) on delete cascade
);
select protect_tenant_table('terms');

-- A delivery that failed divides its order's money otherwise than one that did not.
alter table ledger_entries drop constraint ledger_entries_kind_check;
alter table ledger_entries add constraint ledger_entries_kind_check
    check (kind in ('capture', 'delivery', 'failure', 'refund', 'payout'));

-- Whether PostgreSQL knows a time zone by this name; asking with a wrong one would fail the query.
create function is_time_zone(name text) returns boolean language plpgsql stable as $$
begin
    perform now() at time zone name;
    return true;
exception when invalid_parameter_value then
    return false;
end
$$;
