#pragma once
#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace liveshop::sandbox {

/// What the bank of a test card does (https://docs.stripe.com/testing).
enum class CardBehaviour {
    accept,
    generic_decline,
    insufficient_funds,
    lost_card,
    stolen_card,
    expired_card,
    incorrect_cvc,
    processing_error,
    test_mode_live_card,  ///< a number that is valid but no test card
    decline_after_attaching,
    authenticate,
    authenticate_then_decline,
};
BOOST_DESCRIBE_ENUM(CardBehaviour, accept, generic_decline, insufficient_funds, lost_card, stolen_card, expired_card,
                    incorrect_cvc, processing_error, test_mode_live_card, decline_after_attaching, authenticate,
                    authenticate_then_decline)

/// All that is kept of a card: never its number or code.
struct Card {
    std::string brand, last4;
    std::int64_t exp_month = 0, exp_year = 0;
    CardBehaviour behaviour = CardBehaviour::accept;
};
BOOST_DESCRIBE_STRUCT(Card, (), (brand, last4, exp_month, exp_year, behaviour))

/// How a decline is worded.
struct Decline {
    std::string_view code, decline_code, message;
};

/// The decline of a behaviour, or nothing where the bank says yes (perhaps after authentication).
std::optional<Decline> decline_of(CardBehaviour behaviour);
bool needs_authentication(CardBehaviour behaviour);

/// The check digit of ISO/IEC 7812, for 12 to 19 digits.
bool passes_luhn(std::string_view digits);

/// What was typed into the card frame as a Card; throws Stripe's card_error where a field is wrong.
Card card_of_number(std::string_view number, std::int64_t exp_month, std::int64_t exp_year, std::string_view cvc,
                    std::int64_t now_s);
/// The card of a token such as "pm_card_visa" or "tok_chargeDeclined", or nothing.
std::optional<Card> card_of_token(std::string_view token, std::int64_t now_s);

}  // namespace liveshop::sandbox
