// When a store is open, in its own time zone.
#include "modules/catalog/tests/market.hpp"

namespace liveshop::catalog {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class StoreHours : public Market {
  protected:
    /// "open", or when it opens next in UTC, or "never".
    std::string at(std::string_view moment, std::string_view hours, std::string_view holidays = "[]",
                   std::string_view zone = "Europe/Berlin") {
        const std::string arguments = fmt::format("'{}', '{}', '{}', '{}'", zone, hours, holidays, moment);
        return api.sql(
            fmt::format("select case when store_is_open({0}) then 'open' else coalesce(to_char(store_opens_at({0})"
                        " at time zone 'UTC', 'YYYY-MM-DD HH24:MI'), 'never') end",
                        arguments));
    }
};

constexpr std::string_view mornings = R"([{"weekday": "monday", "opens": "09:00", "closes": "12:00"},
                                          {"weekday": "monday", "opens": "14:00", "closes": "18:00"}])";
constexpr std::string_view nights = R"([{"weekday": "friday", "opens": "20:00", "closes": "02:00"}])";

TEST_F(StoreHours, OpensAndClosesByTheMinuteInItsOwnZone) {  // 2026-11-23 is a Monday, an hour ahead of UTC
    EXPECT_EQ(at("2026-11-23 07:59:59+00", mornings), "2026-11-23 08:00");
    EXPECT_EQ(at("2026-11-23 08:00+00", mornings), "open");
    EXPECT_EQ(at("2026-11-23 10:59:59+00", mornings), "open");
    EXPECT_EQ(at("2026-11-23 11:00+00", mornings), "2026-11-23 13:00");
    EXPECT_EQ(at("2026-11-23 17:00+00", mornings), "2026-11-30 08:00");
    EXPECT_EQ(at("2026-11-22 21:00+00", mornings, "[]", "Pacific/Auckland"), "open")
        << "Monday there, Sunday in Berlin";
}

TEST_F(StoreHours, LastsPastMidnightWhereItClosesBeforeItOpens) {
    EXPECT_EQ(at("2026-11-27 18:59+00", nights), "2026-11-27 19:00");
    EXPECT_EQ(at("2026-11-28 00:59+00", nights), "open") << "Saturday's first hours are Friday's";
    EXPECT_EQ(at("2026-11-28 01:00+00", nights), "2026-12-04 19:00");
}

TEST_F(StoreHours, FollowTheClockThroughSummerTime) {  // clocks go back on 2026-10-25 at 01:00 UTC
    constexpr std::string_view daily = R"([{"weekday": "saturday", "opens": "09:00", "closes": "10:00"},
                                           {"weekday": "sunday", "opens": "09:00", "closes": "10:00"}])";
    EXPECT_EQ(at("2026-10-24 06:00+00", daily), "2026-10-24 07:00");
    EXPECT_EQ(at("2026-10-24 09:00+00", daily), "2026-10-25 08:00");
}

TEST_F(StoreHours, AHolidayFallsAway) {
    EXPECT_EQ(at("2026-11-23 09:00+00", mornings, R"([{"date": "2026-11-23", "name": "Stocktaking"}])"),
              "2026-11-30 08:00");
    EXPECT_EQ(at("2026-11-23 09:00+00", "[]", R"([{"date": "2026-11-23"}, {"date": "2026-11-24"}])"),
              "2026-11-24 23:00")
        << "also where it is open around the clock otherwise";
    EXPECT_EQ(at("2026-11-25 09:00+00", "[]", R"([{"date": "2026-11-23"}])"), "open");
    EXPECT_EQ(at("2026-11-28 00:59+00", nights, R"([{"date": "2026-11-28"}])"), "open") << "the night before goes on";
    EXPECT_EQ(at("2026-11-23 09:00+00", nights, R"([{"date": "2026-11-27"}, {"date": "2026-12-04"}])"), "never")
        << "within two weeks";
}

TEST_F(StoreHours, AreSetAndShown) {
    const std::string path = "/stores/" + open_store(owner, "mugs", R"(, "time_zone": "America/New_York")");
    EXPECT_TRUE(json_of(get_as_visitor(path)).at("is_open").as_bool()) << "around the clock where no hours are kept";
    const http::Response changed =
        api.put(path, owner,
                fmt::format(
                    R"({{"opening_hours": {}, "holidays": [{{"date": "2026-12-24"}}], "time_zone": "Europe/Berlin",
             "preparation_time_s": 600, "delivery_radius_m": 5000}})",
                    mornings));
    ASSERT_EQ(changed.status, 200) << changed.body;
    const json::value store = json_of(changed);
    EXPECT_EQ(store.at("opening_hours").as_array().size(), 2U);
    EXPECT_EQ(store.at("opening_hours").at(0).at("opens").as_string(), "09:00");
    EXPECT_EQ(store.at("time_zone").as_string(), "Europe/Berlin");
    EXPECT_EQ(store.at("preparation_time_s").as_int64(), 600);
    EXPECT_EQ(store.at("delivery_radius_m").as_int64(), 5'000);
    const json::value anywhere = json_of(api.put(path, owner, R"({"delivery_radius_m": 0})"));
    EXPECT_FALSE(anywhere.as_object().contains("delivery_radius_m"));
    EXPECT_EQ(anywhere.at("opening_hours"), store.at("opening_hours")) << "what is not named stays";

    api.sql(
        "update stores set holidays = jsonb_build_array(jsonb_build_object('date',"
        " to_char(now() at time zone time_zone, 'YYYY-MM-DD'))), opening_hours = '[]'");
    const json::value today = json_of(get_as_visitor(path));
    EXPECT_FALSE(today.at("is_open").as_bool());
    EXPECT_TRUE(today.as_object().contains("opens_at"));
    EXPECT_THAT(each("id", "stores", get_as_visitor("/stores?open_now=true")), IsEmpty());
    EXPECT_EQ(each("id", "stores", get_as_visitor("/stores")).size(), 1U);
}

TEST_F(StoreHours, WhatNoClockAndNoMapKnowsIsRefused) {
    const std::string path = "/stores/" + open_store(owner, "mugs");
    for (const std::string_view zone :
         {"Berlin", "Europe/Atlantis", "EST5EDT4", "Foo/Bar+3", "posix/UTC", "europe/berlin"})
        EXPECT_THAT(faults_in(api.put(path, owner, fmt::format(R"({{"time_zone": "{}"}})", zone))),
                    ElementsAre("/time_zone"))
            << zone;
    EXPECT_THAT(faults_in(api.post("/stores", owner, store_body("cups", R"(, "time_zone": "Berlin")"))),
                ElementsAre("/time_zone"));
    EXPECT_THAT(faults_in(api.put(path, owner,
                                  R"({"opening_hours": [{"weekday": "monday", "opens": "09.00", "closes": "25:00"}],
                    "holidays": [{"date": "2026-02-30"}], "delivery_radius_m": 50})")),
                UnorderedElementsAre("/opening_hours/0/opens", "/opening_hours/0/closes", "/holidays/0/date",
                                     "/delivery_radius_m"));
    EXPECT_THAT(
        faults_in(api.put(path, owner,
                          R"({"opening_hours": [{"weekday": "Someday", "opens": "09:00", "closes": "10:00"}]})")),
        ElementsAre("/opening_hours/0/weekday"));
}

TEST_F(StoreHours, TaxIsTheStoresOwnOrTheTenantsAgain) {
    const std::string path = "/stores/" + open_store(owner, "mugs");
    const json::value taxed = json_of(api.put(path, owner, R"({"tax_rate_bp": 1900, "tax_mode": "inclusive"})"));
    EXPECT_EQ(taxed.at("tax_rate_bp").as_int64(), 1'900);
    EXPECT_EQ(taxed.at("tax_mode").as_string(), "inclusive");
    const json::value again = json_of(api.put(path, owner, R"({"tax_rate_bp": -1})"));
    EXPECT_FALSE(again.as_object().contains("tax_rate_bp"));
    EXPECT_FALSE(again.as_object().contains("tax_mode"));
    EXPECT_THAT(faults_in(api.put(path, owner, R"({"tax_rate_bp": 10001})")), ElementsAre("/tax_rate_bp"));
}

}  // namespace
}  // namespace liveshop::catalog
