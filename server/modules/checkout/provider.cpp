#include "modules/checkout/provider.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <boost/url/encode.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>

#include "modules/checkout/provider_wire.hpp"

namespace liveshop::checkout {
namespace {

using namespace wire;
using Kind = ProviderError::Kind;

/// The id of something that is either an id or, expanded, the object itself.
std::string id_in(const json::object& in, std::string_view name) {
    const json::object* expanded = object_in(in, name);
    return expanded ? text_in(*expanded, "id") : text_in(in, name);
}

Authorized authorized(const json::object& intent) {
    Authorized state;
    const json::object* charge = object_in(intent, "latest_charge");
    const json::object* details = charge ? object_in(*charge, "payment_method_details") : nullptr;
    const json::object* card = details ? object_in(*details, "card") : nullptr;
    const std::int64_t before_s = card ? integer_in(*card, "capture_before") : 0;
    if (before_s > 0 && before_s < (std::int64_t{1} << 40)) state.capture_before = Timestamp{before_s * 1'000'000};
    return state;
}

Declined declined(const json::object& error) {
    const std::string decline_code = text_in(error, "decline_code");
    return {.code = decline_code.empty() ? text_in(error, "code") : decline_code, .message = text_in(error, "message")};
}

std::string action_url(const json::object& intent) {
    const json::object* action = object_in(intent, "next_action");
    const json::object* redirect = action ? object_in(*action, "redirect_to_url") : nullptr;
    return redirect ? text_in(*redirect, "url") : "";
}

std::optional<PaymentState> state_of(const json::object& intent) {
    const std::string status = text_in(intent, "status");
    if (status == "requires_capture") return authorized(intent);
    if (status == "succeeded") return Captured{};
    if (status == "canceled") return Canceled{};
    if (status == "processing") return Processing{};
    if (status == "requires_confirmation") return Unconfirmed{};
    if (status == "requires_action") {
        std::string url = action_url(intent);
        if (url.empty()) return std::nullopt;
        return NeedsAction{std::move(url)};
    }
    if (status != "requires_payment_method") return std::nullopt;
    const json::object* error = object_in(intent, "last_payment_error");
    if (error) return declined(*error);
    return Unconfirmed{};
}

std::optional<ProviderPayment> payment_of(const json::object& intent) {
    std::optional<PaymentState> state = state_of(intent);
    std::string id = text_in(intent, "id");
    if (!state || !id.starts_with("pi_")) return std::nullopt;
    std::string currency = text_in(intent, "currency");
    std::ranges::transform(currency, currency.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return ProviderPayment{.payment_intent_id = std::move(id),
                           .charge_id = id_in(intent, "latest_charge"),
                           .payment_method_id = id_in(intent, "payment_method"),
                           .amount = {integer_in(intent, "amount")},
                           .amount_received = {integer_in(intent, "amount_received")},
                           .currency = std::move(currency),
                           .state = std::move(*state)};
}

bool is_decline(const ProviderError& error) {
    return error.status == 402 && error.payment && std::holds_alternative<Declined>(error.payment->state);
}

}  // namespace

ProviderResult<json::object> wire::object_of(const http::Answer& answer) {
    boost::system::error_code failed;
    json::value body = json::parse(answer.body, failed);
    const bool readable = !failed && body.is_object();
    if (readable && answer.status == 200) return std::move(body.get_object());
    const json::object* error = readable ? object_in(body.get_object(), "error") : nullptr;
    if (!error && !is_unknown(answer.status)) return std::unexpected(unreadable(answer));
    ProviderError out{.kind = is_unknown(answer.status) ? Kind::unknown_outcome : Kind::refused,
                      .status = answer.status,
                      .code = {},
                      .detail = {},
                      .request_id = std::string(answer.header("request-id"))};
    if (!error) return std::unexpected(std::move(out));
    out.code = text_in(*error, "code");
    if (out.code.empty()) out.code = text_in(*error, "type");
    out.detail = text_in(*error, "message");
    if (const json::object* intent = object_in(*error, "payment_intent")) out.payment = payment_of(*intent);
    if (answer.status == 402 && text_in(*error, "type") == "card_error" && out.payment)
        out.payment->state = declined(*error);
    return std::unexpected(std::move(out));
}

std::string form_encode(const std::vector<std::pair<std::string, std::string>>& fields) {
    std::string out;
    for (const auto& [name, value] : fields) {
        if (!out.empty()) out += '&';
        out += boost::urls::encode(name, boost::urls::unreserved_chars);
        out += '=';
        out += boost::urls::encode(value, boost::urls::unreserved_chars);
    }
    return out;
}

ProviderResult<ProviderPayment> read_payment(const http::Answer& answer) {
    ProviderResult<json::object> object = object_of(answer);
    if (!object) {
        if (is_decline(object.error())) return std::move(*object.error().payment);
        return std::unexpected(std::move(object.error()));
    }
    std::optional<ProviderPayment> payment = payment_of(*object);
    if (!payment) return std::unexpected(unreadable(answer));
    return std::move(*payment);
}

Provider::Provider(http::Client& client, ProviderSettings settings) : client_(client), settings_(std::move(settings)) {}

Provider Provider::for_one_wait() const {
    Provider limited = *this;
    limited.deadline_ = std::chrono::steady_clock::now() + std::chrono::milliseconds(settings_.stripe_timeout_ms);
    return limited;
}

std::chrono::milliseconds Provider::time_left() const {
    const std::chrono::milliseconds whole(settings_.stripe_timeout_ms);
    if (!deadline_) return whole;
    return std::chrono::duration_cast<std::chrono::milliseconds>(*deadline_ - std::chrono::steady_clock::now());
}

awaitable<ProviderResult<ProviderPayment>> Provider::authorize(AuthorizePayment payment, std::string idempotency_key) {
    Form form{{"amount", std::to_string(payment.amount.minor)},
              {"currency", std::move(payment.currency)},
              {"capture_method", "manual"},
              {"confirm", "true"},
              {"payment_method", std::move(payment.payment_method_id)},
              {"payment_method_types[]", "card"},
              {"return_url", std::move(payment.return_url)},
              {"expand[]", "latest_charge"}};
    std::ranges::transform(form[1].second, form[1].second.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    if (!payment.customer_id.empty()) form.emplace_back("customer", std::move(payment.customer_id));
    if (!payment.description.empty()) form.emplace_back("description", std::move(payment.description));
    for (auto& [key, value] : payment.metadata) form.emplace_back(fmt::format("metadata[{}]", key), std::move(value));
    auto result = co_await ask("POST", "/v1/payment_intents", std::move(form), idempotency_key + ":authorize");
    co_return result;
}

awaitable<ProviderResult<ProviderPayment>> Provider::retrieve(std::string payment_intent_id) {
    auto result =
        co_await ask("GET", "/v1/payment_intents/" + payment_intent_id + "?expand%5B%5D=latest_charge", {}, "");
    co_return result;
}

awaitable<ProviderResult<ProviderPayment>> Provider::confirm(std::string payment_intent_id,
                                                             std::string payment_method_id, std::string return_url,
                                                             std::string idempotency_key) {
    Form form{{"payment_method", std::move(payment_method_id)},
              {"return_url", std::move(return_url)},
              {"expand[]", "latest_charge"}};
    auto result = co_await ask("POST", "/v1/payment_intents/" + payment_intent_id + "/confirm", std::move(form),
                               idempotency_key + ":confirm");
    co_return result;
}

awaitable<ProviderResult<ProviderPayment>> Provider::capture(std::string payment_intent_id, Amount amount,
                                                             std::string idempotency_key) {
    Form form{{"amount_to_capture", std::to_string(amount.minor)}};
    auto result = co_await ask("POST", "/v1/payment_intents/" + payment_intent_id + "/capture", std::move(form),
                               idempotency_key + ":capture");
    co_return result;
}

awaitable<ProviderResult<ProviderPayment>> Provider::cancel(std::string payment_intent_id,
                                                            std::string idempotency_key) {
    auto result =
        co_await ask("POST", "/v1/payment_intents/" + payment_intent_id + "/cancel", {}, idempotency_key + ":cancel");
    co_return result;
}

awaitable<ProviderResult<std::string>> Provider::create_customer(std::string email, std::string idempotency_key) {
    Form form{{"email", std::move(email)}};
    const auto answer = co_await send("POST", "/v1/customers", std::move(form), idempotency_key + ":customer");
    if (!answer) co_return std::unexpected(answer.error());
    const ProviderResult<json::object> customer = object_of(*answer);
    if (!customer) co_return std::unexpected(customer.error());
    std::string id = text_in(*customer, "id");
    if (!id.starts_with("cus_")) co_return std::unexpected(unreadable(*answer));
    co_return id;
}

awaitable<ProviderResult<std::optional<Declined>>> Provider::attach(std::string payment_method_id,
                                                                    std::string customer_id,
                                                                    std::string idempotency_key) {
    Form form{{"customer", std::move(customer_id)}};
    const auto answer = co_await send("POST", "/v1/payment_methods/" + payment_method_id + "/attach", std::move(form),
                                      idempotency_key + ":attach");
    if (!answer) co_return std::unexpected(answer.error());
    const ProviderResult<json::object> method = object_of(*answer);
    if (method) co_return std::nullopt;
    if (answer->status != 402) co_return std::unexpected(method.error());
    const json::value body = json::parse(answer->body);
    co_return declined(body.at("error").as_object());
}

awaitable<ProviderResult<ProviderPayment>> Provider::ask(std::string method, std::string path, Form form,
                                                         std::string idempotency_key) {
    const auto answer = co_await send(std::move(method), std::move(path), std::move(form), std::move(idempotency_key));
    if (!answer) co_return std::unexpected(answer.error());
    co_return read_payment(*answer);
}

awaitable<ProviderResult<http::Answer>> Provider::send(std::string method, std::string path, Form form,
                                                       std::string idempotency_key) {
    const std::chrono::milliseconds timeout = time_left();
    if (timeout.count() <= 0)
        co_return std::unexpected(ProviderError{
            .code = "timeout", .detail = "the calls before took all the time", .request_id = {}, .sent = false});
    http::Call call{.method = std::move(method),
                    .url = settings_.stripe_api_url + path,
                    .headers = {{"Authorization", "Bearer " + settings_.stripe_secret_key},
                                {"Stripe-Version", settings_.stripe_version}},
                    .body = form_encode(form),
                    .timeout = timeout};
    if (call.method == "POST") {
        call.headers.push_back({"Content-Type", "application/x-www-form-urlencoded"});
        call.headers.push_back({"Idempotency-Key", std::move(idempotency_key)});
    }
    auto answer = co_await client_.call(std::move(call));
    if (answer) co_return std::move(*answer);
    const http::CallError& error = answer.error();
    const bool impossible = error.code == http::CallErrc::invalid_call;
    co_return std::unexpected(ProviderError{.kind = impossible ? Kind::refused : Kind::unknown_outcome,
                                            .status = 0,
                                            .code = std::string(name_of(error.code)),
                                            .detail = error.detail,
                                            .request_id = {},
                                            .sent = error.sent});
}

}  // namespace liveshop::checkout
