#include "modules/payouts/schedule.hpp"

#include "modules/catalog/api.hpp"
#include "modules/checkout/api.hpp"
#include "modules/ledger/api.hpp"
#include "modules/payouts/rules.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/log.hpp"

namespace liveshop::payouts {
namespace {

ledger::Account account_of(const AccountRow& account) {
    return account.store_id ? ledger::Account::store_payable : ledger::Account::driver_payable;
}
Uuid owner_of(const AccountRow& account) {
    return account.store_id ? account.store_id->value : account.driver_id->value;
}

awaitable<UserId> recipient_of(Ctx& ctx, const AccountRow& account) {
    if (account.driver_id) co_return *account.driver_id;
    const catalog::Store store = co_await catalog::get_store(ctx, *account.store_id);
    co_return store.owner_id;
}

// The entries are counted once more while they are taken: one may have come between.
awaitable<std::optional<PayoutId>> settle_currency(Ctx& ctx, const AccountRow& account, const PayoutSettings& settings,
                                                   std::string currency, Timestamp until) {
    const PayoutId payout_id = PayoutId::make();
    const std::vector<ledger::SettledEntry> entries =
        co_await ledger::settle_entries(ctx, payout_id.value, account_of(account), owner_of(account), currency, until);
    Amount sum;
    for (const ledger::SettledEntry& entry : entries) sum += entry.amount_minor;
    if (sum.minor < settings.minimum_minor) throw Fail(PlatformErrc::conflict);
    const UserId recipient_id = co_await recipient_of(ctx, account);
    const NewPayout payout{.id = payout_id,
                           .recipient_id = recipient_id,
                           .recipient_type = account.store_id ? RecipientType::store : RecipientType::driver,
                           .store_id = account.store_id,
                           .amount_minor = sum,
                           .currency = currency,
                           .stripe_account_id = account.stripe_account_id,
                           .period_start = account.settled_until,
                           .period_end = until};
    co_await ctx.tx.run(insert_payout, payout);
    jobs::Options once{.idempotency_key = "payouts.send:" + payout_id.to_string()};
    co_await jobs::enqueue(ctx, "payouts.send", SendPayout{payout_id}, std::move(once));
    co_return payout_id;
}

// The provider may have learnt enough of the owner meanwhile.
awaitable<bool> is_payable(Ctx& ctx, const AccountRow& account) {
    if (account.can_be_paid) co_return true;
    const auto payee = co_await checkout::find_payee(ctx, account.stripe_account_id);
    if (!payee || !payee->can_be_paid) co_return false;
    co_await ctx.tx.run(save_account, account.store_id, account.driver_id, account.stripe_account_id, true);
    co_return true;
}

awaitable<std::vector<PayoutId>> settle_if_due(Ctx& ctx, AccountRow account) {
    const PayoutSettings settings = co_await settings_of(ctx, {account.store_id, account.driver_id});
    const Timestamp until =
        co_await ctx.tx.one(find_period_end, settings.schedule, settings.weekday, settings.time_zone);
    std::vector<PayoutId> none;
    if (account.settled_until && *account.settled_until >= until) co_return none;
    const bool payable = co_await is_payable(ctx, account);
    if (!payable) co_return none;
    const std::int64_t begun = co_await ctx.tx.count(begin_period, account.id, until);
    if (begun == 0) co_return none;
    std::vector<PayoutId> payout_ids = co_await settle(ctx, account, settings, until);
    co_return payout_ids;
}

awaitable<std::vector<PayoutId>> settle_now(Ctx& ctx, AccountRow account) {
    const bool payable = co_await is_payable(ctx, account);
    std::vector<PayoutId> payout_ids;
    if (!payable) co_return payout_ids;
    const PayoutSettings settings = co_await settings_of(ctx, {account.store_id, account.driver_id});
    payout_ids = co_await settle(ctx, account, settings, ctx.now);
    co_return payout_ids;
}

using SettleOne = awaitable<std::vector<PayoutId>> (*)(Ctx&, AccountRow);

// Each in its own transaction: one that fails does not keep the others from their money.
awaitable<std::vector<PayoutId>> settle_each(Ctx& ctx, SettleOne one) {
    const std::vector<AccountRow> accounts = co_await ctx.tx.all(list_accounts);
    co_await ctx.commit();
    std::vector<PayoutId> all;
    for (const AccountRow& account : accounts) {
        std::string failure;
        try {
            const std::vector<PayoutId> payout_ids = co_await one(ctx, account);
            co_await ctx.commit();
            all.insert(all.end(), payout_ids.begin(), payout_ids.end());
        } catch (const std::exception& error) {
            failure = error.what();
        }
        if (failure.empty()) continue;
        log::error("no payout was made", {{"payout_account_id", account.id.to_string()}, {"error", failure}});
        co_await ctx.tx.rollback();
        ctx.emissions.clear();
    }
    co_return all;
}

}  // namespace

awaitable<PayoutSettings> settings_of(Ctx& ctx, const Recipient& recipient) {
    PayoutSettings settings = co_await ctx.tx.one(find_settings, recipient.store_id, recipient.driver_id);
    if (recipient.store_id) {
        const catalog::Store store = co_await catalog::get_store(ctx, *recipient.store_id);
        settings.time_zone = store.time_zone;
    }
    co_return settings;
}

awaitable<std::vector<PayoutId>> settle(Ctx& ctx, const AccountRow& account, const PayoutSettings& settings,
                                        Timestamp until) {
    const std::vector<ledger::Balance> balances =
        co_await ledger::list_open_balances(ctx, account_of(account), owner_of(account), until);
    std::vector<PayoutId> payout_ids;
    for (const ledger::Balance& balance : balances) {
        if (balance.amount_minor.minor < settings.minimum_minor) continue;
        const std::optional<PayoutId> payout_id =
            co_await settle_currency(ctx, account, settings, balance.currency, until);
        if (payout_id) payout_ids.push_back(*payout_id);
    }
    co_return payout_ids;
}

awaitable<std::vector<PayoutId>> settle_all(Ctx& ctx) {
    std::vector<PayoutId> payout_ids = co_await settle_each(ctx, settle_now);
    co_return payout_ids;
}

awaitable<void> schedule_payouts(Ctx& ctx, SchedulePayouts) {
    co_await settle_each(ctx, settle_if_due);
    const std::vector<PayoutId> due = co_await ctx.tx.all(list_due_retries);
    for (const PayoutId payout_id : due) {
        const std::int64_t moved = co_await ctx.tx.count(retry_payout, payout_id);
        if (moved == 1) co_await jobs::enqueue(ctx, "payouts.send", SendPayout{payout_id});
    }
}

}  // namespace liveshop::payouts
