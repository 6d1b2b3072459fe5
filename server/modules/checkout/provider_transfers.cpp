// Refunds, connected accounts and transfers.
#include <algorithm>

#include "modules/checkout/provider_wire.hpp"

namespace liveshop::checkout {
namespace {

using namespace wire;

std::string lower(std::string text) {
    std::ranges::transform(text, text.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
}

ProviderError nonsense() {
    return {.kind = ProviderError::Kind::unknown_outcome,
            .status = 200,
            .code = "unreadable_answer",
            .detail = "not the object that was asked for",
            .request_id = {}};
}

ProviderResult<ProviderRefund> refund_of(ProviderResult<json::object> object) {
    if (!object) return std::unexpected(std::move(object.error()));
    ProviderRefund refund{.id = text_in(*object, "id")};
    const std::string status = text_in(*object, "status");
    if (!refund.id.starts_with("re_")) return std::unexpected(nonsense());
    if (status == "succeeded") refund.state = ProviderRefund::State::succeeded;
    if (status == "failed" || status == "canceled") refund.state = ProviderRefund::State::failed;
    return refund;
}

ProviderResult<ConnectedAccount> account_of(ProviderResult<json::object> object) {
    if (!object) return std::unexpected(std::move(object.error()));
    ConnectedAccount account{.id = text_in(*object, "id")};
    if (!account.id.starts_with("acct_")) return std::unexpected(nonsense());
    const json::object* capabilities = object_in(*object, "capabilities");
    account.can_be_paid = capabilities && text_in(*capabilities, "transfers") == "active";
    return account;
}

}  // namespace

awaitable<ProviderResult<ProviderRefund>> Provider::refund(std::string payment_intent_id, Amount amount,
                                                           Metadata metadata, std::string idempotency_key) {
    Form form{{"payment_intent", std::move(payment_intent_id)}, {"amount", std::to_string(amount.minor)}};
    for (auto& [key, value] : metadata) form.emplace_back("metadata[" + key + "]", std::move(value));
    auto answer = co_await object("POST", "/v1/refunds", std::move(form), idempotency_key + ":refund");
    co_return refund_of(std::move(answer));
}

awaitable<ProviderResult<ProviderRefund>> Provider::retrieve_refund(std::string refund_id) {
    auto answer = co_await object("GET", "/v1/refunds/" + refund_id, {}, "");
    co_return refund_of(std::move(answer));
}

awaitable<ProviderResult<ConnectedAccount>> Provider::create_account(std::string email, std::string country,
                                                                     std::string idempotency_key) {
    Form form{{"type", "express"},
              {"email", std::move(email)},
              {"country", std::move(country)},
              {"capabilities[transfers][requested]", "true"}};
    auto answer = co_await object("POST", "/v1/accounts", std::move(form), idempotency_key + ":account");
    co_return account_of(std::move(answer));
}

awaitable<ProviderResult<ConnectedAccount>> Provider::retrieve_account(std::string account_id) {
    auto answer = co_await object("GET", "/v1/accounts/" + account_id, {}, "");
    co_return account_of(std::move(answer));
}

awaitable<ProviderResult<std::string>> Provider::create_onboarding_link(std::string account_id, std::string return_url,
                                                                        std::string idempotency_key) {
    Form form{{"account", std::move(account_id)},
              {"type", "account_onboarding"},
              {"refresh_url", return_url},
              {"return_url", return_url}};
    const auto answer = co_await object("POST", "/v1/account_links", std::move(form), idempotency_key + ":link");
    if (!answer) co_return std::unexpected(answer.error());
    std::string url = text_in(*answer, "url");
    if (url.empty()) co_return std::unexpected(nonsense());
    co_return url;
}

awaitable<ProviderResult<std::string>> Provider::transfer(NewTransfer what, std::string idempotency_key) {
    Form form{{"amount", std::to_string(what.amount.minor)},
              {"currency", lower(std::move(what.currency))},
              {"destination", std::move(what.account_id)},
              {"transfer_group", std::move(what.group)},
              {"description", std::move(what.description)}};
    const auto answer = co_await object("POST", "/v1/transfers", std::move(form), idempotency_key + ":transfer");
    if (!answer) co_return std::unexpected(answer.error());
    std::string id = text_in(*answer, "id");
    if (!id.starts_with("tr_")) co_return std::unexpected(nonsense());
    co_return id;
}

awaitable<ProviderResult<std::optional<std::string>>> Provider::find_transfer(std::string group) {
    const auto answer = co_await object("GET", "/v1/transfers?transfer_group=" + group, {}, "");
    if (!answer) co_return std::unexpected(answer.error());
    const json::value* data = answer->if_contains("data");
    if (!data || !data->is_array()) co_return std::unexpected(nonsense());
    if (data->get_array().empty()) co_return std::nullopt;
    const json::object* first = data->get_array().front().if_object();
    std::string id = first ? text_in(*first, "id") : "";
    if (!id.starts_with("tr_")) co_return std::unexpected(nonsense());
    co_return id;
}

awaitable<ProviderResult<json::object>> Provider::object(std::string method, std::string path, Form form,
                                                         std::string idempotency_key) {
    const auto answer = co_await send(std::move(method), std::move(path), std::move(form), std::move(idempotency_key));
    if (!answer) co_return std::unexpected(answer.error());
    co_return object_of(*answer);
}

}  // namespace liveshop::checkout
