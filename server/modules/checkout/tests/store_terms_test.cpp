// Opening hours, delivery radius and minimum order hold when an order is placed, and when it is paid.
#include <fmt/format.h>

#include "modules/checkout/tests/shop.hpp"

namespace liveshop::checkout {
namespace {

class StoreTerms : public Shop {
  protected:
    StoreTerms() : store(make_store("USD", 499)), mug(make_variant(store, 1'000, 10)) {}

    std::string placing() {
        const http::Response response = api.post("/orders", buyer, order_body({mug}));
        return response.status == 201 ? "placed" : code_of(response);
    }
    std::string paying(const std::string& order_id) {
        const http::Response response = check_out(buyer, {order_id}, visa);
        return response.status == 200 ? std::string(json_of(response).at("outcome").as_string()) : code_of(response);
    }
    void set(std::string_view what) { api.sql(fmt::format("update stores set {} where id = '{}'", what, store.id)); }
    // Open around the clock but for the day that it is in the zone.
    static std::string closed_today_in(std::string_view zone) {
        return fmt::format(
            "time_zone = '{0}', holidays = jsonb_build_array(jsonb_build_object('date',"
            " to_char(now() at time zone '{0}', 'YYYY-MM-DD')))",
            zone);
    }
    static constexpr std::string_view always_open = "holidays = '[]', opening_hours = '[]'";

    StoreRow store;
    std::string mug;
};

TEST_F(StoreTerms, AStoreThatIsClosedAtThisHourTakesNoOrder) {
    const std::string before = place(buyer, {mug});
    set(closed_today_in("Europe/Berlin"));
    const http::Response refused = api.post("/orders", buyer, order_body({mug}));
    EXPECT_EQ(refused.status, 409);
    EXPECT_EQ(code_of(refused), "checkout.store_not_open");
    EXPECT_THAT(std::string(json_of(refused).at("detail").as_string()), ::testing::HasSubstr("opens at"));
    EXPECT_EQ(paying(before), "checkout.store_not_open");
    EXPECT_EQ(order_column(before, "payment_status"), "pending");
    EXPECT_EQ(intents().size(), 0U) << "the provider was not asked";
    EXPECT_EQ(stock_of(mug), 9) << "what was refused took nothing";
    set(always_open);
    EXPECT_EQ(paying(before), "paid");
}

// Kiritimati is a day ahead of Pago Pago at any moment: of the same two dates one is today.
TEST_F(StoreTerms, TheStoresOwnTimeZoneDecidesTheDay) {
    set(closed_today_in("Pacific/Kiritimati"));
    EXPECT_EQ(placing(), "checkout.store_not_open");
    set("time_zone = 'Pacific/Pago_Pago'");
    EXPECT_EQ(placing(), "placed");
}

TEST_F(StoreTerms, HoursOfTheDayDecide) {
    const auto hours = [&](std::string_view opens, std::string_view closes) {
        set(
            fmt::format("time_zone = 'UTC', opening_hours = (select jsonb_agg(jsonb_build_object('weekday', day,"
                        " 'opens', to_char(now() at time zone 'UTC' + interval '{}', 'HH24:MI'),"
                        " 'closes', to_char(now() at time zone 'UTC' + interval '{}', 'HH24:MI')))"
                        " from unnest(array['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday',"
                        " 'sunday']) day)",
                        opens, closes));
    };
    hours("-1 hour", "1 hour");
    EXPECT_EQ(placing(), "placed");
    hours("1 hour", "2 hours");
    EXPECT_EQ(placing(), "checkout.store_not_open");
}

TEST_F(StoreTerms, AStoreDeliversNoFartherThanItSays) {
    const std::string far =
        R"({"street": "1 Far", "city": "X", "zip": "1", "country": "US", "lat": 40.1, "lng": -74.17})";
    const auto order = [&] {  // 2,551 m to the east of the store
        return api.post(
            "/orders", buyer,
            fmt::format(R"({{"items": [{{"variant_id": "{}", "quantity": 1}}], "shipping_address": {}}})", mug, far));
    };
    set("delivery_radius_m = 2600");
    const http::Response near_enough = order();
    ASSERT_EQ(near_enough.status, 201) << near_enough.body;
    const std::string order_id(json_of(near_enough).at("orders").at(0).at("id").as_string());
    set("delivery_radius_m = 2500");
    EXPECT_EQ(code_of(order()), "checkout.out_of_delivery_area");
    EXPECT_EQ(paying(order_id), "checkout.out_of_delivery_area");
    EXPECT_EQ(placing(), "placed") << "next door";
    set("delivery_radius_m = null");
    EXPECT_EQ(paying(order_id), "paid") << "anywhere";
}

TEST_F(StoreTerms, TheGoodsAreWorthTheWay) {
    set("minimum_order_minor = 2000");
    EXPECT_EQ(placing(), "checkout.below_minimum") << "the delivery does not count";
    const std::string order_id = place(buyer, {mug}, 2);
    set("minimum_order_minor = 2001");
    EXPECT_EQ(paying(order_id), "checkout.below_minimum");
    set("minimum_order_minor = 2000");
    EXPECT_EQ(paying(order_id), "paid");
}

TEST_F(StoreTerms, AStoreThatDoesNotSellIsPaidForNothing) {
    const std::string order_id = place(buyer, {mug});
    set("is_active = false");
    EXPECT_EQ(paying(order_id), "catalog.store_closed");
    EXPECT_EQ(placing(), "checkout.variant_not_for_sale");
    set("is_active = true, verification_status = 'pending'");
    EXPECT_EQ(paying(order_id), "catalog.store_closed");
    EXPECT_EQ(placing(), "checkout.variant_not_for_sale") << "nobody has verified it";
}

// Of a cart of two stores, both take their order or neither is written.
TEST_F(StoreTerms, OneStoreThatIsClosedKeepsTheWholeCartUnordered) {
    const StoreRow other = make_store();
    const std::string bowl = make_variant(other, 500, 5);
    set(closed_today_in("UTC"));
    EXPECT_EQ(code_of(api.post("/orders", buyer, order_body({mug, bowl}))), "checkout.store_not_open");
    EXPECT_EQ(api.sql("select count(*) from orders"), "0");
    EXPECT_EQ(stock_of(bowl), 5);
}

}  // namespace
}  // namespace liveshop::checkout
