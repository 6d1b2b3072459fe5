#include "tests/support/ledger.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "modules/ledger/api.hpp"
#include "modules/ledger/routes.hpp"
#include "modules/ledger/rules.hpp"
#include "platform/db/error.hpp"
#include "tests/support/check_constraint.hpp"
#include "tests/support/test_api.hpp"
#include "tests/support/test_cluster.hpp"

namespace liveshop::ledger {
namespace {

using enum Account;
using test::TestUser;

class Books : public ::testing::Test {
  protected:
    Books()
        : api({.routes = ledger::routes(), .constraints = {}, .job_rows = {}}), driver(api.make_user(Role::driver)) {}
    void TearDown() override { test::expect_ledger_balanced(api.database()); }

    bool post_one(EntryKind kind, Uuid reference_id, std::string currency, std::vector<Posting> postings) {
        bool written = false;
        api.with_ctx(driver, [&](Ctx& ctx) -> awaitable<void> {
            written = co_await post(ctx, kind, reference_id, currency, postings);
        });
        return written;
    }
    std::vector<Posting> earning(std::int64_t amount) {
        return {{platform_commission, std::nullopt, Amount{amount}},
                {driver_payable, driver.id.value, Amount{-amount}}};
    }
    std::string balance(TestUser who) { return api.get("/me/balance", who).body; }

    test::TestApi api;
    TestUser driver;
};

TEST(LedgerRules, NamesAgreeWithTheDatabase) {
    const test::TestDatabase database;
    EXPECT_EQ(test::values_allowed_by(database, "ledger_entries_kind_check"), test::names_of<EntryKind>());
    EXPECT_EQ(test::values_allowed_by(database, "ledger_postings_account_check"), test::names_of<Account>());
}

TEST(LedgerRules, BalancedMeansZeroAndOwned) {
    const Uuid somebody = Uuid::make();
    EXPECT_TRUE(is_balanced({{provider_clearing, std::nullopt, {5}}, {order_escrow, somebody, {-5}}}));
    EXPECT_FALSE(is_balanced({{provider_clearing, std::nullopt, {5}}, {order_escrow, somebody, {-4}}}));
    EXPECT_FALSE(is_balanced({{provider_clearing, std::nullopt, {5}}, {order_escrow, std::nullopt, {-5}}}));
    EXPECT_FALSE(is_balanced({{provider_clearing, somebody, {5}}, {order_escrow, somebody, {-5}}}));
}

TEST_F(Books, AnEntryIsWrittenOncePerKindAndReference) {
    const Uuid order_id = Uuid::make();
    EXPECT_TRUE(post_one(EntryKind::delivery, order_id, "USD", earning(400)));
    EXPECT_FALSE(post_one(EntryKind::delivery, order_id, "USD", earning(400)));
    EXPECT_TRUE(post_one(EntryKind::refund, order_id, "USD", earning(-100)));
    EXPECT_TRUE(post_one(EntryKind::delivery, Uuid::make(), "EUR", earning(70)));
    EXPECT_FALSE(post_one(EntryKind::delivery, Uuid::make(), "EUR", earning(0))) << "nothing to write";
    const json::value statement = json::parse(balance(driver));
    EXPECT_EQ(statement.at("balances"), json::parse(R"([{"currency": "EUR", "amount_minor": 70},
                                                        {"currency": "USD", "amount_minor": 300}])"));
    EXPECT_EQ(statement.at("entries").as_array().size(), 3U);
}

TEST_F(Books, WhatDoesNotSumToZeroIsRefusedTwice) {
    EXPECT_THROW(post_one(EntryKind::delivery, Uuid::make(), "USD",
                          {{platform_commission, std::nullopt, {5}}, {driver_payable, driver.id.value, {-4}}}),
                 std::logic_error);
    // Behind the code's back, the database refuses at the commit.
    const std::string tenant_id = api.tenant_id().to_string();
    const std::string entry = fmt::format(
        "insert into ledger_entries (tenant_id, kind, reference_id, currency) values ('{}', 'payout',"
        " gen_random_uuid(), 'USD')",
        tenant_id);
    EXPECT_THROW(api.sql(entry), std::runtime_error) << "an entry that moves nothing";
    EXPECT_THROW(
        api.sql(fmt::format("with entry as ({} returning id)"
                            " insert into ledger_postings (tenant_id, entry_id, currency, account, amount_minor)"
                            " select '{}', id, 'USD', 'platform_commission', 5 from entry",
                            entry, tenant_id)),
        std::runtime_error);
    EXPECT_EQ(api.sql("select count(*) from ledger_entries"), "0");
}

TEST_F(Books, NothingIsEverChanged) {
    post_one(EntryKind::delivery, Uuid::make(), "USD", earning(400));
    for (const std::string_view change :
         {"update ledger_postings set amount_minor = 1", "delete from ledger_postings", "truncate ledger_postings",
          "update ledger_entries set kind = 'payout'", "delete from ledger_entries"}) {
        EXPECT_THROW(api.sql(std::string(change)), std::runtime_error) << change;
        EXPECT_THROW(test::execute(api.database().app_dsn(), std::string(change)), std::runtime_error) << change;
    }
    // One more posting to an entry that is written unbalances it.
    EXPECT_THROW(api.sql("insert into ledger_postings (tenant_id, entry_id, currency, account, amount_minor)"
                         " select tenant_id, id, currency, 'platform_commission', 1 from ledger_entries"),
                 std::runtime_error);
}

TEST_F(Books, EverybodySeesTheirOwn) {
    post_one(EntryKind::delivery, Uuid::make(), "USD", earning(400));
    const std::string nothing = R"({"balances":[],"entries":[]})";
    EXPECT_NE(balance(driver), nothing);
    EXPECT_EQ(balance(api.make_user(Role::driver)), nothing);
    EXPECT_EQ(balance(api.make_user(Role::store_owner)), nothing);
    EXPECT_EQ(balance({api.make_tenant("other"), driver.id, Role::driver}), nothing);
    EXPECT_EQ(api.get("/me/balance", api.make_user(Role::customer)).status, 403);
}

}  // namespace
}  // namespace liveshop::ledger
