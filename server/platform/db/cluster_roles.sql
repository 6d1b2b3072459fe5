-- What the superuser runs in each new database, which liveshop_owner is to own; running it again changes nothing.
-- Roles without passwords: access is by peer or trust on a private socket, or by passwords set beside this file.
do $$
declare
    wanted record;
begin
    for wanted in
        select * from (values
            ('liveshop_owner', 'login'),                       -- owns the schema, runs migrations
            ('liveshop_app', 'login'),                         -- requests and the worker: owns nothing, bound by policies
            ('liveshop_admin', 'login noinherit bypassrls'),   -- the platform's own staff, across tenants
            ('liveshop_search', 'nologin bypassrls')           -- owns the security definer functions of search
        ) as roles (name, attributes)
    loop
        if not exists (select from pg_roles where rolname = wanted.name) then
            execute format('create role %I %s', wanted.name, wanted.attributes);
        end if;
    end loop;
    execute format('alter database %I owner to liveshop_owner', current_database());
    execute format('revoke temporary on database %I from public', current_database());
end
$$;

-- The owner hands functions over to the searching role, which must be allowed to have them.
grant liveshop_search to liveshop_owner;
grant create on schema public to liveshop_search;

create extension if not exists citext;
create extension if not exists pg_trgm;
create extension if not exists pgcrypto;
create extension if not exists postgis;
