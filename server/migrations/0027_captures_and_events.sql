-- What the payment provider tells by itself, authorizations that end, and orders listed for administrators.

-- When the store was told that an authorization ends soon.
alter table payments add column capture_due_at timestamptz;
create index payments_capture_before on payments (tenant_id, capture_before) where status = 'requires_capture';

-- Each event that was taken, once, in the transaction of what came of it: the provider may send it again for days.
create table provider_events (
    tenant_id   uuid        not null default nullif(current_setting('app.tenant', true), '')::uuid references tenants,
    event_id    text        not null,
    type        text        not null,
    created_at  timestamptz not null,                 -- at the provider, which keeps no order
    received_at timestamptz not null default now(),
    constraint provider_events_key primary key (tenant_id, event_id)
);
create index provider_events_received_at on provider_events (tenant_id, received_at);
select protect_tenant_table('provider_events');

-- Lists are read from the newest on, and may be many pages long.
create index orders_created_at on orders (tenant_id, created_at desc, id desc);
create index orders_status on orders (tenant_id, status, created_at desc, id desc);
