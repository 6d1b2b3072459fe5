#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "sandbox/tests/bank.hpp"

namespace liveshop::sandbox {
namespace {

struct ApiTest : testing::Test {
    ScratchFolder folder;
    Bank bank{folder.path};

    std::vector<std::string> event_types() {
        std::vector<std::string> types;
        for (const Event& event : bank.store.all<Event>()) types.push_back(event.type);
        return types;
    }
};

TEST_F(ApiTest, AuthorizesAndCapturesOnce) {
    const Answered paid = bank.pay("pm_card_visa");
    ASSERT_EQ(paid.status, 200) << json::serialize(paid.body);
    EXPECT_EQ(paid.text("/status"), "requires_capture");
    EXPECT_EQ(paid.number("/amount_capturable"), 2500);
    EXPECT_EQ(paid.number("/amount_received"), 0);
    const std::string intent = "/v1/payment_intents/" + paid.text("/id");

    const Answered charge = bank.get("/v1/charges/" + paid.text("/latest_charge"));
    EXPECT_EQ(charge.text("/payment_method_details/card/last4"), "4242");
    EXPECT_EQ(charge.number("/payment_method_details/card/capture_before"), bank.now + Payments::authorization_s);

    const Answered captured = bank.post(intent + "/capture", "amount_to_capture=2000");
    EXPECT_EQ(captured.text("/status"), "succeeded");
    EXPECT_EQ(captured.number("/amount_received"), 2000);
    EXPECT_EQ(captured.number("/amount_capturable"), 0);

    const Answered again = bank.post(intent + "/capture", "");
    EXPECT_EQ(again.status, 400);
    EXPECT_EQ(again.text("/error/code"), "payment_intent_unexpected_state");
    EXPECT_EQ(again.text("/error/payment_intent/status"), "succeeded");
    EXPECT_EQ(bank.get(intent).number("/amount_received"), 2000);
    EXPECT_THAT(event_types(), testing::ElementsAre("payment_intent.created", "charge.succeeded",
                                                    "payment_intent.amount_capturable_updated", "charge.captured",
                                                    "payment_intent.succeeded"));
}

TEST_F(ApiTest, NoMoreIsCapturedThanWasAuthorized) {
    const std::string intent = "/v1/payment_intents/" + bank.pay("pm_card_visa").text("/id");
    EXPECT_EQ(bank.post(intent + "/capture", "amount_to_capture=2501").text("/error/code"), "amount_too_large");
    EXPECT_EQ(bank.post(intent + "/capture", "amount_to_capture=0").text("/error/param"), "amount_to_capture");
    EXPECT_EQ(bank.post(intent + "/capture", "amount_to_capture=2500").number("/amount_received"), 2500);
}

TEST_F(ApiTest, DeclinesSayWhyAndAnotherCardMayFollow) {
    const std::map<std::string, std::pair<std::string, std::string>> cards{
        {"pm_card_chargeDeclined", {"card_declined", "generic_decline"}},
        {"pm_card_chargeDeclinedInsufficientFunds", {"card_declined", "insufficient_funds"}},
        {"pm_card_chargeDeclinedExpiredCard", {"expired_card", "expired_card"}},
        {"pm_card_chargeDeclinedIncorrectCvc", {"incorrect_cvc", "incorrect_cvc"}},
    };
    std::string intent;
    for (const auto& [token, codes] : cards) {
        const Answered declined = bank.pay(token);
        EXPECT_EQ(declined.status, 402) << token;
        EXPECT_EQ(declined.text("/error/type"), "card_error");
        EXPECT_EQ(declined.text("/error/code"), codes.first);
        EXPECT_EQ(declined.text("/error/decline_code"), codes.second);
        EXPECT_EQ(declined.text("/error/payment_intent/status"), "requires_payment_method");
        intent = "/v1/payment_intents/" + declined.text("/error/payment_intent/id");
        EXPECT_EQ(bank.get(intent).text("/last_payment_error/code"), codes.first);
    }
    EXPECT_EQ(bank.post(intent + "/confirm", "payment_method=pm_card_visa").text("/status"), "requires_capture");
    EXPECT_TRUE(bank.get(intent).body.at("last_payment_error").is_null());
}

TEST_F(ApiTest, AuthenticationLeadsToTheChallengeAndBack) {
    const Answered asked = bank.pay("pm_card_authenticationRequired");
    EXPECT_EQ(asked.text("/status"), "requires_action");
    EXPECT_EQ(asked.text("/next_action/type"), "redirect_to_url");
    EXPECT_TRUE(asked.text("/next_action/redirect_to_url/url").starts_with("http://127.0.0.1:1/challenge/pi_"));
    PaymentIntent intent = bank.payments.intent(asked.text("/id"));
    bank.payments.authenticate(intent, false);
    EXPECT_EQ(bank.get("/v1/payment_intents/" + intent.id).text("/last_payment_error/code"),
              "payment_intent_authentication_failure");
    bank.post("/v1/payment_intents/" + intent.id + "/confirm", "payment_method=pm_card_authenticationRequired");
    intent = bank.payments.intent(intent.id);
    bank.payments.authenticate(intent, true);
    EXPECT_EQ(bank.get("/v1/payment_intents/" + intent.id).text("/status"), "requires_capture");
    bank.payments.authenticate(intent, true);
    EXPECT_EQ(bank.store.all<Charge>().size(), 1U) << "the second click on the challenge's button changes nothing";
}

TEST_F(ApiTest, WithoutACustomerThereIsNobodyToAuthenticate) {
    const Answered refused = bank.post("/v1/payment_intents",
                                       "amount=2500&currency=eur&confirm=true&off_session=true&payment_method="
                                       "pm_card_authenticationRequired");
    EXPECT_EQ(refused.status, 402);
    EXPECT_EQ(refused.text("/error/code"), "authentication_required");
}

TEST_F(ApiTest, CanceledIsReleasedAndFinal) {
    const std::string intent = "/v1/payment_intents/" + bank.pay("pm_card_visa").text("/id");
    const Answered canceled = bank.post(intent + "/cancel", "cancellation_reason=abandoned");
    EXPECT_EQ(canceled.text("/status"), "canceled");
    EXPECT_EQ(canceled.number("/amount_capturable"), 0);
    EXPECT_EQ(canceled.text("/cancellation_reason"), "abandoned");
    for (const char* move : {"/capture", "/cancel", "/confirm"})
        EXPECT_EQ(bank.post(intent + move, "").text("/error/code"), "payment_intent_unexpected_state") << move;
}

TEST_F(ApiTest, AnAuthorizationEndsByItself) {
    const std::string intent = "/v1/payment_intents/" + bank.pay("pm_card_visa").text("/id");
    bank.now += Payments::authorization_s - 1;
    EXPECT_EQ(bank.get(intent).text("/status"), "requires_capture");
    bank.now += 1;
    EXPECT_EQ(bank.post(intent + "/capture", "").text("/error/payment_intent/status"), "canceled");
    EXPECT_EQ(bank.get(intent).text("/cancellation_reason"), "automatic");
}

TEST_F(ApiTest, ProcessingSettlesAfterAWhile) {
    bank.payments.delay_next = 1;
    const Answered paid = bank.pay("pm_card_visa");
    EXPECT_EQ(paid.text("/status"), "processing");
    bank.now += Payments::processing_s;
    EXPECT_EQ(bank.get("/v1/payment_intents/" + paid.text("/id")).text("/status"), "requires_capture");
}

TEST_F(ApiTest, TheSameKeyGivesTheFirstAnswerAgain) {
    const Answered first = bank.pay("pm_card_visa", "key-1"), second = bank.pay("pm_card_visa", "key-1");
    EXPECT_EQ(first.response.body, second.response.body);
    EXPECT_EQ(first.header("Idempotent-Replayed"), "");
    EXPECT_EQ(second.header("Idempotent-Replayed"), "true");
    EXPECT_EQ(second.header("Original-Request"), first.header("Request-Id"));
    EXPECT_EQ(bank.store.all<PaymentIntent>().size(), 1U);

    const Answered declined = bank.pay("pm_card_chargeDeclined", "key-2");
    const Answered declined_again = bank.pay("pm_card_chargeDeclined", "key-2");
    EXPECT_EQ(declined_again.status, 402);
    EXPECT_EQ(declined.response.body, declined_again.response.body) << "even a decline is kept";
    EXPECT_EQ(bank.store.all<Charge>().size(), 2U);
}

TEST_F(ApiTest, AKeyBelongsToOneRequest) {
    const std::string intent = "/v1/payment_intents/" + bank.pay("pm_card_visa", "key").text("/id");
    const Answered other_parameters = bank.pay("pm_card_mastercard", "key");
    EXPECT_EQ(other_parameters.status, 400);
    EXPECT_EQ(other_parameters.text("/error/type"), "idempotency_error");
    EXPECT_EQ(bank.post(intent + "/capture", "", "key").text("/error/type"), "idempotency_error");
    EXPECT_EQ(bank.get(intent).text("/status"), "requires_capture");
    bank.now += 24 * 3600;
    EXPECT_EQ(bank.pay("pm_card_mastercard", "key").status, 200) << "a key is forgotten after a day";
    EXPECT_EQ(bank.pay("pm_card_visa", std::string(256, 'k')).status, 400);
}

TEST_F(ApiTest, WhatFailedBeforeItBeganIsNotKept) {
    EXPECT_EQ(bank.post("/v1/payment_intents", "amount=x&currency=eur", "key").status, 400);
    EXPECT_EQ(bank.post("/v1/payment_intents", "amount=100&currency=eur", "key").status, 200);
}

TEST_F(ApiTest, WrongParametersAreNamed) {
    const auto fault = [&](std::string_view form) {
        const Answered answer = bank.post("/v1/payment_intents", form);
        EXPECT_EQ(answer.status, 400) << form;
        return answer.text("/error/code") + " " + answer.text("/error/param");
    };
    EXPECT_EQ(fault("currency=eur"), "parameter_missing amount");
    EXPECT_EQ(fault("amount=100"), "parameter_missing currency");
    EXPECT_EQ(fault("amount=-5&currency=eur"), "parameter_invalid_integer amount");
    EXPECT_EQ(fault("amount=49&currency=eur"), "amount_too_small amount");
    EXPECT_EQ(fault("amount=100000000&currency=eur"), "amount_too_large amount");
    EXPECT_EQ(fault("amount=100&currency=EURO"), " currency");
    EXPECT_EQ(fault("amount=100&currency=eur&colour=red"), "parameter_unknown colour");
    EXPECT_EQ(fault("amount=100&currency=eur&confirm=yes"), "parameter_invalid_boolean confirm");
    EXPECT_EQ(fault("amount=100&currency=eur&customer=cus_none"), "resource_missing customer");
    EXPECT_EQ(fault("amount=100&currency=eur&payment_method=pm_none"), "resource_missing payment_method");
    EXPECT_EQ(fault("amount=100&currency=eur&expand[]=colour"), " expand");
    EXPECT_EQ(bank.store.all<PaymentIntent>().size(), 0U);
    EXPECT_EQ(bank.get("/v1/payment_intents/pi_none").status, 404);
    EXPECT_EQ(bank.get("/v1/payment_intents/pi_none").text("/error/code"), "resource_missing");
    EXPECT_EQ(bank.get("/v1/nothing").status, 404);
}

TEST_F(ApiTest, KeysAreChecked) {
    const Answered wrong = bank.call("GET", "/v1/events", "", "", "sk_test_ffffffffffffffff");
    EXPECT_EQ(wrong.status, 401);
    EXPECT_EQ(wrong.text("/error/type"), "invalid_request_error");
    EXPECT_EQ(wrong.text("/error/message"), "Invalid API Key provided: sk_test_****ffff");
    EXPECT_EQ(bank.call("GET", "/v1/events", "", "", "").status, 401);
    EXPECT_EQ(bank.call("GET", "/v1/events", "", "", Bank::publishable_key).text("/error/code"), "secret_key_required");
}

TEST_F(ApiTest, CardNumbersComeFromTheFrameOnly) {
    constexpr std::string_view form =
        "type=card&card[number]=4242424242424242&card[exp_month]=12&card[exp_year]=2030&card[cvc]=123";
    const Answered method = bank.call("POST", "/v1/payment_methods", form, "", Bank::publishable_key);
    EXPECT_EQ(method.status, 200);
    EXPECT_EQ(method.text("/card/last4"), "4242");
    EXPECT_EQ(bank.post("/v1/payment_methods", form).status, 402);
    EXPECT_EQ(bank.pay(method.text("/id")).text("/status"), "requires_capture");
    std::ifstream journal(folder.path / "journal.jsonl");
    const std::string written((std::istreambuf_iterator<char>(journal)), {});
    EXPECT_EQ(written.find("4242424242424242"), std::string::npos);
}

TEST_F(ApiTest, OnlyACustomersCardPaysTwice) {
    const auto typed = [&] {
        return bank
            .call("POST", "/v1/payment_methods",
                  "type=card&card[number]=4242424242424242&card[exp_month]=12&card[exp_year]=2030", "",
                  Bank::publishable_key)
            .text("/id");
    };
    const std::string once = typed(), kept = typed();
    EXPECT_EQ(bank.pay(once).status, 200);
    EXPECT_EQ(bank.pay(once).status, 400);

    const std::string customer = bank.post("/v1/customers", "email=ada%40example.com").text("/id");
    EXPECT_EQ(bank.post("/v1/payment_methods/" + once + "/attach", "customer=" + customer).status, 400);
    EXPECT_EQ(bank.post("/v1/payment_methods/" + kept + "/attach", "customer=" + customer).text("/customer"), customer);
    for (int i = 0; i < 2; ++i) EXPECT_EQ(bank.pay(kept + "&customer=" + customer).text("/status"), "requires_capture");
    EXPECT_EQ(bank.pay(kept).status, 400) << "an attached card pays for its customer only";
    EXPECT_EQ(bank.post("/v1/payment_methods/pm_card_chargeDeclined/attach", "customer=" + customer).status, 402);
}

TEST_F(ApiTest, RefundsUpToWhatWasCaptured) {
    const std::string id = bank.pay("pm_card_visa").text("/id");
    EXPECT_EQ(bank.post("/v1/refunds", "payment_intent=" + id).status, 400) << "nothing is captured yet";
    bank.post("/v1/payment_intents/" + id + "/capture", "");
    EXPECT_EQ(bank.post("/v1/refunds", "amount=1000&payment_intent=" + id).text("/status"), "succeeded");
    EXPECT_EQ(bank.post("/v1/refunds", "amount=1501&payment_intent=" + id).text("/error/code"), "amount_too_large");
    EXPECT_EQ(bank.post("/v1/refunds", "payment_intent=" + id).number("/amount"), 1500);
    EXPECT_EQ(bank.post("/v1/refunds", "payment_intent=" + id).text("/error/code"), "charge_already_refunded");
}

TEST_F(ApiTest, PagesGoBackInTime) {
    std::vector<std::string> ids;
    for (int i = 0; i < 5; ++i) ids.push_back(bank.pay("pm_card_visa").text("/id"));
    const Answered page = bank.get("/v1/payment_intents", "limit=2");
    EXPECT_EQ(page.text("/data/0/id"), ids[4]);
    EXPECT_EQ(page.text("/data/1/id"), ids[3]);
    EXPECT_TRUE(page.body.at("has_more").as_bool());
    const Answered rest = bank.get("/v1/payment_intents", "limit=3&starting_after=" + ids[3]);
    EXPECT_EQ(rest.text("/data/2/id"), ids[0]);
    EXPECT_FALSE(rest.body.at("has_more").as_bool());
    EXPECT_EQ(bank.get("/v1/payment_intents", "limit=0").status, 400);
    EXPECT_EQ(bank.get("/v1/events", "type=charge.succeeded&limit=100").body.at("data").as_array().size(), 5U);
}

TEST_F(ApiTest, ExpandsObjects) {
    const Answered paid = bank.pay("pm_card_visa&expand[]=latest_charge&expand[1]=payment_method");
    EXPECT_EQ(paid.text("/latest_charge/object"), "charge");
    EXPECT_EQ(paid.text("/payment_method/card/brand"), "visa");
}

TEST_F(ApiTest, ARestartLosesNothing) {
    const Answered paid = bank.pay("pm_card_visa", "key");
    Bank after(folder.path);
    EXPECT_EQ(after.pay("pm_card_visa", "key").response.body, paid.response.body);
    const std::string intent = "/v1/payment_intents/" + paid.text("/id");
    EXPECT_EQ(after.post(intent + "/capture", "").text("/status"), "succeeded");
    Bank last(folder.path);
    EXPECT_EQ(last.get(intent).number("/amount_received"), 2500);
    EXPECT_EQ(last.store.all<Event>().size(), after.store.all<Event>().size());
}

TEST_F(ApiTest, ALineCutShortIsDroppedAndALineThatIsWrongIsNot) {
    const std::string id = bank.pay("pm_card_visa").text("/id");
    const auto append = [&](std::string_view text) {
        std::ofstream(folder.path / "journal.jsonl", std::ios::app | std::ios::binary) << text;
    };
    append(R"({"customers":[{"id":"cus_1")");
    Bank after(folder.path);
    EXPECT_EQ(after.get("/v1/payment_intents/" + id).status, 200);
    EXPECT_EQ(after.pay("pm_card_visa").status, 200);
    EXPECT_EQ(Bank(folder.path).store.all<PaymentIntent>().size(), 2U);
    append("{\"customers\":7}\n");
    EXPECT_THROW(Bank(folder.path), std::runtime_error);
}

}  // namespace
}  // namespace liveshop::sandbox
