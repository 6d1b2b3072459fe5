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
    if (!found || found->deleted) throw no_such("customer", id, param, in_path);
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

}  // namespace liveshop::sandbox
