#include "modules/ledger/api.hpp"
#include "platform/db/query.hpp"

namespace liveshop::ledger {
namespace {

struct PayoutTag;
using PayoutId = Id<PayoutTag>;

// Payouts settle; they are not settled.
inline const db::Query<Balance(Account, OwnerId, Timestamp)> sum_open_entries{"ledger.sum_open_entries", R"(
    select e.currency, (-sum(p.amount_minor))::bigint as amount_minor
      from ledger_postings p join ledger_entries e on e.tenant_id = p.tenant_id and e.id = p.entry_id
     where p.account = $1 and p.owner_id = $2 and e.kind <> 'payout' and e.created_at < $3
       and not exists (select from payout_items i
                        where i.account = p.account and i.owner_id = p.owner_id and i.entry_id = p.entry_id)
     group by e.currency order by e.currency
)"};

inline const db::Query<void(PayoutId, Account, OwnerId, std::string, Timestamp)> insert_items{"ledger.settle_entries",
                                                                                              R"(
    insert into payout_items (payout_id, account, owner_id, entry_id, amount_minor)
    select $1, p.account, p.owner_id, p.entry_id, -sum(p.amount_minor)
      from ledger_postings p join ledger_entries e on e.tenant_id = p.tenant_id and e.id = p.entry_id
     where p.account = $2 and p.owner_id = $3 and e.currency = $4 and e.kind <> 'payout' and e.created_at < $5
       and not exists (select from payout_items i
                        where i.account = p.account and i.owner_id = p.owner_id and i.entry_id = p.entry_id)
     group by p.account, p.owner_id, p.entry_id
    on conflict do nothing
)"};

inline const db::Query<SettledEntry(PayoutId)> list_items{"ledger.list_settled_entries", R"(
    select e.id as entry_id, e.kind, e.reference_id, i.amount_minor, e.created_at
      from payout_items i join ledger_entries e on e.tenant_id = i.tenant_id and e.id = i.entry_id
     where i.payout_id = $1 order by e.created_at, e.id limit 1000
)"};

}  // namespace

awaitable<std::vector<Balance>> list_open_balances(Ctx& ctx, Account account, Uuid owner_id, Timestamp before) {
    std::vector<Balance> balances = co_await ctx.tx.all(sum_open_entries, account, OwnerId{owner_id}, before);
    co_return balances;
}

awaitable<std::vector<SettledEntry>> settle_entries(Ctx& ctx, Uuid payout_id, Account account, Uuid owner_id,
                                                    std::string currency, Timestamp before) {
    co_await ctx.tx.run(insert_items, PayoutId{payout_id}, account, OwnerId{owner_id}, currency, before);
    std::vector<SettledEntry> entries = co_await list_settled_entries(ctx, payout_id);
    co_return entries;
}

awaitable<std::vector<SettledEntry>> list_settled_entries(Ctx& ctx, Uuid payout_id) {
    std::vector<SettledEntry> entries = co_await ctx.tx.all(list_items, PayoutId{payout_id});
    co_return entries;
}

}  // namespace liveshop::ledger
