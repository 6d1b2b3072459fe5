// A store's figures are those of its orders and streams, to the cent.
#include <fmt/format.h>

#include "modules/analytics/routes.hpp"
#include "modules/analytics/rules.hpp"
#include "modules/checkout/tests/shop.hpp"

namespace liveshop::analytics {
namespace {

using test::code_of;
using test::json_of;
using test::TestUser;

constexpr std::int64_t hour_us = 3'600'000'000;

TEST(AnalyticsRules, APeriodIsThirtyDaysUnlessItIsSaid) {
    const Timestamp now{1'000 * 24 * hour_us};
    const Period usual = period_of({}, now);
    EXPECT_EQ(usual.until, now);
    EXPECT_EQ(usual.from.us, now.us - 30 * 24 * hour_us);
    EXPECT_THROW(period_of({.store_id = {}, .from = now, .until = now}, now), Invalid);
    EXPECT_THROW(period_of({.store_id = {}, .from = Timestamp{}, .until = now}, now), Invalid);
    EXPECT_NO_THROW(period_of({.store_id = {}, .from = Timestamp{now.us - 366 * 24 * hour_us}, .until = {}}, now));
}

TEST(AnalyticsRules, WithoutViewersThereIsNoShareOfThem) {
    const std::vector<StreamFigures> streams = join_streams({live::StreamAudience{}}, {});
    ASSERT_EQ(streams.size(), 1U);
    EXPECT_FALSE(streams[0].conversion);
    const Totals totals = totals_of({}, streams);
    EXPECT_FALSE(totals.conversion);
    EXPECT_FALSE(totals.average_order_minor);
    EXPECT_EQ(totals.streams_count, 1);
}

TEST(AnalyticsRules, DaysOfSalesAndOfViewersAreOneList) {
    const std::vector<Day> days = join_days({{"2026-03-02", 2, {500}, {100}}}, {{"2026-03-01", 7}, {"2026-03-02", 3}});
    ASSERT_EQ(days.size(), 2U);
    EXPECT_EQ(days[0].day, "2026-03-01");
    EXPECT_EQ(days[0].viewers_count, 7);
    EXPECT_EQ(days[0].orders_count, 0);
    EXPECT_EQ(days[1].viewers_count, 3);
    EXPECT_EQ(days[1].revenue_minor.minor, 500);
    const Totals totals = totals_of(days, {});
    EXPECT_EQ(totals.average_order_minor->minor, 250);
    EXPECT_EQ(totals.refunded_minor.minor, 100);
}

class AnalyticsTest : public checkout::Shop {
  protected:
    AnalyticsTest()
        : Shop({.routes = routes(), .constraints = {}, .job_rows = {}}),
          store(make_store()),
          mug(make_variant(store, 2'000, 50)),
          bowl(make_variant(store, 3'500, 50)) {}

    json::value figures(TestUser who, const std::string& query = "") { return json_of(api.get(path() + query, who)); }
    std::string path() const { return "/stores/" + store.id + "/analytics"; }
    std::string buy(TestUser who, const std::string& variant, int quantity = 1) {
        const std::string order_id = place(who, {variant}, quantity);
        EXPECT_EQ(check_out(who, {order_id}, visa).status, 200);
        return order_id;
    }
    std::string make_stream(std::string_view title, std::string_view started_at) {
        return api.sql(fmt::format(
            "insert into live_streams (tenant_id, store_id, host_id, title, status, started_at, ended_at, peak_viewers)"
            " values ('{}', '{}', '{}', '{}', 'ended', '{}', now(), 9) returning id",
            api.tenant_id().to_string(), store.id, store.owner.id.to_string(), title, started_at));
    }
    void watch(const std::string& stream, TestUser who, std::string_view joined_at, int watched_s) {
        api.sql(
            fmt::format("insert into stream_participants (tenant_id, stream_id, user_id, joined_at, left_at,"
                        " watch_duration_s) values ('{}', '{}', '{}', '{}', now(), {})",
                        api.tenant_id().to_string(), stream, who.id.to_string(), joined_at, watched_s));
    }

    StoreRow store;
    std::string mug, bowl;
};

TEST_F(AnalyticsTest, CountsWhatWasPaidFor) {
    buy(buyer, mug, 2);
    buy(other_buyer, bowl);
    place(buyer, {bowl});  // not paid for
    const std::string given_up = buy(buyer, bowl);
    EXPECT_EQ(api.post("/orders/" + given_up + "/cancel", buyer, "{}").status, 200);
    api.run_all_jobs();

    const json::value all = figures(store.owner);
    const json::value& totals = all.at("totals");
    EXPECT_EQ(totals.at("orders_count").as_int64(), 2);
    const std::int64_t goods =
        std::stoll(api.sql("select sum(total_amount_minor - shipping_amount_minor)::bigint from orders"
                           " where payment_status = 'authorized' and status <> 'cancelled'"));
    EXPECT_GE(goods, 7'500) << "and tax";
    EXPECT_EQ(totals.at("revenue_minor").as_int64(), goods);
    EXPECT_EQ(totals.at("refunded_minor").as_int64(), 0);
    EXPECT_EQ(all.at("days").as_array().size(), 1U);
    const json::array& products = all.at("products").as_array();
    ASSERT_EQ(products.size(), 2U);
    EXPECT_EQ(products[0].at("revenue_minor").as_int64(), 4'000);
    EXPECT_EQ(products[0].at("quantity").as_int64(), 2);
    EXPECT_EQ(products[1].at("revenue_minor").as_int64(), 3'500);
}

TEST_F(AnalyticsTest, ADayBeginsAtMidnightInTheStoresZone) {
    const std::string early = buy(buyer, mug), late = buy(other_buyer, mug);
    api.sql("update stores set time_zone = 'Asia/Tokyo'");
    api.sql("update orders set created_at = '2026-03-01 14:59Z' where id = '" + early + "'");
    api.sql("update orders set created_at = '2026-03-01 15:00Z' where id = '" + late + "'");
    const json::value all = figures(store.owner, "?from=2026-03-01T00:00:00Z&until=2026-03-03T00:00:00Z");
    const json::array& days = all.at("days").as_array();
    ASSERT_EQ(days.size(), 2U);
    EXPECT_EQ(days[0].at("day"), "2026-03-01");
    EXPECT_EQ(days[1].at("day"), "2026-03-02");
    const json::value none = figures(store.owner, "?from=2026-03-01T15:00:01Z&until=2026-03-03T00:00:00Z");
    EXPECT_EQ(none.at("totals").at("orders_count").as_int64(), 0);
}

TEST_F(AnalyticsTest, AStreamHasItsViewersAndWhatTheyBought) {
    const std::string show = make_stream("Test show", "2026-03-01 10:00Z");
    const TestUser third = api.make_user(Role::customer);
    for (const TestUser& who : {buyer, other_buyer, third}) watch(show, who, "2026-03-01 10:05Z", 60);
    watch(show, buyer, "2026-03-01 10:20Z", 30);  // came back
    for (int i = 0; i < 2; ++i)
        api.sql("update orders set stream_id = '" + show + "' where id = '" + buy(buyer, mug) + "'");

    const json::value all = figures(store.owner, "?from=2026-03-01T00:00:00Z&until=2026-03-02T00:00:00Z");
    const json::array& streams = all.at("streams").as_array();
    ASSERT_EQ(streams.size(), 1U);
    EXPECT_EQ(streams[0].at("viewers_count").as_int64(), 3);
    EXPECT_EQ(streams[0].at("peak_viewers").as_int64(), 9);
    EXPECT_EQ(streams[0].at("watch_time_s").as_int64(), 210);
    EXPECT_EQ(streams[0].at("orders_count").as_int64(), 2);
    EXPECT_EQ(streams[0].at("buyers_count").as_int64(), 1);
    EXPECT_NEAR(streams[0].at("conversion").as_double(), 1.0 / 3, 1e-9);
    EXPECT_EQ(all.at("days").as_array().at(0).at("viewers_count").as_int64(), 3);
}

TEST_F(AnalyticsTest, IsForTheStoresPeople) {
    EXPECT_EQ(figures(api.make_user(Role::admin)).at("currency"), "USD");
    EXPECT_EQ(code_of(api.get(path(), make_store().owner)), "catalog.not_your_store");
    EXPECT_EQ(api.get(path(), buyer).status, 403);
    EXPECT_EQ(code_of(api.get("/stores/00000000-0000-4000-8000-000000000000/analytics", store.owner)),
              "catalog.store_not_found");
    EXPECT_EQ(api.get(path() + "?from=2020-01-01T00:00:00Z", store.owner).status, 422);
    EXPECT_EQ(api.get(path() + "?from=yesterday", store.owner).status, 422);
}

}  // namespace
}  // namespace liveshop::analytics
