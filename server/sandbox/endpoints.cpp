#include "sandbox/endpoints.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sandbox/wire.hpp"

namespace liveshop::sandbox {
namespace {

constexpr std::int64_t amount_max = 99'999'999;
constexpr std::int64_t amount_min = 50;

json::object metadata_of(const Form& form) {
    json::object metadata;
    for (auto& [key, value] : form.map("metadata")) {
        if (key.size() > 40 || value.size() > 500 || metadata.size() == 50)
            throw invalid_parameter("metadata", "parameter_invalid_string",
                                    "Metadata holds 50 keys of 40 characters with values of 500 characters.");
        metadata[key] = value;
    }
    return metadata;
}

std::string currency_of(const Form& form) {
    const std::string currency = form.required_text("currency");
    const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
    if (currency.size() != 3 || !std::ranges::all_of(currency, is_letter))
        throw invalid_parameter("currency", "", fmt::format("Invalid currency: {}.", currency));
    return currency;
}

std::int64_t amount_of(const Form& form) {
    const std::int64_t amount = form.required_integer("amount");
    if (amount < 1)
        throw invalid_parameter("amount", "parameter_invalid_integer",
                                "This value must be greater than or equal to 1.");
    if (amount < amount_min)
        throw invalid_parameter("amount", "amount_too_small", "Amount must be at least 50 minor units.");
    if (amount > amount_max)
        throw invalid_parameter("amount", "amount_too_large", "Amount must be no more than 99999999 minor units.");
    return amount;
}

template <Enum E>
std::optional<E> choice(const Form& form, std::string_view name) {
    const std::optional<std::string> text = form.text(name);
    if (!text) return std::nullopt;
    const std::optional<E> value = enum_named<E>(*text);
    if (value) return value;
    std::string known;
    each_value<E>(
        [&](std::string_view candidate, E) { known += (known.empty() ? "" : ", ") + std::string(candidate); });
    throw invalid_parameter(name, "", fmt::format("Invalid {}: must be one of {}", name, known));
}

enum class CancellationReason { duplicate, fraudulent, requested_by_customer, abandoned };
BOOST_DESCRIBE_ENUM(CancellationReason, duplicate, fraudulent, requested_by_customer, abandoned)
enum class RefundReason { duplicate, fraudulent, requested_by_customer };
BOOST_DESCRIBE_ENUM(RefundReason, duplicate, fraudulent, requested_by_customer)
enum class ConfirmationMethod { automatic };
BOOST_DESCRIBE_ENUM(ConfirmationMethod, automatic)
enum class FutureUsage { off_session, on_session };
BOOST_DESCRIBE_ENUM(FutureUsage, off_session, on_session)
enum class MethodType { card };
BOOST_DESCRIBE_ENUM(MethodType, card)

template <Enum E>
std::optional<std::string> choice_text(const Form& form, std::string_view name) {
    const std::optional<E> value = choice<E>(form, name);
    if (!value) return std::nullopt;
    return std::string(name_of(*value));
}

template <class T, class Render>
json::object page_of(std::span<const T> rows, const Form& form, std::string_view url, Render render) {
    const std::int64_t limit = form.integer("limit").value_or(10);
    if (limit < 1 || limit > 100)
        throw invalid_parameter("limit", "parameter_invalid_integer", "A page has 1 to 100 objects.");
    const std::optional<std::string> after = form.text("starting_after"), before = form.text("ending_before");
    json::array data;
    bool has_more = false, started = !after;
    for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
        if (before && row->id == *before) break;
        if (started) {
            std::optional<json::object> rendered = render(*row);
            if (!rendered) continue;
            has_more = std::ssize(data) == limit;
            if (has_more) break;
            data.push_back(std::move(*rendered));
        }
        started = started || row->id == *after;
    }
    return {{"object", "list"}, {"data", std::move(data)}, {"has_more", has_more}, {"url", url}};
}

Confirmation confirmation_of(const Form& form) {
    const bool refuse =
        form.boolean("off_session").value_or(false) || form.boolean("error_on_requires_action").value_or(false);
    return {.payment_method = form.text("payment_method"),
            .return_url = form.text("return_url"),
            .refuse_authentication = refuse};
}

json::object create_intent(Payments& payments, const Asked& asked) {
    const Form& form = asked.form;
    choice<ConfirmationMethod>(form, "confirmation_method");
    PaymentIntent intent{
        .id = make_id("pi_"),
        .created = payments.now(),
        .amount = amount_of(form),
        .capture_method = choice<CaptureMethod>(form, "capture_method").value_or(CaptureMethod::automatic),
        .payment_method_types = form.list("payment_method_types"),
        .customer = form.text("customer"),
        .return_url = form.text("return_url"),
        .description = form.text("description"),
        .receipt_email = form.text("receipt_email"),
        .setup_future_usage = choice_text<FutureUsage>(form, "setup_future_usage"),
        .statement_descriptor_suffix = form.text("statement_descriptor_suffix"),
        .transfer_group = form.text("transfer_group"),
        .metadata = metadata_of(form)};
    intent.currency = currency_of(form);
    intent.client_secret = make_id(intent.id + "_secret_");
    if (intent.payment_method_types.empty()) intent.payment_method_types = {"card"};
    for (const std::string& type : intent.payment_method_types)
        if (type != "card")
            throw invalid_parameter("payment_method_types", "payment_intent_invalid_parameter",
                                    fmt::format("The payment method type \"{}\" is not simulated here.", type));
    if (intent.customer) payments.customer(*intent.customer, "customer", false);
    const bool confirm = form.boolean("confirm").value_or(false);
    const Confirmation confirmation = confirmation_of(form);
    if (!confirm && form.text("return_url"))
        throw invalid_parameter("return_url", "",
                                "The parameter `return_url` cannot be passed when creating a PaymentIntent unless "
                                "`confirm` is set to true.");
    if (confirmation.payment_method) intent.payment_method = payments.method_or_token(*confirmation.payment_method).id;
    payments.create(intent);
    if (confirm)
        payments.confirm(intent, {.payment_method = {},
                                  .return_url = confirmation.return_url,
                                  .refuse_authentication = confirmation.refuse_authentication});
    return payments.wire(intent);
}

json::object retrieve_intent(Payments& payments, const Asked& asked) {
    const PaymentIntent intent = payments.intent(asked.id);
    if (asked.key == Key::publishable && asked.form.text("client_secret") != intent.client_secret)
        throw invalid_parameter("client_secret", "", "The client_secret provided does not match this PaymentIntent.");
    return payments.wire(intent);
}

json::object confirm_intent(Payments& payments, const Asked& asked) {
    PaymentIntent intent = payments.intent(asked.id);
    payments.confirm(intent, confirmation_of(asked.form));
    return payments.wire(intent);
}

json::object capture_intent(Payments& payments, const Asked& asked) {
    PaymentIntent intent = payments.intent(asked.id);
    payments.capture(intent, asked.form.integer("amount_to_capture"));
    return payments.wire(intent);
}

json::object cancel_intent(Payments& payments, const Asked& asked) {
    PaymentIntent intent = payments.intent(asked.id);
    payments.cancel(intent, choice_text<CancellationReason>(asked.form, "cancellation_reason"));
    return payments.wire(intent);
}

json::object list_intents(Payments& payments, const Asked& asked) {
    const std::optional<std::string> customer = asked.form.text("customer");
    return page_of(payments.store().all<PaymentIntent>(), asked.form, "/v1/payment_intents",
                   [&](const PaymentIntent& intent) -> std::optional<json::object> {
                       if (customer && intent.customer != customer) return std::nullopt;
                       return payments.wire(intent);
                   });
}

json::object create_method(Payments& payments, const Asked& asked) {
    const Form& form = asked.form;
    if (!choice<MethodType>(form, "type")) throw missing_parameter("type");
    PaymentMethod method{.id = make_id("pm_"),
                         .created = payments.now(),
                         .card = {},
                         .name = form.text("billing_details[name]"),
                         .email = form.text("billing_details[email]"),
                         .phone = form.text("billing_details[phone]"),
                         .metadata = metadata_of(form)};
    if (const std::optional<std::string> token = form.text("card[token]")) {
        const std::optional<Card> card = card_of_token(*token, payments.now());
        if (!card) throw no_such("token", *token, "card[token]", false);
        method.card = *card;
    } else {
        const std::string number = form.required_text("card[number]");
        if (asked.key != Key::publishable)
            throw Refusal{.status = 402,
                          .message =
                              "Sending credit card numbers directly to the Stripe API is generally unsafe. We "
                              "suggest you use test tokens that map to the test card you are using, see "
                              "https://stripe.com/docs/testing."};
        method.card =
            card_of_number(number, form.required_integer("card[exp_month]"), form.required_integer("card[exp_year]"),
                           form.text("card[cvc]").value_or(""), payments.now());
    }
    payments.store().save(method);
    return to_wire(method);
}

json::object retrieve_method(Payments& payments, const Asked& asked) {
    return to_wire(payments.method(asked.id, true));
}

json::object attach_method(Payments& payments, const Asked& asked) {
    const Customer customer = payments.customer(asked.form.required_text("customer"), "customer", false);
    PaymentMethod method = payments.store().find<PaymentMethod>(asked.id) ? payments.method(asked.id, true)
                                                                          : payments.method_or_token(asked.id);
    payments.attach(method, customer);
    return to_wire(method);
}

json::object create_customer(Payments& payments, const Asked& asked) {
    const Form& form = asked.form;
    const Customer customer{.id = make_id("cus_"),
                            .created = payments.now(),
                            .email = form.text("email"),
                            .name = form.text("name"),
                            .phone = form.text("phone"),
                            .description = form.text("description"),
                            .metadata = metadata_of(form)};
    payments.store().save(customer);
    payments.record("customer.created", to_wire(customer));
    return to_wire(customer);
}

json::object retrieve_customer(Payments& payments, const Asked& asked) {
    return to_wire(payments.customer(asked.id, "customer", true));
}

json::object retrieve_charge(Payments& payments, const Asked& asked) {
    return to_wire(payments.charge(asked.id, "charge", true), payments.store());
}

json::object create_refund(Payments& payments, const Asked& asked) {
    const Form& form = asked.form;
    std::optional<std::string> charge = form.text("charge");
    if (const std::optional<std::string> id = form.text("payment_intent")) {
        const PaymentIntent* intent = payments.store().find<PaymentIntent>(*id);
        if (!intent) throw no_such("payment_intent", *id, "payment_intent", false);
        if (intent->status != IntentStatus::succeeded)
            throw Refusal{.message =
                              fmt::format("This PaymentIntent ({}) does not have a successful charge to refund.", *id)};
        charge = intent->latest_charge;
    }
    if (!charge) throw missing_parameter("payment_intent");
    return to_wire(payments.refund(payments.charge(*charge, "charge", false), form.integer("amount"),
                                   choice_text<RefundReason>(form, "reason"), metadata_of(form)));
}

json::object list_events(Payments& payments, const Asked& asked) {
    const std::optional<std::string> type = asked.form.text("type");
    return page_of(payments.store().all<Event>(), asked.form, "/v1/events",
                   [&](const Event& event) -> std::optional<json::object> {
                       if (type && event.type != *type) return std::nullopt;
                       return to_wire(event);
                   });
}

json::object retrieve_event(Payments& payments, const Asked& asked) {
    const Event* event = payments.store().find<Event>(asked.id);
    if (!event) throw no_such("event", asked.id, "id", true);
    return to_wire(*event);
}

const std::vector<std::string_view> pages{"limit", "starting_after", "ending_before", "expand[]"};

std::vector<std::string_view> pages_and(std::string_view more) {
    std::vector<std::string_view> all = pages;
    all.push_back(more);
    return all;
}

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
    {"POST",
     "/v1/customers",
     false,
     {"email", "name", "phone", "description", "metadata[*]", "expand[]"},
     create_customer},
    {"GET", "/v1/customers/:id", false, {"expand[]"}, retrieve_customer},
    {"GET", "/v1/charges/:id", false, {"expand[]"}, retrieve_charge},
    {"POST",
     "/v1/refunds",
     false,
     {"payment_intent", "charge", "amount", "reason", "metadata[*]", "expand[]"},
     create_refund},
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
