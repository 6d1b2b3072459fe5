-- Private shows by link, settings of a stream, what its people did, and the order of its pins.

alter table live_streams
    add column invite_token    text   not null default replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''),
    add column muted_words     jsonb  not null default '[]',
    add column reactions_count bigint not null default 0,
    add column stop_reason     text,
    alter column settings set default
        '{"chat_enabled": true, "reactions_enabled": true, "requests_enabled": true, "slow_mode_s": 0, "recording_enabled": true}',
    add constraint live_streams_reactions_check check (reactions_count >= 0);
-- Policies hold for the owner, too, who belongs to no tenant: they are lifted while old rows are brought up to date.
alter table live_streams no force row level security;
update live_streams
   set settings = '{"chat_enabled": true, "reactions_enabled": true, "requests_enabled": true, "slow_mode_s": 0, "recording_enabled": true}'::jsonb
                  || settings;
alter table live_streams force row level security;

alter table stream_participants
    add column messages_count  bigint not null default 0,
    add column reactions_count bigint not null default 0,
    add constraint stream_participants_counts_check
        check (watch_duration_s >= 0 and messages_count >= 0 and reactions_count >= 0),
    add constraint stream_participants_joined unique (tenant_id, stream_id, user_id, joined_at);

alter table stream_messages
    add column author     text not null default 'viewer',
    add column device_id  text,
    add column deleted_at timestamptz,
    add column deleted_by uuid,
    add constraint stream_messages_author_check check (author in ('viewer', 'moderator', 'host')),
    add constraint stream_messages_deleted_by foreign key (tenant_id, deleted_by) references users (tenant_id, id)
        on delete set null (deleted_by),
    add unique (tenant_id, id);
create index stream_messages_user on stream_messages (tenant_id, stream_id, user_id, created_at);
create index stream_messages_device on stream_messages (tenant_id, stream_id, device_id, created_at)
    where device_id is not null;

-- The lowest position is shown first.
alter table stream_pins add column position bigint not null default 0;
alter table stream_pins no force row level security;
update stream_pins p set position = ordered.place
  from (select tenant_id, stream_id, product_id,
               row_number() over (partition by tenant_id, stream_id order by pinned_at desc) as place
          from stream_pins) ordered
 where (p.tenant_id, p.stream_id, p.product_id) = (ordered.tenant_id, ordered.stream_id, ordered.product_id);

-- What was pinned when: a recording is watched with it.
create table stream_pin_times (
    id          uuid primary key default gen_random_uuid(),
    tenant_id   uuid        not null default nullif(current_setting('app.tenant', true), '')::uuid references tenants,
    stream_id   uuid        not null,
    product_id  uuid        not null,
    pinned_at   timestamptz not null default clock_timestamp(),
    unpinned_at timestamptz,
    foreign key (tenant_id, stream_id) references live_streams (tenant_id, id) on delete cascade,
    foreign key (tenant_id, product_id) references products (tenant_id, id) on delete cascade
);
create unique index stream_pin_times_open on stream_pin_times (tenant_id, stream_id, product_id)
    where unpinned_at is null;
create index stream_pin_times_stream on stream_pin_times (tenant_id, stream_id, pinned_at);
insert into stream_pin_times (tenant_id, stream_id, product_id, pinned_at)
select tenant_id, stream_id, product_id, pinned_at from stream_pins;
alter table stream_pins force row level security;
select protect_tenant_table('stream_pin_times');

create table product_requests (
    id         uuid primary key default gen_random_uuid(),
    tenant_id  uuid        not null default nullif(current_setting('app.tenant', true), '')::uuid references tenants,
    stream_id  uuid        not null,
    product_id uuid        not null,
    user_id    uuid        not null,
    user_name  text        not null,
    status     text        not null default 'open',
    created_at timestamptz not null default now(),
    closed_at  timestamptz,
    constraint product_requests_status_check check (status in ('open', 'pinned', 'dismissed')),
    constraint product_requests_once unique (tenant_id, stream_id, product_id, user_id),
    foreign key (tenant_id, stream_id) references live_streams (tenant_id, id) on delete cascade,
    foreign key (tenant_id, product_id) references products (tenant_id, id) on delete cascade,
    foreign key (tenant_id, user_id) references users (tenant_id, id) on delete cascade
);
select protect_tenant_table('product_requests');
