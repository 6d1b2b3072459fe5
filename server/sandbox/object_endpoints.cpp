#include "sandbox/handlers.hpp"
#include "sandbox/parameters.hpp"
#include "sandbox/wire.hpp"

namespace liveshop::sandbox {
namespace {

enum class RefundReason { duplicate, fraudulent, requested_by_customer };
BOOST_DESCRIBE_ENUM(RefundReason, duplicate, fraudulent, requested_by_customer)
enum class MethodType { card };
BOOST_DESCRIBE_ENUM(MethodType, card)

json::object methods_of(Payments& payments, const Asked& asked, const std::string& customer_id, std::string_view path) {
    const std::string customer = payments.customer(customer_id, "customer", asked.id == customer_id).id;
    choice<MethodType>(asked.form, "type");
    return page_of(payments.store().all<PaymentMethod>(), asked.form, path,
                   [&](const PaymentMethod& method) -> std::optional<json::object> {
                       if (method.customer != customer) return std::nullopt;
                       return to_wire(method);
                   });
}

}  // namespace

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

json::object detach_method(Payments& payments, const Asked& asked) {
    PaymentMethod method = payments.method(asked.id, true);
    payments.detach(method);
    return to_wire(method);
}

json::object list_methods(Payments& payments, const Asked& asked) {
    return methods_of(payments, asked, asked.form.required_text("customer"), "/v1/payment_methods");
}

json::object list_methods_of_customer(Payments& payments, const Asked& asked) {
    return methods_of(payments, asked, asked.id, fmt::format("/v1/customers/{}/payment_methods", asked.id));
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
    const Customer* known = payments.store().find<Customer>(asked.id);
    if (known && known->deleted) return {{"id", known->id}, {"object", "customer"}, {"deleted", true}};
    return to_wire(payments.customer(asked.id, "customer", true));
}

json::object delete_customer(Payments& payments, const Asked& asked) {
    payments.forget(payments.customer(asked.id, "customer", true));
    return {{"id", asked.id}, {"object", "customer"}, {"deleted", true}};
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

json::object retrieve_refund(Payments& payments, const Asked& asked) {
    const Refund* refund = payments.store().find<Refund>(asked.id);
    if (!refund) throw no_such("refund", asked.id, "id", true);
    return to_wire(*refund);
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

}  // namespace liveshop::sandbox
