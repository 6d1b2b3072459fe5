#include <algorithm>

#include "modules/catalog/api.hpp"
#include "modules/checkout/api.hpp"
#include "modules/ledger/api.hpp"
#include "modules/payouts/api.hpp"
#include "modules/payouts/handlers.hpp"
#include "modules/payouts/store.hpp"

namespace liveshop::payouts {
namespace {

awaitable<db::Array<StoreId>> own_stores(Ctx& ctx) {
    const std::vector<catalog::Store> stores = co_await catalog::get_stores_of(ctx, ctx.user());
    db::Array<StoreId> own;
    for (const catalog::Store& store : stores)
        if (store.owner_id == ctx.user()) own.items.push_back(store.id);
    co_return own;
}

// To anybody but the recipient and admins it does not exist.
awaitable<void> admit(Ctx& ctx, const Payout& payout) {
    if (ctx.is(Role::admin)) co_return;
    if (payout.recipient_type == RecipientType::driver && payout.recipient_id == ctx.user()) co_return;
    const db::Array<StoreId> own = co_await own_stores(ctx);
    if (!payout.store_id || std::ranges::find(own.items, *payout.store_id) == own.items.end())
        throw Fail(Errc::payout_not_found);
}

bool is_of_an_order(const ledger::SettledEntry& entry) { return entry.kind != ledger::EntryKind::refund; }

}  // namespace

awaitable<Payout> get_payout(Ctx& ctx, PayoutId payout_id) {
    std::optional<Payout> payout = co_await ctx.tx.find(find_payout, payout_id);
    if (!payout) throw Fail(Errc::payout_not_found);
    co_return std::move(*payout);
}

awaitable<PayoutList> list_my_payouts(Ctx& ctx) {
    const db::Array<StoreId> own = co_await own_stores(ctx);
    PayoutList list;
    list.payouts = co_await ctx.tx.all(list_payouts_of, ctx.user(), own);
    co_return list;
}

awaitable<PayoutList> list_all_payouts(Ctx& ctx, PayoutsQuery in) {
    PayoutList list;
    list.payouts = co_await ctx.tx.all(list_payouts, in.status);
    co_return list;
}

awaitable<PayoutDetail> show_payout(Ctx& ctx, PayoutOf in) {
    PayoutDetail detail;
    detail.payout = co_await get_payout(ctx, in.payout_id);
    co_await admit(ctx, detail.payout);
    const std::vector<ledger::SettledEntry> entries = co_await ledger::list_settled_entries(ctx, in.payout_id.value);
    std::vector<OrderId> order_ids;
    for (const ledger::SettledEntry& entry : entries)
        if (is_of_an_order(entry)) order_ids.push_back({entry.reference_id.value});
    const std::vector<checkout::OrderName> names = co_await checkout::find_order_names(ctx, std::move(order_ids));
    for (const ledger::SettledEntry& entry : entries) {
        PayoutItem item{.kind = entry.kind,
                        .order_id = std::nullopt,
                        .order_number = std::nullopt,
                        .delivery_id = std::nullopt,
                        .amount_minor = entry.amount_minor,
                        .created_at = entry.created_at};
        const auto name = std::ranges::find(names, OrderId{entry.reference_id.value}, &checkout::OrderName::id);
        if (name != names.end()) {
            item.order_id = name->id;
            item.order_number = name->order_number;
            item.delivery_id = name->delivery_id;
        }
        detail.items.push_back(std::move(item));
    }
    co_return detail;
}

}  // namespace liveshop::payouts
