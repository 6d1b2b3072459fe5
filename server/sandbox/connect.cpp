// Connected accounts and transfers to them (https://docs.stripe.com/connect/separate-charges-and-transfers).
#include <fmt/format.h>

#include <map>

#include "sandbox/handlers.hpp"
#include "sandbox/parameters.hpp"
#include "sandbox/wire.hpp"

namespace liveshop::sandbox {
namespace {

enum class AccountType { express };
BOOST_DESCRIBE_ENUM(AccountType, express)
enum class LinkType { account_onboarding };
BOOST_DESCRIBE_ENUM(LinkType, account_onboarding)

constexpr std::int64_t link_s = 300;

Account account(Payments& payments, std::string_view id, std::string_view param, bool in_path) {
    const Account* found = payments.store().find<Account>(id);
    if (!found) throw no_such(in_path ? "account" : "destination", id, param, in_path);
    return *found;
}

/// What the platform may pass on, by currency in lower case.
std::map<std::string, std::int64_t> balances(const Store& store) {
    std::map<std::string, std::int64_t> sums;
    for (const Charge& charge : store.all<Charge>())
        if (charge.captured) sums[charge.currency] += charge.amount_captured - charge.amount_refunded;
    for (const Transfer& transfer : store.all<Transfer>()) sums[transfer.currency] -= transfer.amount;
    return sums;
}

json::value or_null(const std::optional<std::string>& value) { return value ? json::value(*value) : json::value(); }

}  // namespace

json::object to_wire(const Account& account) {
    const std::string_view standing = account.can_be_paid         ? "active"
                                      : account.details_submitted ? "inactive"
                                                                  : "pending";
    return {{"id", account.id},
            {"object", "account"},
            {"business_type", nullptr},
            {"capabilities", {{"transfers", standing}}},
            {"charges_enabled", false},
            {"country", account.country},
            {"created", account.created},
            {"details_submitted", account.details_submitted},
            {"email", account.email},
            {"metadata", account.metadata},
            {"payouts_enabled", account.can_be_paid},
            {"type", "express"}};
}

json::object to_wire(const Transfer& transfer) {
    return {{"id", transfer.id},
            {"object", "transfer"},
            {"amount", transfer.amount},
            {"amount_reversed", 0},
            {"balance_transaction", nullptr},
            {"created", transfer.created},
            {"currency", transfer.currency},
            {"description", or_null(transfer.description)},
            {"destination", transfer.destination},
            {"livemode", false},
            {"metadata", transfer.metadata},
            {"reversed", false},
            {"source_transaction", nullptr},
            {"transfer_group", or_null(transfer.transfer_group)}};
}

json::object create_account(Payments& payments, const Asked& asked) {
    const Form& form = asked.form;
    if (!choice<AccountType>(form, "type")) throw missing_parameter("type");
    if (!form.boolean("capabilities[transfers][requested]").value_or(false))
        throw missing_parameter("capabilities[transfers][requested]");
    const Account account{.id = make_id("acct_"),
                          .country = form.text("country").value_or("US"),
                          .email = form.text("email").value_or(""),
                          .created = payments.now(),
                          .metadata = metadata_of(form)};
    if (account.country.size() != 2)
        throw invalid_parameter("country", "country_unsupported", "A country has two letters.");
    payments.store().save(account);
    payments.record("account.updated", to_wire(account));
    return to_wire(account);
}

json::object retrieve_account(Payments& payments, const Asked& asked) {
    return to_wire(account(payments, asked.id, "account", true));
}

json::object create_account_link(Payments& payments, const Asked& asked) {
    const Form& form = asked.form;
    if (!choice<LinkType>(form, "type")) throw missing_parameter("type");
    form.required_text("refresh_url");
    Account owner = account(payments, form.required_text("account"), "account", false);
    owner.onboarding_secret = make_id("link_");
    owner.return_url = form.required_text("return_url");
    payments.store().save(owner);
    return {{"object", "account_link"},
            {"created", payments.now()},
            {"expires_at", payments.now() + link_s},
            {"url", onboarding_url(owner, payments.sandbox_url())}};
}

json::object create_transfer(Payments& payments, const Asked& asked) {
    const Form& form = asked.form;
    const std::int64_t amount = form.required_integer("amount");
    if (amount < 1) throw invalid_parameter("amount", "parameter_invalid_integer", "This value must be at least 1.");
    const std::string currency = form.required_text("currency");
    const Account owner = account(payments, form.required_text("destination"), "destination", false);
    if (!owner.can_be_paid)
        throw Refusal{.code = "insufficient_capabilities_for_transfer",
                      .message =
                          "Your destination account needs to have at least one of the following capabilities enabled: "
                          "transfers, crypto_transfers, legacy_payments"};
    const std::map<std::string, std::int64_t> sums = balances(payments.store());
    const auto available = sums.find(currency);
    if (available == sums.end() || available->second < amount)
        throw Refusal{.code = "balance_insufficient",
                      .message = "You have insufficient available funds in your Stripe account."};
    const Transfer transfer{.id = make_id("tr_"),
                            .destination = owner.id,
                            .currency = currency,
                            .created = payments.now(),
                            .amount = amount,
                            .transfer_group = form.text("transfer_group"),
                            .description = form.text("description"),
                            .metadata = metadata_of(form)};
    payments.store().save(transfer);
    payments.record("transfer.created", to_wire(transfer));
    return to_wire(transfer);
}

json::object retrieve_transfer(Payments& payments, const Asked& asked) {
    const Transfer* transfer = payments.store().find<Transfer>(asked.id);
    if (!transfer) throw no_such("transfer", asked.id, "id", true);
    return to_wire(*transfer);
}

json::object list_transfers(Payments& payments, const Asked& asked) {
    const std::optional<std::string> group = asked.form.text("transfer_group");
    const std::optional<std::string> destination = asked.form.text("destination");
    return page_of(payments.store().all<Transfer>(), asked.form, "/v1/transfers",
                   [&](const Transfer& transfer) -> std::optional<json::object> {
                       if (group && transfer.transfer_group != group) return std::nullopt;
                       if (destination && transfer.destination != *destination) return std::nullopt;
                       return to_wire(transfer);
                   });
}

json::object retrieve_balance(Payments& payments, const Asked&) {
    json::array available;
    for (const auto& [currency, amount] : balances(payments.store()))
        available.push_back(json::object{{"amount", amount}, {"currency", currency}});
    return {
        {"object", "balance"}, {"available", std::move(available)}, {"livemode", false}, {"pending", json::array()}};
}

}  // namespace liveshop::sandbox
