-- Who may not speak, who keeps order, what is reported, and what a viewer wants.

-- Of a store: at all its streams. Without a store: everywhere in the tenant.
create table chat_mutes (
    id         uuid primary key default gen_random_uuid(),
    tenant_id  uuid        not null default nullif(current_setting('app.tenant', true), '')::uuid references tenants,
    store_id   uuid,
    user_id    uuid        not null,
    user_name  text        not null,
    device_ids text[]      not null default '{}',
    reason     text,
    muted_by   uuid,
    created_at timestamptz not null default now(),
    expires_at timestamptz,
    foreign key (tenant_id, store_id) references stores (tenant_id, id) on delete cascade,
    foreign key (tenant_id, user_id) references users (tenant_id, id) on delete cascade,
    foreign key (tenant_id, muted_by) references users (tenant_id, id) on delete set null (muted_by)
);
create index chat_mutes_user on chat_mutes (tenant_id, user_id);
create index chat_mutes_device on chat_mutes using gin (device_ids);
create index chat_mutes_store on chat_mutes (tenant_id, store_id, created_at);
select protect_tenant_table('chat_mutes');

create table chat_moderators (
    tenant_id    uuid        not null default nullif(current_setting('app.tenant', true), '')::uuid references tenants,
    store_id     uuid        not null,
    user_id      uuid        not null,
    appointed_by uuid,
    created_at   timestamptz not null default now(),
    primary key (tenant_id, store_id, user_id),
    foreign key (tenant_id, store_id) references stores (tenant_id, id) on delete cascade,
    foreign key (tenant_id, user_id) references users (tenant_id, id) on delete cascade,
    foreign key (tenant_id, appointed_by) references users (tenant_id, id) on delete set null (appointed_by)
);
select protect_tenant_table('chat_moderators');

-- One row a tenant; a stream has its own beside them.
create table muted_words (
    tenant_id  uuid primary key default nullif(current_setting('app.tenant', true), '')::uuid references tenants,
    words      jsonb       not null default '[]',
    updated_at timestamptz not null default now()
);
select protect_tenant_table('muted_words');

create table reports (
    id          uuid primary key default gen_random_uuid(),
    tenant_id   uuid        not null default nullif(current_setting('app.tenant', true), '')::uuid references tenants,
    reporter_id uuid        not null,
    kind        text        not null,
    stream_id   uuid,
    message_id  uuid,
    user_id     uuid,
    subject_id  uuid        not null generated always as
                    (case kind when 'message' then message_id when 'person' then user_id else stream_id end) stored,
    reason      text        not null,
    note        text,
    excerpt     text,
    status      text        not null default 'open',
    resolution  text,
    resolved_by uuid,
    resolved_at timestamptz,
    answer      text,
    created_at  timestamptz not null default now(),
    constraint reports_kind_check check (kind in ('message', 'person', 'stream')),
    constraint reports_reason_check check (reason in ('spam', 'abuse', 'fraud', 'illegal', 'other')),
    constraint reports_status_check check (status in ('open', 'resolved')),
    constraint reports_resolution_check
        check (resolution in ('dismissed', 'message_deleted', 'person_muted', 'stream_stopped')),
    constraint reports_resolved_check check ((status = 'resolved') = (resolution is not null)),
    constraint reports_once unique (tenant_id, reporter_id, kind, subject_id),
    foreign key (tenant_id, reporter_id) references users (tenant_id, id) on delete cascade,
    foreign key (tenant_id, stream_id) references live_streams (tenant_id, id) on delete cascade,
    foreign key (tenant_id, message_id) references stream_messages (tenant_id, id) on delete cascade,
    foreign key (tenant_id, user_id) references users (tenant_id, id) on delete cascade,
    foreign key (tenant_id, resolved_by) references users (tenant_id, id) on delete set null (resolved_by)
);
create index reports_status on reports (tenant_id, status, created_at);
create index reports_subject on reports (tenant_id, kind, subject_id);
select protect_tenant_table('reports');

-- Whom somebody does not want to read any more.
create table user_blocks (
    tenant_id  uuid        not null default nullif(current_setting('app.tenant', true), '')::uuid references tenants,
    user_id    uuid        not null,
    blocked_id uuid        not null,
    created_at timestamptz not null default now(),
    primary key (tenant_id, user_id, blocked_id),
    foreign key (tenant_id, user_id) references users (tenant_id, id) on delete cascade,
    foreign key (tenant_id, blocked_id) references users (tenant_id, id) on delete cascade
);
select protect_tenant_table('user_blocks');

create table viewer_preferences (
    tenant_id        uuid    not null default nullif(current_setting('app.tenant', true), '')::uuid references tenants,
    user_id          uuid    not null,
    shows_first_name boolean not null default false,
    primary key (tenant_id, user_id),
    foreign key (tenant_id, user_id) references users (tenant_id, id) on delete cascade
);
select protect_tenant_table('viewer_preferences');
