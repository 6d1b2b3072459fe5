#include <stdexcept>

#include "modules/ledger/api.hpp"
#include "modules/ledger/rules.hpp"
#include "modules/ledger/store.hpp"

namespace liveshop::ledger {

awaitable<bool> post(Ctx& ctx, EntryKind kind, Uuid reference_id, std::string currency, std::vector<Posting> postings) {
    if (!is_balanced(postings)) throw std::logic_error("a ledger entry whose postings do not sum to zero");
    std::vector<PostingRow> rows;
    for (const Posting& posting : postings) {
        if (posting.amount_minor == Amount{}) continue;
        std::optional<OwnerId> owner_id;
        if (posting.owner_id) owner_id = OwnerId{*posting.owner_id};
        rows.push_back({posting.account, owner_id, posting.amount_minor});
    }
    if (rows.empty()) co_return false;
    const std::optional<EntryId> entry_id =
        co_await ctx.tx.find(insert_entry, kind, ReferenceId{reference_id}, currency);
    if (!entry_id) co_return false;
    co_await ctx.tx.run(insert_postings, *entry_id, currency, rows);
    co_return true;
}

}  // namespace liveshop::ledger
