#pragma once
#include <cstdint>
#include <string_view>

namespace liveshop::checkout {

/// How old a signed event may be, and how far ahead the provider's clock, in seconds.
inline constexpr std::int64_t webhook_tolerance_s = 300;

/// Whether `header`, the value of Stripe-Signature ("t=<seconds>,v1=<hex>[,v1=…]"), signs these bytes: one of its v1 is
/// HMAC-SHA256 of "<t>.<payload>" under the secret, and t is within the tolerance of `now_s`. Never under an empty
/// secret. https://docs.stripe.com/webhooks#verify-manually
bool is_signed(std::string_view payload, std::string_view header, std::string_view secret, std::int64_t now_s);

}  // namespace liveshop::checkout
