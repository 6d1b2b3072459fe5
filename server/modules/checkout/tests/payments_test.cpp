#include <fmt/format.h>

#include "modules/checkout/tests/shop.hpp"

namespace liveshop::checkout {
namespace {

class Payments : public Shop {
  protected:
    Payments() : store(make_store()), mug(make_variant(store, 1'000, 10)) {}

    std::string outcome_of(const http::Response& response) {
        EXPECT_EQ(response.status, 200) << response.body;
        return response.status == 200 ? std::string(json_of(response).at("outcome").as_string()) : code_of(response);
    }
    std::string payment_status(const std::string& order_id) { return order_column(order_id, "payment_status"); }
    std::int64_t count_events(std::string_view event) {
        return std::ranges::count(api.emissions(), event, &Emission::event);
    }

    StoreRow store;
    std::string mug;
};

TEST_F(Payments, AnOrderIsPaidOnce) {
    const std::string order_id = place(buyer, {mug});
    const http::Response response = check_out(buyer, {order_id}, visa);
    EXPECT_EQ(outcome_of(response), "paid");
    const json::value paid = json_of(response);
    EXPECT_EQ(paid.at("orders").at(0).at("payment_status").as_string(), "authorized");
    EXPECT_EQ(paid.at("orders").at(0).at("status").as_string(), "pending") << "until the store confirms";
    EXPECT_EQ(count_events("order:update"), 2) << "the customer's room and the owner's";
    EXPECT_EQ(outcome_of(check_out(buyer, {order_id}, visa)), "paid");
    EXPECT_EQ(outcome_of(check_out(buyer, {order_id}, "")), "paid");
    api.run_all_jobs();
    EXPECT_EQ(intents(), (std::map<std::string, int>{{"requires_capture", 1}}));
    EXPECT_EQ(order_column(order_id, "hold_expires_at is null"), "true");
}

TEST_F(Payments, ADeclineLeavesTheOrderToAnotherCard) {
    const std::string order_id = place(buyer, {mug});
    const http::Response refused = check_out(buyer, {order_id}, declined);
    EXPECT_EQ(outcome_of(refused), "declined");
    EXPECT_EQ(json_of(refused).at("decline_code").as_string(), "insufficient_funds");
    EXPECT_EQ(json_of(refused).at("message").as_string(), "Your card has insufficient funds.");
    EXPECT_EQ(order_column(order_id, "status"), "pending");
    EXPECT_EQ(payment_status(order_id), "failed");
    EXPECT_EQ(stock_of(mug), 9);
    EXPECT_EQ(outcome_of(check_out(buyer, {order_id}, visa)), "paid");
    EXPECT_EQ(payment_status(order_id), "authorized");
    api.run_all_jobs();
    EXPECT_EQ(intents(), (std::map<std::string, int>{{"canceled", 1}, {"requires_capture", 1}}));
}

TEST_F(Payments, SeveralOrdersArePaidWithOneCard) {
    const std::string second = make_variant(make_store(), 2'000, 5);
    const json::value placed = json_of(api.post("/orders", buyer, order_body({mug, second})));
    std::vector<std::string> order_ids;
    for (const json::value& order : placed.at("orders").as_array()) order_ids.emplace_back(order.at("id").as_string());
    ASSERT_EQ(order_ids.size(), 2U);
    EXPECT_EQ(outcome_of(check_out(buyer, order_ids, visa)), "paid");
    EXPECT_EQ(intents(), (std::map<std::string, int>{{"requires_capture", 2}}));
}

// The bank asks about both orders; one question is answered with yes, the other with no.
TEST_F(Payments, AllAreAuthorizedOrNone) {
    const std::string second = make_variant(make_store(), 2'000, 5);
    const std::string one = place(buyer, {mug}), two = place(buyer, {second});
    const http::Response asked = check_out(buyer, {one, two}, with_question);
    ASSERT_EQ(outcome_of(asked), "needs_action");
    answer_bank(api.sql("select min(next_action_url) from payments"), "complete");
    answer_bank(api.sql("select max(next_action_url) from payments"), "fail");
    EXPECT_EQ(outcome_of(check_out(buyer, {one, two}, "")), "declined");
    EXPECT_EQ(payment_status(one), "failed");
    EXPECT_EQ(payment_status(two), "failed");
    api.run_all_jobs();
    EXPECT_EQ(intents(), (std::map<std::string, int>{{"canceled", 2}}));
    EXPECT_EQ(outcome_of(check_out(buyer, {one, two}, visa)), "paid");
}

TEST_F(Payments, TheBanksQuestionIsAnsweredAndAskedAfter) {
    const std::string order_id = place(buyer, {mug});
    const http::Response asked = check_out(buyer, {order_id}, with_question);
    ASSERT_EQ(outcome_of(asked), "needs_action");
    const std::string url(json_of(asked).at("next_action_url").as_string());
    EXPECT_EQ(outcome_of(check_out(buyer, {order_id}, "")), "needs_action") << "not answered yet";
    EXPECT_EQ(payment_status(order_id), "pending");
    answer_bank(url, "complete");
    EXPECT_EQ(outcome_of(check_out(buyer, {order_id}, "")), "paid");
    EXPECT_EQ(payment_status(order_id), "authorized");
}

TEST_F(Payments, AnotherCardInsteadOfAnAnswer) {
    const std::string order_id = place(buyer, {mug});
    ASSERT_EQ(outcome_of(check_out(buyer, {order_id}, with_question)), "needs_action");
    EXPECT_EQ(outcome_of(check_out(buyer, {order_id}, visa)), "paid");
    api.run_all_jobs();
    EXPECT_EQ(intents(), (std::map<std::string, int>{{"canceled", 1}, {"requires_capture", 1}}));
}

TEST_F(Payments, ACardIsNeededToBegin) {
    const std::string order_id = place(buyer, {mug});
    EXPECT_EQ(code_of(check_out(buyer, {order_id}, "")), "checkout.payment_method_required");
    EXPECT_EQ(outcome_of(check_out(buyer, {order_id}, "pm_of_nobody")), "declined");
    EXPECT_EQ(outcome_of(check_out(buyer, {order_id}, visa)), "paid");
}

TEST_F(Payments, OfManyCheckoutsAtOnceOneAsksTheProvider) {
    for (int round = 0; round < 3; ++round) {
        const std::string order_id = place(buyer, {mug});
        std::vector<test::TestCall> calls(5, {"POST", "/checkout", buyer, checkout_body({order_id}, visa), ""});
        int paid = 0;
        for (const http::Response& response : api.call_all(std::move(calls))) {
            paid += response.status == 200;
            if (response.status != 200) EXPECT_EQ(code_of(response), "checkout.payment_in_progress");
        }
        EXPECT_GE(paid, 1);
        EXPECT_EQ(intents(), (std::map<std::string, int>{{"requires_capture", round + 1}}));
    }
}

TEST_F(Payments, ARepeatedKeyGivesTheFirstAnswerEvenADecline) {
    const std::string order_id = place(buyer, {mug});
    const http::Response first = check_out(buyer, {order_id}, declined, "pay-1");
    const http::Response again = check_out(buyer, {order_id}, declined, "pay-1");
    EXPECT_EQ(first.body, again.body);
    EXPECT_EQ(code_of(check_out(buyer, {order_id}, visa, "pay-1")), "idempotency_key_reused");
    EXPECT_EQ(intents().size(), 1U);
}

// The provider has authorized, but its answer was lost: the customer is told to wait, the job finds out.
TEST_F(Payments, AnAnswerLostOnTheWayIsFoundByTheJob) {
    const std::string order_id = place(buyer, {mug});
    order_fault("timeout");
    EXPECT_EQ(code_of(check_out(buyer, {order_id}, visa)), "checkout.payment_unconfirmed");
    EXPECT_EQ(payment_status(order_id), "pending");
    EXPECT_EQ(code_of(check_out(buyer, {order_id}, visa)), "checkout.payment_in_progress");
    EXPECT_EQ(code_of(api.post("/orders/" + order_id + "/cancel", buyer, "")), "checkout.payment_in_progress");
    EXPECT_EQ(api.sql("select status from orders where id = '" + order_id + "'"), "pending");
    api.run_all_jobs();
    EXPECT_EQ(payment_status(order_id), "authorized");
    EXPECT_EQ(intents(), (std::map<std::string, int>{{"requires_capture", 1}}));
    EXPECT_EQ(outcome_of(check_out(buyer, {order_id}, visa)), "paid");
}

TEST_F(Payments, ADeclineLostOnTheWayIsFoundByTheJob) {
    const std::string order_id = place(buyer, {mug});
    order_fault("500");
    EXPECT_EQ(code_of(check_out(buyer, {order_id}, declined)), "checkout.payment_unconfirmed");
    api.run_all_jobs();
    EXPECT_EQ(payment_status(order_id), "failed");
    EXPECT_EQ(outcome_of(check_out(buyer, {order_id}, visa)), "paid");
}

// A crash between the two transactions: what was committed is all that the job has.
TEST_F(Payments, AProcessThatDiedInBetweenIsFinishedByTheJob) {
    const std::string order_id = place(buyer, {mug});
    order_fault("429");
    EXPECT_EQ(code_of(check_out(buyer, {order_id}, visa)), "checkout.payment_unconfirmed");
    EXPECT_EQ(intents().size(), 0U) << "the provider never heard of it";
    expire_holds();
    api.enqueue("checkout.expire_holds", api.tenant_id());
    api.run_jobs();
    EXPECT_EQ(order_column(order_id, "status"), "pending") << "what may be about to be paid is not given up";
    api.run_all_jobs();
    EXPECT_EQ(payment_status(order_id), "authorized");
    EXPECT_EQ(intents(), (std::map<std::string, int>{{"requires_capture", 1}}));
}

TEST_F(Payments, AProviderThatNeverAnswersIsGivenUp) {
    const std::string order_id = place(buyer, {mug});
    order_fault("429", 1'000);
    EXPECT_EQ(code_of(check_out(buyer, {order_id}, visa)), "checkout.payment_unconfirmed");
    api.sql("update payment_attempts set created_at = now() - interval '31 minutes'");
    api.run_all_jobs();
    EXPECT_EQ(payment_status(order_id), "failed");
    order_fault("429", 0);
    EXPECT_EQ(outcome_of(check_out(buyer, {order_id}, visa)), "paid");
}

TEST_F(Payments, AHoldThatIsOverIsNotPaid) {
    const std::string order_id = place(buyer, {mug});
    expire_holds();
    EXPECT_EQ(code_of(check_out(buyer, {order_id}, visa)), "checkout.hold_expired");
    api.enqueue("checkout.expire_holds", api.tenant_id());
    api.run_jobs();
    EXPECT_EQ(code_of(check_out(buyer, {order_id}, visa)), "checkout.order_closed");
    EXPECT_EQ(intents().size(), 0U);
}

TEST_F(Payments, NothingToPayNeedsNoProvider) {
    const StoreRow generous = make_store("USD", 0);
    const std::string sample = make_variant(generous, 0, 3);
    const std::string order_id = make_ready(buyer, generous, sample);
    pick_up(driver, order_id);
    api.run_all_jobs();
    EXPECT_EQ(payment_status(order_id), "captured");
    EXPECT_EQ(intents().size(), 0U);
}

}  // namespace
}  // namespace liveshop::checkout
