-- Tenants, jobs and idempotency keys; the second lock of every table that belongs to a tenant.

create table tenants (
    id         uuid primary key default gen_random_uuid(),
    name       varchar(255) not null,
    slug       varchar(100) not null unique,
    plan       varchar(50)  not null default 'free' check (plan in ('free', 'pro', 'enterprise')),
    settings   jsonb        not null default '{}',
    host_names text[]       not null default '{}',
    created_at timestamptz  not null default now(),
    updated_at timestamptz  not null default now()
);
create index tenants_host_names on tenants using gin (host_names);
grant select on tenants to liveshop_app;
grant select, insert, update, delete on tenants to liveshop_admin;

-- A host name leads to one tenant. An array has no unique index, so writers of the list take turns.
create function tenants_check_host_names() returns trigger language plpgsql as $$
begin
    perform pg_advisory_xact_lock(hashtext('tenants.host_names'));
    if exists (select from tenants where id <> new.id and host_names && new.host_names) then
        raise unique_violation using message = 'a host name belongs to another tenant',
                                     constraint = 'tenants_host_names_key';
    end if;
    return new;
end
$$;
create trigger tenants_check_host_names before insert or update of host_names on tenants
    for each row execute function tenants_check_host_names();

-- Row-level security for a table with a tenant_id: `select protect_tenant_table('orders')`. Outside a tenant the
-- setting is null or, after a transaction that had one, an empty string: no rows either way. A caller may revoke.
create function protect_tenant_table(target regclass) returns void language plpgsql as $$
declare
    condition constant text := 'tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid';
begin
    if not exists (select from pg_attribute
                    where attrelid = target and attname = 'tenant_id' and atttypid = 'uuid'::regtype and attnotnull) then
        raise exception '% has no tenant_id uuid not null', target;
    end if;
    execute format('alter table %s enable row level security', target);
    execute format('alter table %s force row level security', target);
    execute format('create policy tenant_rows on %s using (%s) with check (%s)', target, condition, condition);
    execute format('grant select, insert, update, delete on %s to liveshop_app, liveshop_admin', target);
end
$$;
revoke execute on function protect_tenant_table(regclass) from public;

-- Work to be done after the transaction that wrote it. Without row-level security: the worker takes jobs of every
-- tenant and sets the tenant from the row.
create table jobs (
    id              uuid primary key default gen_random_uuid(),
    tenant_id       uuid references tenants,
    kind            text        not null,
    payload         jsonb       not null default '{}',
    idempotency_key text unique,
    status          text        not null default 'queued' check (status in ('queued', 'running', 'done', 'dead')),
    attempts        int         not null default 0 check (attempts >= 0),
    attempts_max    int         not null default 10 check (attempts_max > 0),
    run_at          timestamptz not null default now(),
    locked_until    timestamptz,
    last_error      text,
    created_at      timestamptz not null default now(),
    finished_at     timestamptz,
    constraint jobs_running_is_locked check (status <> 'running' or locked_until is not null),
    constraint jobs_finished_has_time check ((status in ('done', 'dead')) = (finished_at is not null))
);
create index jobs_due on jobs (run_at) where status = 'queued';
create index jobs_locked on jobs (locked_until) where status = 'running';
create index jobs_finished on jobs (finished_at) where finished_at is not null;
grant select, insert, update, delete on jobs to liveshop_app, liveshop_admin;

-- The answer a request got the first time it came with this key.
create table idempotency_keys (
    tenant_id   uuid        not null references tenants,
    user_id     uuid        not null,
    key         text        not null,
    route       text        not null,
    body_hash   bytea       not null,
    status_code int,
    response    text,
    created_at  timestamptz not null default now(),
    primary key (tenant_id, user_id, key)
);
create index idempotency_keys_created_at on idempotency_keys (created_at);
select protect_tenant_table('idempotency_keys');
