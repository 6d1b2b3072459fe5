#pragma once
// When who is paid how much.
#include "modules/payouts/store.hpp"
#include "platform/context.hpp"

namespace liveshop::payouts {

/// payouts.send
struct SendPayout {
    PayoutId payout_id;
};
BOOST_DESCRIBE_STRUCT(SendPayout, (), (payout_id))

struct SchedulePayouts {};
BOOST_DESCRIBE_STRUCT(SchedulePayouts, (), ())

awaitable<PayoutSettings> settings_of(Ctx& ctx, const Recipient& recipient);

/// Writes a payout for each currency in which enough is owed to the account's owner by entries before `until`, and a
/// job that sends it. Answers their ids.
awaitable<std::vector<PayoutId>> settle(Ctx& ctx, const AccountRow& account, const PayoutSettings& settings,
                                        Timestamp until);

/// The same for every account of the tenant, now, whatever its schedule: each in its own transaction.
awaitable<std::vector<PayoutId>> settle_all(Ctx& ctx);

// Jobs
/// Whose day or week has ended is paid; what was refused is tried again.
awaitable<void> schedule_payouts(Ctx& ctx, SchedulePayouts in);
/// Moves the money and books it: never twice, whatever dies in between.
awaitable<void> send_payout(Ctx& ctx, SendPayout in);

}  // namespace liveshop::payouts
