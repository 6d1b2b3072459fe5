#pragma once
#include <boost/json.hpp>
#include <string>
#include <string_view>

namespace liveshop::sandbox {
namespace json = boost::json;

/// What Stripe answers instead of an object (https://docs.stripe.com/api/errors); thrown by whatever refuses.
struct Refusal {
    int status = 400;
    std::string type = "invalid_request_error";  ///< or card_error, idempotency_error, api_error
    std::string code{};
    std::string message{};
    std::string param{};
    std::string decline_code{};
    std::string charge{};
    json::value payment_intent{};  ///< as it is after the failure; null where none is concerned
    json::value payment_method{};

    json::object to_json(std::string_view request_id) const;
    /// Stripe keeps no answer under an Idempotency-Key for what failed before anything was carried out.
    bool carried_out() const { return param.empty() && status != 401 && status != 404 && status != 429; }
};

Refusal missing_parameter(std::string_view name);
Refusal invalid_parameter(std::string_view name, std::string_view code, std::string message);
Refusal unknown_parameter(std::string_view name);
/// Nothing has that id: 404 where the path names it, 400 where a parameter does.
Refusal no_such(std::string_view kind, std::string_view id, std::string_view param, bool in_path);
Refusal unexpected_state(std::string message, json::value payment_intent);

}  // namespace liveshop::sandbox
