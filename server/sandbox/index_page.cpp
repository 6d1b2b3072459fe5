#include <fmt/format.h>

#include "platform/shape/scalars.hpp"
#include "sandbox/pages.hpp"

namespace liveshop::sandbox {
namespace {

constexpr std::size_t payments_shown = 50;

constexpr std::string_view html = R"html(<!doctype html>
<html lang="en" data-theme="auto">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>LiveShop sandbox</title>
<link rel="stylesheet" href="/elements/card.css">
</head>
<body class="index">
<h1>LiveShop sandbox</h1>
<p>This stands for the payment provider while LiveShop is developed and tested. It speaks Stripe's HTTP API below
<code>/v1/</code> and moves no money. In production the shop talks to Stripe itself.</p>
<p><a href="/elements/card">The card frame</a> · <a href="/inbox">The inbox: mails, text and push messages</a></p>
<h2>The last payments</h2>
{}
</body>
</html>
)html";

std::string time_of(std::int64_t created) {
    const std::string text = Timestamp{created * 1'000'000}.to_string();
    return text.substr(0, 10) + " " + text.substr(11, 8);
}

std::string row_of(const PaymentIntent& intent) {
    return fmt::format("<tr><td>{}</td><td><code>{}</code></td><td class=\"amount\">{}.{:02} {}</td><td>{}</td></tr>\n",
                       time_of(intent.created), intent.id, intent.amount / 100, intent.amount % 100,
                       escape_html(intent.currency), name_of(intent.status));
}

}  // namespace

http::Response index_page(Payments& payments) {
    const std::span<const PaymentIntent> all = payments.store().all<PaymentIntent>();
    std::string rows;
    std::size_t shown = 0;
    for (auto intent = all.rbegin(); intent != all.rend() && shown < payments_shown; ++intent, ++shown)
        rows += row_of(*intent);
    const std::string list =
        rows.empty()
            ? "<p>None yet.</p>"
            : "<table><thead><tr><th>Created (UTC)</th><th>Payment intent</th><th>Amount</th><th>Status</th></tr>"
              "</thead><tbody>\n" +
                  rows + "</tbody></table>";
    return page(fmt::format(html, list), {});
}

std::string escape_html(std::string_view text) {
    std::string out;
    for (const char c : text) switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\'':
                out += "&#39;";
                break;
            default:
                out += c;
        }
    return out;
}

http::Response page(std::string body, const std::vector<std::string>& frame_ancestors, int status) {
    const std::string ancestors =
        frame_ancestors.empty() ? "'none'" : fmt::format("{}", fmt::join(frame_ancestors, " "));
    return {.status = status,
            .content_type = "text/html; charset=utf-8",
            .body = std::move(body),
            .headers = {{"Content-Security-Policy",
                         fmt::format("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
                                     "form-action 'self'; base-uri 'none'; frame-ancestors {}",
                                     ancestors)},
                        {"Cache-Control", "no-store"},
                        {"Referrer-Policy", "no-referrer"},
                        {"X-Content-Type-Options", "nosniff"}}};
}

}  // namespace liveshop::sandbox
