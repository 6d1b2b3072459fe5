#include <algorithm>

#include "sandbox/handlers.hpp"
#include "sandbox/parameters.hpp"

namespace liveshop::sandbox {
namespace {

constexpr std::int64_t amount_max = 99'999'999;
constexpr std::int64_t amount_min = 50;

enum class CancellationReason { duplicate, fraudulent, requested_by_customer, abandoned };
BOOST_DESCRIBE_ENUM(CancellationReason, duplicate, fraudulent, requested_by_customer, abandoned)
enum class ConfirmationMethod { automatic };
BOOST_DESCRIBE_ENUM(ConfirmationMethod, automatic)
enum class FutureUsage { off_session, on_session };
BOOST_DESCRIBE_ENUM(FutureUsage, off_session, on_session)

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

Confirmation confirmation_of(const Form& form) {
    const bool refuse =
        form.boolean("off_session").value_or(false) || form.boolean("error_on_requires_action").value_or(false);
    return {.payment_method = form.text("payment_method"),
            .return_url = form.text("return_url"),
            .refuse_authentication = refuse};
}

}  // namespace

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

}  // namespace liveshop::sandbox
