#pragma once
#include "platform/config.hpp"

namespace liveshop::checkout {

struct Settings {
    Text<1, 255> stripe_api_url{"https://api.stripe.com"};
    ForeignSecret stripe_secret_key;
    std::string stripe_webhook_secret;
    Text<1, 255> stripe_publishable_key;
    Text<1, 255> card_frame_url;
    std::string public_url = "http://localhost:8080";
    Int<60, 86'400> hold_s{900};
    Int<1, 10> payment_timeout_s{10};
    Int<3'600, 518'400> capture_warning_s{86'400};
};
BOOST_DESCRIBE_STRUCT(Settings, (),
                      (stripe_api_url, stripe_secret_key, stripe_webhook_secret, stripe_publishable_key, card_frame_url,
                       public_url, hold_s, payment_timeout_s, capture_warning_s))
constexpr auto setting_help(const Settings*) {
    return std::array{
        config::Help{"stripe_api_url", "Where the payment provider answers: Stripe, or the sandbox."},
        config::Help{"stripe_secret_key", "Stripe's secret key (sk_…): what the server pays with."},
        config::Help{"stripe_webhook_secret", "Signs the events (whsec_…)."},
        config::Help{"stripe_publishable_key", "Stripe's publishable key (pk_…): what the card form is opened with."},
        config::Help{"card_frame_url", "Page of another origin in which the card's number is typed."},
        config::Help{"public_url", "Address under which people reach the shop: the bank sends them back to it."},
        config::Help{"hold_s", "How long ordered items are held without being paid, in seconds."},
        config::Help{"payment_timeout_s", "How long a customer waits for the payment provider, in seconds."},
        config::Help{"capture_warning_s", "How long before a card's authorization ends a store is told, in seconds."},
    };
}

}  // namespace liveshop::checkout
