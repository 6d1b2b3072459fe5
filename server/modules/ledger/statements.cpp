#include "modules/catalog/api.hpp"
#include "modules/ledger/handlers.hpp"
#include "modules/ledger/store.hpp"

namespace liveshop::ledger {
namespace {

/// Whose accounts the caller sees: a driver's own, an owner's stores'.
struct Accounts {
    Account account = Account::driver_payable;
    db::Array<OwnerId> owner_ids;
};

awaitable<Accounts> accounts_of_caller(Ctx& ctx) {
    if (ctx.is(Role::driver)) co_return Accounts{Account::driver_payable, {{OwnerId{ctx.user().value}}}};
    Accounts accounts{Account::store_payable, {}};
    const std::vector<catalog::Store> stores = co_await catalog::get_stores_of(ctx, ctx.user());
    for (const catalog::Store& store : stores)
        if (store.owner_id == ctx.user()) accounts.owner_ids.items.push_back({store.id.value});
    co_return accounts;
}

}  // namespace

awaitable<Statement> get_balance(Ctx& ctx) {
    const Accounts mine = co_await accounts_of_caller(ctx);
    Statement statement;
    statement.balances = co_await ctx.tx.all(list_balances, mine.account, mine.owner_ids);
    statement.entries = co_await ctx.tx.all(list_entries, mine.account, mine.owner_ids);
    co_return statement;
}

awaitable<Earnings> get_earnings(Ctx& ctx, EarningsQuery in) {
    const std::string time_zone = in.time_zone ? in.time_zone->value : "UTC";
    const bool known = co_await ctx.tx.one(is_time_zone, time_zone);
    if (!known) throw Invalid({{"/time_zone", "must be the name of a time zone, such as Europe/Berlin"}});
    const Accounts mine = co_await accounts_of_caller(ctx);
    Earnings earnings;
    earnings.periods =
        co_await ctx.tx.all(list_earnings, mine.account, mine.owner_ids, in.by.value_or(EarningsBy::day), time_zone);
    co_return earnings;
}

}  // namespace liveshop::ledger
