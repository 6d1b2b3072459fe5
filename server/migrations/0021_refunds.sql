-- Money that goes back to a customer. The id is the provider's idempotency key.

create table order_refunds (
    id               uuid primary key default gen_random_uuid(),
    tenant_id        uuid        not null default nullif(current_setting('app.tenant', true), '')::uuid
                                 references tenants,
    order_id         uuid        not null,
    payment_id       uuid        not null,
    source           text        not null,
    amount_minor     bigint      not null,
    commission_minor bigint      not null,   -- what of it was commission, given back to the store at the lines' own rate
    currency         text        not null,
    reason           text        not null,
    note             text,
    status           text        not null default 'pending',
    items            jsonb       not null default '[]',  -- [{ variant_id, quantity }], where items came back
    stripe_refund_id text,
    failure_message  text,
    actor_id         uuid,                   -- none: the platform, after a delivery that failed
    created_at       timestamptz not null default now(),
    settled_at       timestamptz,
    constraint order_refunds_status_check check (status in ('pending', 'succeeded', 'failed')),
    constraint order_refunds_source_check check (source in ('store', 'escrow')),
    constraint order_refunds_reason_check check (reason in ('requested_by_customer', 'duplicate', 'fraudulent',
                                                            'undeliverable')),
    constraint order_refunds_amounts_check check (amount_minor > 0 and commission_minor between 0 and amount_minor),
    constraint order_refunds_settled_check check ((settled_at is not null) = (status <> 'pending')),
    unique (tenant_id, id),
    foreign key (tenant_id, order_id) references orders (tenant_id, id),
    foreign key (tenant_id, payment_id) references payments (tenant_id, id),
    foreign key (tenant_id, actor_id) references users (tenant_id, id)
);
create index order_refunds_order on order_refunds (tenant_id, order_id, created_at);
select protect_tenant_table('order_refunds');

-- How many of a line came back.
alter table order_lines add column refunded_quantity int not null default 0;
alter table order_lines add constraint order_lines_refunded_check check (refunded_quantity between 0 and quantity);
