#include <fmt/format.h>
#include <gtest/gtest.h>

#include "modules/catalog/routes.hpp"
#include "modules/ledger/api.hpp"
#include "modules/ledger/routes.hpp"
#include "tests/support/ledger.hpp"
#include "tests/support/test_api.hpp"

namespace liveshop::ledger {
namespace {

using test::code_of;
using test::json_of;
using test::TestUser;

TEST(DeliveryFees, FollowTheStoreOrTheDistance) {
    Terms terms;
    EXPECT_EQ(delivery_fee(terms, {499}, 12'000), Amount{499});
    terms.delivery_fee_model = DeliveryFeeModel::distance;
    terms.delivery_base_minor = {200};
    terms.delivery_per_km_minor = {95};
    EXPECT_EQ(delivery_fee(terms, {499}, 0), Amount{200});
    EXPECT_EQ(delivery_fee(terms, {499}, 2'224), Amount{411}) << "200 + 211.28";
    EXPECT_EQ(delivery_fee(terms, {499}, 2'226.4), Amount{411}) << "2,226 m are 211.47";
    EXPECT_EQ(delivery_fee(terms, {499}, 10'000), Amount{1'150});
    terms.delivery_per_km_minor = {1};
    EXPECT_EQ(delivery_fee(terms, {499}, 500), Amount{201}) << "half a unit up, once";
    EXPECT_EQ(delivery_fee(terms, {499}, 499), Amount{200});
    terms.delivery_per_km_minor = {9'223'372'036'854'775'807};
    EXPECT_THROW(delivery_fee(terms, {499}, 10'000), Overflow);
}

class TermsOfBusiness : public ::testing::Test {
  protected:
    TermsOfBusiness()
        : api({.routes = ledger::routes(), .constraints = {}, .job_rows = {}}),
          owner(api.make_user(Role::store_owner)),
          admin(api.make_user(Role::admin)),
          store_id(api.sql(fmt::format(
              "insert into stores (tenant_id, owner_id, name, slug, address, verification_status) values ('{}', '{}',"
              " 'Test store', 'test-store', '{{\"street\": \"1 Test Street\", \"city\": \"X\", \"zip\": \"1\","
              " \"country\": \"US\", \"lat\": 1, \"lng\": 1}}', 'verified') returning id",
              api.tenant_id().to_string(), owner.id.to_string()))) {}
    void TearDown() override { test::expect_ledger_balanced(api.database()); }

    std::int64_t commission() {
        return json_of(api.get("/stores/" + store_id + "/terms", owner)).at("commission_rate_bp").as_int64();
    }

    test::TestApi api;
    TestUser owner, admin;
    std::string store_id;
};

TEST_F(TermsOfBusiness, TheNarrowestThatSaysSomethingHolds) {
    EXPECT_EQ(commission(), 1'000) << "the platform's";
    api.sql("update tenants set settings = '{\"commission_rate_bp\": 900}'");
    EXPECT_EQ(commission(), 900);
    EXPECT_EQ(api.put("/admin/terms", admin, R"({"commission_rate_bp": 800, "driver_share_bp": 9000})").status, 200);
    EXPECT_EQ(commission(), 800);
    const std::string own = "/admin/stores/" + store_id + "/terms";
    EXPECT_EQ(api.put(own, admin, R"({"commission_rate_bp": 0})").status, 200);
    EXPECT_EQ(commission(), 0) << "nothing is something";
    EXPECT_EQ(api.put(own, admin, R"({"delivery_fee_model": "distance", "delivery_base_minor": 150})").status, 200);
    const json::value terms = json_of(api.get("/stores/" + store_id + "/terms", owner));
    EXPECT_EQ(terms.at("commission_rate_bp").as_int64(), 0) << "what was left out stays";
    EXPECT_EQ(terms.at("driver_share_bp").as_int64(), 9'000);
    EXPECT_EQ(terms.at("delivery_fee_model").as_string(), "distance");
    EXPECT_EQ(json_of(api.get("/admin/terms", admin)).at("commission_rate_bp").as_int64(), 800);
    EXPECT_EQ(json_of(api.del(own, admin)).at("commission_rate_bp").as_int64(), 800);
    EXPECT_EQ(commission(), 800);
}

TEST_F(TermsOfBusiness, OnlyAdminsChangeThem) {
    const std::string own = "/admin/stores/" + store_id + "/terms";
    for (const TestUser who : {owner, api.make_user(Role::customer)}) {
        EXPECT_EQ(api.put("/admin/terms", who, "{}").status, 403);
        EXPECT_EQ(api.get("/admin/terms", who).status, 403);
        EXPECT_EQ(api.put(own, who, "{}").status, 403);
        EXPECT_EQ(api.del(own, who).status, 403);
    }
    EXPECT_EQ(code_of(api.get("/stores/" + store_id + "/terms", api.make_user(Role::store_owner))),
              "catalog.not_your_store");
    EXPECT_EQ(code_of(api.put("/admin/terms", admin, R"({"commission_rate_bp": 5001})")), "invalid");
    const std::string nowhere = "/admin/stores/" + Uuid::make().to_string() + "/terms";
    EXPECT_EQ(code_of(api.put(nowhere, admin, "{}")), "catalog.store_not_found");
    EXPECT_EQ(code_of(api.del(nowhere, admin)), "catalog.store_not_found");
    // Another tenant's admin changes that tenant's.
    const TestUser foreign = api.make_user(Role::admin, api.make_tenant("other"));
    EXPECT_EQ(api.put("/admin/terms", foreign, R"({"commission_rate_bp": 1})").status, 200);
    EXPECT_EQ(commission(), 1'000);
}

TEST_F(TermsOfBusiness, EarningsByDayAndByWeekInTheEarnersOwnZone) {
    const TestUser driver = api.make_user(Role::driver);
    const auto earn = [&](std::int64_t amount, std::string_view at) {
        const Uuid reference = Uuid::make();
        api.with_ctx(driver, [&](Ctx& ctx) -> awaitable<void> {
            std::vector<Posting> postings{{Account::platform_commission, std::nullopt, Amount{amount}},
                                          {Account::driver_payable, driver.id.value, Amount{-amount}}};
            co_await post(ctx, EntryKind::delivery, reference, "EUR", std::move(postings));
        });
        api.sql(
            fmt::format("set session_replication_role = replica; update ledger_entries set created_at ="
                        " date_trunc('week', now()) - interval '7 days' + interval '{}' where reference_id = '{}';"
                        " set session_replication_role = origin",
                        at, reference.to_string()));
    };
    earn(100, "10 hours");
    earn(200, "23 hours 30 minutes");
    earn(400, "2 days");
    const auto amounts = [&](std::string_view query) {
        std::string text;
        const json::value earnings = json_of(api.get(fmt::format("/me/earnings?{}", query), driver));
        for (const json::value& period : earnings.at("periods").as_array())
            text += fmt::format("{}x{} ", period.at("amount_minor").as_int64(), period.at("count").as_int64());
        return text;
    };
    EXPECT_EQ(amounts("by=day"), "400x1 300x2 ");
    EXPECT_EQ(amounts("by=day&time_zone=Asia/Tokyo"), "400x1 200x1 100x1 ") << "half past eleven is tomorrow there";
    EXPECT_EQ(amounts("by=week"), "700x3 ");
    EXPECT_EQ(code_of(api.get("/me/earnings?time_zone=Mars", driver)), "invalid");
    EXPECT_EQ(api.get("/me/earnings", api.make_user(Role::customer)).status, 403);
}

}  // namespace
}  // namespace liveshop::ledger
