#include "modules/payouts/account_holds.hpp"

#include "modules/catalog/api.hpp"
#include "modules/ledger/api.hpp"

namespace liveshop::payouts {
namespace {

constexpr std::string_view owed = "You are owed money that is not paid out yet: wait for the payout.";

bool has_money(const std::vector<ledger::Balance>& balances) {
    return std::ranges::any_of(balances, [](const ledger::Balance& each) { return each.amount_minor != Amount{}; });
}

awaitable<std::optional<std::string>> open_balance(Ctx& ctx, UserId user_id) {
    const std::vector<ledger::Balance> of_driver =
        co_await ledger::list_open_balances(ctx, ledger::Account::driver_payable, user_id.value, ctx.now);
    if (has_money(of_driver)) co_return std::string(owed);
    const std::vector<catalog::StoreId> stores = co_await catalog::list_owned_stores(ctx, user_id);
    for (const catalog::StoreId store_id : stores) {
        const std::vector<ledger::Balance> of_store =
            co_await ledger::list_open_balances(ctx, ledger::Account::store_payable, store_id.value, ctx.now);
        if (has_money(of_store)) co_return std::string(owed);
    }
    co_return std::nullopt;
}

}  // namespace

identity::DeletionHolds account_holds() { return {{open_balance}}; }

}  // namespace liveshop::payouts
