// Cards that are kept for the next time.
#include "modules/checkout/provider_wire.hpp"

namespace liveshop::checkout {
namespace {

using namespace wire;

std::optional<SavedCard> card_of(const json::object& method) {
    const json::object* card = object_in(method, "card");
    SavedCard saved{.payment_method_id = text_in(method, "id"), .brand = {}, .last4 = {}};
    if (!card || !saved.payment_method_id.starts_with("pm_")) return std::nullopt;
    saved.brand = text_in(*card, "brand");
    saved.last4 = text_in(*card, "last4");
    saved.exp_month = integer_in(*card, "exp_month");
    saved.exp_year = integer_in(*card, "exp_year");
    const bool is_whole = !saved.brand.empty() && saved.last4.size() == 4 && saved.exp_month >= 1 &&
                          saved.exp_month <= 12 && saved.exp_year >= 2000 && saved.exp_year < 3000;
    return is_whole ? std::optional(std::move(saved)) : std::nullopt;
}

// That there is nothing to forget is what was wanted.
ProviderResult<void> gone(const ProviderResult<json::object>& answer) {
    if (answer || (answer.error().kind == ProviderError::Kind::refused && answer.error().status < 401)) return {};
    if (answer.error().status == 404) return {};
    return std::unexpected(answer.error());
}

}  // namespace

awaitable<ProviderResult<std::variant<SavedCard, Declined>>> Provider::save_card(std::string payment_method_id,
                                                                                 std::string customer_id,
                                                                                 std::string idempotency_key) {
    Form form{{"customer", std::move(customer_id)}};
    const auto answer = co_await send("POST", "/v1/payment_methods/" + payment_method_id + "/attach", std::move(form),
                                      idempotency_key + ":attach");
    if (!answer) co_return std::unexpected(answer.error());
    const ProviderResult<json::object> method = object_of(*answer);
    if (!method && answer->status == 402) {
        const json::value body = json::parse(answer->body);
        const json::object& error = body.at("error").as_object();
        const std::string code = text_in(error, "decline_code");
        co_return Declined{code.empty() ? text_in(error, "code") : code, text_in(error, "message")};
    }
    if (!method) co_return std::unexpected(method.error());
    std::optional<SavedCard> card = card_of(*method);
    if (!card) co_return std::unexpected(unreadable(*answer));
    co_return std::move(*card);
}

awaitable<ProviderResult<void>> Provider::detach(std::string payment_method_id, std::string idempotency_key) {
    const auto answer = co_await object("POST", "/v1/payment_methods/" + payment_method_id + "/detach", {},
                                        idempotency_key + ":detach");
    co_return gone(answer);
}

awaitable<ProviderResult<void>> Provider::delete_customer(std::string customer_id) {
    const auto answer = co_await object("DELETE", "/v1/customers/" + customer_id, {}, "");
    co_return gone(answer);
}

}  // namespace liveshop::checkout
