#pragma once
// Authorized money becomes captured money when a driver has the order; or it is let go, and never both.
#include "modules/checkout/order_store.hpp"
#include "modules/checkout/payment_store.hpp"
#include "modules/checkout/settlement.hpp"
#include "platform/jobs/jobs.hpp"

namespace liveshop::checkout {

/// The job behind a pick-up. Once per order: its key, the provider's key and the order's own status each see to it.
/// Throws capture_pending where the provider's answer is not known.
awaitable<void> capture(Ctx& ctx, CaptureOrder in);

/// Writes down that a locked order's money was captured, unless that is written down already.
awaitable<void> record_capture(Ctx& ctx, OrderState& order, std::optional<PaymentId> payment_id);
/// Writes down that the hold on the card has ended before it was captured: what nobody carries yet is cancelled.
awaitable<void> record_end_of_hold(Ctx& ctx, OrderState& order, const PaymentRow& payment, std::string code);

/// Looks for authorizations that end soon.
jobs::Table capture_jobs();

}  // namespace liveshop::checkout
