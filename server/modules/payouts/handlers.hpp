#pragma once
// The handlers behind routes.cpp, by subject.
#include "modules/payouts/requests.hpp"
#include "platform/context.hpp"

namespace liveshop::payouts {

// lookups.cpp
awaitable<PayoutList> list_my_payouts(Ctx& ctx);
awaitable<PayoutDetail> show_payout(Ctx& ctx, PayoutOf in);
awaitable<PayoutList> list_all_payouts(Ctx& ctx, PayoutsQuery in);

// accounts.cpp
awaitable<PayoutAccount> show_payout_account(Ctx& ctx, PayoutAccountOf in);
awaitable<PayoutAccount> open_payout_account(Ctx& ctx, PayoutAccountOf in);
awaitable<PayoutSettings> change_my_payout_settings(Ctx& ctx, OwnPayoutSettingsChange in);
awaitable<PayoutSettings> show_payout_settings(Ctx& ctx);
awaitable<PayoutSettings> change_payout_settings(Ctx& ctx, PayoutSettingsChange in);

// administration.cpp
awaitable<Payout> retry_failed_payout(Ctx& ctx, PayoutOf in);
awaitable<PayoutList> run_payouts(Ctx& ctx);

}  // namespace liveshop::payouts
