#pragma once
#include "modules/ledger/types.hpp"
#include "platform/context.hpp"

namespace liveshop::ledger {

/// The terms of a store's orders from now on: its own, or else the tenant's, or else the platform's. An order freezes
/// them, so that a change never reaches back.
awaitable<Terms> get_terms(Ctx& ctx, catalog::StoreId store_id);

/// What a customer pays for a delivery over so many metres: `flat_minor`, or base and distance, rounded once, half a
/// unit up. Throws Overflow.
Amount delivery_fee(const Terms& terms, Amount flat_minor, double distance_m);

/// Writes one entry in the caller's transaction. `reference_id` is what it is about (an order); an entry of the same
/// kind and reference that exists already makes this a no-op, so that a retried job posts once. Postings of nothing are
/// left out. Answers whether it was written. Throws std::logic_error if the postings do not sum to zero; the database
/// refuses them too.
awaitable<bool> post(Ctx& ctx, EntryKind kind, Uuid reference_id, std::string currency, std::vector<Posting> postings);

/// What is owed to the owner of an account by entries before `before` that no payout has settled, by currency.
awaitable<std::vector<Balance>> list_open_balances(Ctx& ctx, Account account, Uuid owner_id, Timestamp before);
/// Has a payout settle these entries of one currency, and answers them: each entry once, whoever else tries.
awaitable<std::vector<SettledEntry>> settle_entries(Ctx& ctx, Uuid payout_id, Account account, Uuid owner_id,
                                                    std::string currency, Timestamp before);
/// What a payout settles, the oldest first.
awaitable<std::vector<SettledEntry>> list_settled_entries(Ctx& ctx, Uuid payout_id);

}  // namespace liveshop::ledger
