// Stock is changed by how much, or from what it was: what is sold meanwhile stays sold.
#include "modules/catalog/api.hpp"
#include "modules/catalog/tests/market.hpp"

namespace liveshop::catalog {
namespace {

awaitable<void> hear(Ctx&, VariantFact) { co_return; }

class StockTest : public Market {
  protected:
    StockTest()
        : Market(
              {.routes = {}, .constraints = {}, .job_rows = {jobs::subscriber<hear>("test.low", "catalog.stock_low")}}),
          store_id(open_store(owner, "mugs")) {}

    std::string make(std::int64_t stock, std::string_view more = "", std::string_view policy = "deny") {
        return variant_of(id_of(api.post("/stores/" + store_id + "/products", owner,
                                         product_body("Mug", {variant("One", 500, stock, more)},
                                                      fmt::format(R"(, "inventory_policy": "{}")", policy)))));
    }
    http::Response change(const std::string& variant_id, std::string_view body) {
        return api.put("/variants/" + variant_id + "/stock", owner, std::string(body));
    }
    bool sell(const std::string& variant_id, std::int64_t quantity) {
        bool taken = false;
        api.with_ctx(customer, [&](Ctx& ctx) -> awaitable<void> {
            taken = co_await take_stock(ctx, VariantId::parse(variant_id).value(), quantity);
        });
        return taken;
    }
    std::string stock_of(const std::string& variant_id) {
        return api.sql("select stock_quantity from product_variants where id = '" + variant_id + "'");
    }
    std::string told_low() { return api.sql("select count(*) from jobs where kind = 'test.low'"); }

    const std::string store_id;
};

TEST_F(StockTest, ComesInAndGoes) {
    const std::string mug = make(5);
    EXPECT_EQ(json_of(change(mug, R"({"delta": 7})")).at("stock_quantity").as_int64(), 12);
    EXPECT_EQ(json_of(change(mug, R"({"delta": -12})")).at("stock_quantity").as_int64(), 0);
    EXPECT_EQ(code_of(change(mug, R"({"delta": -1})")), "catalog.stock_too_low");
    EXPECT_EQ(stock_of(mug), "0");
    EXPECT_EQ(code_of(api.put("/variants/" + mug + "/stock", other_owner, R"({"delta": 1})")),
              "catalog.not_your_store");
    EXPECT_EQ(code_of(api.put("/variants/" + mug + "/stock", customer, R"({"delta": 1})")), "forbidden");
    EXPECT_EQ(code_of(change(Uuid::make().to_string(), R"({"delta": 1})")), "catalog.variant_not_found");
    for (const std::string_view neither : {"{}", R"({"delta": 1, "quantity": 2, "expected_quantity": 1})",
                                           R"({"quantity": 2})", R"({"delta": 1, "expected_quantity": 1})"})
        EXPECT_EQ(code_of(change(mug, neither)), "invalid") << neither;
}

TEST_F(StockTest, ACountHoldsOnlyWhereNothingWasSoldMeanwhile) {
    const std::string mug = make(10);
    EXPECT_TRUE(sell(mug, 2));
    EXPECT_EQ(code_of(change(mug, R"({"quantity": 20, "expected_quantity": 10})")), "catalog.stock_changed");
    EXPECT_EQ(stock_of(mug), "8");
    EXPECT_EQ(change(mug, R"({"quantity": 20, "expected_quantity": 8})").status, 200);
    EXPECT_EQ(stock_of(mug), "20");
}

TEST_F(StockTest, ARenameDoesNotBringBackWhatWasSold) {
    const std::string mug = make(10);
    const std::string product = api.sql("select product_id from product_variants where id = '" + mug + "'");
    EXPECT_TRUE(sell(mug, 4));  // while the form was open
    const std::string form =
        R"({{"name": "Tea mug", "variants": [{{"id": "{}", "name": "One", "price_minor": 600{}}}]}})";
    EXPECT_EQ(api.put("/products/" + product, owner, fmt::format(fmt::runtime(form), mug, "")).status, 200);
    EXPECT_EQ(stock_of(mug), "6");
    EXPECT_EQ(faults_in(api.put("/products/" + product, owner,
                                fmt::format(fmt::runtime(form), mug, R"(, "stock_quantity": 10)"))),
              std::vector<std::string>{"/variants/0/stock_quantity"});
    EXPECT_EQ(stock_of(mug), "6");
}

TEST_F(StockTest, SalesAndDeliveriesAtOnceAllCount) {
    const std::string mug = make(0);
    std::vector<test::TestCall> calls(12, {"PUT", "/variants/" + mug + "/stock", owner, R"({"delta": 3})", ""});
    calls.insert(calls.end(), 12, {"PUT", "/variants/" + mug + "/stock", owner, R"({"delta": -2})", ""});
    int expected = 0;
    const std::vector<http::Response> responses = api.call_all(std::move(calls));
    for (std::size_t i = 0; i < responses.size(); ++i) {
        if (responses[i].status == 200)
            expected += i < 12 ? 3 : -2;
        else
            EXPECT_EQ(code_of(responses[i]), "catalog.stock_too_low");
    }
    EXPECT_EQ(stock_of(mug), std::to_string(expected));
    EXPECT_GE(expected, 12);
}

TEST_F(StockTest, TheStoreIsToldOnceWhenLittleIsLeft) {
    const std::string mug = make(6, R"(, "low_stock_quantity": 3)");
    EXPECT_TRUE(sell(mug, 2));
    EXPECT_EQ(told_low(), "0") << "four are left";
    EXPECT_TRUE(sell(mug, 2));
    EXPECT_EQ(told_low(), "1");
    EXPECT_EQ(api.sql("select payload->>'variant_id' from jobs where kind = 'test.low'"), mug);
    EXPECT_TRUE(sell(mug, 1));
    EXPECT_FALSE(sell(mug, 5));
    EXPECT_EQ(told_low(), "1") << "it knows already";
    EXPECT_EQ(change(mug, R"({"delta": 9})").status, 200);
    EXPECT_TRUE(sell(mug, 7));
    EXPECT_EQ(told_low(), "2") << "again, after more had come in";
}

TEST_F(StockTest, BackOrderIsTurnedOnAndOff) {
    const std::string mug = make(1, "", "continue");
    const std::string product =
        "/products/" + api.sql("select product_id from product_variants where id = '" + mug + "'");
    EXPECT_TRUE(sell(mug, 3));
    EXPECT_EQ(stock_of(mug), "-2");
    EXPECT_EQ(change(mug, R"({"delta": 1})").status, 200);
    EXPECT_EQ(stock_of(mug), "-1") << "one of those that are owed";
    EXPECT_EQ(api.put(product, owner, R"({"inventory_policy": "deny"})").status, 200);
    EXPECT_EQ(stock_of(mug), "0");
    EXPECT_FALSE(sell(mug, 1));
    EXPECT_EQ(api.put(product, owner, R"({"inventory_policy": "continue"})").status, 200);
    EXPECT_TRUE(sell(mug, 1));
}

}  // namespace
}  // namespace liveshop::catalog
