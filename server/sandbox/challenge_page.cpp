// 3-D Secure as a bank would show it, the page that `next_action.redirect_to_url.url` leads to.
#include <fmt/format.h>

#include <boost/url/parse.hpp>
#include <boost/url/url.hpp>

#include "sandbox/form.hpp"
#include "sandbox/pages.hpp"
#include "sandbox/wire.hpp"

namespace liveshop::sandbox {
namespace {

constexpr std::string_view frame = R"html(<!doctype html>
<html lang="en" data-theme="light">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Confirm your payment</title>
<link rel="stylesheet" href="/elements/card.css">
</head>
<body {}>
{}
<script src="/challenge.js"></script>
</body>
</html>
)html";

constexpr std::string_view question = R"html(<main class="challenge">
<p class="hint"><strong>Test mode</strong> This stands for your bank's page.</p>
<h1>Confirm your payment</h1>
<p>Your bank asks whether you are paying <b>{amount}</b>.</p>
<form method="post" class="choices">
<input type="hidden" name="client_secret" value="{secret}">
<button name="outcome" value="complete">Complete authentication</button>
<button name="outcome" value="fail" class="plain">Fail authentication</button>
</form>
</main>)html";

constexpr std::string_view challenge_js = R"js("use strict";
const { done, parentOrigins, paymentIntent, next } = document.body.dataset;
if (done) {
  if (window.parent !== window)
    for (const origin of parentOrigins.split(" "))
      window.parent.postMessage({ type: "liveshop:action_done", payment_intent_id: paymentIntent }, origin);
  else if (next) location.replace(next);
}
)js";

// The link carries the intent's secret: who does not know it learns nothing, not even that the intent exists.
std::optional<PaymentIntent> intent_of(Payments& payments, std::string_view id, std::string_view secret) {
    if (!payments.store().find<PaymentIntent>(id)) return std::nullopt;
    PaymentIntent intent = payments.intent(id);
    payments.store().commit();
    if (intent.client_secret != secret) return std::nullopt;
    return intent;
}

std::string money(const PaymentIntent& intent) {
    return fmt::format("{}.{:02} {}", intent.amount / 100, intent.amount % 100, intent.currency);
}

http::Response wrapped(const PageSettings& settings, std::string_view attributes, std::string_view content,
                       int status = 200) {
    return page(fmt::format(frame, attributes, content), settings.parent_origins, status);
}

http::Response not_here(const PageSettings& settings) {
    return wrapped(settings, "", "<main><p>There is no payment to confirm at this address.</p></main>", 404);
}

// As Stripe calls the shop back: https://docs.stripe.com/payments/3d-secure/authentication-flow
std::string return_address(const PaymentIntent& intent) {
    if (!intent.return_url) return {};
    auto url = boost::urls::parse_uri(*intent.return_url);
    if (!url || (url->scheme() != "https" && url->scheme() != "http")) return {};
    boost::urls::url address(*url);
    const bool failed = intent.status == IntentStatus::requires_payment_method;
    address.params().append({"payment_intent", intent.id});
    address.params().append({"payment_intent_client_secret", intent.client_secret});
    address.params().append({"redirect_status", failed ? "failed" : "succeeded"});
    return std::string(address.buffer());
}

http::Response done(const PageSettings& settings, const PaymentIntent& intent) {
    const bool failed = intent.status == IntentStatus::requires_payment_method;
    const std::string attributes =
        fmt::format(R"(data-done="true" data-parent-origins="{}" data-payment-intent="{}" data-next="{}")",
                    escape_html(fmt::format("{}", fmt::join(settings.parent_origins, " "))), intent.id,
                    escape_html(return_address(intent)));
    return wrapped(settings, attributes,
                   failed ? "<main role=\"status\"><p>The payment was not confirmed.</p></main>"
                          : "<main role=\"status\"><p>Thank you. You are being taken back to the shop.</p></main>");
}

}  // namespace

http::Response challenge_page(const PageSettings& settings, Payments& payments, std::string_view id,
                              std::string_view secret) {
    const std::optional<PaymentIntent> intent = intent_of(payments, id, secret);
    if (!intent) return not_here(settings);
    if (intent->status != IntentStatus::requires_action) return done(settings, *intent);
    const std::string content = fmt::format(question, fmt::arg("amount", money(*intent)),
                                            fmt::arg("secret", escape_html(intent->client_secret)));
    return wrapped(settings, "", content);
}

http::Response challenge_answer(const PageSettings& settings, Payments& payments, std::string_view id,
                                std::string_view form_text) {
    const Form form = Form::parse(form_text);
    std::optional<PaymentIntent> intent = intent_of(payments, id, form.text("client_secret").value_or(""));
    if (!intent) return not_here(settings);
    payments.request_id.clear();
    payments.authenticate(*intent, form.text("outcome") == "complete");
    payments.store().commit();
    return done(settings, *intent);
}

http::Response challenge_script() {
    return {.content_type = "text/javascript; charset=utf-8",
            .body = std::string(challenge_js),
            .headers = {{"Cache-Control", "no-cache"}, {"X-Content-Type-Options", "nosniff"}}};
}

}  // namespace liveshop::sandbox
