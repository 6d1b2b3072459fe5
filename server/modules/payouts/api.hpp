#pragma once
// What other modules may know of payouts. Facts to subscribe to, each with a PayoutFact: payouts.payout_completed,
// payouts.payout_failed.
#include "modules/payouts/types.hpp"
#include "platform/context.hpp"

namespace liveshop::payouts {

/// Asks nobody for leave: the caller has. Throws payout_not_found.
awaitable<Payout> get_payout(Ctx& ctx, PayoutId payout_id);

}  // namespace liveshop::payouts
