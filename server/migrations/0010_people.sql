-- Codes, devices, addresses, and who did what.

alter table users
    drop column stripe_customer_id,             -- checkout keeps its own
    add column email_verified_at timestamptz,
    add column phone_verified_at timestamptz,
    add column deleted_at        timestamptz;  -- personal data is gone, the row stays for orders and ledger
create index users_created_at on users (tenant_id, created_at desc, id desc);

alter table sessions
    add column user_agent   text        not null default '',
    add column last_used_at timestamptz not null default now();
create index sessions_ended_at on sessions (ended_at) where ended_at is not null;

-- A code is derived from id and nonce by whoever knows the server's secret; it is written nowhere. One without a user
-- was asked for in the name of nobody, and can be tried like any other.
create table verifications (
    id          uuid primary key default gen_random_uuid(),
    tenant_id   uuid        not null default nullif(current_setting('app.tenant', true), '')::uuid references tenants,
    user_id     uuid,
    purpose     text        not null,
    destination text        not null,
    nonce       uuid        not null default gen_random_uuid(),
    attempts    int         not null default 0,
    created_at  timestamptz not null default now(),
    expires_at  timestamptz not null,
    used_at     timestamptz,
    constraint verifications_purpose_check
        check (purpose in ('reset_password', 'verify_email', 'verify_phone', 'change_email')),
    constraint verifications_attempts_check check (attempts >= 0),
    unique (tenant_id, id),
    foreign key (tenant_id, user_id) references users (tenant_id, id) on delete cascade
);
create index verifications_user on verifications (tenant_id, user_id, created_at);
create index verifications_destination on verifications (tenant_id, destination, created_at);
create index verifications_expires_at on verifications (expires_at);
select protect_tenant_table('verifications');

create table addresses (
    id         uuid primary key default gen_random_uuid(),
    tenant_id  uuid             not null default nullif(current_setting('app.tenant', true), '')::uuid references tenants,
    user_id    uuid             not null,
    label      text             not null,
    street     text             not null,
    city       text             not null,
    state      text,
    zip        text             not null,
    country    text             not null,
    lat        double precision not null,
    lng        double precision not null,
    is_default boolean          not null default false,
    created_at timestamptz      not null default now(),
    updated_at timestamptz      not null default now(),
    unique (tenant_id, id),
    foreign key (tenant_id, user_id) references users (tenant_id, id) on delete cascade
);
create index addresses_user on addresses (tenant_id, user_id, created_at);
create unique index addresses_one_default on addresses (tenant_id, user_id) where is_default;
select protect_tenant_table('addresses');

-- What people with power over others did. Rows are only ever added.
create table audit_log (
    id         uuid primary key default gen_random_uuid(),
    tenant_id  uuid        not null default nullif(current_setting('app.tenant', true), '')::uuid references tenants,
    actor_id   uuid,                    -- none: the platform itself
    action     text        not null,
    subject_id uuid        not null,
    detail     jsonb       not null default '{}',
    created_at timestamptz not null default now(),
    unique (tenant_id, id),
    foreign key (tenant_id, actor_id) references users (tenant_id, id)
);
create index audit_log_created_at on audit_log (tenant_id, created_at desc, id desc);
create index audit_log_subject on audit_log (tenant_id, subject_id, created_at desc);
select protect_tenant_table('audit_log');
revoke update, delete on audit_log from liveshop_app, liveshop_admin;
