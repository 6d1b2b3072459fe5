#include "modules/delivery/tests/courier.hpp"

namespace liveshop::delivery {
namespace {

using ::testing::ElementsAre;

using Dispatch = Courier;

TEST_F(Dispatch, TheNearestIsAskedFirstThenTheNextThenNobody) {
    const TestUser far = make_driver_at(2'000), near = make_driver_at(300), farther = make_driver_at(5'000);
    make_driver_at(20'000);  // beyond the search
    api.emissions().clear();
    const std::string id = make_job();
    EXPECT_EQ(offers_of(id), is(near, "open"));
    EXPECT_EQ(rooms_told("delivery:offer"), std::set{room_of(near)});
    EXPECT_EQ(rooms_told("delivery:unassignable"), std::set<std::string>{});
    EXPECT_EQ(answer(near, open_offer(near), "decline").status, 204);
    EXPECT_EQ(offers_of(id), is(near, "declined") + ", " + is(far, "open"));
    let_offers_expire();
    EXPECT_EQ(offers_of(id), is(near, "declined") + ", " + is(far, "expired") + ", " + is(farther, "open"));
    EXPECT_EQ(api.sql("select string_agg(ring::text, ' ' order by created_at) from delivery_offers"), "0 0 1")
        << "3 km, then 6";
    EXPECT_EQ(column(id, "unassignable_at is null"), "true");
    api.emissions().clear();
    let_offers_expire();
    EXPECT_EQ(rooms_told("delivery:unassignable"), std::set{room_of(store.owner)});
    EXPECT_EQ(rooms_told("delivery:offer"), std::set{room_of(farther)}) << "that it is over";
    EXPECT_EQ(column(id, "unassignable_at is null"), "false");
    EXPECT_EQ(column(id, "status"), "pending");
    // Nobody is asked twice, and the store is told once.
    api.emissions().clear();
    for (int i = 0; i < 3; ++i) api.enqueue("delivery.sweep", api.tenant_id());
    api.run_all_jobs();
    EXPECT_EQ(api.sql("select count(*) from delivery_offers"), "3");
    EXPECT_EQ(rooms_told("delivery:unassignable"), std::set<std::string>{});
    // Whoever comes on duty is asked by the next round.
    const TestUser late = make_driver_at(1'000);
    api.enqueue("delivery.sweep", api.tenant_id());
    api.run_all_jobs();
    EXPECT_NE(open_offer(late), "");
    EXPECT_EQ(column(id, "unassignable_at is null"), "true");
    const json::value accepted = json_of(answer(late, open_offer(late), "accept"));
    EXPECT_EQ(accepted.at("status").as_string(), "accepted");
    EXPECT_TRUE(accepted.as_object().contains("estimated_delivery_at"));
    EXPECT_EQ(column(id, "driver_id"), late.id.to_string());
}

TEST_F(Dispatch, OnlyWhoCanTakeItIsAsked) {
    const TestUser unverified = api.make_user(Role::driver), off_duty = make_driver(), busy = make_driver_at(100),
                   dark = make_driver_at(150), suspended = make_driver_at(160);
    EXPECT_EQ(report(unverified, store_lat), "accepted");
    api.sql(
        fmt::format("insert into driver_locations (tenant_id, driver_id, is_available) values ('{}', '{}', true)"
                    " on conflict (tenant_id, driver_id) do update set is_available = true",
                    api.tenant_id().to_string(), unverified.id.to_string()));
    EXPECT_EQ(report(off_duty, store_lat), "accepted");
    api.sql(
        fmt::format("update driver_locations set last_updated_at = now() - interval '11 minutes' where driver_id ="
                    " '{}'",
                    dark.id.to_string()));
    api.sql(fmt::format("update users set status = 'suspended' where id = '{}'", suspended.id.to_string()));
    const std::string first = make_job();
    EXPECT_EQ(offers_of(first), is(busy, "open"));
    const std::string second = make_job();
    EXPECT_EQ(offers_of(second), "") << "the only one who could has a question to answer";
    EXPECT_EQ(answer(busy, open_offer(busy), "accept").status, 200);
    api.enqueue("delivery.sweep", api.tenant_id());
    api.run_all_jobs();
    EXPECT_EQ(offers_of(second), "") << "and now a job";
}

TEST_F(Dispatch, AnOfferIsAnsweredByItsDriverOnceAndInTime) {
    const TestUser asked = make_driver_at(100);
    const std::string id = make_job();
    const std::string offer_id = open_offer(asked);
    EXPECT_EQ(code_of(answer(other_driver, offer_id, "accept")), "delivery.offer_not_found");
    EXPECT_EQ(code_of(answer(other_driver, offer_id, "decline")), "delivery.offer_not_found");
    EXPECT_EQ(code_of(answer(asked, Uuid::make().to_string(), "accept")), "delivery.offer_not_found");
    EXPECT_EQ(answer(buyer, offer_id, "accept").status, 403);
    EXPECT_EQ(answer(buyer, offer_id, "decline").status, 403);
    const json::value offers = json_of(api.get("/deliveries/offers", asked));
    ASSERT_EQ(offers.at("offers").as_array().size(), 1U);
    EXPECT_EQ(offers.at("offers").at(0).at("delivery").at("id").as_string(), id);
    EXPECT_GT(offers.at("offers").at(0).at("expires_in_s").as_int64(), 20);
    EXPECT_EQ(json_of(api.get("/deliveries/offers", other_driver)).at("offers").as_array().size(), 0U);
    EXPECT_EQ(api.get("/deliveries/offers", buyer).status, 403);
    // Others neither see nor take what is being asked of one.
    EXPECT_EQ(json_of(api.get(fmt::format("/deliveries/nearby?lat={}&lng={}", store_lat, lng), other_driver))
                  .at("deliveries")
                  .as_array()
                  .size(),
              0U);
    EXPECT_EQ(code_of(step(other_driver, id, "accept")), "delivery.offered_elsewhere");
    api.sql("update delivery_offers set expires_at = now() - interval '1 second'");
    EXPECT_EQ(code_of(answer(asked, offer_id, "accept")), "delivery.offer_closed") << "too late";
    api.run_all_jobs();
    EXPECT_EQ(code_of(answer(asked, offer_id, "accept")), "delivery.offer_closed");
    EXPECT_EQ(code_of(answer(asked, offer_id, "decline")), "delivery.offer_closed");
    EXPECT_EQ(step(other_driver, id, "accept").status, 200) << "open to all who look around";
}

TEST_F(Dispatch, PressedTwiceItIsAnsweredTheSame) {
    const TestUser asked = make_driver_at(100);
    const std::string id = make_job();
    const std::string offer_id = open_offer(asked);
    EXPECT_EQ(answer(asked, offer_id, "accept").status, 200);
    EXPECT_EQ(answer(asked, offer_id, "accept").status, 200);
    EXPECT_EQ(code_of(answer(asked, offer_id, "decline")), "delivery.offer_closed");
    EXPECT_EQ(step(asked, id, "cancel").status, 200);
    EXPECT_EQ(step(asked, id, "cancel").status, 200);
    EXPECT_EQ(column(id, "status"), "pending");
}

TEST_F(Dispatch, AcceptedDeclinedExpiredAndTakenAtOnce) {
    for (int round = 0; round < 6; ++round) {
        const TestUser asked = make_driver_at(10), rival = make_driver();
        const std::string id = make_job();
        const std::string offer_id = open_offer(asked);
        ASSERT_NE(offer_id, "");
        if (round % 2 == 1) {
            api.sql("update delivery_offers set expires_at = now() + interval '50 ms' where status = 'open'");
            api.enqueue("delivery.expire_offer", api.tenant_id(), fmt::format(R"({{"offer_id": "{}"}})", offer_id));
        }
        api.call_all({{"POST", "/deliveries/offers/" + offer_id + "/accept", asked, "", ""},
                      {"POST", "/deliveries/offers/" + offer_id + "/decline", asked, "", ""},
                      {"POST", "/deliveries/" + id + "/accept", rival, "", ""}},
                     1);
        api.run_all_jobs();
        const std::string driver_id = column(id, "coalesce(driver_id::text, '')");
        const std::string accepted = api.sql(fmt::format(
            "select coalesce(string_agg(driver_id::text, ' '), '') from delivery_offers where delivery_id = '{}' and"
            " status = 'accepted'",
            id));
        EXPECT_EQ(driver_id, accepted) << "whoever has it is who said yes";
        api.put("/deliveries/availability", asked, R"({"available": false})");
    }
}

TEST_F(Dispatch, ADriverWhoTakesOneIsNotAskedForOthers) {
    const TestUser asked = make_driver_at(100);
    const std::string first = make_job();
    EXPECT_EQ(offers_of(first), is(asked, "open"));
    const TestUser next = make_driver_at(200);
    const std::string second = make_job();
    EXPECT_EQ(offers_of(second), is(next, "open"));
    // Takes, from the list or by the store's hand, another than was asked for.
    EXPECT_EQ(answer(next, open_offer(next), "decline").status, 204);
    EXPECT_EQ(step(asked, second, "accept").status, 200);
    api.run_all_jobs();
    EXPECT_EQ(offers_of(first), is(asked, "withdrawn") + ", " + is(next, "open"));
}

TEST_F(Dispatch, GoingOffDutyPassesTheQuestionOn) {
    const TestUser asked = make_driver_at(100), next = make_driver_at(200);
    const std::string id = make_job();
    api.put("/deliveries/availability", asked, R"({"available": false})");
    api.run_all_jobs();
    EXPECT_EQ(offers_of(id), is(asked, "withdrawn") + ", " + is(next, "open"));
    // So do documents that are rejected.
    api.sql(fmt::format("update users set kyc_status = 'rejected' where id = '{}'", next.id.to_string()));
    api.enqueue("delivery.check_driver", api.tenant_id(), fmt::format(R"({{"user_id": "{}"}})", next.id.to_string()));
    api.run_all_jobs();
    EXPECT_EQ(offers_of(id), is(asked, "withdrawn") + ", " + is(next, "withdrawn"));
    EXPECT_FALSE(json_of(api.get("/deliveries/availability", next)).at("available").as_bool());
    EXPECT_EQ(code_of(step(next, id, "accept")), "delivery.driver_not_verified");
}

TEST_F(Dispatch, ACancelledOrderAsksNobody) {
    const TestUser asked = make_driver_at(100);
    const std::string id = make_job();
    api.emissions().clear();
    EXPECT_EQ(move(store, order_of(id), "cancelled").status, 200);
    api.run_all_jobs();
    EXPECT_EQ(offers_of(id), is(asked, "withdrawn"));
    EXPECT_EQ(rooms_told("delivery:offer"), std::set{room_of(asked)});
    const std::string next = make_job();
    EXPECT_EQ(offers_of(next), is(asked, "open"));
}

TEST_F(Dispatch, AJobGivenBackGoesToTheNext) {
    const TestUser first = make_driver_at(100), second = make_driver_at(200);
    const std::string id = make_job();
    EXPECT_EQ(answer(first, open_offer(first), "accept").status, 200);
    EXPECT_EQ(code_of(step(second, id, "cancel")), "delivery.not_your_delivery");
    EXPECT_EQ(step(buyer, id, "cancel").status, 403);
    EXPECT_EQ(step(first, id, "cancel").status, 200);
    EXPECT_EQ(column(id, "status"), "pending");
    EXPECT_EQ(offers_of(id), is(first, "declined") + ", " + is(second, "open"));
    EXPECT_EQ(json_of(api.get("/deliveries/availability", first)).as_object().contains("current_delivery_id"), false);
    EXPECT_EQ(answer(second, open_offer(second), "accept").status, 200);
    EXPECT_EQ(step(second, id, "arrive").status, 200);
    EXPECT_EQ(column(id, "status"), "at_pickup");
    EXPECT_EQ(step(second, id, "pickup").status, 200);
    EXPECT_EQ(code_of(step(second, id, "cancel")), "delivery.move_not_allowed") << "the parcel is on its way";
    EXPECT_EQ(balance("driver_payable"), "0") << "nothing moves for it";
    // A driver who gave one back is asked for others.
    const std::string other = make_job();
    EXPECT_EQ(offers_of(other), is(first, "open"));
}

TEST_F(Dispatch, TheStoreChoosesItself) {
    const TestUser asked = make_driver_at(100), chosen = make_driver_at(900), unverified = api.make_user(Role::driver);
    const std::string id = make_job();
    const std::string drivers_path = "/stores/" + store.id + "/drivers/nearby";
    const json::value nearby = json_of(api.get(drivers_path, store.owner));
    ASSERT_EQ(nearby.at("drivers").as_array().size(), 1U) << "the one who is being asked is not free";
    EXPECT_EQ(nearby.at("drivers").at(0).at("driver_id").as_string(), chosen.id.to_string());
    EXPECT_NEAR(nearby.at("drivers").at(0).at("distance_m").as_double(), 900, 5);
    const std::string path = fmt::format("/stores/{}/deliveries/{}/assign", store.id, id);
    const auto assign = [&](TestUser who, TestUser to) {
        return api.post(path, who, fmt::format(R"({{"driver_id": "{}"}})", to.id.to_string()));
    };
    EXPECT_EQ(code_of(assign(store.owner, unverified)), "delivery.driver_not_available");
    EXPECT_EQ(code_of(assign(store.owner, other_driver)), "delivery.driver_not_available") << "off duty";
    EXPECT_EQ(code_of(assign(make_store().owner, chosen)), "catalog.not_your_store");
    EXPECT_EQ(assign(buyer, chosen).status, 403);
    EXPECT_EQ(code_of(api.post(fmt::format("/stores/{}/deliveries/{}/assign", store.id, Uuid::make().to_string()),
                               store.owner, fmt::format(R"({{"driver_id": "{}"}})", chosen.id.to_string()))),
              "delivery.delivery_not_found");
    api.emissions().clear();
    const json::value assigned = json_of(assign(store.owner, chosen));
    EXPECT_EQ(assigned.at("delivery").at("status").as_string(), "accepted");
    EXPECT_EQ(assigned.at("driver_id").as_string(), chosen.id.to_string());
    EXPECT_EQ(assign(store.owner, chosen).status, 200) << "once more";
    EXPECT_TRUE(rooms_told("delivery:update").contains(room_of(chosen)));
    EXPECT_EQ(rooms_told("delivery:offer"), std::set{room_of(asked)}) << "that it is over";
    EXPECT_EQ(offers_of(id), is(asked, "withdrawn") + ", " + is(chosen, "accepted"));
    EXPECT_EQ(code_of(assign(store.owner, asked)), "delivery.no_longer_open");
    const json::value board = json_of(api.get("/stores/" + store.id + "/deliveries", store.owner));
    EXPECT_EQ(board.at("deliveries").at(0).at("driver_id").as_string(), chosen.id.to_string());
    EXPECT_EQ(api.get("/stores/" + store.id + "/deliveries", buyer).status, 403);
    EXPECT_EQ(code_of(api.get(drivers_path, make_store().owner)), "catalog.not_your_store");
}

TEST_F(Dispatch, SettingsAreTheTenantsOrTheStoresOwn) {
    const std::string path = "/stores/" + store.id + "/delivery-settings";
    EXPECT_EQ(json_of(api.get(path, store.owner)).at("offer_ttl_s").as_int64(), 30);
    EXPECT_EQ(api.put("/admin/delivery-settings", admin, R"({"offer_ttl_s": 60, "needs_code": true})").status, 200);
    EXPECT_EQ(json_of(api.get(path, store.owner)).at("offer_ttl_s").as_int64(), 60);
    EXPECT_EQ(api.put(path, store.owner, R"({"offer_ttl_s": 10, "is_automatic": false})").status, 200);
    const json::value own = json_of(api.get(path, store.owner));
    EXPECT_EQ(own.at("offer_ttl_s").as_int64(), 10);
    EXPECT_TRUE(own.at("needs_code").as_bool()) << "what was not said is the tenant's";
    EXPECT_EQ(json_of(api.get("/admin/delivery-settings", admin)).at("offer_ttl_s").as_int64(), 60);
    EXPECT_EQ(code_of(api.put(path, store.owner, R"({"offer_ttl_s": 4})")), "invalid");
    EXPECT_EQ(code_of(api.put(path, make_store().owner, "{}")), "catalog.not_your_store");
    EXPECT_EQ(api.get(path, driver).status, 403);
    EXPECT_EQ(api.put("/admin/delivery-settings", store.owner, "{}").status, 403);
    EXPECT_EQ(api.get("/admin/delivery-settings", store.owner).status, 403);
    make_driver_at(100);
    const std::string id = make_job();
    EXPECT_EQ(offers_of(id), "") << "this store's jobs are looked for, not offered";
    EXPECT_EQ(column(id, "needs_code"), "true");
    EXPECT_EQ(step(driver, id, "accept").status, 200);
}

}  // namespace
}  // namespace liveshop::delivery
