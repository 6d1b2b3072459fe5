#pragma once
#include "modules/ledger/types.hpp"
#include "platform/context.hpp"

namespace liveshop::ledger {

/// Writes one entry in the caller's transaction. `reference_id` is what it is about (an order); an entry of the same
/// kind and reference that exists already makes this a no-op, so that a retried job posts once. Postings of nothing are
/// left out. Answers whether it was written. Throws std::logic_error if the postings do not sum to zero; the database
/// refuses them too.
awaitable<bool> post(Ctx& ctx, EntryKind kind, Uuid reference_id, std::string currency, std::vector<Posting> postings);

}  // namespace liveshop::ledger
