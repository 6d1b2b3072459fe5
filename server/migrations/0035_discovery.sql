-- What people looked at: the home feed goes by it.

create table product_views (
    tenant_id  uuid        not null default nullif(current_setting('app.tenant', true), '')::uuid references tenants,
    user_id    uuid        not null,
    product_id uuid        not null,
    view_count int         not null default 1,
    viewed_at  timestamptz not null default now(),
    primary key (tenant_id, user_id, product_id),
    constraint product_views_count_check check (view_count > 0),
    foreign key (tenant_id, user_id) references users (tenant_id, id) on delete cascade,
    foreign key (tenant_id, product_id) references products (tenant_id, id) on delete cascade
);
create index product_views_latest on product_views (tenant_id, user_id, viewed_at desc);
create index product_views_product on product_views (tenant_id, product_id);
select protect_tenant_table('product_views');
