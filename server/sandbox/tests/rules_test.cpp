#include <gtest/gtest.h>

#include "sandbox/api.hpp"

namespace liveshop::sandbox {
namespace {

constexpr std::int64_t now_s = 1'800'000'000;  // January 2027

std::string refused_code(auto&& act) {
    try {
        act();
    } catch (const Refusal& refusal) {
        return refusal.code;
    }
    return "";
}

TEST(Form, ReadsNestedParametersAndListsInEitherSpelling) {
    const Form form = Form::parse("amount=25&card%5Bnumber%5D=4242&expand[]=a&expand%5B1%5D=b&metadata[x y]=1%262&e=");
    EXPECT_EQ(form.integer("amount"), 25);
    EXPECT_EQ(form.text("card[number]"), "4242");
    EXPECT_EQ(form.list("expand"), (std::vector<std::string>{"a", "b"}));
    ASSERT_EQ(form.map("metadata").size(), 1U);
    EXPECT_EQ(form.map("metadata")[0], (std::pair<std::string, std::string>{"x y", "1&2"}));
    EXPECT_FALSE(form.text("e"));
    EXPECT_FALSE(form.text("currency"));
}

TEST(Form, AdmitsOnlyKnownParameters) {
    const std::vector<std::string_view> known{"amount", "card[number]", "expand[]", "metadata[*]"};
    Form::parse("amount=1&card[number]=2&expand[]=x&expand[12]=y&metadata[any]=z").admit_only(known);
    for (const char* unknown : {"amounts=1", "card[cvc]=1", "card=1", "expand=1", "expand[x]=1", "metadata=1",
                                "metadata[]=1", "metadata[a][b]=1", "metadata[a=1", "[]=1"})
        EXPECT_EQ(refused_code([&] { Form::parse(unknown).admit_only(known); }), "parameter_unknown") << unknown;
}

TEST(Form, RefusesWhatIsNoNumber) {
    for (const char* text : {"amount=1.5", "amount=1e3", "amount=0x10", "amount=99999999999999999999", "amount=+1"})
        EXPECT_EQ(refused_code([&] { Form::parse(text).required_integer("amount"); }), "parameter_invalid_integer")
            << text;
    EXPECT_EQ(refused_code([] { Form::parse("").required_integer("amount"); }), "parameter_missing");
    EXPECT_THROW(Form::parse("a=%zz"), Refusal);
}

TEST(Form, CanonicalTextDoesNotDependOnOrderButOnEveryByte) {
    EXPECT_EQ(Form::parse("a=1&b=2").canonical(), Form::parse("b=2&a=1").canonical());
    EXPECT_NE(Form::parse("a=1&b=2").canonical(), Form::parse("a=1&b=3").canonical());
    EXPECT_NE(Form::parse("a=1%0a1:b=1:2").canonical(), Form::parse("a=1&b=2").canonical());
}

TEST(Card, CheckDigit) {
    EXPECT_TRUE(passes_luhn("4242424242424242"));
    EXPECT_TRUE(passes_luhn("378282246310005"));
    EXPECT_FALSE(passes_luhn("4242424242424241"));
    EXPECT_FALSE(passes_luhn("42424242424242a2"));
    EXPECT_FALSE(passes_luhn("00000000000"));
    EXPECT_FALSE(passes_luhn("00000000000000000000"));
}

TEST(Card, EachFieldHasItsOwnError) {
    const auto code = [](const char* number, int month, int year, const char* cvc) {
        return refused_code([&] { card_of_number(number, month, year, cvc, now_s); });
    };
    EXPECT_EQ(code("4242 4242 4242 4242", 1, 2027, "123"), "");
    EXPECT_EQ(code("4242424242424242", 12, 30, "123"), "");
    EXPECT_EQ(code("4242424242424241", 12, 2030, "123"), "incorrect_number");
    EXPECT_EQ(code("4242424242424242", 13, 2030, "123"), "invalid_expiry_month");
    EXPECT_EQ(code("4242424242424242", 0, 2030, "123"), "invalid_expiry_month");
    EXPECT_EQ(code("4242424242424242", 12, 2026, "123"), "invalid_expiry_year");
    EXPECT_EQ(code("4242424242424242", 12, 2090, "123"), "invalid_expiry_year");
    EXPECT_EQ(code("4242424242424242", 12, 2030, "12"), "invalid_cvc");
    EXPECT_EQ(code("4242424242424242", 12, 2030, "1234"), "invalid_cvc");
    EXPECT_EQ(code("378282246310005", 12, 2030, "1234"), "");
}

TEST(Card, KeepsNoNumberAndKnowsTestCardsFromOthers) {
    const Card card = card_of_number("4000000000009995", 12, 2030, "123", now_s);
    EXPECT_EQ(card.last4, "9995");
    EXPECT_EQ(card.behaviour, CardBehaviour::insufficient_funds);
    EXPECT_EQ(card_of_number("4111111111111111", 12, 2030, "123", now_s).behaviour, CardBehaviour::test_mode_live_card);
    ASSERT_TRUE(card_of_token("pm_card_authenticationRequired", now_s));
    EXPECT_TRUE(needs_authentication(card_of_token("pm_card_authenticationRequired", now_s)->behaviour));
    EXPECT_FALSE(card_of_token("pm_card_unknown", now_s));
    EXPECT_FALSE(card_of_token("pm_1234", now_s));
}

TEST(Card, EveryBehaviourIsAcceptedOrDeclinedInWords) {
    each_value<CardBehaviour>([](std::string_view name, CardBehaviour behaviour) {
        const std::optional<Decline> decline = decline_of(behaviour);
        const bool accepted = behaviour == CardBehaviour::accept || behaviour == CardBehaviour::authenticate;
        EXPECT_EQ(!decline, accepted) << name;
        if (decline) EXPECT_FALSE(decline->message.empty()) << name;
    });
}

TEST(Intent, MoneyMovesOnceAndOnlyForward) {
    using enum IntentStatus;
    EXPECT_EQ(intent_machine.next(succeeded, IntentEvent::capture), nullptr);
    EXPECT_EQ(intent_machine.next(canceled, IntentEvent::authorize), nullptr);
    EXPECT_EQ(intent_machine.next(requires_payment_method, IntentEvent::capture), nullptr);
    ASSERT_NE(intent_machine.next(requires_capture, IntentEvent::capture), nullptr);
    EXPECT_EQ(*intent_machine.next(requires_capture, IntentEvent::capture), succeeded);
    EXPECT_EQ(intent_machine.next(requires_capture, IntentEvent::authorize), nullptr);
}

TEST(Endpoint, MatchesAnIdOfOneSegment) {
    EXPECT_EQ(match("/v1/events", "/v1/events"), "");
    EXPECT_EQ(match("/v1/events/:id", "/v1/events/evt_1"), "evt_1");
    EXPECT_EQ(match("/v1/payment_intents/:id/capture", "/v1/payment_intents/pi_1/capture"), "pi_1");
    EXPECT_FALSE(match("/v1/events/:id", "/v1/events/"));
    EXPECT_FALSE(match("/v1/events/:id", "/v1/events/evt_1/x"));
    EXPECT_FALSE(match("/v1/payment_intents/:id/capture", "/v1/payment_intents//capture"));
    EXPECT_FALSE(match("/v1/events", "/v1/events/"));
}

}  // namespace
}  // namespace liveshop::sandbox
