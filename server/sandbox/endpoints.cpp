#include "sandbox/endpoints.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "sandbox/handlers.hpp"
#include "sandbox/wire.hpp"

namespace liveshop::sandbox {
namespace {

const std::vector<std::string_view> pages{"limit", "starting_after", "ending_before", "expand[]"};

std::vector<std::string_view> pages_and(std::string_view more) {
    std::vector<std::string_view> all = pages;
    all.push_back(more);
    return all;
}

const std::vector<std::string_view> transfer_pages{"limit",    "starting_after", "ending_before",
                                                   "expand[]", "destination",    "transfer_group"};

const std::vector<std::string_view> method_pages{"limit",    "starting_after", "ending_before",
                                                 "expand[]", "customer",       "type"};

const std::vector<Endpoint> table{
    {"POST",
     "/v1/payment_intents",
     false,
     {"amount", "currency", "capture_method", "confirm", "confirmation_method", "customer", "description",
      "error_on_requires_action", "expand[]", "metadata[*]", "off_session", "payment_method", "payment_method_types[]",
      "receipt_email", "return_url", "setup_future_usage", "statement_descriptor_suffix", "transfer_group"},
     create_intent},
    {"GET", "/v1/payment_intents", false, pages_and("customer"), list_intents},
    {"GET", "/v1/payment_intents/:id", true, {"client_secret", "expand[]"}, retrieve_intent},
    {"POST",
     "/v1/payment_intents/:id/confirm",
     false,
     {"payment_method", "return_url", "off_session", "error_on_requires_action", "expand[]"},
     confirm_intent},
    {"POST", "/v1/payment_intents/:id/capture", false, {"amount_to_capture", "expand[]"}, capture_intent},
    {"POST", "/v1/payment_intents/:id/cancel", false, {"cancellation_reason", "expand[]"}, cancel_intent},
    {"POST",
     "/v1/payment_methods",
     true,
     {"type", "card[number]", "card[exp_month]", "card[exp_year]", "card[cvc]", "card[token]", "billing_details[name]",
      "billing_details[email]", "billing_details[phone]", "metadata[*]", "expand[]"},
     create_method},
    {"GET", "/v1/payment_methods/:id", false, {"expand[]"}, retrieve_method},
    {"POST", "/v1/payment_methods/:id/attach", false, {"customer", "expand[]"}, attach_method},
    {"POST", "/v1/payment_methods/:id/detach", false, {"expand[]"}, detach_method},
    {"GET", "/v1/payment_methods", false, method_pages, list_methods},
    {"POST",
     "/v1/customers",
     false,
     {"email", "name", "phone", "description", "metadata[*]", "expand[]"},
     create_customer},
    {"GET", "/v1/customers/:id", false, {"expand[]"}, retrieve_customer},
    {"DELETE", "/v1/customers/:id", false, {}, delete_customer},
    {"GET", "/v1/customers/:id/payment_methods", false, pages_and("type"), list_methods_of_customer},
    {"GET", "/v1/charges/:id", false, {"expand[]"}, retrieve_charge},
    {"POST",
     "/v1/refunds",
     false,
     {"payment_intent", "charge", "amount", "reason", "metadata[*]", "expand[]"},
     create_refund},
    {"GET", "/v1/refunds/:id", false, {"expand[]"}, retrieve_refund},
    {"POST",
     "/v1/accounts",
     false,
     {"type", "country", "email", "capabilities[transfers][requested]", "metadata[*]", "expand[]"},
     create_account},
    {"GET", "/v1/accounts/:id", false, {"expand[]"}, retrieve_account},
    {"POST",
     "/v1/account_links",
     false,
     {"account", "type", "refresh_url", "return_url", "expand[]"},
     create_account_link},
    {"POST",
     "/v1/transfers",
     false,
     {"amount", "currency", "destination", "transfer_group", "description", "metadata[*]", "expand[]"},
     create_transfer},
    {"GET", "/v1/transfers", false, transfer_pages, list_transfers},
    {"GET", "/v1/transfers/:id", false, {"expand[]"}, retrieve_transfer},
    {"GET", "/v1/balance", false, {"expand[]"}, retrieve_balance},
    {"GET", "/v1/events", false, pages_and("type"), list_events},
    {"GET", "/v1/events/:id", false, {"expand[]"}, retrieve_event},
};

}  // namespace

std::span<const Endpoint> endpoints() { return table; }

std::optional<std::string> match(std::string_view pattern, std::string_view path) {
    const std::size_t colon = pattern.find(":id");
    if (colon == pattern.npos) return pattern == path ? std::optional<std::string>("") : std::nullopt;
    const std::string_view head = pattern.substr(0, colon), tail = pattern.substr(colon + 3);
    if (!path.starts_with(head) || !path.ends_with(tail) || path.size() <= head.size() + tail.size())
        return std::nullopt;
    const std::string_view id = path.substr(head.size(), path.size() - head.size() - tail.size());
    if (id.find('/') != id.npos) return std::nullopt;
    return std::string(id);
}

void check_expand(const Form& form) {
    constexpr std::array<std::string_view, 5> known{"latest_charge", "payment_method", "customer", "payment_intent",
                                                    "charge"};
    for (const std::string& property : form.list("expand"))
        if (std::ranges::find(known, property) == known.end())
            throw invalid_parameter("expand", "", fmt::format("This property cannot be expanded ({}).", property));
}

void expand(json::object& answer, const Form& form, Payments& payments) {
    const Store& store = payments.store();
    for (const std::string& property : form.list("expand")) {
        json::value* place = answer.if_contains(property);
        if (!place || !place->is_string()) continue;
        const std::string_view id = place->get_string();
        if (const auto* charge = store.find<Charge>(id))
            *place = to_wire(*charge, store);
        else if (const auto* method = store.find<PaymentMethod>(id))
            *place = to_wire(*method);
        else if (const auto* customer = store.find<Customer>(id))
            *place = to_wire(*customer);
        else if (const auto* intent = store.find<PaymentIntent>(id))
            *place = payments.wire(*intent);
    }
}

}  // namespace liveshop::sandbox
