-- Recordings: one for a stream, in as many files as the media server began.

create table recordings (
    id         uuid primary key default gen_random_uuid(),
    tenant_id  uuid        not null default nullif(current_setting('app.tenant', true), '')::uuid references tenants,
    stream_id  uuid        not null,
    status     text        not null default 'processing',
    created_at timestamptz not null default now(),
    ready_at   timestamptz,
    constraint recordings_status_check check (status in ('processing', 'ready', 'empty')),
    constraint recordings_stream unique (tenant_id, stream_id),
    unique (tenant_id, id),
    foreign key (tenant_id, stream_id) references live_streams (tenant_id, id) on delete cascade
);
select protect_tenant_table('recordings');

create table recording_files (
    id           uuid primary key,
    tenant_id    uuid        not null default nullif(current_setting('app.tenant', true), '')::uuid references tenants,
    recording_id uuid        not null,
    started_at   timestamptz not null,
    duration_ms  bigint      not null,
    size_bytes   bigint      not null,
    content_type text        not null,
    constraint recording_files_started unique (tenant_id, recording_id, started_at),
    constraint recording_files_sizes_check check (duration_ms >= 0 and size_bytes > 0),
    foreign key (tenant_id, recording_id) references recordings (tenant_id, id) on delete cascade
);
select protect_tenant_table('recording_files');
