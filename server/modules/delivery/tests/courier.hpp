#pragma once
// A shop with its drivers, to test in.
#include <fmt/format.h>

#include "modules/checkout/tests/shop.hpp"
#include "modules/delivery/jobs.hpp"
#include "modules/delivery/routes.hpp"

namespace liveshop::delivery {

using test::code_of;
using test::json_of;
using test::TestUser;

class Courier : public checkout::Shop {
  protected:
    /// The store is 2.2 km north of its customers.
    Courier()
        : Shop({.routes = routes(), .constraints = constraints(), .job_rows = job_rows()}),
          store(make_store()),
          mug(make_variant(store, 1'000, 10)),
          other_driver(api.make_user(Role::driver)),
          admin(api.make_user(Role::admin)) {
        place_store(store.id, store_lat);
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

    StoreRow store;
    std::string mug;
    TestUser other_driver, admin;
};

}  // namespace liveshop::delivery
