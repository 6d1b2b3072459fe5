-- Carts, orders with their frozen lines, and payments.

create table cart_items (
    id         uuid primary key default gen_random_uuid(),
    tenant_id  uuid        not null default nullif(current_setting('app.tenant', true), '')::uuid references tenants,
    user_id    uuid        not null,
    variant_id uuid        not null,
    stream_id  uuid,
    quantity   int         not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint cart_items_quantity_check check (quantity between 1 and 99),
    constraint cart_items_variant_key unique (tenant_id, user_id, variant_id),
    foreign key (tenant_id, user_id) references users (tenant_id, id) on delete cascade,
    constraint cart_items_variant_fkey foreign key (tenant_id, variant_id)
        references product_variants (tenant_id, id) on delete cascade,
    constraint cart_items_stream_fkey foreign key (tenant_id, stream_id) references live_streams (tenant_id, id)
);
create index cart_items_variant on cart_items (tenant_id, variant_id);
create index cart_items_stream on cart_items (tenant_id, stream_id) where stream_id is not null;
select protect_tenant_table('cart_items');

-- Readable and unique, without a counter for tenants to queue at and without telling how much is sold: a sequence,
-- scattered over eight characters of Crockford's base 32 by a multiplication that is one to one modulo 2^40.
create sequence order_numbers as bigint maxvalue 1099511627775;
grant usage on sequence order_numbers to liveshop_app, liveshop_admin;

create function next_order_number() returns text language sql volatile as $$
    select overlay(string_agg(substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', ((n >> (5 * place)) & 31)::int + 1, 1), ''
                              order by place desc) placing '-' from 5 for 0)
      from (select mod(nextval('order_numbers')::numeric * 679533982301, 1099511627776)::bigint as n) scattered,
           generate_series(0, 7) place
     group by n
$$;

create table orders (
    id                    uuid primary key default gen_random_uuid(),
    tenant_id             uuid        not null default nullif(current_setting('app.tenant', true), '')::uuid
                                      references tenants,
    order_number          text        not null default next_order_number(),
    customer_id           uuid        not null,
    store_id              uuid        not null,
    store_name            text        not null,  -- as it was when the order was placed
    stream_id             uuid,
    delivery_id           uuid,
    status                text        not null default 'pending',
    payment_status        text        not null default 'pending',
    fulfillment_status    text        not null default 'unfulfilled',
    subtotal_minor        bigint      not null,
    tax_amount_minor      bigint      not null,
    shipping_amount_minor bigint      not null,
    discount_amount_minor bigint      not null,
    total_amount_minor    bigint      not null,
    commission_minor      bigint      not null,
    currency              text        not null,
    shipping_address      jsonb       not null,
    notes                 text,
    hold_expires_at       timestamptz,           -- until then stock is held unpaid
    created_at            timestamptz not null default now(),
    updated_at            timestamptz not null default now(),
    constraint orders_status_check check (status in ('pending', 'confirmed', 'preparing', 'ready', 'picked_up',
                                                     'in_transit', 'delivered', 'cancelled', 'refunded')),
    constraint orders_payment_status_check check (payment_status in ('pending', 'authorized', 'captured', 'failed',
                                                                     'refunded', 'cancelled')),
    constraint orders_fulfillment_status_check check (fulfillment_status in ('unfulfilled', 'fulfilled', 'partial')),
    constraint orders_currency_check check (currency ~ '^[A-Z]{3}$'),
    constraint orders_amounts_check check (least(subtotal_minor, tax_amount_minor, shipping_amount_minor,
                                                 discount_amount_minor, total_amount_minor, commission_minor) >= 0
                                           and discount_amount_minor <= subtotal_minor
                                           and commission_minor <= subtotal_minor),
    constraint orders_total_check check (total_amount_minor = subtotal_minor + tax_amount_minor + shipping_amount_minor
                                                              - discount_amount_minor),
    -- Who leaves the start has paid or is cancelled.
    constraint orders_paid_check check (status in ('pending', 'cancelled')
                                        or payment_status in ('authorized', 'captured', 'failed', 'refunded')),
    constraint orders_hold_check check ((hold_expires_at is not null)
                                        = (status = 'pending' and payment_status in ('pending', 'failed'))),
    constraint orders_order_number_key unique (tenant_id, order_number),
    unique (tenant_id, id),
    foreign key (tenant_id, customer_id) references users (tenant_id, id),
    foreign key (tenant_id, store_id) references stores (tenant_id, id),
    constraint orders_stream_fkey foreign key (tenant_id, stream_id) references live_streams (tenant_id, id)
);
create index orders_customer on orders (tenant_id, customer_id, created_at desc);
create index orders_store on orders (tenant_id, store_id, created_at desc);
create index orders_store_status on orders (tenant_id, store_id, status, created_at desc);
create index orders_stream on orders (tenant_id, stream_id) where stream_id is not null;
create index orders_hold_expires_at on orders (tenant_id, hold_expires_at) where hold_expires_at is not null;
select protect_tenant_table('orders');

-- What was bought, at the price and the rates of that moment.
create table order_lines (
    id                 uuid primary key default gen_random_uuid(),
    tenant_id          uuid   not null default nullif(current_setting('app.tenant', true), '')::uuid references tenants,
    order_id           uuid   not null,
    line_number        int    not null,
    product_id         uuid   not null,
    variant_id         uuid   not null,
    name               text   not null,
    variant_name       text   not null,
    image_url          text,
    quantity           int    not null,
    price_minor        bigint not null,
    total_minor        bigint not null,
    tax_minor          bigint not null,
    tax_rate_bp        int    not null,
    commission_minor   bigint not null,
    commission_rate_bp int    not null,
    constraint order_lines_quantity_check check (quantity > 0),
    constraint order_lines_total_check check (total_minor = price_minor * quantity and price_minor >= 0),
    constraint order_lines_shares_check check (tax_minor >= 0 and commission_minor between 0 and total_minor),
    constraint order_lines_number_key unique (tenant_id, order_id, line_number),
    constraint order_lines_variant_key unique (tenant_id, order_id, variant_id),
    foreign key (tenant_id, order_id) references orders (tenant_id, id),
    foreign key (tenant_id, product_id) references products (tenant_id, id),
    foreign key (tenant_id, variant_id) references product_variants (tenant_id, id)
);
create index order_lines_product on order_lines (tenant_id, product_id);
create index order_lines_variant on order_lines (tenant_id, variant_id);
select protect_tenant_table('order_lines');

create table order_timeline (
    id         uuid primary key default gen_random_uuid(),
    tenant_id  uuid        not null default nullif(current_setting('app.tenant', true), '')::uuid references tenants,
    order_id   uuid        not null,
    status     text        not null,
    note       text,
    actor_id   uuid,
    actor_type text        not null,
    created_at timestamptz not null default clock_timestamp(),
    constraint order_timeline_status_check check (status in ('pending', 'confirmed', 'preparing', 'ready', 'picked_up',
                                                             'in_transit', 'delivered', 'cancelled', 'refunded')),
    constraint order_timeline_actor_type_check check (actor_type in ('customer', 'store_staff', 'driver', 'system')),
    foreign key (tenant_id, order_id) references orders (tenant_id, id),
    foreign key (tenant_id, actor_id) references users (tenant_id, id)
);
create index order_timeline_order on order_timeline (tenant_id, order_id, created_at);
select protect_tenant_table('order_timeline');

-- One press of the pay button, for one order or several.
create table payment_attempts (
    id                uuid primary key default gen_random_uuid(),
    tenant_id         uuid        not null default nullif(current_setting('app.tenant', true), '')::uuid
                                  references tenants,
    customer_id       uuid        not null,
    payment_method_id text        not null,
    created_at        timestamptz not null default now(),
    unique (tenant_id, id),
    foreign key (tenant_id, customer_id) references users (tenant_id, id)
);
select protect_tenant_table('payment_attempts');

-- One intent at the provider, whose idempotency key is the id.
create table payments (
    id                       uuid primary key default gen_random_uuid(),
    tenant_id                uuid        not null default nullif(current_setting('app.tenant', true), '')::uuid
                                         references tenants,
    order_id                 uuid        not null,
    attempt_id               uuid        not null,
    stripe_payment_intent_id text,
    stripe_charge_id         text,
    amount_minor             bigint      not null,
    currency                 text        not null,
    status                   text        not null default 'requires_confirmation',
    next_action_url          text,
    decline_code             text,
    failure_message          text,
    capture_before           timestamptz,
    voided_at                timestamptz,  -- when the provider let the money go
    created_at               timestamptz not null default now(),
    updated_at               timestamptz not null default now(),
    constraint payments_status_check check (status in ('requires_confirmation', 'processing', 'requires_action',
                                                       'requires_capture', 'succeeded', 'failed', 'cancelled',
                                                       'refunded')),
    constraint payments_amount_check check (amount_minor > 0),
    constraint payments_intent_key unique (tenant_id, stripe_payment_intent_id),
    constraint payments_attempt_order_key unique (tenant_id, attempt_id, order_id),
    unique (tenant_id, id),
    foreign key (tenant_id, order_id) references orders (tenant_id, id),
    foreign key (tenant_id, attempt_id) references payment_attempts (tenant_id, id)
);
-- Never two intents that could both take the money of one order.
create unique index payments_one_open on payments (tenant_id, order_id)
    where status in ('requires_confirmation', 'processing', 'requires_action', 'requires_capture', 'succeeded');
select protect_tenant_table('payments');
