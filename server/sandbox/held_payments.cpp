// What may follow an authorization: capture, cancel, refund. And cards kept for the next one.
#include <fmt/format.h>

#include "sandbox/payments.hpp"
#include "sandbox/wire.hpp"

namespace liveshop::sandbox {
using enum IntentStatus;

void Payments::capture(PaymentIntent& intent, std::optional<std::int64_t> amount) {
    if (intent.status == succeeded)
        throw unexpected_state("This PaymentIntent could not be captured because it has already been captured.",
                               wire(intent));
    if (intent.status != requires_capture)
        throw unexpected_state(
            fmt::format("This PaymentIntent could not be captured because it has a status of {}. Only a PaymentIntent "
                        "with one of the following statuses may be captured: requires_capture.",
                        name_of(intent.status)),
            wire(intent));
    const std::int64_t taken = amount.value_or(intent.amount_capturable);
    if (taken < 1)
        throw invalid_parameter("amount_to_capture", "parameter_invalid_integer",
                                "This value must be greater than or equal to 1.");
    if (taken > intent.amount_capturable)
        throw invalid_parameter("amount_to_capture", "amount_too_large",
                                fmt::format("The amount to capture ({}) is greater than the capturable amount ({}).",
                                            taken, intent.amount_capturable));
    Charge charge = this->charge(*intent.latest_charge, "charge", false);
    charge.captured = true;
    charge.amount_captured = taken;
    charge.capture_before = 0;
    store_.save(charge);
    move(intent, IntentEvent::capture);
    intent.amount_received = taken;
    intent.amount_capturable = 0;
    store_.save(intent);
    record("charge.captured", to_wire(charge, store_));
    record("payment_intent.succeeded", wire(intent));
}

void Payments::cancel(PaymentIntent& intent, std::optional<std::string> reason) {
    if (!intent_machine.next(intent.status, IntentEvent::cancel))
        throw unexpected_state(
            fmt::format("You cannot cancel this PaymentIntent because it has a status of {}. Only a PaymentIntent with "
                        "one of the following statuses may be canceled: requires_payment_method, requires_capture, "
                        "requires_confirmation, requires_action.",
                        name_of(intent.status)),
            wire(intent));
    close(intent, reason.value_or(""));
}

void Payments::close(PaymentIntent& intent, std::string reason) {
    if (intent.status == requires_capture) {
        Charge charge = this->charge(*intent.latest_charge, "charge", false);
        charge.amount_refunded = charge.amount;
        charge.capture_before = 0;
        store_.save(charge);
        record("charge.refunded", to_wire(charge, store_));
    }
    move(intent, IntentEvent::cancel);
    intent.amount_capturable = 0;
    intent.canceled_at = now();
    if (!reason.empty()) intent.cancellation_reason = std::move(reason);
    store_.save(intent);
    record("payment_intent.canceled", wire(intent));
}

Refund Payments::refund(Charge charge, std::optional<std::int64_t> amount, std::optional<std::string> reason,
                        json::value metadata) {
    const std::int64_t left = charge.amount_captured - charge.amount_refunded;
    if (!charge.captured)
        throw Refusal{.code = "charge_not_refundable",
                      .message = fmt::format("Charge {} has not been captured: cancel its PaymentIntent.", charge.id)};
    if (left == 0)
        throw Refusal{.code = "charge_already_refunded",
                      .message = fmt::format("Charge {} has already been refunded.", charge.id)};
    const std::int64_t given = amount.value_or(left);
    if (given < 1 || given > left)
        throw invalid_parameter(
            "amount", given < 1 ? "parameter_invalid_integer" : "amount_too_large",
            fmt::format("Refund amount ({}) must be within 1 and the unrefunded amount ({}).", given, left));
    charge.amount_refunded += given;
    store_.save(charge);
    Refund refund{.id = make_id("re_"),
                  .payment_intent = charge.payment_intent,
                  .charge = charge.id,
                  .currency = charge.currency,
                  .created = now(),
                  .amount = given,
                  .reason = std::move(reason),
                  .metadata = std::move(metadata)};
    store_.save(refund);
    record("refund.created", to_wire(refund));
    record("charge.refunded", to_wire(charge, store_));
    return refund;
}

void Payments::attach(PaymentMethod& method, const Customer& customer) {
    if (method.customer && *method.customer != customer.id)
        throw Refusal{.message = "This PaymentMethod is attached to another Customer."};
    if (method.used && !method.customer)
        throw Refusal{.message =
                          "This PaymentMethod was previously used without being attached to a Customer or was "
                          "detached from a Customer, and may not be used again."};
    const std::optional<Decline> refused = decline_of(method.card.behaviour);
    const bool later =
        method.card.behaviour == CardBehaviour::decline_after_attaching || needs_authentication(method.card.behaviour);
    if (refused && !later)
        throw Refusal{.status = 402,
                      .type = "card_error",
                      .code = std::string(refused->code),
                      .message = std::string(refused->message),
                      .decline_code = std::string(refused->decline_code)};
    method.customer = customer.id;
    store_.save(method);
    record("payment_method.attached", to_wire(method));
}

void Payments::detach(PaymentMethod& method) {
    if (!method.customer)
        throw Refusal{.message =
                          "The payment method you provided is not attached to a customer so detachment is impossible."};
    method.customer.reset();
    method.used = true;
    store_.save(method);
    record("payment_method.detached", to_wire(method));
}

void Payments::forget(Customer customer) {
    std::vector<PaymentMethod> attached;
    for (const PaymentMethod& method : store_.all<PaymentMethod>())
        if (method.customer == customer.id) attached.push_back(method);
    for (PaymentMethod& method : attached) detach(method);
    record("customer.deleted", to_wire(customer));
    customer = {.id = customer.id, .created = customer.created, .metadata = json::object(), .deleted = true};
    store_.save(customer);
}

}  // namespace liveshop::sandbox
