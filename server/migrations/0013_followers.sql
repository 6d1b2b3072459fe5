-- Who follows which store.

create table store_followers (
    tenant_id  uuid        not null default nullif(current_setting('app.tenant', true), '')::uuid references tenants,
    store_id   uuid        not null,
    user_id    uuid        not null,
    created_at timestamptz not null default now(),
    primary key (tenant_id, store_id, user_id),
    constraint store_followers_store_fkey foreign key (tenant_id, store_id) references stores (tenant_id, id)
        on delete cascade,
    constraint store_followers_user_fkey foreign key (tenant_id, user_id) references users (tenant_id, id)
        on delete cascade
);
create index store_followers_user on store_followers (tenant_id, user_id, created_at desc);
select protect_tenant_table('store_followers');
