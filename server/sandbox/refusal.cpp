#include "sandbox/refusal.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace liveshop::sandbox {

json::object Refusal::to_json(std::string_view request_id) const {
    json::object error{{"message", message}, {"type", type}, {"request_log_url", nullptr}};
    if (!code.empty()) {
        std::string page = code;
        std::ranges::replace(page, '_', '-');
        error["code"] = code;
        error["doc_url"] = "https://stripe.com/docs/error-codes/" + page;
    }
    if (!param.empty()) error["param"] = param;
    if (!decline_code.empty()) error["decline_code"] = decline_code;
    if (!charge.empty()) error["charge"] = charge;
    if (!payment_intent.is_null()) error["payment_intent"] = payment_intent;
    if (!payment_method.is_null()) error["payment_method"] = payment_method;
    if (status >= 500) error["message"] = fmt::format("{} (request id: {})", message, request_id);
    return {{"error", std::move(error)}};
}

Refusal missing_parameter(std::string_view name) {
    return {.code = "parameter_missing",
            .message = fmt::format("Missing required param: {}.", name),
            .param = std::string(name)};
}

Refusal invalid_parameter(std::string_view name, std::string_view code, std::string message) {
    return {.code = std::string(code), .message = std::move(message), .param = std::string(name)};
}

Refusal unknown_parameter(std::string_view name) {
    return {.code = "parameter_unknown",
            .message = fmt::format("Received unknown parameter: {}", name),
            .param = std::string(name)};
}

Refusal no_such(std::string_view kind, std::string_view id, std::string_view param, bool in_path) {
    return {.status = in_path ? 404 : 400,
            .code = "resource_missing",
            .message = fmt::format("No such {}: '{}'", kind, id),
            .param = std::string(param)};
}

Refusal unexpected_state(std::string message, json::value payment_intent) {
    return {.code = "payment_intent_unexpected_state",
            .message = std::move(message),
            .payment_intent = std::move(payment_intent)};
}

}  // namespace liveshop::sandbox
