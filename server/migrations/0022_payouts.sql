-- Money that goes to stores and drivers, and which entries of the books each payout settles.

-- A recipient's account at the payment provider.
create table payout_accounts (
    id                uuid primary key default gen_random_uuid(),
    tenant_id         uuid        not null default nullif(current_setting('app.tenant', true), '')::uuid
                                  references tenants,
    store_id          uuid,
    driver_id         uuid,
    stripe_account_id text        not null,
    can_be_paid       boolean     not null default false,
    settled_until     timestamptz,          -- the end of the last period that was looked at
    created_at        timestamptz not null default now(),
    updated_at        timestamptz not null default now(),
    constraint payout_accounts_recipient_check check ((store_id is null) <> (driver_id is null)),
    constraint payout_accounts_key unique nulls not distinct (tenant_id, store_id, driver_id),
    unique (tenant_id, id),
    foreign key (tenant_id, store_id) references stores (tenant_id, id),
    foreign key (tenant_id, driver_id) references users (tenant_id, id)
);
select protect_tenant_table('payout_accounts');

-- When recipients are paid: a row of the tenant, and one of each store and driver that wants it otherwise.
create table payout_settings (
    id            uuid primary key default gen_random_uuid(),
    tenant_id     uuid        not null default nullif(current_setting('app.tenant', true), '')::uuid
                              references tenants,
    store_id      uuid,
    driver_id     uuid,
    schedule      text,
    weekday       text,
    minimum_minor bigint,
    time_zone     text,                     -- of a driver's days; a store has its own
    updated_at    timestamptz not null default now(),
    constraint payout_settings_schedule_check check (schedule in ('daily', 'weekly')),
    constraint payout_settings_weekday_check check (weekday in ('monday', 'tuesday', 'wednesday', 'thursday', 'friday',
                                                                'saturday', 'sunday')),
    constraint payout_settings_minimum_check check (minimum_minor > 0),
    constraint payout_settings_recipient_check check (store_id is null or driver_id is null),
    constraint payout_settings_key unique nulls not distinct (tenant_id, store_id, driver_id),
    foreign key (tenant_id, store_id) references stores (tenant_id, id) on delete cascade,
    foreign key (tenant_id, driver_id) references users (tenant_id, id) on delete cascade
);
select protect_tenant_table('payout_settings');

-- One transfer at the provider, whose idempotency key and group are the id.
create table payouts (
    id                 uuid primary key default gen_random_uuid(),
    tenant_id          uuid        not null default nullif(current_setting('app.tenant', true), '')::uuid
                                   references tenants,
    recipient_id       uuid        not null,  -- the driver, or the store's owner at that time
    recipient_type     text        not null,
    store_id           uuid,
    amount_minor       bigint      not null,
    currency           text        not null,
    status             text        not null default 'pending',
    stripe_account_id  text        not null,
    stripe_transfer_id text,
    attempts           int         not null default 0,
    refusals           int         not null default 0,
    failure_code       text,
    failure_message    text,
    next_attempt_at    timestamptz,            -- of one that failed and is tried again by itself
    period_start       timestamptz,
    period_end         timestamptz not null,
    created_at         timestamptz not null default now(),
    updated_at         timestamptz not null default now(),
    completed_at       timestamptz,
    constraint payouts_recipient_type_check check (recipient_type in ('store', 'driver')),
    constraint payouts_store_check check ((store_id is not null) = (recipient_type = 'store')),
    constraint payouts_status_check check (status in ('pending', 'processing', 'completed', 'failed')),
    constraint payouts_amount_check check (amount_minor > 0),
    constraint payouts_currency_check check (currency ~ '^[A-Z]{3}$'),
    constraint payouts_completed_check check ((completed_at is not null) = (status = 'completed')
                                              and (stripe_transfer_id is not null) = (status = 'completed')),
    constraint payouts_failed_check check (next_attempt_at is null or status = 'failed'),
    constraint payouts_transfer_key unique (tenant_id, stripe_transfer_id),
    unique (tenant_id, id),
    foreign key (tenant_id, recipient_id) references users (tenant_id, id),
    foreign key (tenant_id, store_id) references stores (tenant_id, id)
);
create index payouts_recipient on payouts (tenant_id, recipient_id, created_at desc);
create index payouts_store on payouts (tenant_id, store_id, created_at desc) where store_id is not null;
create index payouts_status on payouts (tenant_id, status, created_at desc);
create index payouts_next_attempt on payouts (tenant_id, next_attempt_at) where next_attempt_at is not null;
select protect_tenant_table('payouts');

-- What a payout pays for. An entry is settled once for each of those it credits.
create table payout_items (
    tenant_id    uuid   not null default nullif(current_setting('app.tenant', true), '')::uuid references tenants,
    payout_id    uuid   not null,
    account      text   not null,
    owner_id     uuid   not null,
    entry_id     uuid   not null,
    amount_minor bigint not null,
    constraint payout_items_account_check check (account in ('store_payable', 'driver_payable')),
    primary key (tenant_id, account, owner_id, entry_id),
    foreign key (tenant_id, payout_id) references payouts (tenant_id, id) deferrable initially deferred
);
create index payout_items_payout on payout_items (tenant_id, payout_id);
select protect_tenant_table('payout_items');
revoke update, delete on payout_items from liveshop_app, liveshop_admin;

-- The end of the last whole day, or week, in a time zone.
create function payout_period_end(schedule text, weekday text, zone text, at timestamptz) returns timestamptz
    language sql stable
as $$
    select case schedule
        when 'daily' then date_trunc('day', at at time zone zone) at time zone zone
        else (select max(day) at time zone zone
                from generate_series(date_trunc('day', at at time zone zone) - interval '6 days',
                                     date_trunc('day', at at time zone zone), interval '1 day') as day
               where to_char(day, 'fmday') = weekday)
    end
$$;
