#pragma once
// A shop with its drivers, to test in.
#include <fmt/format.h>

#include "modules/checkout/tests/shop.hpp"
#include "modules/delivery/jobs.hpp"
#include "modules/delivery/position_batches.hpp"
#include "modules/delivery/routes.hpp"

namespace liveshop::delivery {

using test::code_of;
using test::json_of;
using test::TestUser;

class Courier : public checkout::Shop {
  protected:
    /// The store is 2.2 km north of its customers. `more`: what a module that stands on this one adds.
    explicit Courier(test::TestApi::Parts more = {})
        : Shop(with_deliveries(std::move(more))),
          store(make_store()),
          mug(make_variant(store, 1'000, 10)),
          other_driver(make_driver()),
          admin(api.make_user(Role::admin)) {
        api.services().add(batches);
        place_store(store.id, store_lat);
        verify(driver);
    }

    static test::TestApi::Parts with_deliveries(test::TestApi::Parts more) {
        more.routes = std::move(more.routes) + routes();
        for (const ConstraintRow& row : constraints()) more.constraints.push_back(row);
        for (const jobs::JobRow& row : job_rows()) more.job_rows.push_back(row);
        return more;
    }
    void verify(TestUser who) {
        api.sql(fmt::format("update users set kyc_status = 'verified' where id = '{}'", who.id.to_string()));
    }
    /// One whose documents were seen.
    TestUser make_driver() { return make_driver(api.tenant_id()); }
    TestUser make_driver(TenantId tenant_id) {
        const TestUser made = api.make_user(Role::driver, tenant_id);
        verify(made);
        return made;
    }
    /// On duty, so far north of the store.
    TestUser make_driver_at(double metres) {
        const TestUser made = make_driver();
        put_on_duty(made, metres);
        return made;
    }
    void put_on_duty(TestUser who, double metres) {
        EXPECT_EQ(report(who, store_lat + metres / 111'195.0), "accepted");
        EXPECT_EQ(api.put("/deliveries/availability", who, R"({"available": true})").status, 200);
    }
    /// "12ab… open" of each offer of a delivery, in order.
    std::string offers_of(const std::string& delivery_id) {
        return api.sql(
            fmt::format("select coalesce(string_agg(driver_id || ' ' || status, ', ' order by created_at, id),"
                        " '') from delivery_offers where delivery_id = '{}'",
                        delivery_id));
    }
    static std::string is(TestUser who, std::string_view status) {
        return who.id.to_string() + " " + std::string(status);
    }
    /// The offer that a driver has to answer, or "".
    std::string open_offer(TestUser who) {
        return api.sql(fmt::format("select id from delivery_offers where driver_id = '{}' and status = 'open'",
                                   who.id.to_string()));
    }
    http::Response answer(TestUser who, const std::string& offer_id, std::string_view word) {
        return api.post(fmt::format("/deliveries/offers/{}/{}", offer_id, word), who, "");
    }
    /// As if the time to answer were over.
    void let_offers_expire() {
        api.sql("update delivery_offers set expires_at = now() where status = 'open'");
        api.enqueue("delivery.sweep", api.tenant_id());
        api.run_all_jobs();
    }
    std::string balance(std::string_view account, const std::string& owner_id = "") {
        return api.sql(fmt::format("select coalesce(-sum(amount_minor), 0) from ledger_postings where account = '{}'{}",
                                   account, owner_id.empty() ? "" : fmt::format(" and owner_id = '{}'", owner_id)));
    }

    static constexpr double store_lat = 40.12, home_lat = 40.10, lng = -74.2;

    void place_store(const std::string& store_id, double lat) {
        api.sql(fmt::format("update stores set address = address || '{{\"lat\": {}, \"lng\": {}}}' where id = '{}'",
                            lat, lng, store_id));
    }

    /// An order that is paid and ready, and the delivery made of it.
    std::string make_job() { return make_job(store, mug); }
    std::string make_job(const StoreRow& from, const std::string& variant_id) {
        const std::string order_id = make_ready(buyer, from, variant_id);
        api.run_jobs();
        return api.sql(fmt::format("select id from deliveries where order_id = '{}'", order_id));
    }
    std::string column(const std::string& delivery_id, std::string_view name) {
        return api.sql(fmt::format("select {}::text from deliveries where id = '{}'", name, delivery_id));
    }
    std::string order_of(const std::string& delivery_id) { return column(delivery_id, "order_id"); }

    http::Response step(TestUser who, const std::string& delivery_id, std::string_view name, std::string body = "") {
        return api.post(fmt::format("/deliveries/{}/{}", delivery_id, name), who, std::move(body));
    }
    /// "accepted", or why not.
    std::string report(TestUser who, double lat, int age_s = 0, std::string_view more = "") {
        return report_at("/deliveries/location", who, lat, age_s, more);
    }
    std::string report_at(std::string path, TestUser who, double lat, int age_s = 0, std::string_view more = "") {
        const Timestamp recorded_at{Timestamp::now().us - age_s * 1'000'000LL};
        const http::Response response = api.put(
            std::move(path), who,
            fmt::format(R"({{"lat": {}, "lng": {}, "recorded_at": "{}"{}}})", lat, lng, recorded_at.to_string(), more));
        if (response.status != 200) return code_of(response);
        const json::value receipt = json_of(response);
        return receipt.at("accepted").as_bool() ? "accepted" : std::string(receipt.at("fault").as_string());
    }
    /// As if it had been picked up that long ago.
    void backdate_pick_up(const std::string& delivery_id, int by_s) {
        api.sql(fmt::format("update deliveries set picked_up_at = now() - interval '{} seconds' where id = '{}'", by_s,
                            delivery_id));
    }
    json::value tracking(TestUser who, const std::string& delivery_id) {
        return json_of(api.get("/deliveries/" + delivery_id + "/tracking", who));
    }
    bool shows_location(TestUser who, const std::string& delivery_id) {
        return tracking(who, delivery_id).as_object().contains("location");
    }
    /// Rooms that were sent the event, each once.
    std::set<std::string> rooms_told(std::string_view event) {
        std::set<std::string> rooms;
        for (const Emission& emission : api.emissions())
            if (emission.event == event) rooms.insert(emission.room);
        return rooms;
    }
    static std::string room_of(TestUser user) { return "user:" + user.id.to_string(); }
    std::string room_of_drivers() { return "drivers:" + api.tenant_id().to_string(); }

    PositionBatches batches{api.pool()};
    StoreRow store;
    std::string mug;
    TestUser other_driver, admin;
};

}  // namespace liveshop::delivery
