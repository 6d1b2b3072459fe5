// What Stripe asks the owner of a connected account, in one question.
#include <fmt/format.h>

#include <boost/url/parse.hpp>

#include "sandbox/form.hpp"
#include "sandbox/pages.hpp"
#include "sandbox/wire.hpp"

namespace liveshop::sandbox {
namespace {

constexpr std::string_view question = R"html(<!doctype html>
<html lang="en" data-theme="auto">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Get paid</title>
<link rel="stylesheet" href="/elements/card.css">
</head>
<body>
<main class="challenge">
<p class="hint"><strong>Test mode</strong> This stands for the payment provider's page.</p>
<h1>Get paid</h1>
<p>The provider would ask now who you are and where your bank account is.</p>
<form method="post" class="choices">
<input type="hidden" name="secret" value="{}">
<button name="outcome" value="complete">Give everything that is asked</button>
<button name="outcome" value="incomplete" class="plain">Give something that is refused</button>
</form>
</main>
</body>
</html>
)html";

constexpr std::string_view done = R"html(<!doctype html>
<html lang="en" data-theme="auto">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Get paid</title>
<link rel="stylesheet" href="/elements/card.css">
</head>
<body>
<main class="challenge" role="status">
<p>Thank you.</p>
{}
</main>
</body>
</html>
)html";

// The link carries a secret: who does not know it learns nothing.
std::optional<Account> account_of(Payments& payments, std::string_view id, std::string_view secret) {
    const Account* account = payments.store().find<Account>(id);
    if (!account || account->onboarding_secret.empty() || account->onboarding_secret != secret) return std::nullopt;
    return *account;
}

http::Response not_here() {
    return page("<!doctype html><title>Not found</title><p>This link is not good any more: ask for another.", {}, 404);
}

std::string way_back(const Account& account) {
    const auto url = boost::urls::parse_uri(account.return_url);
    if (!url || (url->scheme() != "https" && url->scheme() != "http")) return "";
    return fmt::format(R"(<p><a href="{}">Back to the shop</a></p>)", escape_html(account.return_url));
}

}  // namespace

std::string onboarding_url(const Account& account, std::string_view sandbox_url) {
    return fmt::format("{}/onboarding/{}?secret={}", sandbox_url, account.id, account.onboarding_secret);
}

http::Response onboarding_page(Payments& payments, std::string_view id, std::string_view secret) {
    const std::optional<Account> account = account_of(payments, id, secret);
    if (!account) return not_here();
    return page(fmt::format(question, escape_html(secret)), {});
}

http::Response onboarding_answer(Payments& payments, std::string_view id, std::string_view form_text) {
    const Form form = Form::parse(form_text);
    std::optional<Account> account = account_of(payments, id, form.text("secret").value_or(""));
    if (!account) return not_here();
    payments.request_id.clear();
    account->details_submitted = true;
    account->can_be_paid = form.text("outcome") == "complete";
    account->onboarding_secret.clear();
    payments.store().save(*account);
    payments.record("account.updated", to_wire(*account));
    payments.store().commit();
    return page(fmt::format(done, way_back(*account)), {});
}

}  // namespace liveshop::sandbox
