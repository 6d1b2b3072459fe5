#pragma once
#include "platform/http/message.hpp"
#include "sandbox/payments.hpp"

namespace liveshop::sandbox {

/// Pages that customers see in the shop's frames, and one for the developer. `parent_origins` may frame the first two.
struct PageSettings {
    std::vector<std::string> parent_origins;
    std::string publishable_key;
};

/// GET /elements/card, /elements/card.js, /elements/card.css
http::Response card_page(const PageSettings& settings, std::string_view query);
http::Response card_script();
http::Response card_style();

/// GET and POST /challenge/:payment_intent, and GET /challenge.js. `secret` is the intent's client_secret.
http::Response challenge_page(const PageSettings& settings, Payments& payments, std::string_view id,
                              std::string_view secret);
http::Response challenge_answer(const PageSettings& settings, Payments& payments, std::string_view id,
                                std::string_view form);
http::Response challenge_script();

/// GET and POST /onboarding/:account: what Stripe asks an account's owner. `secret` is of the last account link.
http::Response onboarding_page(Payments& payments, std::string_view id, std::string_view secret);
http::Response onboarding_answer(Payments& payments, std::string_view id, std::string_view form);

/// GET /: what this is, and the last payments.
http::Response index_page(Payments& payments);

std::string escape_html(std::string_view text);
http::Response page(std::string html, const std::vector<std::string>& frame_ancestors, int status = 200);

}  // namespace liveshop::sandbox
