// How a delivery ends, and who pays for it.

#include "modules/delivery/tests/courier.hpp"
#include "platform/pictures/pictures.hpp"

namespace liveshop::delivery {
namespace {

// An order of 1,000 with 499 for the delivery: 100 are commission, 1,400 go through escrow.
class Endings : public Courier {
  protected:
    std::string pick_up_job() {
        const std::string id = make_job();
        EXPECT_EQ(step(driver, id, "accept").status, 200);
        EXPECT_EQ(step(driver, id, "pickup").status, 200);
        return id;
    }
    http::Response fail(const std::string& id, std::string_view reason) {
        return step(driver, id, "fail", fmt::format(R"({{"reason": "{}"}})", reason));
    }
    // Refunded, store, driver, platform, and what is still held.
    std::string shares() {
        return fmt::format("{} {} {} {} {}",
                           api.sql("select coalesce(sum(amount_minor), 0) from order_refunds"
                                   " where status = 'succeeded'"),
                           balance("store_payable"), balance("driver_payable"), balance("platform_commission"),
                           balance("order_escrow"));
    }
};

TEST_F(Endings, Delivered) {
    const std::string id = pick_up_job();
    EXPECT_EQ(step(driver, id, "complete").status, 200);
    api.run_all_jobs();
    EXPECT_EQ(shares(), "0 900 499 100 0");
}

TEST_F(Endings, NobodyWasThere) {
    const std::string id = pick_up_job();
    api.run_all_jobs();
    api.emissions().clear();
    EXPECT_EQ(fail(id, "customer_absent").status, 200);
    EXPECT_EQ(json_of(fail(id, "customer_absent")).at("status").as_string(), "failed") << "once more";
    EXPECT_EQ(rooms_told("delivery:update"), (std::set{room_of(buyer), room_of(store.owner), room_of(driver)}));
    api.run_all_jobs();
    EXPECT_EQ(shares(), "1000 0 499 0 0") << "the customer pays the way, the store has its goods";
    const std::string order_id = order_of(id);
    EXPECT_EQ(order_column(order_id, "status"), "refunded");
    EXPECT_EQ(order_column(order_id, "payment_status"), "captured") << "what the way cost stays";
    EXPECT_NE(api.sql("select string_agg(note, '; ') from order_timeline").find("nobody was there"), std::string::npos);
    // The driver has the parcel until it is back, and takes no other.
    const std::int64_t stock = stock_of(mug);
    const std::string next = make_job();
    EXPECT_EQ(code_of(step(driver, next, "accept")), "delivery.driver_busy");
    EXPECT_EQ(step(driver, id, "return").status, 200);
    EXPECT_EQ(step(driver, id, "return").status, 200) << "once more";
    EXPECT_EQ(stock_of(mug), stock - 1 + 1) << "one was sold meanwhile, one came back";
    EXPECT_EQ(step(driver, next, "accept").status, 200);
}

TEST_F(Endings, NotAccepted) {
    const std::string id = pick_up_job();
    EXPECT_EQ(step(driver, id, "depart").status, 200);
    EXPECT_EQ(step(driver, id, "arrive").status, 200);
    EXPECT_EQ(column(id, "status"), "at_dropoff");
    EXPECT_EQ(fail(id, "customer_refused").status, 200) << "before the money was captured";
    EXPECT_EQ(order_column(order_of(id), "status"), "in_transit");
    api.run_all_jobs();
    EXPECT_EQ(shares(), "1000 0 499 0 0");
    EXPECT_EQ(order_column(order_of(id), "status"), "refunded");
}

TEST_F(Endings, Damaged) {
    const std::string id = pick_up_job();
    const std::int64_t stock = stock_of(mug);
    EXPECT_EQ(fail(id, "damaged").status, 200);
    api.run_all_jobs();
    EXPECT_EQ(shares(), "1499 900 0 -900 0") << "the customer gets everything, the platform pays the store";
    EXPECT_EQ(order_column(order_of(id), "payment_status"), "refunded");
    EXPECT_EQ(api.post(fmt::format("/stores/{}/deliveries/{}/return", store.id, id), store.owner, "").status, 200);
    EXPECT_EQ(stock_of(mug), stock) << "broken things are not sold again";
    EXPECT_EQ(column(id, "returned_at is null"), "false");
    EXPECT_EQ(step(driver, make_job(), "accept").status, 200);
}

TEST_F(Endings, FailuresAreTheDriversToSayAndInOrder) {
    const std::string id = make_job();
    EXPECT_EQ(code_of(fail(id, "damaged")), "delivery.not_your_delivery");
    EXPECT_EQ(step(driver, id, "accept").status, 200);
    EXPECT_EQ(code_of(fail(id, "damaged")), "delivery.move_not_allowed") << "nothing was picked up";
    EXPECT_EQ(code_of(fail(id, "tired")), "invalid");
    EXPECT_EQ(code_of(step(driver, id, "return")), "delivery.move_not_allowed");
    EXPECT_EQ(code_of(step(driver, id, "depart")), "delivery.move_not_allowed");
    EXPECT_EQ(code_of(step(other_driver, id, "return")), "delivery.not_your_delivery");
    EXPECT_EQ(code_of(step(other_driver, id, "arrive")), "delivery.not_your_delivery");
    EXPECT_EQ(code_of(step(other_driver, id, "depart")), "delivery.not_your_delivery");
    const std::string back = fmt::format("/stores/{}/deliveries/{}/return", store.id, id);
    EXPECT_EQ(code_of(api.post(back, store.owner, "")), "delivery.move_not_allowed");
    EXPECT_EQ(code_of(api.post(back, make_store().owner, "")), "catalog.not_your_store");
    for (const std::string_view name : {"fail", "return", "arrive", "depart", "cancel"})
        EXPECT_EQ(step(buyer, id, name, R"({"reason": "damaged"})").status, 403) << name;
    EXPECT_EQ(step(driver, id, "pickup").status, 200);
    EXPECT_EQ(step(driver, id, "complete").status, 200);
    EXPECT_EQ(code_of(fail(id, "damaged")), "delivery.move_not_allowed") << "it has arrived";
    api.run_all_jobs();
    EXPECT_EQ(shares(), "0 900 499 100 0");
}

TEST_F(Endings, ALostAuthorizationLeavesNothingToDivide) {
    const std::string id = pick_up_job();
    api.sql("update jobs set status = 'done', finished_at = now() where kind = 'checkout.capture'");
    api.sql(
        fmt::format("update payments set status = 'failed' where order_id = '{0}';"
                    " update orders set payment_status = 'failed' where id = '{0}'",
                    order_of(id)));
    EXPECT_EQ(fail(id, "customer_absent").status, 200);
    api.run_all_jobs();
    EXPECT_EQ(shares(), "0 0 0 0 0");
}

class Proofs : public Endings {
  protected:
    Proofs() { api.services().add(studio_); }

    std::string job_that_needs(std::string_view what) {
        EXPECT_EQ(api.put("/stores/" + store.id + "/delivery-settings", store.owner,
                          fmt::format(R"({{"needs_{}": true}})", what))
                      .status,
                  200);
        return pick_up_job();
    }
    http::Response send_photo(TestUser who, const std::string& id, std::string bytes) {
        return api.call({.method = "PUT",
                         .path = "/deliveries/" + id + "/proof/photo",
                         .user = who,
                         .body = std::move(bytes),
                         .idempotency_key = "",
                         .content_type = "image/png"});
    }
    json::value proof(TestUser who, const std::string& id) {
        return json_of(api.get("/deliveries/" + id + "/proof", who));
    }
    // The smallest PNG there is: one transparent pixel.
    static std::string png() {
        constexpr unsigned char bytes[] = {
            0x89, 'P',  'N',  'G',  0x0d, 0x0a, 0x1a, 0x0a, 0,    0,    0,    0x0d, 'I',  'H',  'D',  'R', 0, 0,
            0,    1,    0,    0,    0,    1,    8,    6,    0,    0,    0,    0x1f, 0x15, 0xc4, 0x89, 0,   0, 0,
            0x0d, 'I',  'D',  'A',  'T',  0x78, 0x9c, 0x63, 0x60, 0x60, 0x60, 0x60, 0,    0,    0,    5,   0, 1,
            0xa5, 0xf6, 0x45, 0x40, 0,    0,    0,    0,    'I',  'E',  'N',  'D',  0xae, 0x42, 0x60, 0x82};
        return {reinterpret_cast<const char*>(bytes), sizeof bytes};
    }

    pictures::Studio studio_;
};

TEST_F(Proofs, TheCodeIsTheCustomersToTell) {
    const std::string id = job_that_needs("code");
    const std::string code(tracking(buyer, id).at("dropoff_code").as_string());
    for (const TestUser who : {driver, store.owner, admin})
        EXPECT_FALSE(tracking(who, id).as_object().contains("dropoff_code"));
    EXPECT_EQ(code_of(step(driver, id, "complete")), "delivery.proof_required");
    const std::string wrong = code == "0000" ? "0001" : "0000";
    const auto tell = [&](const std::string& digits) {
        return step(driver, id, "complete", fmt::format(R"({{"code": "{}"}})", digits));
    };
    for (int i = 0; i < 5; ++i) EXPECT_EQ(code_of(tell(wrong)), "delivery.wrong_code") << i;
    EXPECT_EQ(code_of(tell(code)), "delivery.code_locked") << "also the right one";
    EXPECT_EQ(column(id, "status"), "picked_up");
    EXPECT_EQ(api.sql(fmt::format("select current_delivery_id from driver_locations where driver_id = '{}'",
                                  driver.id.to_string())),
              id);
    api.sql("update deliveries set code_locked_until = now()");
    EXPECT_EQ(code_of(tell(wrong)), "delivery.wrong_code");
    EXPECT_EQ(tell(code).status, 200);
    EXPECT_EQ(tell(code).status, 200) << "once more";
    EXPECT_TRUE(proof(buyer, id).at("code_given").as_bool());
    EXPECT_FALSE(tracking(buyer, id).as_object().contains("dropoff_code"));
}

TEST_F(Proofs, ASignatureIsDrawn) {
    const std::string id = job_that_needs("signature");
    EXPECT_EQ(code_of(step(driver, id, "complete")), "delivery.proof_required");
    EXPECT_EQ(code_of(step(driver, id, "complete", R"({"signature": "<script>"})")), "invalid");
    EXPECT_EQ(step(driver, id, "complete", R"({"signature": "M 1 1 L 30 30", "note": "Front desk"})").status, 200);
    EXPECT_EQ(proof(store.owner, id).at("signature").as_string(), "M 1 1 L 30 30");
    EXPECT_EQ(proof(store.owner, id).at("note").as_string(), "Front desk");
}

TEST_F(Proofs, APhotoIsKeptForThoseConcernedAndOnce) {
    const std::string id = job_that_needs("photo");
    EXPECT_EQ(code_of(step(driver, id, "complete")), "delivery.proof_required");
    EXPECT_EQ(code_of(api.get("/deliveries/" + id + "/proof/photo", buyer)), "delivery.proof_not_found");
    EXPECT_EQ(code_of(send_photo(other_driver, id, png())), "delivery.not_your_delivery");
    EXPECT_EQ(send_photo(buyer, id, png()).status, 403);
    EXPECT_EQ(code_of(send_photo(driver, id, "no picture")), "not_a_picture");
    EXPECT_EQ(send_photo(driver, id, png()).status, 200);
    EXPECT_EQ(send_photo(driver, id, png()).status, 200) << "the first answer may have been lost";
    EXPECT_EQ(step(driver, id, "complete").status, 200);
    EXPECT_EQ(code_of(send_photo(driver, id, png())), "delivery.proof_kept") << "the proof of what is over stays";
    for (const TestUser who : {buyer, driver, store.owner, admin}) {
        const http::Response photo = api.get("/deliveries/" + id + "/proof/photo", who);
        EXPECT_EQ(photo.status, 200);
        EXPECT_EQ(photo.content_type, "image/webp");
        EXPECT_EQ(photo.body.substr(8, 4), "WEBP");
    }
    for (const TestUser stranger : {other_buyer, other_driver, make_store().owner}) {
        EXPECT_EQ(code_of(api.get("/deliveries/" + id + "/proof/photo", stranger)), "delivery.delivery_not_found");
        EXPECT_EQ(code_of(api.get("/deliveries/" + id + "/proof", stranger)), "delivery.delivery_not_found");
    }
}

// A phone that was dark sends what it has when the network is back: the parcel first, the photo behind it, each again.
TEST_F(Proofs, WhatComesLateComesOnce) {
    const std::string id = pick_up_job();
    const std::string path = "/deliveries/" + id + "/complete";
    const http::Response first = api.post(path, driver, R"({"note": "At the gate"})", "phone-1");
    const http::Response again = api.post(path, driver, R"({"note": "At the gate"})", "phone-1");
    EXPECT_EQ(first.status, 200);
    EXPECT_EQ(first.body, again.body);
    EXPECT_EQ(send_photo(driver, id, png()).status, 200) << "nothing was there yet";
    EXPECT_EQ(code_of(send_photo(driver, id, png())), "delivery.proof_kept");
    api.run_all_jobs();
    EXPECT_EQ(api.sql("select count(*) from ledger_entries where kind = 'delivery'"), "1");
}

}  // namespace
}  // namespace liveshop::delivery
