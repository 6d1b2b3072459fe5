#pragma once
// How payments change, each time under the locks of their orders.
#include "modules/checkout/payment_store.hpp"
#include "modules/checkout/rules.hpp"
#include "platform/context.hpp"

namespace liveshop::checkout {

/// What the provider said of one payment.
struct Answered {
    PaymentRow payment;  ///< as it was when the provider was asked
    PaymentEvent event = PaymentEvent::decline;
    PaymentAnswer answer;
};

/// checkout.finish_attempt
struct FinishAttempt {
    AttemptId attempt_id;
};
BOOST_DESCRIBE_STRUCT(FinishAttempt, (), (attempt_id))

/// checkout.void_payment
struct VoidPayment {
    PaymentId payment_id;
};
BOOST_DESCRIBE_STRUCT(VoidPayment, (), (payment_id))

/// Writes the answers down and draws the conclusion for the attempt's orders: all are paid, or what was authorized of
/// them is released. Answers nothing while the provider still owes an answer.
awaitable<std::optional<Outcome>> record_answers(Ctx& ctx, AttemptId attempt_id, std::vector<Answered> answers);

/// Gives up what is authorized, or may yet be, of these orders, whose locks the caller holds; a job tells the provider.
/// Throws payment_in_progress while an answer is awaited.
awaitable<void> release_payments(Ctx& ctx, std::vector<OrderId> order_ids);

/// The caller's locked order is paid: whoever should know is told.
awaitable<void> mark_paid(Ctx& ctx, OrderId order_id);

}  // namespace liveshop::checkout
