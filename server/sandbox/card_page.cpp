// The card frame: what Stripe.js would show in production. It lives on its own origin, so that the shop's page cannot
// read what is typed into it; the two exchange messages only.
#include <fmt/format.h>

#include "sandbox/form.hpp"
#include "sandbox/pages.hpp"

namespace liveshop::sandbox {
namespace {

constexpr std::string_view card_html = R"html(<!doctype html>
<html lang="en" data-theme="{theme}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Card details</title>
<link rel="stylesheet" href="/elements/card.css">
</head>
<body data-parent-origins="{origins}" data-publishable-key="{key}">
<form id="card" novalidate>
  <div class="field wide">
    <label for="number">Card number</label>
    <input id="number" inputmode="numeric" autocomplete="cc-number" placeholder="1234 1234 1234 1234" maxlength="23"
           aria-describedby="error" required>
  </div>
  <div class="field">
    <label for="expiry">Expiry date</label>
    <input id="expiry" inputmode="numeric" autocomplete="cc-exp" placeholder="MM / YY" maxlength="9"
           aria-describedby="error" required>
  </div>
  <div class="field">
    <label for="cvc">CVC</label>
    <input id="cvc" inputmode="numeric" autocomplete="cc-csc" placeholder="123" maxlength="4" aria-describedby="error"
           required>
  </div>
  <p id="error" class="wide" role="alert"></p>
</form>
<p class="hint"><strong>Test mode</strong> No real card is charged. Fill in:
  <button type="button" data-card="4242424242424242">a card that pays</button>
  <button type="button" data-card="4000000000009995">one without funds</button>
  <button type="button" data-card="4000002760003184">one that asks for 3-D Secure</button>
</p>
<script src="/elements/card.js"></script>
</body>
</html>
)html";

constexpr std::string_view card_css = R"css(
:root { color-scheme: light; --text: #1c1917; --muted: #6b6560; --line: #d6d3d1; --field: #fff; --accent: #4f46e5;
        --bad: #b91c1c; }
:root[data-theme="dark"] { color-scheme: dark; --text: #f5f5f4; --muted: #a8a29e; --line: #44403c; --field: #1c1917;
        --accent: #a5b4fc; --bad: #fca5a5; }
@media (prefers-color-scheme: dark) {
  :root[data-theme="auto"] { color-scheme: dark; --text: #f5f5f4; --muted: #a8a29e; --line: #44403c; --field: #1c1917;
        --accent: #a5b4fc; --bad: #fca5a5; }
}
* { box-sizing: border-box; }
html { background: transparent; }
body { margin: 0; padding: 4px; background: transparent; color: var(--text);
       font: 16px/1.4 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
form { display: grid; grid-template-columns: 1fr 1fr; gap: 12px; }
.wide { grid-column: 1 / -1; }
label { display: block; margin-bottom: 4px; font-size: 14px; font-weight: 500; }
input { width: 100%; height: 44px; padding: 0 12px; border: 1px solid var(--line); border-radius: 8px;
        background: var(--field); color: var(--text); font: inherit; font-variant-numeric: tabular-nums; }
input::placeholder { color: var(--muted); opacity: 1; }
input:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
input[aria-invalid="true"] { border-color: var(--bad); }
#error { margin: 0; color: var(--bad); font-size: 14px; }
#error:empty { display: none; }
.hint { margin: 12px 0 0; color: var(--muted); font-size: 13px; }
.hint strong { margin-right: 4px; padding: 1px 6px; border-radius: 4px; background: #fde68a; color: #78350f;
               font-weight: 600; }
.hint button { padding: 2px 0; border: 0; background: none; color: var(--accent); font: inherit; cursor: pointer;
               text-decoration: underline; }
.hint button { margin-right: 8px; }
main, .index { max-width: 60rem; margin: 0 auto; padding: 16px; }
h1 { font-size: 20px; }
h2 { font-size: 17px; }
a { color: var(--accent); }
table { border-collapse: collapse; width: 100%; font-size: 14px; }
th, td { padding: 8px; border-bottom: 1px solid var(--line); text-align: left; }
pre { margin: 0 0 8px; white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; }
article { padding: 8px 0 16px; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
.filter { grid-template-columns: 1fr; max-width: 30rem; }
td.amount { font-variant-numeric: tabular-nums; white-space: nowrap; }
.choices { grid-template-columns: 1fr; }
.choices button { height: 44px; border: 1px solid var(--accent); border-radius: 8px; background: #4f46e5; color: #fff;
                  font: inherit; font-weight: 500; cursor: pointer; }
.choices button.plain { background: transparent; color: var(--text); border-color: var(--line); }
)css";

constexpr std::string_view card_js = R"js("use strict";
const origins = document.body.dataset.parentOrigins.split(" ");
const fields = Object.fromEntries(["number", "expiry", "cvc"].map((id) => [id, document.getElementById(id)]));
const error = document.getElementById("error");

// The shop that framed us, by the browser's word; without it (its referrer policy may hide it) each allowed origin is
// addressed, and the browser delivers to the one that is really there.
const framedBy = () => {
  const seen = location.ancestorOrigins?.[0] ?? (document.referrer ? new URL(document.referrer).origin : "");
  return origins.includes(seen) ? [seen] : origins;
};
const tell = (message, to = framedBy()) => {
  if (window.parent === window) return;
  for (const origin of to) window.parent.postMessage(message, origin);
};

const digitsOf = (text) => text.replace(/\D/g, "");
fields.number.addEventListener("input", () => {
  const digits = digitsOf(fields.number.value).slice(0, 19);
  const groups = /^3[47]/.test(digits) ? [4, 6, 5] : [4, 4, 4, 4, 3];
  const parts = [];
  for (let at = 0, i = 0; at < digits.length && i < groups.length; at += groups[i++])
    parts.push(digits.slice(at, at + groups[i]));
  fields.number.value = parts.join(" ");
});
fields.expiry.addEventListener("input", (event) => {
  let text = fields.expiry.value.replace(/[^\d/]/g, "");
  if (/^[2-9]$/.test(text)) text = `0${text}`;
  const [month, year] = text.includes("/") ? text.split("/") : [text.slice(0, 2), text.slice(2)];
  const erasing = event.inputType?.startsWith("delete");
  const complete = month.length === 2 && !erasing;
  fields.expiry.value = year ? `${month} / ${year.slice(-4)}` : complete ? `${month} / ` : month;
});
fields.cvc.addEventListener("input", () => (fields.cvc.value = digitsOf(fields.cvc.value)));

const show = (message, field) => {
  for (const input of Object.values(fields)) input.setAttribute("aria-invalid", String(input === field));
  error.textContent = message;
  if (field) field.focus();
};

const faultBeforeSending = () => {
  if (!fields.number.value) return ["Enter your card number.", fields.number];
  if (!/^\d{1,2} \/ (\d{2}|\d{4})$/.test(fields.expiry.value)) return ["Enter the expiry date as MM / YY.", fields.expiry];
  if (fields.cvc.value.length < 3) return ["Enter the security code of 3 or 4 digits.", fields.cvc];
  return null;
};
const fieldOf = { number: fields.number, exp_month: fields.expiry, exp_year: fields.expiry, cvc: fields.cvc };

const tokenize = async () => {
  const fault = faultBeforeSending();
  if (fault) return { fault };
  const [month, year] = fields.expiry.value.split(" / ");
  const body = new URLSearchParams({ type: "card", "card[number]": digitsOf(fields.number.value),
    "card[exp_month]": month, "card[exp_year]": year, "card[cvc]": fields.cvc.value });
  try {
    const response = await fetch("/v1/payment_methods", { method: "POST", body,
      headers: { Authorization: `Bearer ${document.body.dataset.publishableKey}` } });
    const answer = await response.json();
    return response.ok ? { id: answer.id } : { fault: [answer.error.message, fieldOf[answer.error.param]] };
  } catch {
    return { fault: ["The card could not be checked: try again in a moment."] };
  }
};

window.addEventListener("message", async (event) => {
  if (event.source !== window.parent || !origins.includes(event.origin)) return;
  if (event.data?.type !== "liveshop:tokenize") return;
  const { id, fault } = await tokenize();
  show(fault?.[0] ?? "", fault?.[1]);
  const message = id ? { type: "liveshop:payment_method", payment_method_id: id }
                     : { type: "liveshop:card_error", message: fault[0] };
  tell(message, [event.origin]);
});

document.getElementById("card").addEventListener("submit", (event) => event.preventDefault());
for (const button of document.querySelectorAll("[data-card]"))
  button.addEventListener("click", () => {
    fields.number.value = button.dataset.card;
    fields.number.dispatchEvent(new Event("input"));
    fields.expiry.value = `12 / ${String((new Date().getFullYear() + 1) % 100).padStart(2, "0")}`;
    fields.cvc.value = "123";
    show("");
  });

new ResizeObserver(() => tell({ type: "liveshop:card_height", height: Math.ceil(document.body.getBoundingClientRect().height) }))
  .observe(document.body);
tell({ type: "liveshop:card_ready" });
)js";

http::Response asset(std::string_view content_type, std::string_view body) {
    return {.content_type = std::string(content_type),
            .body = std::string(body),
            .headers = {{"Cache-Control", "no-cache"}, {"X-Content-Type-Options", "nosniff"}}};
}

std::string filled(std::string_view text, std::initializer_list<std::pair<std::string_view, std::string_view>> values) {
    std::string out(text);
    for (const auto& [name, value] : values) {
        const std::size_t at = out.find(name);
        out.replace(at, name.size(), escape_html(value));
    }
    return out;
}

}  // namespace

http::Response card_page(const PageSettings& settings, std::string_view query) {
    const std::optional<std::string> asked = Form::parse(query).text("theme");
    const std::string theme = asked == "dark" || asked == "light" ? *asked : "auto";
    const std::string origins = fmt::format("{}", fmt::join(settings.parent_origins, " "));
    return page(filled(card_html, {{"{theme}", theme}, {"{origins}", origins}, {"{key}", settings.publishable_key}}),
                settings.parent_origins);
}

http::Response card_script() { return asset("text/javascript; charset=utf-8", card_js); }
http::Response card_style() { return asset("text/css; charset=utf-8", card_css); }

}  // namespace liveshop::sandbox
