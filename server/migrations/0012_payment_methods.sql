-- Cards that people keep for the next time: the payment provider's, of which we know what is printed on a receipt.

create table payment_customers (
    user_id            uuid        not null,
    tenant_id          uuid        not null default nullif(current_setting('app.tenant', true), '')::uuid references tenants,
    stripe_customer_id text        not null,
    created_at         timestamptz not null default now(),
    primary key (tenant_id, user_id),
    foreign key (tenant_id, user_id) references users (tenant_id, id) on delete cascade
);
select protect_tenant_table('payment_customers');

create table payment_methods (
    id                       uuid primary key default gen_random_uuid(),
    tenant_id                uuid        not null default nullif(current_setting('app.tenant', true), '')::uuid references tenants,
    user_id                  uuid        not null,
    stripe_payment_method_id text        not null,
    brand                    text        not null,
    last4                    text        not null,
    exp_month                int         not null,
    exp_year                 int         not null,
    created_at               timestamptz not null default now(),
    constraint payment_methods_stripe_key unique (tenant_id, stripe_payment_method_id),
    unique (tenant_id, id),
    foreign key (tenant_id, user_id) references users (tenant_id, id) on delete cascade
);
create index payment_methods_user on payment_methods (tenant_id, user_id, created_at);
select protect_tenant_table('payment_methods');
