// The provider's door against the sandbox over HTTP, and what it makes of answers that no sandbox gives.
#include "modules/checkout/provider.hpp"

#include <gtest/gtest.h>

#include "sandbox/tests/running_sandbox.hpp"
#include "tests/support/run.hpp"

namespace liveshop::checkout {
namespace {

using sandbox::Bank;
using Kind = ProviderError::Kind;

struct ProviderTest : testing::Test {
    sandbox::ScratchFolder folder;
    sandbox::RunningSandbox sandbox{folder.path};
    boost::asio::io_context io{1};
    http::Client client{io};
    Provider provider{client,
                      {.stripe_api_url = sandbox.url(),
                       .stripe_secret_key = std::string(Bank::secret_key),
                       .stripe_timeout_ms = 2'000}};

    ProviderResult<ProviderPayment> authorize(const std::string& card, const std::string& key,
                                              std::int64_t amount_minor = 2500) {
        return test::run(io, provider.authorize({.amount = {amount_minor},
                                                 .currency = "EUR",
                                                 .payment_method_id = card,
                                                 .return_url = "https://shop.example/back?a=1&b=2",
                                                 .description = "Order 100 % \"ünïcode\" + more",
                                                 .metadata = {{"payment_id", key}}},
                                                key));
    }
    ProviderResult<ProviderPayment> capture(const std::string& intent, std::int64_t amount_minor,
                                            const std::string& key) {
        return test::run(io, provider.capture(intent, {amount_minor}, key));
    }
    http::Answer call(std::string method, std::string path, std::string body = "") {
        http::Call call{.method = std::move(method),
                        .url = sandbox.url() + path,
                        .headers = {{"Authorization", "Bearer " + std::string(Bank::secret_key)}},
                        .body = std::move(body)};
        return test::run(io, client.call(std::move(call))).value();
    }
    void order_fault(const std::string& next) {
        ASSERT_EQ(call("POST", "/sandbox/faults", R"({"next":")" + next + R"("})").status, 204);
    }
    std::size_t count_of(const std::string& event_type) {
        const json::value events = json::parse(call("GET", "/v1/events?limit=100&type=" + event_type).body);
        return events.at("data").as_array().size();
    }
};

TEST_F(ProviderTest, HoldsAndTakesTheAmountOnce) {
    const auto held = authorize("pm_card_visa", "payment-1");
    ASSERT_TRUE(held) << held.error().detail;
    const auto* authorized = std::get_if<Authorized>(&held->state);
    ASSERT_NE(authorized, nullptr);
    ASSERT_TRUE(authorized->capture_before);
    EXPECT_GT(*authorized->capture_before, Timestamp::now());
    EXPECT_TRUE(held->charge_id.starts_with("ch_"));
    EXPECT_EQ(held->amount, Amount{2500});
    EXPECT_EQ(held->currency, "EUR");
    const json::value sent = json::parse(call("GET", "/v1/payment_intents/" + held->payment_intent_id).body);
    EXPECT_EQ(sent.at("description").as_string(), "Order 100 % \"ünïcode\" + more");
    EXPECT_EQ(sent.at("metadata").at("payment_id").as_string(), "payment-1");

    const auto taken = capture(held->payment_intent_id, 2500, "payment-1");
    ASSERT_TRUE(taken) << taken.error().detail;
    EXPECT_TRUE(std::holds_alternative<Captured>(taken->state));
    EXPECT_EQ(taken->amount_received, Amount{2500});

    const auto repeated = capture(held->payment_intent_id, 2500, "payment-1");
    ASSERT_TRUE(repeated) << "the same key gives the first answer";
    EXPECT_EQ(repeated->amount_received, Amount{2500});

    const auto again = capture(held->payment_intent_id, 2500, "another key");
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().kind, Kind::refused);
    EXPECT_EQ(again.error().code, "payment_intent_unexpected_state");
    ASSERT_TRUE(again.error().payment);
    EXPECT_TRUE(std::holds_alternative<Captured>(again.error().payment->state));
    EXPECT_EQ(count_of("charge.captured"), 1U);
}

TEST_F(ProviderTest, ADeclineIsAnAnswerAndAnotherCardMayFollow) {
    const auto declined = authorize("pm_card_chargeDeclinedInsufficientFunds", "payment-1");
    ASSERT_TRUE(declined) << declined.error().detail;
    const auto* why = std::get_if<Declined>(&declined->state);
    ASSERT_NE(why, nullptr);
    EXPECT_EQ(why->code, "insufficient_funds");
    EXPECT_EQ(why->message, "Your card has insufficient funds.");

    const auto looked_up = test::run(io, provider.retrieve(declined->payment_intent_id));
    ASSERT_TRUE(looked_up);
    ASSERT_TRUE(std::holds_alternative<Declined>(looked_up->state));
    EXPECT_EQ(std::get<Declined>(looked_up->state).code, "insufficient_funds");

    const auto held = test::run(
        io, provider.confirm(declined->payment_intent_id, "pm_card_visa", "https://shop.example/back", "attempt-2"));
    ASSERT_TRUE(held) << held.error().detail;
    EXPECT_TRUE(std::holds_alternative<Authorized>(held->state));
}

TEST_F(ProviderTest, AnActionHasAnAddress) {
    const auto asked = authorize("pm_card_authenticationRequired", "payment-1");
    ASSERT_TRUE(asked) << asked.error().detail;
    const auto* action = std::get_if<NeedsAction>(&asked->state);
    ASSERT_NE(action, nullptr);
    EXPECT_TRUE(action->url.starts_with(sandbox.url() + "/challenge/pi_"));
    const std::string secret = action->url.substr(action->url.find('=') + 1);
    EXPECT_EQ(call("POST", "/challenge/" + asked->payment_intent_id, "outcome=complete&client_secret=" + secret).status,
              200);
    const auto held = test::run(io, provider.retrieve(asked->payment_intent_id));
    EXPECT_TRUE(std::holds_alternative<Authorized>(held->state));
}

TEST_F(ProviderTest, AHoldIsReleasedOnce) {
    const auto held = authorize("pm_card_visa", "payment-1");
    const auto released = test::run(io, provider.cancel(held->payment_intent_id, "payment-1"));
    ASSERT_TRUE(released) << released.error().detail;
    EXPECT_TRUE(std::holds_alternative<Canceled>(released->state));
    EXPECT_TRUE(test::run(io, provider.cancel(held->payment_intent_id, "payment-1")));
    const auto late = capture(held->payment_intent_id, 2500, "payment-1");
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().kind, Kind::refused);
    EXPECT_TRUE(std::holds_alternative<Canceled>(late.error().payment->state));
}

TEST_F(ProviderTest, AfterALostAnswerTheSameKeyGivesIt) {
    order_fault("timeout");
    const auto lost = authorize("pm_card_visa", "payment-1");
    ASSERT_FALSE(lost);
    EXPECT_EQ(lost.error().kind, Kind::unknown_outcome);
    EXPECT_EQ(lost.error().code, "timeout");
    EXPECT_TRUE(lost.error().sent);
    const auto held = authorize("pm_card_visa", "payment-1");
    ASSERT_TRUE(held) << held.error().detail;
    EXPECT_TRUE(std::holds_alternative<Authorized>(held->state));

    order_fault("500");
    const auto failed = capture(held->payment_intent_id, 2500, "payment-1");
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().kind, Kind::unknown_outcome);
    EXPECT_EQ(failed.error().status, 500);
    EXPECT_FALSE(failed.error().request_id.empty());
    EXPECT_TRUE(capture(held->payment_intent_id, 2500, "payment-1"));

    order_fault("429");
    EXPECT_EQ(authorize("pm_card_visa", "payment-2").error().kind, Kind::unknown_outcome);
    EXPECT_TRUE(authorize("pm_card_visa", "payment-2"));
    EXPECT_EQ(count_of("charge.succeeded"), 2U) << "two payments were made, however often they were asked for";
    EXPECT_EQ(count_of("charge.captured"), 1U);
}

TEST_F(ProviderTest, WhatIsWrongIsRefused) {
    const auto changed = [&] {
        EXPECT_TRUE(authorize("pm_card_visa", "payment-1", 2500));
        return authorize("pm_card_visa", "payment-1", 2600);
    }();
    ASSERT_FALSE(changed);
    EXPECT_EQ(changed.error().kind, Kind::refused);
    EXPECT_EQ(changed.error().code, "idempotency_error");
    EXPECT_EQ(authorize("pm_none", "payment-2").error().code, "resource_missing");
    EXPECT_EQ(test::run(io, provider.retrieve("pi_none")).error().status, 404);
    Provider stranger(client, {.stripe_api_url = sandbox.url(), .stripe_secret_key = "sk_test_wrong"});
    EXPECT_EQ(test::run(io, stranger.retrieve("pi_none")).error().kind, Kind::refused);
}

TEST_F(ProviderTest, NobodyThereIsUnknown) {
    Provider nowhere(client, {.stripe_api_url = "http://127.0.0.1:1", .stripe_secret_key = "sk"});
    const auto result = test::run(io, nowhere.retrieve("pi_1"));
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, Kind::unknown_outcome);
    EXPECT_EQ(result.error().code, "unreachable");
    EXPECT_FALSE(result.error().sent);
}

TEST_F(ProviderTest, CallsOfOneWaitShareItsTime) {
    Provider impatient(client, {.stripe_api_url = sandbox.url(),
                                .stripe_secret_key = std::string(Bank::secret_key),
                                .stripe_timeout_ms = 200});
    Provider same_wait = impatient.for_one_wait();
    order_fault("timeout");
    const auto lost = test::run(io, same_wait.create_customer("ada@example.com", "attempt-1"));
    ASSERT_FALSE(lost);
    EXPECT_TRUE(lost.error().sent);
    const auto not_asked = test::run(io, same_wait.attach("pm_card_visa", "cus_1", "attempt-1"));
    ASSERT_FALSE(not_asked);
    EXPECT_EQ(not_asked.error().kind, Kind::unknown_outcome);
    EXPECT_EQ(not_asked.error().code, "timeout");
    EXPECT_FALSE(not_asked.error().sent) << "what was not asked for cannot have happened";
    EXPECT_TRUE(test::run(io, impatient.create_customer("ada@example.com", "attempt-1")));
}

TEST_F(ProviderTest, ASavedCardPaysSeveralOrders) {
    const auto customer = test::run(io, provider.create_customer("ada@example.com", "attempt-1"));
    ASSERT_TRUE(customer) << customer.error().detail;
    EXPECT_EQ(test::run(io, provider.create_customer("ada@example.com", "attempt-1")).value(), *customer);
    const json::value method = json::parse(call("POST", "/v1/payment_methods", "type=card&card[token]=tok_visa").body);
    const std::string card(method.at("id").as_string());
    const auto attached = test::run(io, provider.attach(card, *customer, "attempt-1"));
    ASSERT_TRUE(attached) << attached.error().detail;
    EXPECT_FALSE(*attached);
    for (const char* key : {"payment-1", "payment-2"}) {
        AuthorizePayment payment{.amount = {900},
                                 .currency = "EUR",
                                 .payment_method_id = card,
                                 .customer_id = *customer,
                                 .return_url = "https://shop.example/back"};
        const auto held = test::run(io, provider.authorize(std::move(payment), key));
        ASSERT_TRUE(held) << held.error().detail;
        EXPECT_TRUE(std::holds_alternative<Authorized>(held->state));
    }
    const auto declined = test::run(io, provider.attach("pm_card_chargeDeclined", *customer, "attempt-2"));
    ASSERT_TRUE(declined);
    ASSERT_TRUE(*declined);
    EXPECT_EQ((*declined)->code, "generic_decline");
}

TEST(ReadPayment, ProcessingIsNeitherYesNorNo) {
    const auto payment = read_payment(
        {.status = 200, .headers = {}, .body = R"({"id":"pi_1","status":"processing","amount":5,"currency":"eur"})"});
    ASSERT_TRUE(payment);
    EXPECT_TRUE(std::holds_alternative<Processing>(payment->state));
    EXPECT_EQ(payment->charge_id, "");
}

TEST(ReadPayment, WhatCannotBeReadSettlesNothing) {
    for (const char* body : {"", "<html>", "[]", "{}", R"({"id":"pi_1"})", R"({"id":"pi_1","status":"new_status"})",
                             R"({"id":"cus_1","status":"succeeded"})", R"({"id":"pi_1","status":"requires_action"})"}) {
        const auto payment = read_payment({.status = 200, .headers = {}, .body = body});
        ASSERT_FALSE(payment) << body;
        EXPECT_EQ(payment.error().kind, Kind::unknown_outcome) << body;
    }
    for (const int status : {500, 502, 503, 409, 429}) {
        const auto payment = read_payment({.status = status, .headers = {}, .body = "<html>down</html>"});
        EXPECT_EQ(payment.error().kind, Kind::unknown_outcome) << status;
    }
    EXPECT_EQ(read_payment({.status = 403, .headers = {}, .body = "<html>"}).error().kind, Kind::unknown_outcome)
        << "a proxy between may say anything: only Stripe's own error is believed";
}

TEST(FormEncode, EscapesEverythingThatIsNotPlain) {
    EXPECT_EQ(form_encode({{"metadata[a b]", "1&2=3+ü"}, {"x", ""}}), "metadata%5Ba%20b%5D=1%262%3D3%2B%C3%BC&x=");
}

}  // namespace
}  // namespace liveshop::checkout
