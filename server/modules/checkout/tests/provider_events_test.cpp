// The provider's events as the sandbox writes them: signed, in any order, several times, merged forward only.
#include <fmt/format.h>

#include <algorithm>

#include "modules/checkout/tests/shop.hpp"
#include "modules/checkout/webhook_signature.hpp"
#include "sandbox/webhooks.hpp"

namespace liveshop::checkout {
namespace {

constexpr std::string_view secret = "whsec_test";
constexpr std::int64_t now_s = 1'700'000'000;

std::string signed_at(std::int64_t at_s, std::string_view payload = "{}", std::string_view with = secret) {
    return sandbox::stripe_signature(payload, with, at_s);
}

TEST(WebhookSignature, IsTheProvidersOverTheseBytesAndThisTime) {
    EXPECT_TRUE(is_signed("{}", signed_at(now_s), secret, now_s));
    EXPECT_FALSE(is_signed("{ }", signed_at(now_s), secret, now_s)) << "other bytes";
    EXPECT_FALSE(is_signed("{}", signed_at(now_s), "whsec_other", now_s));
    EXPECT_FALSE(is_signed("{}", signed_at(now_s, "{}", ""), "", now_s)) << "without a secret nothing is";
    std::string moved = signed_at(now_s);
    moved.replace(moved.find("t=1700000000"), 12, "t=1700000001");
    EXPECT_FALSE(is_signed("{}", moved, secret, now_s)) << "the time is signed too";
}

TEST(WebhookSignature, IsGoodForFiveMinutes) {
    EXPECT_TRUE(is_signed("{}", signed_at(now_s - 300), secret, now_s));
    EXPECT_FALSE(is_signed("{}", signed_at(now_s - 301), secret, now_s));
    EXPECT_TRUE(is_signed("{}", signed_at(now_s + 300), secret, now_s));
    EXPECT_FALSE(is_signed("{}", signed_at(now_s + 301), secret, now_s));
}

TEST(WebhookSignature, OneOfSeveralIsEnough) {
    const std::string good = signed_at(now_s).substr(signed_at(now_s).find("v1="));
    const std::string bad = "v1=" + std::string(64, '0');
    EXPECT_TRUE(is_signed("{}", fmt::format("t={},{},{},v0=abc", now_s, bad, good), secret, now_s));
    EXPECT_FALSE(is_signed("{}", fmt::format("t={},{}", now_s, bad), secret, now_s));
    for (const std::string_view wrong : {"", "t=", "t=,v1=", "v1=", ",,,", "t=1700000000", "t=x,v1=00", "t=-1,v1="})
        EXPECT_FALSE(is_signed("{}", wrong, secret, now_s)) << wrong;
    EXPECT_FALSE(is_signed("{}", good, secret, now_s)) << "without a time";
}

class ProviderEvents : public Shop {
  protected:
    ProviderEvents() : store(make_store("USD", 499)), mug(make_variant(store, 1'000, 10)) {}

    static std::string type_of(const std::string& event) {
        return std::string(json::parse(event).at("type").as_string());
    }
    std::string event_of(std::string_view type) {
        for (const std::string& event : provider_events())
            if (type_of(event) == type) return event;
        ADD_FAILURE() << "no event " << type;
        return {};
    }
    // An order whose payment the provider took, whose answer never came, and whose own job is lost.
    std::string in_doubt(std::string_view card = visa) {
        const std::string order_id = place(buyer, {mug});
        order_fault("timeout");
        EXPECT_EQ(code_of(check_out(buyer, {order_id}, card)), "checkout.payment_unconfirmed");
        api.sql("delete from jobs where kind = 'checkout.finish_attempt'");
        EXPECT_EQ(payment_status(), "requires_confirmation");
        return order_id;
    }
    std::string payment_status() { return api.sql("select string_agg(status, ' ' order by id) from payments"); }
    std::string all_state() {
        return api.sql(
            "select (select string_agg(status || payment_status, ' ' order by id) from orders) || ' | ' ||"
            " coalesce((select string_agg(status, ' ' order by id) from payments), '') || ' | ' ||"
            " (select count(*) from ledger_entries) || ' | ' ||"
            " coalesce((select string_agg(status, ' ' order by id) from order_refunds), '')");
    }

    StoreRow store;
    std::string mug;
};

TEST_F(ProviderEvents, OnlyWhatIsSignedIsTaken) {
    const std::string order_id = in_doubt();
    const std::string event = event_of("payment_intent.amount_capturable_updated");
    const http::Response unsigned_one = api.call({"POST", "/webhooks/stripe", std::nullopt, event, ""});
    EXPECT_EQ(unsigned_one.status, 400);
    EXPECT_EQ(code_of(unsigned_one), "checkout.webhook_signature");
    EXPECT_EQ(code_of(send_event(event, 301)), "checkout.webhook_signature") << "too old";
    EXPECT_EQ(api.sql("select count(*) from provider_events"), "0");
    EXPECT_EQ(code_of(send_event(R"({"id": "pi_1", "type": "x", "data": {"object": {}}})")), "invalid");
    EXPECT_EQ(code_of(send_event(R"({"id": "evt_1", "type": "x"})")), "invalid");
    EXPECT_EQ(send_event("[]").status, 400);
    EXPECT_EQ(send_event("").status, 422);
    EXPECT_EQ(send_event(event).status, 204);
    api.run_all_jobs();
    EXPECT_EQ(order_column(order_id, "payment_status"), "authorized");
}

TEST_F(ProviderEvents, AnAnswerThatWasLostComesAsAnEvent) {
    in_doubt();
    const std::string event = event_of("payment_intent.amount_capturable_updated");
    for (int i = 0; i < 3; ++i) EXPECT_EQ(send_event(event).status, 204) << i;
    EXPECT_EQ(api.sql("select count(*) from provider_events"), "1");
    EXPECT_EQ(api.sql("select count(*) from jobs where kind = 'checkout.finish_attempt'"), "1") << "asked once";
    api.run_all_jobs();
    EXPECT_EQ(payment_status(), "requires_capture");
    EXPECT_NE(api.sql("select capture_before from payments"), "") << "also what the event did not say";
}

TEST_F(ProviderEvents, ADeclineToo) {
    const std::string order_id = in_doubt(declined);
    EXPECT_EQ(send_event(event_of("payment_intent.payment_failed")).status, 204);
    api.run_all_jobs();
    EXPECT_EQ(payment_status(), "failed");
    EXPECT_EQ(json_of(check_out(buyer, {order_id}, visa)).at("outcome").as_string(), "paid");
}

// The customer has answered the bank and closed the window: nobody asks, the event tells.
TEST_F(ProviderEvents, TheBanksQuestionAnsweredElsewhere) {
    const std::string order_id = place(buyer, {mug});
    const json::value asked = json_of(check_out(buyer, {order_id}, with_question));
    ASSERT_EQ(asked.at("outcome").as_string(), "needs_action");
    EXPECT_EQ(send_event(event_of("payment_intent.requires_action")).status, 204);
    EXPECT_EQ(payment_status(), "requires_action") << "that was known";
    answer_bank(std::string(asked.at("next_action_url").as_string()), "complete");
    EXPECT_EQ(send_event(event_of("payment_intent.amount_capturable_updated")).status, 204);
    api.run_all_jobs();
    EXPECT_EQ(order_column(order_id, "payment_status"), "authorized");
}

// The customer comes back from the bank while the event is on its way: one of them is first, the other changes nothing.
TEST_F(ProviderEvents, RacesTheCustomer) {
    for (int round = 0; round < 4; ++round) {
        const std::string order_id = place(buyer, {mug});
        const json::value asked = json_of(check_out(buyer, {order_id}, with_question));
        answer_bank(std::string(asked.at("next_action_url").as_string()), "complete");
        const std::string event = provider_events().back();
        EXPECT_EQ(type_of(event), "payment_intent.amount_capturable_updated");
        const std::string signature = sandbox::stripe_signature(event, webhook_secret, Timestamp::now().us / 1'000'000);
        const test::TestCall told{.method = "POST",
                                  .path = "/webhooks/stripe",
                                  .user = std::nullopt,
                                  .body = event,
                                  .idempotency_key = "",
                                  .headers = {{"Stripe-Signature", signature}}};
        const test::TestCall back{"POST", "/checkout", buyer, checkout_body({order_id}, ""), ""};
        const auto calls = round % 2 ? std::vector{told, back, told} : std::vector{back, told, told};
        for (const http::Response& answer : api.call_all(calls, 1))
            EXPECT_TRUE(answer.status < 300 || code_of(answer) == "checkout.payment_in_progress") << answer.body;
        api.run_all_jobs();
        EXPECT_EQ(order_column(order_id, "payment_status"), "authorized");
        EXPECT_EQ(api.sql(fmt::format("select count(*) from order_timeline where order_id = '{}'"
                                      " and note = 'Payment authorized'",
                                      order_id)),
                  "1");
    }
}

TEST_F(ProviderEvents, ARefusalThatWasHeardFirstIsToldToTheCustomer) {
    const std::string order_id = place(buyer, {mug});
    const json::value asked = json_of(check_out(buyer, {order_id}, with_question));
    answer_bank(std::string(asked.at("next_action_url").as_string()), "fail");
    EXPECT_EQ(send_event(provider_events().back()).status, 204);
    const http::Response answer = check_out(buyer, {order_id}, "");
    ASSERT_EQ(answer.status, 200) << answer.body;
    const json::value told = json_of(answer);
    EXPECT_EQ(told.at("outcome"), "declined");
    EXPECT_FALSE(told.at("message").as_string().empty());
    EXPECT_EQ(json_of(check_out(buyer, {order_id}, visa)).at("outcome"), "paid") << "with another card";
}

// Whatever was heard before, and however often: what is reached is not left again.
TEST_F(ProviderEvents, UnorderedAndThreeTimes) {
    const std::string order_id = make_ready(buyer, store, mug);
    pick_up(driver, order_id);
    api.run_all_jobs();
    deliver(driver, order_id, 400);
    EXPECT_EQ(api.post("/orders/" + order_id + "/refunds", store.owner, R"({"amount_minor": 300})").status, 201);
    api.run_all_jobs();
    const std::string before = all_state();
    std::vector<std::string> events = provider_events();
    ASSERT_GE(events.size(), 5U);
    std::ranges::reverse(events);
    for (int round = 0; round < 3; ++round) {
        for (const std::string& event : events) EXPECT_EQ(send_event(event).status, 204) << event;
        api.run_all_jobs();
        EXPECT_EQ(all_state(), before) << "round " << round;
        std::ranges::rotate(events, events.begin() + 2);
    }
    EXPECT_EQ(api.sql("select count(*) from provider_events"), std::to_string(events.size()));
}

TEST_F(ProviderEvents, SeveralAtOnceAreOne) {
    in_doubt();
    const std::string event = event_of("payment_intent.amount_capturable_updated");
    const std::string signature = sandbox::stripe_signature(event, webhook_secret, Timestamp::now().us / 1'000'000);
    const test::TestCall call{.method = "POST",
                              .path = "/webhooks/stripe",
                              .user = std::nullopt,
                              .body = event,
                              .idempotency_key = "",
                              .headers = {{"Stripe-Signature", signature}}};
    for (const http::Response& answer : api.call_all({call, call, call, call})) EXPECT_EQ(answer.status, 204);
    EXPECT_EQ(api.sql("select count(*) from jobs where kind = 'checkout.finish_attempt'"), "1");
    api.run_all_jobs();
    EXPECT_EQ(payment_status(), "requires_capture");
}

TEST_F(ProviderEvents, CapturedInTheProvidersDashboard) {
    const std::string order_id = make_ready(buyer, store, mug);
    capture_at_provider(order_id);
    const std::string event = event_of("payment_intent.succeeded");
    for (int i = 0; i < 3; ++i) EXPECT_EQ(send_event(event).status, 204);
    EXPECT_EQ(order_column(order_id, "payment_status"), "captured");
    EXPECT_EQ(api.sql("select count(*) from ledger_entries where kind = 'capture'"), "1");
    pick_up(driver, order_id);
    api.run_all_jobs();
    EXPECT_EQ(api.sql("select sum(amount_minor) from ledger_postings where account = 'provider_clearing'"), "1499");
}

TEST_F(ProviderEvents, AHoldThatEndsCancelsWhatNobodyCarries) {
    const std::string order_id = make_ready(buyer, store, mug), on_its_way = make_ready(other_buyer, store, mug);
    pick_up(driver, on_its_way);
    end_hold(order_id);
    end_hold(on_its_way);
    for (const std::string& event : provider_events())
        if (type_of(event) == "payment_intent.canceled") EXPECT_EQ(send_event(event).status, 204);
    EXPECT_EQ(order_column(order_id, "status"), "cancelled");
    EXPECT_EQ(order_column(on_its_way, "status"), "picked_up");
    EXPECT_EQ(order_column(on_its_way, "payment_status"), "failed");
    api.run_all_jobs();
    EXPECT_EQ(api.sql("select count(*) from ledger_entries"), "0");
    EXPECT_EQ(stock_of(mug), 9);
}

TEST_F(ProviderEvents, ARefundWhoseAnswerWasLost) {
    const std::string order_id = make_ready(buyer, store, mug);
    pick_up(driver, order_id);
    api.run_all_jobs();
    deliver(driver, order_id, 400);
    EXPECT_EQ(api.post("/orders/" + order_id + "/refunds", store.owner, R"({"amount_minor": 300})").status, 201);
    order_fault("timeout");
    api.run_jobs();
    api.sql("delete from jobs where kind = 'checkout.refund'");
    EXPECT_EQ(api.sql("select status from order_refunds"), "pending");
    EXPECT_EQ(send_event(event_of("refund.created")).status, 204);
    api.run_all_jobs();
    EXPECT_EQ(api.sql("select status from order_refunds"), "succeeded");
    EXPECT_EQ(provider_refunds().size(), 1U);
    EXPECT_EQ(api.sql("select count(*) from ledger_entries where kind = 'refund'"), "1");
}

// One account at the provider serves all tenants, and has one address to send events to.
TEST_F(ProviderEvents, AnEventIsItsTenantsWhereverItIsSent) {
    const std::string order_id = in_doubt();
    const TestUser of_other = api.make_user(Role::customer, api.make_tenant("other"));
    std::string event = event_of("payment_intent.amount_capturable_updated");
    const std::string own = api.tenant_id().to_string();
    ASSERT_NE(event.find(own), event.npos);
    const auto send_to_other = [&](const std::string& text) {
        const std::string signature = sandbox::stripe_signature(text, webhook_secret, Timestamp::now().us / 1'000'000);
        return api
            .call({.method = "POST",
                   .path = "/webhooks/stripe",
                   .user = of_other,
                   .body = text,
                   .idempotency_key = "",
                   .headers = {{"Stripe-Signature", signature}}})
            .status;
    };
    EXPECT_EQ(send_to_other(event), 204);
    EXPECT_EQ(api.sql(fmt::format("select count(*) from provider_events where tenant_id = '{}'", own)), "1");
    api.run_all_jobs();
    EXPECT_EQ(order_column(order_id, "payment_status"), "authorized");
    // One of a tenant that is none of ours is acknowledged, or it would come for days.
    event.replace(event.find(own), own.size(), Uuid::make().to_string());
    event.replace(event.find("evt_"), 8, "evt_none");
    EXPECT_EQ(send_to_other(event), 204);
    EXPECT_EQ(api.sql("select count(*) from provider_events"), "1");
}

TEST_F(ProviderEvents, OldOnesAreForgotten) {
    EXPECT_EQ(send_event(R"({"id": "evt_1", "type": "customer.created", "created": 1, "data": {"object": {}}})").status,
              204);
    EXPECT_EQ(send_event(R"({"id": "evt_2", "type": "customer.created", "created": 1, "data": {"object": {}}})").status,
              204);
    api.sql("update provider_events set received_at = now() - interval '61 days' where event_id = 'evt_1'");
    api.enqueue("checkout.forget_provider_events", api.tenant_id());
    api.run_jobs();
    EXPECT_EQ(api.sql("select string_agg(event_id, ' ') from provider_events"), "evt_2");
}

}  // namespace
}  // namespace liveshop::checkout
