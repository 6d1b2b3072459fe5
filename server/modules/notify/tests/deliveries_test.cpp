// What customers, stores and drivers are told of deliveries and payouts.
#include "modules/delivery/tests/courier.hpp"
#include "modules/notify/jobs.hpp"
#include "modules/notify/kinds.hpp"
#include "modules/notify/routes.hpp"
#include "modules/notify/settings.hpp"

namespace liveshop::notify {
namespace {

using test::json_of;
using test::TestUser;
using ::testing::HasSubstr;

class DeliveryNews : public delivery::Courier {
  protected:
    DeliveryNews() : Courier({.routes = notify::routes(), .constraints = {}, .job_rows = notify::job_rows()}) {
        api.services().add<const Settings>(settings_);
    }

    /// How often somebody was told of a kind.
    int told(TestUser who, Kind kind) {
        api.run_jobs();
        return std::stoi(api.sql(fmt::format("select count(*) from notifications where user_id = '{}' and type = '{}'",
                                             who.id.to_string(), name_of(kind))));
    }
    /// "title|body|url" of the last of a kind.
    std::string last(TestUser who, Kind kind) {
        return api.sql(
            fmt::format("select coalesce((select title || '|' || body || '|' || (data->>'url') from notifications"
                        " where user_id = '{}' and type = '{}' order by created_at desc limit 1), 'nothing')",
                        who.id.to_string(), name_of(kind)));
    }

    Settings settings_;
};

TEST_F(DeliveryNews, FromTheOfferToTheStars) {
    const TestUser courier = make_driver_at(100);
    const std::string id = make_job();
    EXPECT_EQ(told(courier, Kind::delivery_offered), 1);
    EXPECT_THAT(last(courier, Kind::delivery_offered), HasSubstr("2.2 km"));
    EXPECT_EQ(answer(courier, open_offer(courier), "accept").status, 200);
    EXPECT_EQ(told(buyer, Kind::driver_assigned), 1);
    EXPECT_THAT(last(buyer, Kind::driver_assigned), HasSubstr("|/orders/" + order_of(id)));
    EXPECT_EQ(told(store.owner, Kind::driver_at_store), 0);
    EXPECT_EQ(step(courier, id, "arrive").status, 200);
    EXPECT_EQ(told(store.owner, Kind::driver_at_store), 1);
    EXPECT_THAT(last(store.owner, Kind::driver_at_store), HasSubstr("|/store/deliveries"));
    EXPECT_EQ(step(courier, id, "pickup").status, 200);

    const std::string talk = "/deliveries/" + id + "/messages";
    EXPECT_EQ(api.post(talk, courier, R"({"content": "Which bell?"})", "a").status, 201);
    EXPECT_EQ(told(buyer, Kind::delivery_message), 1);
    EXPECT_THAT(last(buyer, Kind::delivery_message), HasSubstr("Your driver about order"));
    EXPECT_THAT(last(buyer, Kind::delivery_message), HasSubstr("|Which bell?|/orders/"));
    EXPECT_EQ(api.post(talk, buyer, R"({"content": "The upper one"})", "b").status, 201);
    EXPECT_EQ(told(courier, Kind::delivery_message), 1);
    EXPECT_THAT(last(courier, Kind::delivery_message), HasSubstr("|The upper one|/driver"));
    EXPECT_EQ(told(buyer, Kind::delivery_message), 1) << "nobody is told of their own words";

    EXPECT_EQ(told(buyer, Kind::driver_at_door), 0);
    EXPECT_EQ(step(courier, id, "arrive").status, 200);
    EXPECT_EQ(told(buyer, Kind::driver_at_door), 1);
    EXPECT_EQ(step(courier, id, "complete").status, 200);
    EXPECT_EQ(
        api.post("/deliveries/" + id + "/rating", buyer, R"({"rating": 5, "review": "Quick", "store_rating": 4})", "c")
            .status,
        201);
    EXPECT_EQ(told(courier, Kind::new_review), 1);
    EXPECT_EQ(last(courier, Kind::new_review), "New review: 5 of 5|Quick|/driver");
    EXPECT_EQ(told(store.owner, Kind::new_review), 1);
    EXPECT_EQ(last(store.owner, Kind::new_review), "New review: 4 of 5|Without words.|/store/reviews");
    EXPECT_EQ(told(other_driver, Kind::delivery_offered), 0);
    EXPECT_EQ(told(other_buyer, Kind::driver_assigned), 0);
}

TEST_F(DeliveryNews, NobodyIsFound) {
    const TestUser courier = make_driver_at(100);
    const std::string id = make_job();
    EXPECT_EQ(told(store.owner, Kind::delivery_unassignable), 0);
    EXPECT_EQ(answer(courier, open_offer(courier), "decline").status, 204);
    EXPECT_EQ(told(store.owner, Kind::delivery_unassignable), 1);
    api.enqueue("delivery.sweep", api.tenant_id());
    api.run_all_jobs();
    EXPECT_EQ(told(store.owner, Kind::delivery_unassignable), 1) << "once";
    EXPECT_EQ(told(buyer, Kind::driver_assigned), 0);
}

TEST_F(DeliveryNews, AnOfferThatIsOverIsNoNews) {
    const TestUser courier = make_driver_at(100);
    const std::string id = make_job();
    api.run_jobs();
    api.sql("delete from notifications");
    const std::string offer_id = open_offer(courier);
    EXPECT_EQ(answer(courier, offer_id, "decline").status, 204);
    api.enqueue("notify.delivery_offered", api.tenant_id(), fmt::format(R"({{"offer_id": "{}"}})", offer_id));
    EXPECT_EQ(told(courier, Kind::delivery_offered), 0);
}

TEST_F(DeliveryNews, AnotherDriverIsNewsAgain) {
    const TestUser first = make_driver_at(100), second = make_driver_at(200);
    const std::string id = make_job();
    EXPECT_EQ(answer(first, open_offer(first), "accept").status, 200);
    EXPECT_EQ(told(buyer, Kind::driver_assigned), 1);
    EXPECT_EQ(step(first, id, "cancel").status, 200);
    EXPECT_EQ(answer(second, open_offer(second), "accept").status, 200);
    EXPECT_EQ(told(buyer, Kind::driver_assigned), 2);
    EXPECT_EQ(move(store, order_of(id), "cancelled").status, 200);
    EXPECT_EQ(told(second, Kind::delivery_withdrawn), 1);
    EXPECT_EQ(told(first, Kind::delivery_withdrawn), 0);
}

TEST_F(DeliveryNews, WhatFailedIsToldOnceToBothSides) {
    const std::string id = make_job();
    EXPECT_EQ(step(driver, id, "accept").status, 200);
    EXPECT_EQ(step(driver, id, "pickup").status, 200);
    EXPECT_EQ(step(driver, id, "fail", R"({"reason": "customer_absent"})").status, 200);
    EXPECT_EQ(told(buyer, Kind::delivery_failed), 1);
    EXPECT_EQ(told(store.owner, Kind::delivery_failed), 1);
    EXPECT_EQ(step(driver, id, "return").status, 200);
    EXPECT_EQ(told(buyer, Kind::delivery_failed), 1);
    EXPECT_EQ(told(store.owner, Kind::delivery_failed), 1);
}

TEST_F(DeliveryNews, WhoWantsNoneOfItHearsNothing) {
    const http::Response changed =
        api.put("/me/notification-preferences", buyer,
                R"({"changes": [{"kind": "driver_assigned", "channel": "in_app", "is_enabled": false}]})");
    ASSERT_EQ(changed.status, 200) << changed.body;
    const std::string id = make_job();
    api.emissions().clear();
    EXPECT_EQ(step(driver, id, "accept").status, 200);
    api.run_jobs();
    EXPECT_EQ(rooms_told("notification:new"), std::set<std::string>{});
    const json::value list = json_of(api.get("/me/notifications", buyer));
    for (const json::value& one : list.at("notifications").as_array())
        EXPECT_NE(one.at("type").as_string(), "driver_assigned");
}

TEST_F(DeliveryNews, PayoutsAreToldToWhoEarned) {
    const auto pay = [&](TestUser who, std::string_view status, std::string_view store_id) {
        const std::string payout_id = api.sql(fmt::format(
            "insert into payouts (tenant_id, recipient_type, recipient_id, store_id, amount_minor, currency,"
            " status, stripe_account_id, period_end, completed_at, stripe_transfer_id)"
            " select '{}', '{}', '{}', {}, 1250, 'USD', '{}', 'acct_1', now(), case when s then now() end,"
            " case when s then 'tr_1' end from (values ('{}' = 'completed')) as is_done (s) returning id",
            api.tenant_id().to_string(), store_id.empty() ? "driver" : "store", who.id.to_string(),
            store_id.empty() ? "null" : fmt::format("'{}'", store_id), status, status));
        api.enqueue(fmt::format("notify.payout_{}", status), api.tenant_id(),
                    fmt::format(R"({{"payout_id": "{}"}})", payout_id));
    };
    pay(driver, "completed", "");
    pay(store.owner, "failed", store.id);
    EXPECT_EQ(told(driver, Kind::payout_completed), 1);
    EXPECT_THAT(last(driver, Kind::payout_completed), HasSubstr("12.50 USD"));
    EXPECT_THAT(last(driver, Kind::payout_completed), HasSubstr("|/driver/earnings"));
    EXPECT_EQ(told(store.owner, Kind::payout_failed), 1);
    EXPECT_THAT(last(store.owner, Kind::payout_failed), HasSubstr("|/store/payouts"));
    EXPECT_EQ(told(driver, Kind::payout_failed), 0);
}

}  // namespace
}  // namespace liveshop::notify
