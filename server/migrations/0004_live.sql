-- Streams, who watches them, what is said and what is pinned.

create table live_streams (
    id                 uuid primary key default gen_random_uuid(),
    tenant_id          uuid         not null default nullif(current_setting('app.tenant', true), '')::uuid references tenants,
    store_id           uuid         not null,
    host_id            uuid         not null,
    title              varchar(255) not null,
    description        text,
    type               text         not null default 'public',
    status             text         not null default 'scheduled',
    scheduled_at       timestamptz,
    started_at         timestamptz,
    ended_at           timestamptz,
    thumbnail_url      text,
    viewer_count       bigint       not null default 0,
    peak_viewers       bigint       not null default 0,
    total_watch_time_s bigint       not null default 0,
    settings           jsonb        not null default '{}',
    analytics          jsonb        not null default '{}',
    created_at         timestamptz  not null default now(),
    updated_at         timestamptz  not null default now(),
    constraint live_streams_type_check check (type in ('public', 'private')),
    constraint live_streams_status_check check (status in ('scheduled', 'live', 'ended', 'cancelled')),
    constraint live_streams_counts_check check (viewer_count >= 0 and peak_viewers >= 0 and total_watch_time_s >= 0),
    unique (tenant_id, id),
    foreign key (tenant_id, store_id) references stores (tenant_id, id),
    foreign key (tenant_id, host_id) references users (tenant_id, id)
);
create index live_streams_store on live_streams (tenant_id, store_id, created_at);
create index live_streams_status on live_streams (tenant_id, status, started_at);
select protect_tenant_table('live_streams');

create table stream_participants (
    id               uuid primary key default gen_random_uuid(),
    tenant_id        uuid        not null default nullif(current_setting('app.tenant', true), '')::uuid references tenants,
    stream_id        uuid        not null,
    user_id          uuid        not null,
    joined_at        timestamptz not null default now(),
    left_at          timestamptz,
    watch_duration_s bigint      not null default 0,
    foreign key (tenant_id, stream_id) references live_streams (tenant_id, id) on delete cascade,
    foreign key (tenant_id, user_id) references users (tenant_id, id) on delete cascade
);
-- Somebody watches a stream once at a time, on however many screens.
create unique index stream_participants_watching on stream_participants (tenant_id, stream_id, user_id) where left_at is null;
select protect_tenant_table('stream_participants');

create table stream_messages (
    id         uuid primary key default gen_random_uuid(),
    tenant_id  uuid        not null default nullif(current_setting('app.tenant', true), '')::uuid references tenants,
    stream_id  uuid        not null,
    user_id    uuid        not null,
    user_name  text        not null,
    type       text        not null default 'text',
    content    text        not null,
    metadata   jsonb       not null default '{}',
    created_at timestamptz not null default now(),
    constraint stream_messages_type_check check (type in ('text', 'product_request', 'order_notification', 'system')),
    foreign key (tenant_id, stream_id) references live_streams (tenant_id, id) on delete cascade,
    foreign key (tenant_id, user_id) references users (tenant_id, id) on delete cascade
);
create index stream_messages_stream on stream_messages (tenant_id, stream_id, created_at);
select protect_tenant_table('stream_messages');

create table stream_pins (
    tenant_id  uuid        not null default nullif(current_setting('app.tenant', true), '')::uuid references tenants,
    stream_id  uuid        not null,
    product_id uuid        not null,
    pinned_at  timestamptz not null default clock_timestamp(),
    primary key (tenant_id, stream_id, product_id),
    foreign key (tenant_id, stream_id) references live_streams (tenant_id, id) on delete cascade,
    foreign key (tenant_id, product_id) references products (tenant_id, id) on delete cascade
);
select protect_tenant_table('stream_pins');
