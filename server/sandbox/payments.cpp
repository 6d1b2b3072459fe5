#include "sandbox/payments.hpp"

#include <fmt/format.h>
#include <openssl/rand.h>

#include "sandbox/wire.hpp"

namespace liveshop::sandbox {
using enum IntentStatus;

namespace {

constexpr Decline authentication_required{"authentication_required", "authentication_required",
                                          "Your card was declined. This transaction requires authentication."};

}  // namespace

std::string make_id(std::string_view prefix) {
    constexpr std::string_view alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    std::array<unsigned char, 24> bytes;
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1)
        throw std::runtime_error("the system gives no random bytes");
    std::string id(prefix);
    for (const unsigned char byte : bytes) id += alphabet[byte % alphabet.size()];
    return id;
}

Payments::Payments(Store& store, Clock clock, std::string sandbox_url)
    : store_(store), clock_(std::move(clock)), sandbox_url_(std::move(sandbox_url)) {}

PaymentIntent Payments::intent(std::string_view id) {
    const PaymentIntent* found = store_.find<PaymentIntent>(id);
    if (!found) throw no_such("payment_intent", id, "intent", true);
    PaymentIntent intent = *found;
    if (intent.status == processing && intent.settles_at && *intent.settles_at <= now()) {
        intent.settles_at.reset();
        try {
            settle(intent, method(*intent.payment_method, true));
        } catch (const Refusal&) {
            // Saved in the intent's last_payment_error, which is where a late decline is seen.
        }
    } else if (intent.status == requires_capture) {
        const Charge* held = store_.find<Charge>(*intent.latest_charge);
        if (held->capture_before <= now()) close(intent, "automatic");
    }
    return intent;
}

Charge Payments::charge(std::string_view id, std::string_view param, bool in_path) const {
    const Charge* found = store_.find<Charge>(id);
    if (!found) throw no_such("charge", id, param, in_path);
    return *found;
}

Customer Payments::customer(std::string_view id, std::string_view param, bool in_path) const {
    const Customer* found = store_.find<Customer>(id);
    if (!found) throw no_such("customer", id, param, in_path);
    return *found;
}

PaymentMethod Payments::method(std::string_view id, bool in_path) const {
    const PaymentMethod* found = store_.find<PaymentMethod>(id);
    if (!found) throw no_such("PaymentMethod", id, "payment_method", in_path);
    return *found;
}

PaymentMethod Payments::method_or_token(std::string_view id) {
    const std::optional<Card> card = card_of_token(id, now());
    if (!card) return method(id, false);
    PaymentMethod method{.id = make_id("pm_"), .created = now(), .card = *card, .metadata = json::object()};
    store_.save(method);
    return method;
}

void Payments::move(PaymentIntent& intent, IntentEvent event) {
    const IntentStatus* next = intent_machine.next(intent.status, event);
    if (!next) throw std::logic_error(fmt::format("{} from {}", name_of(event), name_of(intent.status)));
    intent.status = *next;
}

json::object Payments::wire(const PaymentIntent& intent) const { return to_wire(intent, store_, sandbox_url_); }

void Payments::record(std::string_view event_type, json::value object) {
    store_.save(Event{.id = make_id("evt_"),
                      .type = std::string(event_type),
                      .created = now(),
                      .pending_webhooks = webhooks_wanted ? 1 : 0,
                      .request = request_id,
                      .object = std::move(object)});
}

void Payments::create(PaymentIntent& intent) {
    if (intent.payment_method) move(intent, IntentEvent::give_method);
    store_.save(intent);
    record("payment_intent.created", wire(intent));
}

void Payments::confirm(PaymentIntent& intent, const Confirmation& confirmation) {
    if (intent.status == succeeded)
        throw unexpected_state(
            "You cannot confirm this PaymentIntent because it has already succeeded after being "
            "previously confirmed.",
            wire(intent));
    if (intent.status == canceled || intent.status == requires_capture || intent.status == processing)
        throw unexpected_state(
            fmt::format("You cannot confirm this PaymentIntent because it has a status of {}. Only a PaymentIntent "
                        "with one of the following statuses may be confirmed: requires_confirmation, requires_action.",
                        name_of(intent.status)),
            wire(intent));
    if (!confirmation.payment_method && !intent.payment_method)
        throw unexpected_state(
            "You cannot confirm this PaymentIntent because it's missing a payment method. Confirm "
            "it again with a payment method.",
            wire(intent));
    PaymentMethod method = confirmation.payment_method ? method_or_token(*confirmation.payment_method)
                                                       : this->method(*intent.payment_method, false);
    if (method.used && !method.customer)
        throw Refusal{.message =
                          "The provided PaymentMethod was previously used with a PaymentIntent without Customer "
                          "attachment, shared with a connected account without Customer attachment, or was "
                          "detached from a Customer. It may not be used again. To use a PaymentMethod multiple "
                          "times, you must attach it to a Customer first."};
    if (method.customer && method.customer != intent.customer)
        throw invalid_parameter("payment_method", "",
                                fmt::format("The PaymentMethod {} belongs to a Customer: the PaymentIntent must name "
                                            "the same customer.",
                                            method.id));
    method.used = true;
    store_.save(method);
    intent.payment_method = method.id;
    if (confirmation.return_url) intent.return_url = confirmation.return_url;
    intent.last_payment_error.reset();

    if (needs_authentication(method.card.behaviour)) {
        if (confirmation.refuse_authentication) decline(intent, method, authentication_required);
        move(intent, IntentEvent::challenge);
        store_.save(intent);
        record("payment_intent.requires_action", wire(intent));
    } else if (delay_next > 0) {
        --delay_next;
        move(intent, IntentEvent::delay);
        intent.settles_at = now() + processing_s;
        store_.save(intent);
        record("payment_intent.processing", wire(intent));
    } else {
        settle(intent, method);
    }
}

void Payments::authenticate(PaymentIntent& intent, bool passed) {
    if (intent.status != requires_action) return;
    const PaymentMethod method = this->method(*intent.payment_method, false);
    if (passed) {
        try {
            settle(intent, method);
        } catch (const Refusal&) {
            // The customer learns it from the intent, as with Stripe.
        }
        return;
    }
    move(intent, IntentEvent::decline);
    intent.payment_method.reset();
    intent.last_payment_error =
        PaymentError{.type = "invalid_request_error",
                     .code = "payment_intent_authentication_failure",
                     .message =
                         "The provided PaymentMethod has failed authentication. You can provide "
                         "payment_method_data or a new PaymentMethod to attempt to fulfill this PaymentIntent "
                         "again.",
                     .payment_method = method.id};
    store_.save(intent);
    record("payment_intent.payment_failed", wire(intent));
}

void Payments::settle(PaymentIntent& intent, const PaymentMethod& method) {
    if (const std::optional<Decline> refused = decline_of(method.card.behaviour)) decline(intent, method, *refused);
    authorize(intent, method);
}

void Payments::authorize(PaymentIntent& intent, const PaymentMethod& method) {
    const bool manual = intent.capture_method == CaptureMethod::manual;
    Charge charge{.id = make_id("ch_"),
                  .payment_intent = intent.id,
                  .payment_method = method.id,
                  .currency = intent.currency,
                  .created = now(),
                  .amount = intent.amount,
                  .amount_captured = manual ? 0 : intent.amount,
                  .captured = !manual,
                  .capture_before = manual ? now() + authorization_s : 0,
                  .customer = intent.customer,
                  .metadata = intent.metadata};
    store_.save(charge);
    intent.latest_charge = charge.id;
    move(intent, manual ? IntentEvent::authorize : IntentEvent::pay);
    (manual ? intent.amount_capturable : intent.amount_received) = intent.amount;
    store_.save(intent);
    record("charge.succeeded", to_wire(charge, store_));
    record(manual ? "payment_intent.amount_capturable_updated" : "payment_intent.succeeded", wire(intent));
}

void Payments::decline(PaymentIntent& intent, const PaymentMethod& method, const Decline& decline) {
    Charge charge{.id = make_id("ch_"),
                  .payment_intent = intent.id,
                  .payment_method = method.id,
                  .currency = intent.currency,
                  .created = now(),
                  .amount = intent.amount,
                  .customer = intent.customer,
                  .failure_code = std::string(decline.code),
                  .failure_message = std::string(decline.message),
                  .decline_code = std::string(decline.decline_code),
                  .metadata = intent.metadata};
    store_.save(charge);
    move(intent, IntentEvent::decline);
    intent.latest_charge = charge.id;
    intent.payment_method.reset();
    intent.last_payment_error = PaymentError{.type = "card_error",
                                             .code = *charge.failure_code,
                                             .message = *charge.failure_message,
                                             .decline_code = charge.decline_code,
                                             .charge = charge.id,
                                             .payment_method = method.id};
    store_.save(intent);
    record("charge.failed", to_wire(charge, store_));
    record("payment_intent.payment_failed", wire(intent));
    throw Refusal{.status = 402,
                  .type = "card_error",
                  .code = *charge.failure_code,
                  .message = *charge.failure_message,
                  .decline_code = *charge.decline_code,
                  .charge = charge.id,
                  .payment_intent = wire(intent),
                  .payment_method = to_wire(method)};
}

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

}  // namespace liveshop::sandbox
