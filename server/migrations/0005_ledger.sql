-- The books: double entry, insert-only. A debit is positive, a credit negative.

create table ledger_entries (
    id           uuid primary key default gen_random_uuid(),
    tenant_id    uuid        not null default nullif(current_setting('app.tenant', true), '')::uuid references tenants,
    kind         text        not null,
    reference_id uuid        not null,
    currency     text        not null,
    created_at   timestamptz not null default now(),
    constraint ledger_entries_kind_check check (kind in ('capture', 'delivery', 'refund', 'payout')),
    constraint ledger_entries_currency_check check (currency ~ '^[A-Z]{3}$'),
    constraint ledger_entries_once unique (tenant_id, kind, reference_id),
    unique (tenant_id, id, currency)
);

create table ledger_postings (
    id           uuid primary key default gen_random_uuid(),
    tenant_id    uuid   not null default nullif(current_setting('app.tenant', true), '')::uuid references tenants,
    entry_id     uuid   not null,
    currency     text   not null,
    account      text   not null,
    owner_id     uuid,
    amount_minor bigint not null,
    constraint ledger_postings_account_check check (account in ('provider_clearing', 'order_escrow',
                                                                'platform_commission', 'store_payable',
                                                                'driver_payable')),
    constraint ledger_postings_owner_check
        check ((owner_id is not null) = (account in ('order_escrow', 'store_payable', 'driver_payable'))),
    constraint ledger_postings_amount_check check (amount_minor <> 0),
    foreign key (tenant_id, entry_id, currency) references ledger_entries (tenant_id, id, currency)
);
create index ledger_postings_entry on ledger_postings (tenant_id, entry_id);
create index ledger_postings_account on ledger_postings (tenant_id, account, owner_id, currency) include (amount_minor);

-- At the commit an entry is whole: two postings or more that sum to zero.
create function ledger_check_entry() returns trigger language plpgsql as $$
declare
    entry constant uuid := case when tg_table_name = 'ledger_entries' then new.id else (to_jsonb(new)->>'entry_id')::uuid end;
    postings bigint;
    balance  numeric;
begin
    select count(*), coalesce(sum(amount_minor), 0) into postings, balance
      from ledger_postings where tenant_id = new.tenant_id and entry_id = entry;
    if postings < 2 or balance <> 0 then
        raise check_violation using message = format('ledger entry %s: %s postings that sum to %s', entry, postings, balance),
                                    constraint = 'ledger_entries_balanced';
    end if;
    return null;
end
$$;
create constraint trigger ledger_entries_balanced after insert on ledger_entries
    deferrable initially deferred for each row execute function ledger_check_entry();
create constraint trigger ledger_postings_balanced after insert on ledger_postings
    deferrable initially deferred for each row execute function ledger_check_entry();

-- What is written stays as it is, whoever asks: mistakes are mended by another entry.
create function ledger_refuse_change() returns trigger language plpgsql as $$
begin
    raise insufficient_privilege using message = format('%s is insert-only', tg_table_name);
end
$$;
create trigger ledger_entries_insert_only before update or delete or truncate on ledger_entries
    for each statement execute function ledger_refuse_change();
create trigger ledger_postings_insert_only before update or delete or truncate on ledger_postings
    for each statement execute function ledger_refuse_change();

select protect_tenant_table('ledger_entries');
select protect_tenant_table('ledger_postings');
revoke update, delete on ledger_entries, ledger_postings from liveshop_app, liveshop_admin;
