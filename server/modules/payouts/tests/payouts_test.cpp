// What the books owe is paid to the cent and once, whatever dies in between.
#include <fmt/format.h>

#include "modules/checkout/tests/shop.hpp"
#include "modules/payouts/routes.hpp"
#include "modules/payouts/rules.hpp"
#include "modules/payouts/schedule.hpp"
#include "tests/support/check_constraint.hpp"

namespace liveshop::payouts {
namespace {

using test::code_of;
using test::json_of;
using test::TestUser;

class Payday : public checkout::Shop {
  protected:
    Payday()
        : Shop({.routes = routes(), .constraints = constraints(), .job_rows = job_rows()}),
          store(make_store()),
          mug(make_variant(store, 2'000, 50)),
          admin(api.make_user(Role::admin)) {}

    // A delivered order: 1,800 for the store, 499 for the driver.
    std::string sell() {
        const std::string order_id = make_ready(buyer, store, mug);
        pick_up(driver, order_id);
        api.run_all_jobs();
        deliver(driver, order_id, 499);
        return order_id;
    }
    void open_account(TestUser who, std::string_view body = "{}", std::string_view outcome = "complete") {
        const http::Response opened = api.post("/me/payout-account", who, std::string(body));
        ASSERT_EQ(opened.status, 200) << opened.body;
        const std::string url(json_of(opened).at("onboarding_url").as_string());
        onboard(url, outcome);
        EXPECT_EQ(json_of(api.post("/me/payout-account", who, std::string(body))).at("can_be_paid").as_bool(),
                  outcome == "complete");
    }
    std::string of_store() const { return fmt::format(R"({{"store_id": "{}"}})", store.id); }
    void open_both() {
        open_account(driver);
        open_account(store.owner, of_store());
    }
    // As if everything in the books had happened before yesterday.
    void backdate_books() {
        api.sql(
            "set session_replication_role = replica; update ledger_entries set created_at = created_at - interval"
            " '9 days'; set session_replication_role = origin");
    }
    void schedule() {
        api.enqueue("payouts.schedule", api.tenant_id());
        api.run_jobs();
    }
    json::array payouts_of(TestUser who) { return json_of(api.get("/payouts", who)).at("payouts").as_array(); }
    std::string statuses() {
        return api.sql(
            "select coalesce(string_agg(recipient_type || ' ' || amount_minor || ' ' || status, ', '"
            " order by recipient_type), '') from payouts");
    }
    std::int64_t balance(TestUser who) {
        const json::value statement = json_of(api.get("/me/balance", who));
        const json::array& balances = statement.at("balances").as_array();
        return balances.empty() ? 0 : balances[0].at("amount_minor").as_int64();
    }
    std::string payout_entries() { return api.sql("select count(*) from ledger_entries where kind = 'payout'"); }

    StoreRow store;
    std::string mug;
    TestUser admin;
};

TEST(PayoutRules, NamesAgreeWithTheDatabase) {
    const test::TestDatabase database;
    EXPECT_EQ(test::values_allowed_by(database, "payouts_status_check"), test::names_of<PayoutStatus>());
    EXPECT_EQ(test::values_allowed_by(database, "payouts_recipient_type_check"), test::names_of<RecipientType>());
    EXPECT_EQ(test::values_allowed_by(database, "payout_settings_schedule_check"), test::names_of<PayoutSchedule>());
    EXPECT_EQ(test::values_allowed_by(database, "payout_settings_weekday_check"), test::names_of<Weekday>());
}

TEST(PayoutRules, APeriodEndsAtMidnightInItsOwnZone) {
    const test::TestDatabase database;
    const auto end = [&](std::string_view schedule, std::string_view weekday, std::string_view zone,
                         std::string_view at) {
        return database.execute(fmt::format(
            "select to_char(payout_period_end('{}', '{}', '{}', '{}') at time zone 'UTC', 'YYYY-MM-DD HH24:MI')",
            schedule, weekday, zone, at));
    };
    EXPECT_EQ(end("daily", "monday", "UTC", "2026-11-22 10:00Z"), "2026-11-22 00:00");
    EXPECT_EQ(end("daily", "monday", "Europe/Berlin", "2026-11-22 22:59Z"), "2026-11-21 23:00");
    EXPECT_EQ(end("daily", "monday", "Europe/Berlin", "2026-11-22 23:00Z"), "2026-11-22 23:00") << "midnight there";
    EXPECT_EQ(end("daily", "monday", "America/New_York", "2026-11-22 03:00Z"), "2026-11-21 05:00");
    EXPECT_EQ(end("weekly", "monday", "UTC", "2026-11-22 10:00Z"), "2026-11-16 00:00") << "a Sunday";
    EXPECT_EQ(end("weekly", "sunday", "UTC", "2026-11-22 10:00Z"), "2026-11-22 00:00") << "the day itself";
    EXPECT_EQ(end("weekly", "monday", "UTC", "2026-11-23 00:00Z"), "2026-11-23 00:00");
    // The day on which clocks go back has 25 hours.
    EXPECT_EQ(end("daily", "monday", "Europe/Berlin", "2026-10-25 12:00Z"), "2026-10-24 22:00");
    EXPECT_EQ(end("daily", "monday", "Europe/Berlin", "2026-10-26 12:00Z"), "2026-10-25 23:00");
}

TEST_F(Payday, WhatWasEarnedIsPaidWithItsOrders) {
    const std::string first = sell(), second = sell();
    open_both();
    api.put("/me/payout-settings", driver, R"({"minimum_minor": 998})");
    backdate_books();
    schedule();
    EXPECT_EQ(statuses(), "driver 998 completed, store 3600 completed");
    EXPECT_EQ(balance(driver), 0);
    EXPECT_EQ(balance(store.owner), 0);
    EXPECT_EQ(payout_entries(), "2");
    EXPECT_EQ(transferred(), 4'598);
    const json::array mine = payouts_of(driver);
    ASSERT_EQ(mine.size(), 1U);
    EXPECT_EQ(mine[0].at("amount_minor").as_int64(), 998);
    const std::string payout_id(mine[0].at("id").as_string());
    const json::value detail = json_of(api.get("/payouts/" + payout_id, driver));
    std::set<std::string> orders;
    std::int64_t sum = 0;
    for (const json::value& item : detail.at("items").as_array()) {
        orders.emplace(item.at("order_id").as_string());
        sum += item.at("amount_minor").as_int64();
        EXPECT_TRUE(item.as_object().contains("order_number"));
    }
    EXPECT_EQ(orders, (std::set{first, second}));
    EXPECT_EQ(sum, 998);
    // To others it does not exist.
    EXPECT_EQ(code_of(api.get("/payouts/" + payout_id, api.make_user(Role::driver))), "payouts.payout_not_found");
    EXPECT_EQ(code_of(api.get("/payouts/" + payout_id, store.owner)), "payouts.payout_not_found");
    EXPECT_EQ(api.get("/payouts/" + payout_id, admin).status, 200);
    EXPECT_EQ(api.get("/payouts", buyer).status, 403);
    EXPECT_EQ(payouts_of(store.owner).size(), 1U);
    EXPECT_EQ(payouts_of(api.make_user(Role::driver)).size(), 0U);
    schedule();
    EXPECT_EQ(api.sql("select count(*) from payouts"), "2") << "nothing is paid twice";
}

TEST_F(Payday, TodayWaitsForTomorrowAndLittleForMore) {
    sell();
    open_both();
    schedule();
    EXPECT_EQ(statuses(), "") << "the period has not ended";
    api.put("/me/payout-settings", driver, R"({"schedule": "daily", "minimum_minor": 500})");
    backdate_books();
    api.sql("update payout_accounts set settled_until = null");
    schedule();
    EXPECT_EQ(statuses(), "store 1800 completed") << "499 is less than the driver wants to be bothered with";
    EXPECT_EQ(balance(driver), 499);
    sell();
    backdate_books();
    schedule();
    EXPECT_EQ(statuses(), "store 1800 completed") << "the day has been settled";
    api.sql("update payout_accounts set settled_until = settled_until - interval '1 day'");
    schedule();
    EXPECT_EQ(statuses(), "driver 998 completed, store 1800 completed, store 1800 completed")
        << "with the next one it is enough";
}

TEST_F(Payday, WithoutAnAccountMoneyWaits) {
    sell();
    backdate_books();
    schedule();
    EXPECT_EQ(statuses(), "");
    open_account(driver, "{}", "incomplete");
    schedule();
    EXPECT_EQ(statuses(), "") << "the provider does not know the driver yet";
    json::value account = json_of(api.get("/me/payout-account", driver));
    EXPECT_TRUE(account.at("is_open").as_bool());
    EXPECT_FALSE(account.at("can_be_paid").as_bool());
    EXPECT_EQ(account.at("open_balances").at(0).at("amount_minor").as_int64(), 499);
    onboard(std::string(json_of(api.post("/me/payout-account", driver, "{}")).at("onboarding_url").as_string()),
            "complete");
    api.put("/me/payout-settings", driver, R"({"minimum_minor": 1})");
    schedule();
    EXPECT_EQ(statuses(), "driver 499 completed") << "the schedule asks how the account stands";
}

// The transfer happened and nobody heard of it, as if the worker had died there: the next attempt finds it.
TEST_F(Payday, AWorkerThatDiesAfterTheTransferIsFollowedByOneThatFindsIt) {
    sell();
    open_account(store.owner, of_store());
    backdate_books();
    api.enqueue("payouts.schedule", api.tenant_id());
    order_fault("timeout");
    api.run_jobs();
    EXPECT_EQ(statuses(), "store 1800 processing") << "carried out, and nobody heard of it";
    EXPECT_EQ(transferred(), 1'800);
    EXPECT_EQ(payout_entries(), "0");
    api.run_all_jobs();
    EXPECT_EQ(statuses(), "store 1800 completed");
    EXPECT_EQ(transferred(), 1'800);
    EXPECT_EQ(payout_entries(), "1");
    EXPECT_EQ(api.sql("select attempts from payouts"), "2");
    EXPECT_EQ(balance(store.owner), 0);
}

// The same, long after the provider has forgotten the key.
TEST_F(Payday, KeysAreForgottenAndGroupsAreNot) {
    sell();
    open_account(store.owner, of_store());
    backdate_books();
    api.enqueue("payouts.schedule", api.tenant_id());
    order_fault("timeout");
    api.run_jobs();
    forget_keys();
    api.run_all_jobs();
    EXPECT_EQ(statuses(), "store 1800 completed");
    EXPECT_EQ(transferred(), 1'800);
}

TEST_F(Payday, ManySendersSendOnce) {
    sell();
    open_account(store.owner, of_store());
    backdate_books();
    api.enqueue("payouts.schedule", api.tenant_id());
    api.enqueue("payouts.schedule", api.tenant_id());
    api.call_all({}, 3);
    const std::string payout_id = api.sql("select id from payouts");
    for (int i = 0; i < 3; ++i)
        api.enqueue("payouts.send", api.tenant_id(), fmt::format(R"({{"payout_id": "{}"}})", payout_id));
    api.call_all({}, 3);
    api.run_all_jobs();
    EXPECT_EQ(statuses(), "store 1800 completed");
    EXPECT_EQ(transferred(), 1'800);
    EXPECT_EQ(payout_entries(), "1");
}

TEST_F(Payday, ARefusalIsShownAndTriedAgain) {
    sell();
    open_account(store.owner, of_store());
    backdate_books();
    spend_everything();
    schedule();
    EXPECT_EQ(statuses(), "store 1800 failed");
    json::value payout = json_of(api.get("/admin/payouts?status=failed", admin)).at("payouts").at(0);
    EXPECT_EQ(payout.at("failure_code").as_string(), "balance_insufficient");
    EXPECT_TRUE(payout.as_object().contains("next_attempt_at"));
    EXPECT_EQ(balance(store.owner), 1'800) << "nothing was moved";
    const std::string payout_id(payout.at("id").as_string());
    const std::string retry = "/admin/payouts/" + payout_id + "/retry";
    EXPECT_EQ(json_of(api.post(retry, admin, "")).at("status").as_string(), "pending");
    EXPECT_EQ(code_of(api.post(retry, admin, "")), "payouts.payout_not_failed");
    api.run_jobs();
    EXPECT_EQ(statuses(), "store 1800 failed") << "still no money";
    const std::string other_order = sell();
    api.sql("update payouts set next_attempt_at = now() - interval '1 second'");
    schedule();
    EXPECT_EQ(statuses(), "store 1800 completed") << "by itself";
    EXPECT_EQ(payout_entries(), "1");
    EXPECT_EQ(code_of(api.post(retry, admin, "")), "payouts.payout_not_failed");
    EXPECT_EQ(code_of(api.post("/admin/payouts/" + Uuid::make().to_string() + "/retry", admin, "")),
              "payouts.payout_not_found");
    EXPECT_EQ(api.post(retry, store.owner, "").status, 403);
    EXPECT_EQ(json_of(api.get("/admin/payouts", admin)).at("payouts").as_array().size(), 1U);
}

// A refund does not take back what was transferred: the store's account bears it, at the commission of the order's own
// lines, and the next payout is smaller by it.
TEST_F(Payday, ARefundAfterThePayoutIsTakenFromTheNext) {
    const std::string refunded = sell();
    open_account(store.owner, of_store());
    backdate_books();
    schedule();
    EXPECT_EQ(statuses(), "store 1800 completed");
    api.sql("update tenants set settings = '{\"commission_rate_bp\": 3000}'");
    EXPECT_EQ(api.post("/orders/" + refunded + "/refunds", store.owner, R"({"amount_minor": 2000})").status, 201);
    api.run_all_jobs();
    EXPECT_EQ(balance(store.owner), -1'800) << "2,000 less the 10 % of that day";
    api.sql("update tenants set settings = '{}'");
    sell();
    sell();
    backdate_books();
    api.sql("update payout_accounts set settled_until = null");
    schedule();
    EXPECT_EQ(api.sql("select string_agg(amount_minor::text, ', ' order by created_at) from payouts"), "1800, 1800");
    EXPECT_EQ(balance(store.owner), 0);
    const std::string last = api.sql("select id from payouts order by created_at desc limit 1");
    const json::value detail = json_of(api.get("/payouts/" + last, store.owner));
    EXPECT_EQ(detail.at("items").as_array().size(), 3U) << "two orders and a refund";
}

TEST_F(Payday, AnAdminPaysEverybodyNow) {
    sell();
    open_both();
    EXPECT_EQ(json_of(api.put("/admin/payout-settings", admin, R"({"minimum_minor": 100, "schedule": "daily"})"))
                  .at("schedule")
                  .as_string(),
              "daily");
    EXPECT_EQ(json_of(api.get("/admin/payout-settings", admin)).at("minimum_minor").as_int64(), 100);
    const json::value run = json_of(api.post("/admin/payouts/run", admin, ""));
    EXPECT_EQ(run.at("payouts").as_array().size(), 2U);
    api.run_jobs();
    EXPECT_EQ(statuses(), "driver 499 completed, store 1800 completed");
    EXPECT_EQ(json_of(api.post("/admin/payouts/run", admin, "")).at("payouts").as_array().size(), 0U);
    EXPECT_EQ(api.post("/admin/payouts/run", driver, "").status, 403);
    EXPECT_EQ(api.get("/admin/payouts", driver).status, 403);
    EXPECT_EQ(api.get("/admin/payout-settings", driver).status, 403);
    EXPECT_EQ(api.put("/admin/payout-settings", driver, "{}").status, 403);
}

TEST_F(Payday, SettingsAreOnesOwn) {
    EXPECT_EQ(code_of(api.put("/me/payout-settings", driver, R"({"time_zone": "Mars/Olympus"})")), "invalid");
    EXPECT_EQ(json_of(api.put("/me/payout-settings", driver, R"({"time_zone": "Europe/Berlin", "weekday": "friday"})"))
                  .at("weekday")
                  .as_string(),
              "friday");
    EXPECT_EQ(json_of(api.get("/me/payout-account", driver)).at("settings").at("time_zone").as_string(),
              "Europe/Berlin");
    EXPECT_EQ(code_of(api.put("/me/payout-settings", store.owner, "{}")), "payouts.store_required");
    EXPECT_EQ(code_of(api.get("/me/payout-account", store.owner)), "payouts.store_required");
    const TestUser other = make_store().owner;
    EXPECT_EQ(code_of(api.get("/me/payout-account?store_id=" + store.id, other)), "catalog.not_your_store");
    EXPECT_EQ(code_of(api.post("/me/payout-account", other, of_store())), "catalog.not_your_store");
    EXPECT_EQ(api.get("/me/payout-account?store_id=" + store.id, store.owner).status, 200);
    EXPECT_EQ(api.get("/me/payout-account", buyer).status, 403);
    EXPECT_EQ(api.post("/me/payout-account", buyer, "{}").status, 403);
    EXPECT_EQ(api.put("/me/payout-settings", buyer, "{}").status, 403);
}

TEST_F(Payday, AProviderThatIsAwayIsSaid) {
    order_fault("500", 3);
    EXPECT_EQ(code_of(api.post("/me/payout-account", driver, "{}")), "payouts.provider_unavailable");
    EXPECT_EQ(api.sql("select count(*) from payout_accounts"), "0");
    order_fault("500", 0);
    open_account(driver);
}

TEST_F(Payday, AnAccountThatTheProviderDoesNotKnowIsSaid) {
    open_account(driver);
    api.sql("update payout_accounts set stripe_account_id = 'acct_of_nobody'");
    EXPECT_EQ(code_of(api.post("/me/payout-account", driver, "{}")), "payouts.account_refused");
    EXPECT_EQ(api.sql("select stripe_account_id from payout_accounts"), "acct_of_nobody") << "nothing was saved";
}

}  // namespace
}  // namespace liveshop::payouts
