#include "modules/checkout/refunds.hpp"

#include <fmt/format.h>

#include "modules/checkout/refund_rules.hpp"
#include "modules/checkout/tests/shop.hpp"
#include "tests/support/check_constraint.hpp"

namespace liveshop::checkout {
namespace {

class Refunds : public Shop {
  protected:
    Refunds()
        : store(make_store("USD", 499)), mug(make_variant(store, 1'000, 10)), bowl(make_variant(store, 333, 10)) {}

    // Three mugs: 3,000 + 248 tax + 499, of which 300 are commission.
    std::string delivered() {
        api.sql("update tenants set settings = '{\"tax_rate_bp\": 825, \"commission_rate_bp\": 1000}'");
        const std::string order_id = make_ready(buyer, store, mug, 3);
        pick_up(driver, order_id);
        api.run_all_jobs();
        deliver(driver, order_id, 499);
        return order_id;
    }
    http::Response refund(TestUser who, const std::string& order_id, std::string_view body = "{}",
                          std::string key = "") {
        return api.post("/orders/" + order_id + "/refunds", who, std::string(body), std::move(key));
    }
    std::string balance(std::string_view account) {
        return api.sql(
            fmt::format("select coalesce(-sum(amount_minor), 0) from ledger_postings where account = '{}'", account));
    }
    json::value list(TestUser who, const std::string& order_id) {
        return json_of(api.get("/orders/" + order_id + "/refunds", who));
    }
    std::int64_t given_back() {
        std::int64_t sum = 0;
        for (const json::value& refund : provider_refunds()) sum += refund.at("amount").as_int64();
        return sum;
    }

    StoreRow store;
    std::string mug, bowl;
};

OrderState order_of(std::int64_t goods, std::int64_t shipping, std::int64_t commission) {
    OrderState order;
    order.subtotal_minor = {goods};
    order.shipping_amount_minor = {shipping};
    order.total_amount_minor = {goods + shipping};
    order.commission_minor = {commission};
    return order;
}

TEST(RefundRules, PartsSumToTheWholeToTheCent) {
    for (std::int64_t whole = 1; whole <= 7; ++whole)
        for (std::int64_t amount = 0; amount <= 50; ++amount) {
            Amount sum;
            for (std::int64_t i = 0; i < whole; ++i) sum += next_part({amount}, i, 1, whole);
            EXPECT_EQ(sum.minor, amount) << amount << " in " << whole;
        }
}

TEST(RefundRules, CommissionComesBackWithTheGoodsAndNoMoreThanAllOfIt) {
    const OrderState order = order_of(3'248, 499, 300);
    for (const std::int64_t step : {1, 7, 100, 999, 3'747}) {
        RefundedSoFar before;
        while (before.amount_minor < order.total_amount_minor) {
            const Amount amount = std::min(Amount{step}, order.total_amount_minor - before.amount_minor);
            const Amount commission = commission_back(order, before, amount);
            EXPECT_GE(commission, Amount{});
            EXPECT_LE(commission, amount);
            before.amount_minor += amount;
            before.commission_minor += commission;
            if (before.amount_minor < goods_of(order)) EXPECT_LE(before.commission_minor, order.commission_minor);
        }
        if (step >= 7) EXPECT_EQ(before.commission_minor, order.commission_minor) << "in steps of " << step;
    }
    EXPECT_EQ(commission_back(order, {{3'248}, {300}}, {499}), Amount{}) << "of the shipping there was none";
    EXPECT_EQ(commission_back(order_of(0, 499, 0), {}, {499}), Amount{});
}

TEST(RefundRules, NamesAgreeWithTheDatabase) {
    const test::TestDatabase database;
    EXPECT_EQ(test::values_allowed_by(database, "order_refunds_status_check"), test::names_of<RefundStatus>());
    EXPECT_EQ(test::values_allowed_by(database, "order_refunds_reason_check"), test::names_of<RefundReason>());
    EXPECT_EQ(test::values_allowed_by(database, "order_refunds_source_check"), test::names_of<RefundSource>());
}

TEST_F(Refunds, InFull) {
    const std::string order_id = delivered();
    EXPECT_EQ(balance("store_payable"), "2948");
    api.sql("update tenants set settings = '{\"commission_rate_bp\": 5000}'");
    const http::Response answer = refund(store.owner, order_id, R"({"restock": true, "note": "Sorry"})");
    EXPECT_EQ(answer.status, 201) << answer.body;
    EXPECT_EQ(json_of(answer).at("status").as_string(), "pending");
    api.run_all_jobs();
    EXPECT_EQ(order_column(order_id, "status"), "refunded");
    EXPECT_EQ(order_column(order_id, "payment_status"), "refunded");
    EXPECT_EQ(api.sql("select string_agg(status, ' ') from payments"), "refunded");
    EXPECT_EQ(given_back(), 3'747);
    EXPECT_EQ(balance("store_payable"), "-499") << "the way was driven: the store pays it";
    EXPECT_EQ(balance("driver_payable"), "499");
    EXPECT_EQ(balance("platform_commission"), "0") << "at the rate of that day, not of today";
    EXPECT_EQ(stock_of(mug), 10);
    const json::value refunds = list(buyer, order_id);
    EXPECT_EQ(refunds.at("refunds").at(0).at("status").as_string(), "succeeded");
    EXPECT_EQ(refunds.at("refunded_minor").as_int64(), 3'747);
    EXPECT_EQ(refunds.at("refundable_minor").as_int64(), 0);
    EXPECT_EQ(code_of(refund(store.owner, order_id)), "checkout.refund_not_possible");
}

TEST_F(Refunds, InPartsByItemsAndByAmount) {
    const std::string order_id = delivered();
    const std::string one = fmt::format(R"({{"items": [{{"variant_id": "{}", "quantity": 1}}]}})", mug);
    const json::value first = json_of(refund(store.owner, order_id, one));
    EXPECT_EQ(first.at("amount_minor").as_int64(), 1'083) << "a mug and its tax, 82.67 rounded";
    EXPECT_EQ(first.at("commission_minor").as_int64(), 100);
    EXPECT_EQ(refund(store.owner, order_id, R"({"amount_minor": 165})").status, 201);
    api.run_all_jobs();
    EXPECT_EQ(order_column(order_id, "status"), "delivered");
    EXPECT_EQ(order_column(order_id, "payment_status"), "captured");
    EXPECT_EQ(given_back(), 1'248);
    EXPECT_EQ(balance("platform_commission"), "185") << "300 - 100 - 15";
    EXPECT_EQ(list(store.owner, order_id).at("refundable_minor").as_int64(), 3'747 - 1'248);
    EXPECT_EQ(code_of(refund(store.owner, order_id, R"({"amount_minor": 2500})")), "checkout.refund_too_large");
    const std::string three = fmt::format(R"({{"items": [{{"variant_id": "{}", "quantity": 3}}]}})", mug);
    EXPECT_EQ(code_of(refund(store.owner, order_id, three)), "checkout.refund_too_large") << "one is back already";
    EXPECT_EQ(refund(store.owner, order_id).status, 201) << "the rest";
    api.run_all_jobs();
    EXPECT_EQ(order_column(order_id, "status"), "refunded");
    EXPECT_EQ(given_back(), 3'747);
    EXPECT_EQ(balance("platform_commission"), "0");
}

TEST_F(Refunds, OnlyTheStoresPeopleAndOnlyWhatCameToSomebody) {
    const std::string order_id = make_ready(buyer, store, mug);
    EXPECT_EQ(code_of(refund(store.owner, order_id)), "checkout.refund_not_possible") << "cancel it";
    pick_up(driver, order_id);
    api.run_all_jobs();
    EXPECT_EQ(code_of(refund(store.owner, order_id)), "checkout.refund_not_possible") << "it is on its way";
    deliver(driver, order_id, 499);
    EXPECT_EQ(refund(buyer, order_id).status, 403);
    EXPECT_EQ(refund(driver, order_id).status, 403);
    EXPECT_EQ(code_of(refund(make_store().owner, order_id)), "checkout.order_not_found");
    EXPECT_EQ(code_of(api.get("/orders/" + order_id + "/refunds", other_buyer)), "checkout.order_not_found");
    EXPECT_EQ(code_of(refund(store.owner, Uuid::make().to_string())), "checkout.order_not_found");
    const std::string stranger = fmt::format(R"({{"items": [{{"variant_id": "{}", "quantity": 1}}]}})", bowl);
    EXPECT_EQ(code_of(refund(store.owner, order_id, stranger)), "invalid");
    EXPECT_EQ(code_of(refund(store.owner, order_id, R"({"items": []})")), "invalid");
    EXPECT_EQ(code_of(refund(store.owner, order_id, R"({"amount_minor": 0})")), "checkout.refund_not_possible");
    EXPECT_EQ(refund(api.make_user(Role::admin), order_id, R"({"amount_minor": 1})").status, 201);
}

TEST_F(Refunds, ALostAnswerGivesNothingBackTwice) {
    const std::string order_id = delivered();
    EXPECT_EQ(refund(store.owner, order_id, R"({"amount_minor": 500})").status, 201);
    order_fault("timeout");
    api.run_jobs();
    EXPECT_EQ(given_back(), 500) << "carried out all the same";
    EXPECT_EQ(list(buyer, order_id).at("refunds").at(0).at("status").as_string(), "pending");
    api.run_all_jobs();
    EXPECT_EQ(given_back(), 500);
    EXPECT_EQ(list(buyer, order_id).at("refunds").at(0).at("status").as_string(), "succeeded");
    EXPECT_EQ(api.sql("select count(*) from ledger_entries where kind = 'refund'"), "1");
}

TEST_F(Refunds, TheSameKeyIsTheSameRefund) {
    const std::string order_id = delivered();
    const http::Response first = refund(store.owner, order_id, R"({"amount_minor": 500})", "press-1");
    EXPECT_EQ(refund(store.owner, order_id, R"({"amount_minor": 500})", "press-1").body, first.body);
    api.run_all_jobs();
    EXPECT_EQ(given_back(), 500);
}

TEST_F(Refunds, ManyAtOnceGiveBackNoMoreThanWasPaid) {
    const std::string order_id = delivered();
    const test::TestCall call{"POST", "/orders/" + order_id + "/refunds", store.owner, R"({"amount_minor": 1000})", ""};
    int created = 0;
    for (const http::Response& answer : api.call_all({call, call, call, call, call, call}, 2))
        created += answer.status == 201;
    EXPECT_EQ(created, 3) << "of 3,747";
    api.run_all_jobs();
    EXPECT_EQ(given_back(), 3'000);
}

// What the provider refuses for certain is as if it had never been asked for.
TEST_F(Refunds, ARefusalIsShown) {
    const std::string order_id = delivered();
    api.sql("update payments set stripe_payment_intent_id = 'pi_of_nobody'");
    const std::string one = fmt::format(R"({{"items": [{{"variant_id": "{}", "quantity": 1}}]}})", mug);
    EXPECT_EQ(refund(store.owner, order_id, one).status, 201);
    api.run_all_jobs();
    const json::value refunds = list(store.owner, order_id);
    EXPECT_EQ(refunds.at("refunds").at(0).at("status").as_string(), "failed");
    EXPECT_TRUE(refunds.at("refunds").at(0).as_object().contains("failure_message"));
    EXPECT_EQ(refunds.at("refundable_minor").as_int64(), 3'747);
    EXPECT_EQ(api.sql("select sum(refunded_quantity) from order_lines"), "0");
    EXPECT_EQ(balance("store_payable"), "2948");
}

}  // namespace
}  // namespace liveshop::checkout
