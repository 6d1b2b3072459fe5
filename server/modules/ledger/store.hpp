#pragma once
#include "modules/ledger/types.hpp"
#include "platform/db/query.hpp"

namespace liveshop::ledger {

/// A posting as a row.
struct PostingRow {
    Account account = Account::provider_clearing;
    std::optional<OwnerId> owner_id;
    Amount amount_minor;
};
BOOST_DESCRIBE_STRUCT(PostingRow, (), (account, owner_id, amount_minor))

// Nothing where the entry exists already.
inline const db::Query<EntryId(EntryKind, ReferenceId, std::string)> insert_entry{"ledger.insert_entry", R"(
    insert into ledger_entries (kind, reference_id, currency) values ($1, $2, $3)
    on conflict (tenant_id, kind, reference_id) do nothing
    returning id
)"};

inline const db::Query<void(EntryId, std::string, std::vector<PostingRow>)> insert_postings{"ledger.insert_postings",
                                                                                            R"(
    insert into ledger_postings (entry_id, currency, account, owner_id, amount_minor)
    select $1, $2, p.account, p.owner_id, p.amount_minor
      from jsonb_to_recordset($3::jsonb) as p(account text, owner_id uuid, amount_minor bigint)
)"};

// What is owed has a negative balance in the books and a positive one in the eyes of its owner.
inline const db::Query<Balance(Account, db::Array<OwnerId>)> list_balances{"ledger.list_balances", R"(
    select currency, (-sum(amount_minor))::bigint as amount_minor
      from ledger_postings where account = $1 and owner_id = any($2)
     group by currency order by currency
)"};

inline const db::Query<BalanceEntry(Account, db::Array<OwnerId>)> list_entries{"ledger.list_entries", R"(
    select e.id, e.kind, e.reference_id, e.currency, (-sum(p.amount_minor))::bigint as amount_minor, e.created_at
      from ledger_postings p join ledger_entries e on e.tenant_id = p.tenant_id and e.id = p.entry_id
     where p.account = $1 and p.owner_id = any($2)
     group by e.id, e.kind, e.reference_id, e.currency, e.created_at
     order by e.created_at desc, e.id limit 100
)"};

inline const db::Query<bool(std::string)> is_time_zone{"ledger.is_time_zone", "select is_time_zone($1)"};

// Payouts move what was earned; they earn nothing.
inline const db::Query<EarningsPeriod(Account, db::Array<OwnerId>, EarningsBy, std::string)> list_earnings{
    "ledger.list_earnings", R"(
    select to_char(date_trunc($3, e.created_at at time zone $4), 'YYYY-MM-DD') as begins_on, e.currency,
           (-sum(p.amount_minor))::bigint as amount_minor, count(*) as count
      from ledger_postings p join ledger_entries e on e.tenant_id = p.tenant_id and e.id = p.entry_id
     where p.account = $1 and p.owner_id = any($2) and e.kind <> 'payout'
       and e.created_at > now() - interval '180 days'
     group by 1, 2 order by 1 desc, 2 limit 200
)"};

}  // namespace liveshop::ledger
