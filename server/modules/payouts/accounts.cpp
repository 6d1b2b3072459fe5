#include "modules/catalog/api.hpp"
#include "modules/checkout/api.hpp"
#include "modules/identity/api.hpp"
#include "modules/ledger/api.hpp"
#include "modules/payouts/handlers.hpp"
#include "modules/payouts/schedule.hpp"

namespace liveshop::payouts {
namespace {

// A driver speaks for himself, an owner for a store of his own.
awaitable<Recipient> recipient_of(Ctx& ctx, std::optional<StoreId> store_id) {
    if (ctx.is(Role::driver)) co_return Recipient{std::nullopt, ctx.user()};
    if (!store_id) throw Fail(Errc::store_required);
    const catalog::Store store = co_await catalog::get_store(ctx, *store_id);
    if (store.owner_id != ctx.user()) throw Fail(catalog::Errc::not_your_store);
    co_return Recipient{store_id, std::nullopt};
}

awaitable<PayoutAccount> account_of(Ctx& ctx, const Recipient& recipient) {
    PayoutAccount account;
    account.settings = co_await settings_of(ctx, recipient);
    const std::optional<AccountRow> row = co_await ctx.tx.find(find_account, recipient.store_id, recipient.driver_id);
    account.is_open = row.has_value();
    account.can_be_paid = row && row->can_be_paid;
    const ledger::Account books = recipient.store_id ? ledger::Account::store_payable : ledger::Account::driver_payable;
    const Uuid owner = recipient.store_id ? recipient.store_id->value : recipient.driver_id->value;
    account.open_balances = co_await ledger::list_open_balances(ctx, books, owner, ctx.now);
    co_return account;
}

[[noreturn]] void refuse(const checkout::PayeeError& error) {
    if (error.is_final) throw Fail(Errc::account_refused, error.message);
    throw Fail(Errc::provider_unavailable);
}

awaitable<std::string> country_of(Ctx& ctx, const Recipient& recipient) {
    if (!recipient.store_id) co_return std::string();
    const catalog::Store store = co_await catalog::get_store(ctx, *recipient.store_id);
    co_return store.address.country.value;
}

// The one there is, as the provider sees it now, or a new one.
awaitable<checkout::Payee> open(Ctx& ctx, const Recipient& recipient) {
    const std::optional<AccountRow> row = co_await ctx.tx.find(find_account, recipient.store_id, recipient.driver_id);
    const identity::User user = co_await identity::get_user(ctx, ctx.user());
    const std::string country = co_await country_of(ctx, recipient);
    const Uuid owner = recipient.store_id ? recipient.store_id->value : recipient.driver_id->value;
    auto payee = row ? co_await checkout::find_payee(ctx, row->stripe_account_id)
                     : co_await checkout::create_payee(ctx, user.email, country, owner.to_string());
    if (!payee) refuse(payee.error());
    co_await ctx.tx.run(save_account, recipient.store_id, recipient.driver_id, payee->account_id, payee->can_be_paid);
    co_await ctx.commit();
    co_return std::move(*payee);
}

awaitable<void> check_time_zone(Ctx& ctx, const PayoutSettingsChange& in) {
    if (!in.time_zone) co_return;
    const bool known = co_await ctx.tx.one(is_time_zone, in.time_zone->value);
    if (!known) throw Invalid({{"/time_zone", "must be the name of a time zone, such as Europe/Berlin"}});
}

}  // namespace

awaitable<PayoutAccount> show_payout_account(Ctx& ctx, PayoutAccountOf in) {
    const Recipient recipient = co_await recipient_of(ctx, in.store_id);
    PayoutAccount account = co_await account_of(ctx, recipient);
    co_return account;
}

awaitable<PayoutAccount> open_payout_account(Ctx& ctx, PayoutAccountOf in) {
    const Recipient recipient = co_await recipient_of(ctx, in.store_id);
    const checkout::Payee payee = co_await open(ctx, recipient);
    std::optional<std::string> onboarding_url;
    if (!payee.can_be_paid) {
        const std::string page = recipient.store_id ? "/store/payouts" : "/driver/earnings";
        auto link = co_await checkout::link_payee(ctx, payee.account_id, page);
        if (!link) refuse(link.error());
        onboarding_url = std::move(*link);
    }
    PayoutAccount account = co_await account_of(ctx, recipient);
    account.onboarding_url = std::move(onboarding_url);
    co_return account;
}

awaitable<PayoutSettings> change_my_payout_settings(Ctx& ctx, OwnPayoutSettingsChange in) {
    const Recipient recipient = co_await recipient_of(ctx, in.store_id);
    co_await check_time_zone(ctx, in);
    co_await ctx.tx.run(save_settings, recipient.store_id, recipient.driver_id,
                        static_cast<const PayoutSettingsChange&>(in));
    PayoutSettings settings = co_await settings_of(ctx, recipient);
    co_return settings;
}

awaitable<PayoutSettings> show_payout_settings(Ctx& ctx) {
    PayoutSettings settings = co_await settings_of(ctx, {});
    co_return settings;
}

awaitable<PayoutSettings> change_payout_settings(Ctx& ctx, PayoutSettingsChange in) {
    co_await check_time_zone(ctx, in);
    co_await ctx.tx.run(save_settings, std::nullopt, std::nullopt, in);
    PayoutSettings settings = co_await settings_of(ctx, {});
    co_return settings;
}

}  // namespace liveshop::payouts
