#include <algorithm>

#include "modules/delivery/tests/courier.hpp"

namespace liveshop::delivery {
namespace {

using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

using Jobs = Courier;

std::vector<std::string> ids_in(const json::value& list) {
    std::vector<std::string> ids;
    for (const json::value& delivery : list.at("deliveries").as_array())
        ids.emplace_back(delivery.at("id").as_string());
    return ids;
}

TEST_F(Jobs, AReadyOrderBecomesAJobOnce) {
    api.sql("update tenants set settings = '{\"driver_share_bp\": 8000}'");
    const std::string id = make_job();
    const std::string order_id = order_of(id);
    EXPECT_EQ(order_column(order_id, "delivery_id"), id);
    EXPECT_EQ(column(id, "status"), "pending");
    EXPECT_EQ(column(id, "distance_km"), "2.22");
    EXPECT_EQ(column(id, "delivery_fee_minor"), "499");
    EXPECT_EQ(column(id, "driver_earnings_minor"), "399");
    EXPECT_EQ(rooms_told("delivery:update"), (std::set{room_of(buyer), room_of(store.owner), room_of_drivers()}));
    EXPECT_EQ(rooms_told("delivery:unassignable"), std::set{room_of(store.owner)});
    EXPECT_EQ(column(id, "needs_code"), "false");
    EXPECT_EQ(column(id, "length(dropoff_code)"), "4");
    api.enqueue("delivery.create", api.tenant_id(), fmt::format(R"({{"order_id": "{}"}})", order_id));
    api.run_all_jobs();
    EXPECT_EQ(api.sql("select count(*) from deliveries"), "1");
    EXPECT_EQ(order_column(order_id, "delivery_id"), id);
}

TEST_F(Jobs, DriversSeeOpenJobsAroundThem) {
    const StoreRow farther = make_store();
    place_store(farther.id, 40.13);
    const std::string far_job = make_job(farther, make_variant(farther, 500, 1));
    const std::string near_job = make_job();
    const auto nearby = [&](TestUser who, std::string_view radius) {
        const http::Response response =
            api.get(fmt::format("/deliveries/nearby?lat={}&lng={}{}", store_lat, lng, radius), who);
        EXPECT_EQ(response.status, 200) << response.body;
        return ids_in(json_of(response));
    };
    EXPECT_THAT(nearby(driver, ""), ElementsAre(near_job, far_job)) << "the nearest first";
    EXPECT_THAT(nearby(driver, "&radius_m=1000"), ElementsAre(near_job));
    EXPECT_THAT(nearby(make_driver(api.make_tenant("other")), ""), ElementsAre());
    EXPECT_EQ(step(driver, near_job, "accept").status, 200);
    EXPECT_THAT(nearby(other_driver, ""), ElementsAre(far_job));
    EXPECT_THAT(ids_in(json_of(api.get("/deliveries", driver))), ElementsAre(near_job));
    EXPECT_THAT(ids_in(json_of(api.get("/deliveries", other_driver))), ElementsAre());
    EXPECT_EQ(api.get("/deliveries", buyer).status, 403);
    EXPECT_EQ(api.get("/deliveries/nearby?lat=40&lng=-74", buyer).status, 403);
    EXPECT_EQ(code_of(api.get("/deliveries/nearby?lat=91&lng=-74", driver)), "invalid");
    EXPECT_EQ(code_of(api.get("/deliveries/nearby?lat=40&lng=-74&radius_m=50001", driver)), "invalid");
}

TEST_F(Jobs, OfManyDriversOneGetsTheJob) {
    const std::string id = make_job();
    std::vector<test::TestCall> calls;
    for (int i = 0; i < 8; ++i) calls.push_back({"POST", "/deliveries/" + id + "/accept", make_driver(), "", ""});
    const std::vector<http::Response> answers = api.call_all(calls);
    std::size_t winners = 0;
    for (std::size_t i = 0; i < answers.size(); ++i) {
        if (answers[i].status == 200) {
            ++winners;
            EXPECT_EQ(column(id, "driver_id"), calls[i].user->id.to_string());
        } else {
            EXPECT_EQ(code_of(answers[i]), "delivery.no_longer_open");
        }
    }
    EXPECT_EQ(winners, 1U);
    EXPECT_EQ(api.sql("select count(*) from driver_locations where current_delivery_id is not null"), "1");
}

TEST_F(Jobs, ADriverCarriesOneParcelAtATime) {
    const std::string first = make_job(), second = make_job();
    const std::vector<http::Response> answers =
        api.call_all({{"POST", "/deliveries/" + first + "/accept", driver, "", ""},
                      {"POST", "/deliveries/" + second + "/accept", driver, "", ""}});
    const bool first_won = answers[0].status == 200;
    EXPECT_EQ(first_won, answers[1].status != 200);
    EXPECT_EQ(code_of(answers[first_won ? 1 : 0]), "delivery.driver_busy");
    const std::string& taken = first_won ? first : second;
    EXPECT_EQ(api.sql("select current_delivery_id from driver_locations"), taken);
    EXPECT_EQ(step(driver, taken, "accept").status, 200) << "the answer to the first call may have been lost";
    EXPECT_EQ(code_of(step(driver, first_won ? second : first, "accept")), "delivery.driver_busy");
    EXPECT_EQ(step(driver, taken, "pickup").status, 200);
    EXPECT_EQ(step(driver, taken, "complete").status, 200);
    EXPECT_EQ(code_of(step(driver, taken, "accept")), "delivery.no_longer_open");
    EXPECT_EQ(step(driver, first_won ? second : first, "accept").status, 200);
}

TEST_F(Jobs, TheWholeWayFromTheStoreToTheBooks) {
    const std::string id = make_job();
    const std::string order_id = order_of(id);
    EXPECT_EQ(report(driver, store_lat + 0.01, 100), "accepted");
    const json::value accepted = json_of(step(driver, id, "accept"));
    EXPECT_EQ(accepted.at("status").as_string(), "accepted");
    EXPECT_TRUE(accepted.as_object().contains("estimated_delivery_at"));
    EXPECT_EQ(report(driver, store_lat, 80), "accepted");
    EXPECT_EQ(column(id, "status"), "at_pickup");

    const test::TestCall pickup{"POST", "/deliveries/" + id + "/pickup", driver, "", ""};
    for (const http::Response& answer : api.call_all({pickup, pickup, pickup})) EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(step(driver, id, "pickup").status, 200) << "once more, much later";
    EXPECT_EQ(order_column(order_id, "status"), "picked_up");
    api.run_all_jobs();
    EXPECT_EQ(order_column(order_id, "payment_status"), "captured");
    EXPECT_EQ(api.sql("select count(*) from jobs where kind = 'checkout.capture'"), "1");
    EXPECT_EQ(api.sql("select count(*) from ledger_entries where kind = 'capture'"), "1");
    EXPECT_EQ(intents(), (std::map<std::string, int>{{"succeeded", 1}}));

    backdate_pick_up(id, 60);
    EXPECT_EQ(report(driver, store_lat, 50), "accepted");
    EXPECT_EQ(column(id, "status"), "in_transit");
    EXPECT_EQ(order_column(order_id, "status"), "in_transit");
    EXPECT_EQ(report_at("/deliveries/" + id + "/location", driver, home_lat), "accepted");
    EXPECT_EQ(column(id, "status"), "at_dropoff");
    api.emissions().clear();
    EXPECT_EQ(step(driver, id, "complete", R"({"note": "Left with a neighbour"})").status, 200);
    EXPECT_EQ(json_of(step(driver, id, "complete")).at("status").as_string(), "delivered") << "once more";
    EXPECT_EQ(rooms_told("delivery:update"), (std::set{room_of(buyer), room_of(store.owner), room_of(driver)}));
    EXPECT_EQ(column(id, "proof_of_delivery->>'note'"), "Left with a neighbour");
    EXPECT_EQ(order_column(order_id, "status"), "delivered");
    EXPECT_EQ(api.sql("select current_delivery_id is null from driver_locations"), "t");
    const json::value balance = json_of(api.get("/me/balance", driver));
    EXPECT_EQ(balance.at("balances").at(0).at("amount_minor").as_int64(), 499);
    EXPECT_EQ(api.sql("select count(*) from ledger_entries where kind = 'delivery'"), "1");
    EXPECT_EQ(api.sql("select sum(amount_minor) from ledger_postings where account = 'order_escrow'"), "0");
}

TEST_F(Jobs, StepsAreTheDriversOwnAndInOrder) {
    const std::string id = make_job();
    EXPECT_EQ(code_of(step(driver, id, "pickup")), "delivery.not_your_delivery");
    EXPECT_EQ(step(driver, id, "accept").status, 200);
    EXPECT_EQ(code_of(step(driver, id, "complete")), "delivery.move_not_allowed") << "there is nothing to hand over";
    EXPECT_EQ(api.sql("select current_delivery_id from driver_locations"), id) << "still the job in hand";
    EXPECT_EQ(code_of(step(other_driver, id, "pickup")), "delivery.not_your_delivery");
    EXPECT_EQ(code_of(step(other_driver, id, "complete")), "delivery.not_your_delivery");
    EXPECT_EQ(report_at("/deliveries/" + id + "/location", other_driver, home_lat), "delivery.not_your_delivery");
    EXPECT_EQ(step(buyer, id, "accept").status, 403);
    const TestUser stranger = make_driver(api.make_tenant("other"));
    const std::string nowhere = Uuid::make().to_string();
    for (const std::string_view name : {"accept", "pickup", "complete"}) {
        EXPECT_EQ(code_of(step(stranger, id, name)), "delivery.delivery_not_found") << name;
        EXPECT_EQ(code_of(step(driver, nowhere, name)), "delivery.delivery_not_found") << name;
    }
    EXPECT_EQ(column(id, "status"), "accepted");
}

TEST_F(Jobs, ACancelledOrderFreesItsDriver) {
    const std::string open = make_job();
    EXPECT_EQ(move(store, order_of(open), "cancelled").status, 200);
    EXPECT_EQ(step(driver, open, "accept").status, 200) << "the job that withdraws it has not run yet";
    EXPECT_EQ(code_of(step(driver, open, "pickup")), "checkout.move_not_allowed");
    api.emissions().clear();
    api.run_all_jobs();
    EXPECT_EQ(column(open, "status"), "cancelled");
    EXPECT_EQ(rooms_told("delivery:update"), (std::set{room_of(buyer), room_of(store.owner), room_of(driver)}));
    EXPECT_EQ(code_of(step(driver, open, "pickup")), "delivery.move_not_allowed");
    EXPECT_EQ(code_of(step(other_driver, open, "accept")), "delivery.no_longer_open");
    EXPECT_EQ(step(driver, make_job(), "accept").status, 200);
}

// Withdrawn, taken and picked up at once: whichever comes first, order and delivery agree, and no money is lost.
TEST_F(Jobs, CancellingAndPickingUpRace) {
    for (int round = 0; round < 4; ++round) {
        const std::string id = make_job();
        const std::string order_id = order_of(id);
        const TestUser who = make_driver();
        EXPECT_EQ(step(who, id, "accept").status, 200);
        api.call_all({{"PUT", fmt::format("/stores/{}/orders/{}/status", store.id, order_id), store.owner,
                       R"({"status": "cancelled"})", ""},
                      {"POST", "/deliveries/" + id + "/pickup", who, "", ""}},
                     1);
        api.run_all_jobs();
        const std::string order_status = order_column(order_id, "status");
        EXPECT_EQ(column(id, "status"), order_status);
        EXPECT_EQ(order_column(order_id, "payment_status"), order_status == "cancelled" ? "cancelled" : "captured");
    }
}

TEST_F(Jobs, ReadyAndCancelledAtOnceLeavesNoOpenJob) {
    const std::string order_id = make_ready(buyer, store, mug);
    api.call_all({{"PUT", fmt::format("/stores/{}/orders/{}/status", store.id, order_id), store.owner,
                   R"({"status": "cancelled"})", ""}},
                 2);
    api.run_all_jobs();
    EXPECT_EQ(order_column(order_id, "status"), "cancelled");
    EXPECT_EQ(api.sql("select count(*) from deliveries where status <> 'cancelled'"), "0");
}

}  // namespace
}  // namespace liveshop::delivery
