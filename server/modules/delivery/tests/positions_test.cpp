#include "modules/delivery/tests/courier.hpp"

namespace liveshop::delivery {
namespace {

using Positions = Courier;

TEST_F(Positions, OnlyBetweenPickUpAndDropOffAndOnlyForThoseConcerned) {
    const std::string id = make_job();
    EXPECT_EQ(report(driver, store_lat + 0.001, 3), "accepted");
    EXPECT_EQ(step(driver, id, "accept").status, 200);
    EXPECT_EQ(report(driver, store_lat + 0.0009, 2), "accepted");
    EXPECT_EQ(step(driver, id, "pickup").status, 200);
    for (const TestUser who : {buyer, driver, store.owner, admin})
        EXPECT_FALSE(shows_location(who, id)) << "where it was before is nobody's business";
    EXPECT_EQ(rooms_told("delivery:location"), std::set<std::string>{});

    EXPECT_EQ(report(driver, store_lat, 0, R"(, "speed": 10, "heading": 180.5, "accuracy": 4)"), "accepted");
    for (const TestUser who : {buyer, driver, store.owner, admin}) EXPECT_TRUE(shows_location(who, id));
    EXPECT_EQ(rooms_told("delivery:location"), std::set<std::string>{room_of(buyer)});
    const json::value seen = tracking(buyer, id);
    EXPECT_EQ(seen.at("delivery").at("status").as_string(), "in_transit");
    EXPECT_EQ(seen.at("location").at("lat").as_double(), store_lat);
    EXPECT_EQ(seen.at("location").at("heading").as_double(), 180.5);
    EXPECT_EQ(seen.at("eta_s").as_int64(), 417) << "2.22 km of crow's way, at 25 km/h";
    EXPECT_TRUE(seen.as_object().contains("driver_last_seen_at"));
    EXPECT_TRUE(seen.as_object().contains("driver_name"));
    EXPECT_FALSE(seen.at("delivery").as_object().contains("driver_id"));

    const TestUser other_owner = make_store().owner;
    const TenantId other_tenant = api.make_tenant("other");
    for (const TestUser stranger : {other_buyer, other_driver, other_owner, api.make_user(Role::admin, other_tenant),
                                    api.make_user(Role::customer, other_tenant)})
        EXPECT_EQ(code_of(api.get("/deliveries/" + id + "/tracking", stranger)), "delivery.delivery_not_found");

    EXPECT_EQ(step(driver, id, "complete").status, 200);
    api.emissions().clear();
    EXPECT_EQ(report(driver, store_lat - 0.0001), "accepted");
    for (const TestUser who : {buyer, driver, store.owner, admin}) EXPECT_FALSE(shows_location(who, id));
    EXPECT_TRUE(api.emissions().empty());
    EXPECT_EQ(api.sql("select count(*) from delivery_positions"), "1");
}

TEST_F(Positions, WhatCannotBeTrueIsKeptFromTheMap) {
    const std::string id = make_job();
    step(driver, id, "accept");
    step(driver, id, "pickup");
    backdate_pick_up(id, 60);
    EXPECT_EQ(report(driver, store_lat, 20), "accepted");
    api.emissions().clear();
    EXPECT_EQ(report(driver, store_lat, 30), "out_of_order");
    EXPECT_EQ(report(driver, store_lat, 300), "late");
    EXPECT_EQ(report(driver, store_lat, -60), "in_future");
    EXPECT_EQ(report(driver, store_lat + 0.05, 10), "impossible") << "5.5 km in 10 s";
    EXPECT_TRUE(api.emissions().empty());
    EXPECT_EQ(tracking(buyer, id).at("location").at("lat").as_double(), store_lat);
    EXPECT_EQ(report(driver, store_lat - 0.001, 10), "accepted") << "it goes on from the last good one";
    EXPECT_EQ(tracking(buyer, id).at("location").at("lat").as_double(), store_lat - 0.001);
    EXPECT_EQ(report(driver, 91), "invalid");
    EXPECT_EQ(report(driver, store_lat, 0, R"(, "heading": 361)"), "invalid");
    EXPECT_EQ(report(driver, store_lat, 0, R"(, "battery": 1)"), "invalid");
}

// Sent together over a bad connection: the last one measured is what stays, whatever the order of arrival.
TEST_F(Positions, TheLatestOfManyAtOnceStays) {
    std::vector<test::TestCall> calls;
    const Timestamp now = Timestamp::now();
    for (const int age_s : {3, 0, 5, 1, 4, 2}) {
        const Timestamp recorded_at{now.us - age_s * 1'000'000LL};
        calls.push_back({"PUT", "/deliveries/location", driver,
                         fmt::format(R"({{"lat": {:.5f}, "lng": {}, "recorded_at": "{}"}})", store_lat - age_s * 1e-5,
                                     lng, recorded_at.to_string()),
                         ""});
    }
    for (const http::Response& answer : api.call_all(std::move(calls))) EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(api.sql("select st_y(location::geometry) from driver_locations"), "40.12");
    EXPECT_EQ(api.sql("select count(*) from driver_locations"), "1");
}

// Those that come while one is being written go into one transaction.
TEST_F(Positions, OfManyDriversAtOnceAreWrittenTogether) {
    std::vector<TestUser> drivers;
    for (int i = 0; i < 60; ++i) drivers.push_back(api.make_user(Role::driver));
    const auto report_all = [&](std::string_view lat) {
        std::vector<test::TestCall> calls;
        for (const TestUser& who : drivers)
            calls.push_back(
                {"PUT", "/deliveries/location", who, fmt::format(R"({{"lat": {}, "lng": {}}})", lat, lng), ""});
        return api.call_all(std::move(calls));
    };
    for (const http::Response& answer : report_all("40.12")) EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(api.sql("select count(*) from driver_locations where st_y(location::geometry) = 40.12"), "60");
    EXPECT_LE(batches.written(), 5U) << "of 60 reports";
    EXPECT_GE(batches.written(), 1U);

    // A batch that fails is told to all in it, and the next ones are written.
    api.sql("alter table driver_locations rename to gone");
    for (const http::Response& answer : report_all("40.1201")) EXPECT_GE(answer.status, 500);
    api.sql("alter table gone rename to driver_locations");
    for (const http::Response& answer : report_all("40.1202")) EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(api.sql("select count(*) from driver_locations where st_y(location::geometry) = 40.1202"), "60");
}

TEST_F(Positions, TheWayIsKeptThinned) {
    const std::string id = make_job();
    step(driver, id, "accept");
    step(driver, id, "pickup");
    backdate_pick_up(id, 60);
    const std::int64_t begun_us = Timestamp::now().us - 30'000'000;
    for (int second = 0; second <= 12; ++second) {
        const Timestamp recorded_at{begun_us + second * 1'000'000};
        const http::Response answer = api.put("/deliveries/location", driver,
                                              fmt::format(R"({{"lat": {:.5f}, "lng": {}, "recorded_at": "{}"}})",
                                                          store_lat - second * 1e-5, lng, recorded_at.to_string()));
        EXPECT_TRUE(json_of(answer).at("accepted").as_bool()) << answer.body;
    }
    EXPECT_EQ(api.sql("select string_agg(round(st_y(location::geometry)::numeric, 5)::text, ' ' order by recorded_at)"
                      " from delivery_positions"),
              "40.12000 40.11995 40.11990");
}

// The pace of the last minutes, not of the last second; and the customer is told without asking.
TEST_F(Positions, TheTimeLeftFollowsThePace) {
    const std::string id = make_job();
    step(driver, id, "accept");
    step(driver, id, "pickup");
    backdate_pick_up(id, 300);
    for (const int age_s : {110, 90, 70, 50, 30, 10})
        EXPECT_EQ(report(driver, store_lat - (110 - age_s) * 5 / 111'195.0, age_s), "accepted");
    const std::int64_t eta_s = tracking(buyer, id).at("eta_s").as_int64();
    EXPECT_NEAR(static_cast<double>(eta_s), (2'223.9 - 500) * 1.3 / 5, 5) << "at 5 m/s";
    std::int64_t told_s = 0;
    for (const Emission& emission : api.emissions())
        if (emission.event == "delivery:location") told_s = json::parse(emission.payload).at("eta_s").as_int64();
    EXPECT_EQ(told_s, eta_s);
}

// The job stays with its driver; store and customer see since when nothing was heard.
TEST_F(Positions, ADarkPhoneKeepsItsJob) {
    const std::string id = make_job();
    EXPECT_EQ(report(driver, store_lat + 0.001), "accepted");
    step(driver, id, "accept");
    api.sql(
        "update driver_locations set recorded_at = now() - interval '40 minutes', last_updated_at = now() -"
        " interval '40 minutes'");
    api.enqueue("delivery.sweep", api.tenant_id());
    api.run_all_jobs();
    EXPECT_EQ(column(id, "status"), "accepted");
    EXPECT_EQ(column(id, "driver_id"), driver.id.to_string());
    for (const TestUser who : {buyer, store.owner}) {
        const json::value seen = tracking(who, id);
        EXPECT_FALSE(seen.as_object().contains("location"));
        EXPECT_LT(Timestamp::parse(seen.at("driver_last_seen_at").as_string())->us,
                  Timestamp::now().us - 39 * 60 * 1'000'000LL);
    }
    const json::value board = json_of(api.get("/stores/" + store.id + "/deliveries", store.owner));
    EXPECT_TRUE(board.at("deliveries").at(0).as_object().contains("driver_last_seen_at"));
    // When the network is back, everything goes on where it was.
    EXPECT_EQ(step(driver, id, "pickup").status, 200);
    EXPECT_EQ(step(driver, id, "complete").status, 200);
    EXPECT_FALSE(tracking(buyer, id).as_object().contains("driver_last_seen_at"));
}

TEST_F(Positions, AvailabilityNeedsNoPosition) {
    EXPECT_FALSE(json_of(api.get("/deliveries/availability", driver)).at("available").as_bool());
    EXPECT_TRUE(
        json_of(api.put("/deliveries/availability", driver, R"({"available": true})")).at("available").as_bool());
    EXPECT_EQ(report(driver, store_lat), "accepted");
    EXPECT_EQ(api.sql("select is_available and location is not null from driver_locations"), "t");
    EXPECT_FALSE(
        json_of(api.put("/deliveries/availability", driver, R"({"available": false})")).at("available").as_bool());
    EXPECT_EQ(api.sql("select is_available from driver_locations"), "f");
    const TestUser newcomer = api.make_user(Role::driver);
    EXPECT_EQ(code_of(api.put("/deliveries/availability", newcomer, R"({"available": true})")),
              "delivery.driver_not_verified");
    EXPECT_FALSE(json_of(api.get("/deliveries/availability", newcomer)).at("is_verified").as_bool());
    EXPECT_EQ(api.get("/deliveries/availability", buyer).status, 403);
    EXPECT_EQ(api.put("/deliveries/availability", buyer, R"({"available": true})").status, 403);
    EXPECT_EQ(code_of(api.put("/deliveries/availability", driver, R"({"available": 1})")), "invalid");
}

}  // namespace
}  // namespace liveshop::delivery
