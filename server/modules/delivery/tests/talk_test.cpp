// What customer and driver say to each other, and what the customer says of it all.
#include "modules/delivery/tests/courier.hpp"

namespace liveshop::delivery {
namespace {

class Talk : public Courier {
  protected:
    http::Response say(TestUser who, const std::string& id, std::string_view text) {
        return api.post("/deliveries/" + id + "/messages", who, fmt::format(R"({{"content": "{}"}})", text));
    }
    std::string heard_by(TestUser who, const std::string& id) {
        std::string all;
        const json::value list = json_of(api.get("/deliveries/" + id + "/messages", who));
        for (const json::value& message : list.at("messages").as_array())
            all += fmt::format("{}: {}; ", std::string_view(message.at("sender").as_string()),
                               std::string_view(message.at("content").as_string()));
        return all;
    }
    http::Response rate(TestUser who, const std::string& id, std::string_view body) {
        return api.post("/deliveries/" + id + "/rating", who, std::string(body));
    }
    std::string deliver_job() {
        const std::string id = make_job();
        EXPECT_EQ(step(driver, id, "accept").status, 200);
        EXPECT_EQ(step(driver, id, "pickup").status, 200);
        EXPECT_EQ(step(driver, id, "complete").status, 200);
        return id;
    }
};

TEST_F(Talk, WhileTheDeliveryRunsBetweenTheTwoOfThem) {
    const std::string id = make_job();
    EXPECT_EQ(code_of(say(buyer, id, "Hello?")), "delivery.not_under_way") << "there is nobody to hear it";
    step(driver, id, "accept");
    api.emissions().clear();
    EXPECT_EQ(say(buyer, id, "Ring twice").status, 201);
    EXPECT_EQ(rooms_told("delivery:message"), (std::set{room_of(buyer), room_of(driver)}));
    EXPECT_EQ(say(driver, id, "I will").status, 201);
    EXPECT_EQ(heard_by(buyer, id), "customer: Ring twice; driver: I will; ");
    EXPECT_EQ(heard_by(driver, id), heard_by(buyer, id));
    for (const TestUser stranger : {store.owner, admin, other_buyer, other_driver}) {
        EXPECT_EQ(code_of(say(stranger, id, "Hi")), "delivery.delivery_not_found");
        EXPECT_EQ(code_of(api.get("/deliveries/" + id + "/messages", stranger)), "delivery.delivery_not_found");
    }
    EXPECT_EQ(code_of(say(buyer, id, "")), "invalid");
    // The next driver does not read what was said to the first.
    step(driver, id, "cancel");
    step(other_driver, id, "accept");
    say(other_driver, id, "On my way");
    EXPECT_EQ(heard_by(other_driver, id), "driver: On my way; ");
    EXPECT_EQ(heard_by(buyer, id), "customer: Ring twice; driver: I will; driver: On my way; ");
    EXPECT_EQ(code_of(api.get("/deliveries/" + id + "/messages", driver)), "delivery.delivery_not_found");
    step(other_driver, id, "pickup");
    step(other_driver, id, "complete");
    EXPECT_EQ(code_of(say(buyer, id, "Thanks")), "delivery.not_under_way");
}

TEST_F(Talk, ANoteForTheDriver) {
    const std::string id = make_job();
    const std::string path = "/deliveries/" + id + "/note";
    EXPECT_EQ(json_of(api.put(path, buyer, R"({"note": "Ring at the gate"})")).at("note").as_string(),
              "Ring at the gate");
    step(driver, id, "accept");
    EXPECT_EQ(tracking(driver, id).at("delivery").at("note").as_string(), "Ring at the gate");
    for (const TestUser who : {driver, store.owner, other_buyer})
        EXPECT_EQ(code_of(api.put(path, who, R"({"note": "x"})")), "delivery.delivery_not_found");
    EXPECT_FALSE(json_of(api.put(path, buyer, R"({"note": ""})")).as_object().contains("note"));
    step(driver, id, "pickup");
    step(driver, id, "complete");
    EXPECT_EQ(code_of(api.put(path, buyer, R"({"note": "x"})")), "delivery.not_under_way");
}

TEST_F(Talk, RatedOnceByTheCustomerAfterwards) {
    const std::string early = make_job();
    EXPECT_EQ(code_of(rate(buyer, early, R"({"rating": 5})")), "delivery.not_delivered");
    step(driver, early, "accept");
    step(driver, early, "pickup");
    step(driver, early, "complete");
    for (const TestUser who : {driver, store.owner, other_buyer})
        EXPECT_EQ(code_of(rate(who, early, R"({"rating": 5})")), "delivery.delivery_not_found");
    EXPECT_EQ(code_of(rate(buyer, early, R"({"rating": 6})")), "invalid");
    EXPECT_EQ(code_of(rate(buyer, early, R"({"rating": 5, "store_review": "Nice"})")), "invalid");
    EXPECT_EQ(
        rate(buyer, early, R"({"rating": 4, "review": "Quick", "store_rating": 5, "store_review": "Nice mug"})").status,
        201);
    EXPECT_EQ(code_of(rate(buyer, early, R"({"rating": 1, "store_rating": 1})")), "delivery.already_rated");
    EXPECT_EQ(tracking(buyer, early).at("store_rating").as_int64(), 5);
    EXPECT_EQ(rate(buyer, deliver_job(), R"({"rating": 2, "store_rating": 2})").status, 201);
    EXPECT_EQ(rate(buyer, deliver_job(), R"({"rating": 5})").status, 201) << "of the driver alone";
    const json::value reviews = json_of(api.get("/stores/" + store.id + "/reviews", other_buyer));
    EXPECT_EQ(reviews.at("rating").as_double(), 3.5);
    EXPECT_EQ(reviews.at("review_count").as_int64(), 2);
    EXPECT_EQ(reviews.at("reviews").at(1).at("review").as_string(), "Nice mug");
    EXPECT_EQ(reviews.at("reviews").at(1).at("reviewer_name").as_string(), "Test") << "the first name";
    EXPECT_EQ(code_of(api.get("/stores/" + Uuid::make().to_string() + "/reviews", buyer)), "catalog.store_not_found");
    const json::value duty = json_of(api.get("/deliveries/availability", driver));
    EXPECT_EQ(duty.at("rating_count").as_int64(), 3);
    EXPECT_NEAR(duty.at("rating").as_double(), 3.7, 0.01);
}

TEST_F(Talk, RatingsAtOnceAllCount) {
    std::vector<test::TestCall> calls;
    for (int stars = 1; stars <= 4; ++stars) {
        const std::string body = fmt::format(R"({{"rating": 5, "store_rating": {}}})", stars);
        const std::string path = "/deliveries/" + deliver_job() + "/rating";
        calls.push_back({"POST", path, buyer, body, ""});
        calls.push_back({"POST", path, buyer, body, ""});
    }
    int created = 0;
    for (const http::Response& answer : api.call_all(std::move(calls))) created += answer.status == 201;
    EXPECT_EQ(created, 4) << "each once";
    EXPECT_EQ(api.sql(fmt::format("select rating || ' of ' || review_count from stores where id = '{}'", store.id)),
              "2.5 of 4");
}

}  // namespace
}  // namespace liveshop::delivery
