-- People and their sessions.

create table users (
    id                 uuid primary key default gen_random_uuid(),
    tenant_id          uuid        not null default nullif(current_setting('app.tenant', true), '')::uuid references tenants,
    email              text        not null,
    phone              varchar(20),
    password_hash      varchar(255),
    role               text        not null,
    status             text        not null default 'active',
    profile            jsonb       not null,
    kyc_status         text        not null default 'pending',
    kyc_data           jsonb       not null default '{}',
    stripe_customer_id text,
    created_at         timestamptz not null default now(),
    updated_at         timestamptz not null default now(),
    constraint users_email_key unique (tenant_id, email),
    constraint users_email_lower check (email = lower(email)),
    constraint users_role_check check (role in ('customer', 'store_owner', 'store_staff', 'driver', 'admin')),
    constraint users_status_check check (status in ('active', 'suspended', 'pending_verification')),
    constraint users_kyc_status_check check (kyc_status in ('pending', 'verified', 'rejected')),
    unique (tenant_id, id)
);
select protect_tenant_table('users');

-- One sign-in on one device. Refresh tokens of a session follow each other; using an old one again ends it.
create table sessions (
    id         uuid primary key default gen_random_uuid(),
    tenant_id  uuid        not null default nullif(current_setting('app.tenant', true), '')::uuid references tenants,
    user_id    uuid        not null,
    created_at timestamptz not null default now(),
    ended_at   timestamptz,
    unique (tenant_id, id),
    foreign key (tenant_id, user_id) references users (tenant_id, id) on delete cascade
);
create index sessions_user on sessions (tenant_id, user_id);
select protect_tenant_table('sessions');

create table refresh_tokens (
    tenant_id  uuid        not null default nullif(current_setting('app.tenant', true), '')::uuid references tenants,
    token_hash bytea       not null,
    session_id uuid        not null,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    rotated_at timestamptz,
    primary key (tenant_id, token_hash),
    foreign key (tenant_id, session_id) references sessions (tenant_id, id) on delete cascade
);
create index refresh_tokens_session on refresh_tokens (tenant_id, session_id);
create index refresh_tokens_expires_at on refresh_tokens (expires_at);
select protect_tenant_table('refresh_tokens');
