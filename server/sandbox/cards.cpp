#include "sandbox/cards.hpp"

#include <algorithm>
#include <array>
#include <chrono>

#include "sandbox/refusal.hpp"

namespace liveshop::sandbox {
namespace {
using enum CardBehaviour;

struct TestCard {
    std::string_view number, brand;
    CardBehaviour behaviour;
    std::string_view token;  // behind "pm_card_" or "tok_"
};

constexpr std::array test_cards{
    TestCard{"4242424242424242", "visa", accept, "visa"},
    TestCard{"4000056655665556", "visa", accept, "visa_debit"},
    TestCard{"5555555555554444", "mastercard", accept, "mastercard"},
    TestCard{"378282246310005", "amex", accept, "amex"},
    TestCard{"4000000000000002", "visa", generic_decline, "chargeDeclined"},
    TestCard{"4000000000000002", "visa", generic_decline, "visa_chargeDeclined"},
    TestCard{"4000000000009995", "visa", insufficient_funds, "chargeDeclinedInsufficientFunds"},
    TestCard{"4000000000009995", "visa", insufficient_funds, "visa_chargeDeclinedInsufficientFunds"},
    TestCard{"4000000000009987", "visa", lost_card, "visa_chargeDeclinedLostCard"},
    TestCard{"4000000000009979", "visa", stolen_card, "visa_chargeDeclinedStolenCard"},
    TestCard{"4000000000000069", "visa", expired_card, "chargeDeclinedExpiredCard"},
    TestCard{"4000000000000127", "visa", incorrect_cvc, "chargeDeclinedIncorrectCvc"},
    TestCard{"4000000000000119", "visa", processing_error, "chargeDeclinedProcessingError"},
    TestCard{"4000000000000341", "visa", decline_after_attaching, "chargeCustomerFail"},
    TestCard{"4000002760003184", "visa", authenticate, "authenticationRequired"},
    TestCard{"4000002500003155", "visa", authenticate, "authenticationRequiredOnSetup"},
    TestCard{"4000000000003220", "visa", authenticate, "threeDSecure2Required"},
    TestCard{"4000008400001629", "visa", authenticate_then_decline, "threeDSecureRequiredChargeDeclined"},
};

struct DeclineRow {
    CardBehaviour behaviour;
    Decline decline;
};
constexpr Decline declined{"card_declined", "generic_decline", "Your card was declined."};
constexpr std::array declines{
    DeclineRow{generic_decline, declined},
    DeclineRow{decline_after_attaching, declined},
    DeclineRow{authenticate_then_decline, declined},
    DeclineRow{insufficient_funds, {"card_declined", "insufficient_funds", "Your card has insufficient funds."}},
    DeclineRow{lost_card, {"card_declined", "lost_card", "Your card was declined."}},
    DeclineRow{stolen_card, {"card_declined", "stolen_card", "Your card was declined."}},
    DeclineRow{expired_card, {"expired_card", "expired_card", "Your card has expired."}},
    DeclineRow{incorrect_cvc, {"incorrect_cvc", "incorrect_cvc", "Your card's security code is incorrect."}},
    DeclineRow{processing_error,
               {"processing_error", "processing_error",
                "An error occurred while processing your card. Try again in a little bit."}},
    DeclineRow{test_mode_live_card,
               {"card_declined", "test_mode_live_card",
                "Your card was declined. Your request was in test mode, but used a non test (live) card."}},
};

Refusal card_error(std::string_view code, std::string_view param, std::string_view message) {
    return {.status = 402,
            .type = "card_error",
            .code = std::string(code),
            .message = std::string(message),
            .param = std::string(param)};
}

bool all_digits(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::string_view brand_of(std::string_view digits) {
    if (digits.starts_with('4')) return "visa";
    if (digits.starts_with("34") || digits.starts_with("37")) return "amex";
    if (digits.starts_with('5') || digits.starts_with('2')) return "mastercard";
    return "unknown";
}

std::chrono::year_month month_of(std::int64_t now_s) {
    const auto day = std::chrono::floor<std::chrono::days>(std::chrono::sys_seconds(std::chrono::seconds(now_s)));
    const std::chrono::year_month_day date(day);
    return date.year() / date.month();
}

}  // namespace

std::optional<Decline> decline_of(CardBehaviour behaviour) {
    for (const DeclineRow& row : declines)
        if (row.behaviour == behaviour) return row.decline;
    return std::nullopt;
}

bool needs_authentication(CardBehaviour behaviour) {
    return behaviour == authenticate || behaviour == authenticate_then_decline;
}

bool passes_luhn(std::string_view digits) {
    if (digits.size() < 12 || digits.size() > 19 || !all_digits(digits)) return false;
    int sum = 0;
    bool doubled = false;
    for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, doubled = !doubled) {
        const int value = (*digit - '0') * (doubled ? 2 : 1);
        sum += value > 9 ? value - 9 : value;
    }
    return sum % 10 == 0;
}

Card card_of_number(std::string_view number, std::int64_t exp_month, std::int64_t exp_year, std::string_view cvc,
                    std::int64_t now_s) {
    std::string digits(number);
    std::erase(digits, ' ');
    if (!passes_luhn(digits)) throw card_error("incorrect_number", "number", "Your card number is incorrect.");
    if (exp_month < 1 || exp_month > 12)
        throw card_error("invalid_expiry_month", "exp_month", "Your card's expiration month is invalid.");
    if (exp_year >= 0 && exp_year < 100) exp_year += 2000;
    const std::chrono::year_month today = month_of(now_s);
    const int this_year = static_cast<int>(today.year());
    if (exp_year < this_year || exp_year > this_year + 50)
        throw card_error("invalid_expiry_year", "exp_year", "Your card's expiration year is invalid.");
    if (exp_year == this_year && exp_month < static_cast<std::int64_t>(static_cast<unsigned>(today.month())))
        throw card_error("invalid_expiry_month", "exp_month", "Your card's expiration month is invalid.");
    const std::string_view brand = brand_of(digits);
    if (!cvc.empty() && (!all_digits(cvc) || cvc.size() != (brand == "amex" ? 4U : 3U)))
        throw card_error("invalid_cvc", "cvc", "Your card's security code is invalid.");

    Card card{.brand = std::string(brand),
              .last4 = digits.substr(digits.size() - 4),
              .exp_month = exp_month,
              .exp_year = exp_year,
              .behaviour = test_mode_live_card};
    const auto known = std::ranges::find(test_cards, std::string_view(digits), &TestCard::number);
    if (known != test_cards.end()) card.behaviour = known->behaviour;
    return card;
}

std::optional<Card> card_of_token(std::string_view token, std::int64_t now_s) {
    for (const std::string_view prefix : {"pm_card_", "tok_"}) {
        if (!token.starts_with(prefix)) continue;
        const auto known = std::ranges::find(test_cards, token.substr(prefix.size()), &TestCard::token);
        if (known == test_cards.end()) return std::nullopt;
        const std::int64_t next_year = static_cast<int>(month_of(now_s).year()) + 1;
        return Card{.brand = std::string(known->brand),
                    .last4 = std::string(known->number.substr(known->number.size() - 4)),
                    .exp_month = 12,
                    .exp_year = next_year,
                    .behaviour = known->behaviour};
    }
    return std::nullopt;
}

}  // namespace liveshop::sandbox
