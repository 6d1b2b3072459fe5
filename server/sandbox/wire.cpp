#include "sandbox/wire.hpp"

#include <fmt/format.h>

namespace liveshop::sandbox {
namespace {

template <class T>
json::value or_null(const std::optional<T>& value) {
    return value ? json::value(*value) : json::value();
}

json::value or_null(const std::string& value) { return value.empty() ? json::value() : json::value(value); }

json::object card_details(const Card& card) {
    return {
        {"brand", card.brand},
        {"checks", {{"address_line1_check", nullptr}, {"address_postal_code_check", nullptr}, {"cvc_check", "pass"}}},
        {"country", "US"},
        {"display_brand", card.brand},
        {"exp_month", card.exp_month},
        {"exp_year", card.exp_year},
        {"funding", "credit"},
        {"last4", card.last4},
        {"networks", {{"available", {card.brand}}, {"preferred", nullptr}}},
        {"three_d_secure_usage", {{"supported", true}}},
        {"wallet", nullptr}};
}

json::object billing_details(const PaymentMethod& method) {
    return {{"address",
             {{"city", nullptr},
              {"country", nullptr},
              {"line1", nullptr},
              {"line2", nullptr},
              {"postal_code", nullptr},
              {"state", nullptr}}},
            {"email", or_null(method.email)},
            {"name", or_null(method.name)},
            {"phone", or_null(method.phone)}};
}

json::value next_action(const PaymentIntent& intent, std::string_view sandbox_url) {
    if (intent.status != IntentStatus::requires_action) return nullptr;
    const std::string url = challenge_url(intent, sandbox_url);
    if (!intent.return_url)
        return json::object{{"type", "use_stripe_sdk"},
                            {"use_stripe_sdk", {{"type", "three_d_secure_redirect"}, {"stripe_js", url}}}};
    return json::object{{"type", "redirect_to_url"},
                        {"redirect_to_url", {{"url", url}, {"return_url", *intent.return_url}}}};
}

json::value last_payment_error(const PaymentIntent& intent, const Store& store) {
    if (!intent.last_payment_error) return nullptr;
    const PaymentError& error = *intent.last_payment_error;
    json::object out{{"type", error.type}, {"code", error.code}, {"message", error.message}};
    if (error.decline_code) out["decline_code"] = *error.decline_code;
    if (error.charge) out["charge"] = *error.charge;
    const PaymentMethod* method = error.payment_method ? store.find<PaymentMethod>(*error.payment_method) : nullptr;
    if (method) out["payment_method"] = to_wire(*method);
    return out;
}

json::object outcome(const Charge& charge) {
    if (!charge.failure_code)
        return {{"network_status", "approved_by_network"},
                {"reason", nullptr},
                {"risk_level", "normal"},
                {"seller_message", "Payment complete."},
                {"type", "authorized"}};
    return {{"network_status", "declined_by_network"},
            {"reason", or_null(charge.decline_code)},
            {"risk_level", "normal"},
            {"seller_message", "The bank returned a decline."},
            {"type", "issuer_declined"}};
}

}  // namespace

std::string challenge_url(const PaymentIntent& intent, std::string_view sandbox_url) {
    return fmt::format("{}/challenge/{}?client_secret={}", sandbox_url, intent.id, intent.client_secret);
}

json::object to_wire(const Customer& customer) {
    return {{"id", customer.id},
            {"object", "customer"},
            {"balance", 0},
            {"created", customer.created},
            {"currency", nullptr},
            {"default_source", nullptr},
            {"delinquent", false},
            {"description", or_null(customer.description)},
            {"email", or_null(customer.email)},
            {"livemode", false},
            {"metadata", customer.metadata},
            {"name", or_null(customer.name)},
            {"phone", or_null(customer.phone)},
            {"shipping", nullptr}};
}

json::object to_wire(const PaymentMethod& method) {
    return {{"id", method.id},
            {"object", "payment_method"},
            {"billing_details", billing_details(method)},
            {"card", card_details(method.card)},
            {"created", method.created},
            {"customer", or_null(method.customer)},
            {"livemode", false},
            {"metadata", method.metadata},
            {"type", "card"}};
}

json::object to_wire(const Refund& refund) {
    return {{"id", refund.id},
            {"object", "refund"},
            {"amount", refund.amount},
            {"balance_transaction", nullptr},
            {"charge", refund.charge},
            {"created", refund.created},
            {"currency", refund.currency},
            {"metadata", refund.metadata},
            {"payment_intent", or_null(refund.payment_intent)},
            {"reason", or_null(refund.reason)},
            {"status", "succeeded"}};
}

json::object to_wire(const Event& event) {
    return {{"id", event.id},
            {"object", "event"},
            {"api_version", nullptr},
            {"created", event.created},
            {"data", {{"object", event.object}}},
            {"livemode", false},
            {"pending_webhooks", event.pending_webhooks},
            {"request", {{"id", or_null(event.request)}, {"idempotency_key", nullptr}}},
            {"type", event.type}};
}

json::object to_wire(const Charge& charge, const Store& store) {
    json::object details{{"type", "card"}};
    json::object billing;
    if (const PaymentMethod* method = store.find<PaymentMethod>(charge.payment_method)) {
        json::object card = card_details(method->card);
        if (charge.capture_before != 0) card["capture_before"] = charge.capture_before;
        details["card"] = std::move(card);
        billing = billing_details(*method);
    }
    return {{"id", charge.id},
            {"object", "charge"},
            {"amount", charge.amount},
            {"amount_captured", charge.amount_captured},
            {"amount_refunded", charge.amount_refunded},
            {"balance_transaction", nullptr},
            {"billing_details", std::move(billing)},
            {"captured", charge.captured},
            {"created", charge.created},
            {"currency", charge.currency},
            {"customer", or_null(charge.customer)},
            {"disputed", false},
            {"failure_code", or_null(charge.failure_code)},
            {"failure_message", or_null(charge.failure_message)},
            {"livemode", false},
            {"metadata", charge.metadata},
            {"outcome", outcome(charge)},
            {"paid", !charge.failure_code},
            {"payment_intent", charge.payment_intent},
            {"payment_method", charge.payment_method},
            {"payment_method_details", std::move(details)},
            {"refunded", charge.amount_captured > 0 && charge.amount_refunded == charge.amount_captured},
            {"status", charge.failure_code ? "failed" : "succeeded"}};
}

json::object to_wire(const PaymentIntent& intent, const Store& store, std::string_view sandbox_url) {
    return {{"id", intent.id},
            {"object", "payment_intent"},
            {"amount", intent.amount},
            {"amount_capturable", intent.amount_capturable},
            {"amount_details", {{"tip", json::object()}}},
            {"amount_received", intent.amount_received},
            {"application", nullptr},
            {"application_fee_amount", nullptr},
            {"automatic_payment_methods", nullptr},
            {"canceled_at", or_null(intent.canceled_at)},
            {"cancellation_reason", or_null(intent.cancellation_reason)},
            {"capture_method", name_of(intent.capture_method)},
            {"client_secret", intent.client_secret},
            {"confirmation_method", "automatic"},
            {"created", intent.created},
            {"currency", intent.currency},
            {"customer", or_null(intent.customer)},
            {"description", or_null(intent.description)},
            {"last_payment_error", last_payment_error(intent, store)},
            {"latest_charge", or_null(intent.latest_charge)},
            {"livemode", false},
            {"metadata", intent.metadata},
            {"next_action", next_action(intent, sandbox_url)},
            {"on_behalf_of", nullptr},
            {"payment_method", or_null(intent.payment_method)},
            {"payment_method_options", {{"card", {{"request_three_d_secure", "automatic"}}}}},
            {"payment_method_types", json::value_from(intent.payment_method_types)},
            {"processing", nullptr},
            {"receipt_email", or_null(intent.receipt_email)},
            {"review", nullptr},
            {"setup_future_usage", or_null(intent.setup_future_usage)},
            {"shipping", nullptr},
            {"statement_descriptor", nullptr},
            {"statement_descriptor_suffix", or_null(intent.statement_descriptor_suffix)},
            {"status", name_of(intent.status)},
            {"transfer_data", nullptr},
            {"transfer_group", or_null(intent.transfer_group)}};
}

}  // namespace liveshop::sandbox
