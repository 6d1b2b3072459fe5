#include "modules/checkout/api.hpp"
#include "modules/checkout/provider.hpp"
#include "modules/checkout/settings.hpp"
#include "platform/db/query.hpp"
#include "platform/log.hpp"

namespace liveshop::checkout {
namespace {

inline const db::Query<OrderName(db::Array<OrderId>)> list_order_names{"checkout.list_order_names", R"(
    select id, order_number, delivery_id from orders where id = any($1)
)"};

PayeeError error_of(const ProviderError& error) {
    log::warning("payment provider", {{"status", error.status},
                                      {"code", error.code},
                                      {"detail", error.detail},
                                      {"provider_request_id", error.request_id}});
    const bool is_final = error.kind == ProviderError::Kind::refused;
    return {.code = error.code, .message = error.detail, .is_final = is_final};
}

Payee payee_of(const ConnectedAccount& account) {
    return {.account_id = account.id, .can_be_paid = account.can_be_paid};
}

}  // namespace

awaitable<std::vector<OrderName>> find_order_names(Ctx& ctx, std::vector<OrderId> order_ids) {
    std::vector<OrderName> names = co_await ctx.tx.all(list_order_names, {std::move(order_ids)});
    co_return names;
}

awaitable<std::expected<Payee, PayeeError>> create_payee(Ctx& ctx, std::string email, std::string country,
                                                         std::string idempotency_key) {
    co_await ctx.commit();
    const auto account = co_await ctx.services.get<Provider>().create_account(std::move(email), std::move(country),
                                                                              std::move(idempotency_key));
    if (!account) co_return std::unexpected(error_of(account.error()));
    co_return payee_of(*account);
}

awaitable<std::expected<Payee, PayeeError>> find_payee(Ctx& ctx, std::string account_id) {
    co_await ctx.commit();
    const auto account = co_await ctx.services.get<Provider>().retrieve_account(std::move(account_id));
    if (!account) co_return std::unexpected(error_of(account.error()));
    co_return payee_of(*account);
}

awaitable<std::expected<std::string, PayeeError>> link_payee(Ctx& ctx, std::string account_id, std::string return_url) {
    co_await ctx.commit();
    const std::string url = ctx.services.get<const Settings>().public_url + return_url;
    // A link is good once: each is asked for under a key of its own.
    auto link = co_await ctx.services.get<Provider>().create_onboarding_link(std::move(account_id), url,
                                                                             Uuid::make().to_string());
    if (!link) co_return std::unexpected(error_of(link.error()));
    co_return std::move(*link);
}

awaitable<std::expected<std::string, PayeeError>> pass_on(Ctx& ctx, PassOn what) {
    co_await ctx.commit();
    Provider& provider = ctx.services.get<Provider>();
    if (what.may_have_happened) {
        auto before = co_await provider.find_transfer(what.group);
        if (!before) co_return std::unexpected(error_of(before.error()));
        if (*before) co_return std::move(**before);
    }
    auto transfer = co_await provider.transfer({.amount = what.amount_minor,
                                                .currency = std::move(what.currency),
                                                .account_id = std::move(what.account_id),
                                                .group = what.group,
                                                .description = "Payout " + what.group},
                                               std::move(what.idempotency_key));
    if (!transfer) co_return std::unexpected(error_of(transfer.error()));
    co_return std::move(*transfer);
}

}  // namespace liveshop::checkout
