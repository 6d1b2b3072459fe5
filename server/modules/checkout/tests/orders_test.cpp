#include <fmt/format.h>

#include "modules/checkout/tests/shop.hpp"

namespace liveshop::checkout {
namespace {

using ::testing::UnorderedElementsAre;

class Orders : public Shop {};

TEST_F(Orders, ThePriceIsTheServersToTheCent) {
    api.sql("update tenants set settings = '{\"tax_rate_bp\": 825, \"commission_rate_bp\": 1250}'");
    const StoreRow store = make_store("USD", 499);
    const std::string mug = make_variant(store, 1'299, 10), plate = make_variant(store, 333, 10);
    const http::Response response = api.post("/orders", buyer, order_body({mug, plate}, 3));
    ASSERT_EQ(response.status, 201) << response.body;

    const json::value placed = json_of(response);
    const json::value& order = placed.at("orders").at(0);
    EXPECT_EQ(order.at("subtotal_minor").as_int64(), 3 * 1'299 + 3 * 333);
    EXPECT_EQ(order.at("tax_amount_minor").as_int64(), 322 + 82);  // 321.5025 and 82.4175, each rounded once
    EXPECT_EQ(order.at("shipping_amount_minor").as_int64(), 499);
    EXPECT_EQ(order.at("total_amount_minor").as_int64(), 3'897 + 999 + 404 + 499);
    EXPECT_EQ(placed.at("total_amount_minor"), order.at("total_amount_minor"));
    EXPECT_EQ(order.at("status").as_string(), "pending");
    EXPECT_EQ(order.at("payment_status").as_string(), "pending");
    EXPECT_EQ(order.at("items").as_array().size(), 2U);
    EXPECT_EQ(order.at("timeline").as_array().size(), 1U);
    EXPECT_TRUE(order.as_object().contains("hold_expires_at"));
    EXPECT_EQ(stock_of(mug), 7);
    EXPECT_EQ(api.sql("select sum(commission_minor) from order_lines"), fmt::format("{}", 487 + 125));
}

TEST_F(Orders, AClientHasNoSayInThePrice) {
    const StoreRow store = make_store();
    const std::string mug = make_variant(store, 1'299, 10);
    std::string body = order_body({mug});
    body.replace(body.find("\"quantity\": 1"), 13, "\"quantity\": 1, \"price_minor\": 1");
    const http::Response response = api.post("/orders", buyer, body);
    EXPECT_EQ(response.status, 422);
    EXPECT_NE(response.body.find("/items/0/price_minor"), std::string::npos) << response.body;
    EXPECT_EQ(stock_of(mug), 10);
}

TEST_F(Orders, OneOrderPerStore) {
    const StoreRow first = make_store(), second = make_store();
    const std::string a = make_variant(first, 100, 5), b = make_variant(second, 200, 5);
    const http::Response response = api.post("/orders", buyer, order_body({b, a, a}));
    ASSERT_EQ(response.status, 201) << response.body;
    const json::value placed = json_of(response);
    const json::array& orders = placed.at("orders").as_array();
    ASSERT_EQ(orders.size(), 2U);
    EXPECT_NE(orders[0].at("store_id"), orders[1].at("store_id"));
    EXPECT_NE(orders[0].at("order_number"), orders[1].at("order_number"));
    EXPECT_EQ(stock_of(a), 3) << "two lines of one item count together";
    EXPECT_EQ(stock_of(b), 4);
}

TEST_F(Orders, WhatCannotBeSoldLeavesEverythingAsItWas) {
    const StoreRow store = make_store("USD", 0, 1'000), euro = make_store("EUR");
    const std::string mug = make_variant(store, 500, 10), rare = make_variant(store, 5'000, 1),
                      elsewhere = make_variant(euro, 500, 10);
    EXPECT_EQ(code_of(api.post("/orders", buyer, order_body({mug}))), "checkout.below_minimum");
    EXPECT_EQ(code_of(api.post("/orders", buyer, order_body({mug, rare}, 2))), "checkout.sold_out");
    EXPECT_EQ(code_of(api.post("/orders", buyer, order_body({rare, elsewhere}))), "checkout.currency_mismatch");
    EXPECT_EQ(code_of(api.post("/orders", buyer, order_body({Uuid::make().to_string()}))),
              "checkout.variant_not_for_sale");
    EXPECT_EQ(code_of(api.post("/orders", buyer, order_body({}))), "checkout.cart_empty");
    EXPECT_EQ(stock_of(mug), 10);
    EXPECT_EQ(stock_of(rare), 1);
    EXPECT_EQ(api.sql("select count(*) from orders"), "0");
}

TEST_F(Orders, OfTwoBuyersOfTheLastItemOneGetsIt) {
    const StoreRow store = make_store();
    for (int round = 0; round < 5; ++round) {
        const std::string last = make_variant(store, 1'000, 1), other = make_variant(store, 700, 50);
        std::vector<test::TestCall> calls;
        for (int i = 0; i < 6; ++i) {  // in either order of lines: nobody waits for each other in a circle
            const auto items = i % 2 ? std::vector{last, other} : std::vector{other, last};
            calls.push_back({"POST", "/orders", api.make_user(Role::customer), order_body(items), ""});
        }
        int placed = 0;
        for (const http::Response& response : api.call_all(std::move(calls))) {
            if (response.status == 201)
                ++placed;
            else
                EXPECT_EQ(code_of(response), "checkout.sold_out");
        }
        EXPECT_EQ(placed, 1);
        EXPECT_EQ(stock_of(last), 0);
        EXPECT_EQ(stock_of(other), 49);
    }
}

TEST_F(Orders, ARepeatedKeyAnswersAsBeforeAndOrdersOnce) {
    const StoreRow store = make_store();
    const std::string mug = make_variant(store, 1'000, 10);
    const http::Response first = api.post("/orders", buyer, order_body({mug}), "key-1");
    const http::Response again = api.post("/orders", buyer, order_body({mug}), "key-1");
    EXPECT_EQ(first.status, 201);
    EXPECT_EQ(again.status, 201);
    EXPECT_EQ(first.body, again.body);
    EXPECT_EQ(code_of(api.post("/orders", buyer, order_body({mug}, 2), "key-1")), "idempotency_key_reused");
    EXPECT_EQ(stock_of(mug), 9);

    std::vector<test::TestCall> calls(5, {"POST", "/orders", buyer, order_body({mug}), "key-2"});
    int created = 0;
    for (const http::Response& response : api.call_all(std::move(calls))) {
        created += response.status == 201;
        if (response.status != 201) EXPECT_EQ(code_of(response), "idempotency_key_in_use");
    }
    EXPECT_GE(created, 1);
    EXPECT_EQ(stock_of(mug), 8);
}

TEST_F(Orders, TheCartIsOrderedOnce) {
    const StoreRow store = make_store();
    const std::string mug = make_variant(store, 1'000, 10);
    const auto cart_item = [&](int quantity) {
        return api.post("/cart", buyer, fmt::format(R"({{"variant_id": "{}", "quantity": {}}})", mug, quantity));
    };
    EXPECT_EQ(cart_item(1).status, 201);
    const json::value cart = json_of(cart_item(2));
    EXPECT_EQ(cart.at("subtotal_minor").as_int64(), 3'000);
    const std::string item_id(cart.at("items").at(0).at("id").as_string());
    EXPECT_EQ(json_of(api.put("/cart/" + item_id, buyer, R"({"quantity": 4})")).at("subtotal_minor").as_int64(), 4'000);
    EXPECT_EQ(code_of(api.put("/cart/" + item_id, other_buyer, R"({"quantity": 9})")), "checkout.cart_item_not_found");
    EXPECT_EQ(code_of(api.del("/cart/" + item_id, other_buyer)), "checkout.cart_item_not_found");

    std::string body = order_body({});
    body.replace(body.find("\"items\": [], "), 13, "");
    std::vector<test::TestCall> calls(3, {"POST", "/orders", buyer, body, ""});
    int created = 0;
    for (const http::Response& response : api.call_all(std::move(calls))) {
        created += response.status == 201;
        if (response.status != 201) EXPECT_EQ(code_of(response), "checkout.cart_empty");
    }
    EXPECT_EQ(created, 1);
    EXPECT_EQ(stock_of(mug), 6);
    EXPECT_EQ(json_of(api.get("/cart", buyer)).at("items").as_array().size(), 0U);
}

TEST_F(Orders, AnItemLeavesTheCart) {
    const StoreRow store = make_store();
    const std::string mug = make_variant(store, 1'000, 10), plate = make_variant(store, 700, 10);
    api.post("/cart", buyer, fmt::format(R"({{"variant_id": "{}", "quantity": 2}})", mug));
    const json::value cart =
        json_of(api.post("/cart", buyer, fmt::format(R"({{"variant_id": "{}", "quantity": 1}})", plate)));
    ASSERT_EQ(cart.at("items").as_array().size(), 2U);
    const std::string item_id(cart.at("items").at(0).at("id").as_string());
    EXPECT_EQ(json_of(api.del("/cart/" + item_id, buyer)).at("items").as_array().size(), 1U);
    EXPECT_EQ(code_of(api.del("/cart/" + item_id, buyer)), "checkout.cart_item_not_found");
    const json::value rest = json_of(api.get("/cart", buyer));
    ASSERT_EQ(rest.at("items").as_array().size(), 1U);
    EXPECT_NE(rest.at("items").at(0).at("id").as_string(), item_id);
    EXPECT_EQ(api.call({"GET", "/cart", std::nullopt, "", ""}).status, 401);
}

TEST_F(Orders, AFailedOrderKeepsTheCart) {
    const StoreRow store = make_store();
    const std::string mug = make_variant(store, 1'000, 1);
    api.post("/cart", buyer, fmt::format(R"({{"variant_id": "{}", "quantity": 2}})", mug));
    std::string body = order_body({});
    body.replace(body.find("\"items\": [], "), 13, "");
    EXPECT_EQ(code_of(api.post("/orders", buyer, body)), "checkout.sold_out");
    EXPECT_EQ(json_of(api.get("/cart", buyer)).at("items").as_array().size(), 1U);
}

TEST_F(Orders, OrderNumbersAreReadableAndUnique) {
    EXPECT_EQ(api.sql("select count(distinct n) from (select next_order_number() as n"
                      " from generate_series(1, 20000)) numbers"),
              "20000");
    EXPECT_EQ(api.sql("select bool_and(next_order_number() ~ '^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$')"
                      " from generate_series(1, 1000)"),
              "t");
}

TEST_F(Orders, OnlyThoseWhoTheOrderConcernsSeeIt) {
    const StoreRow store = make_store(), other_store = make_store();
    const std::string order_id = place(buyer, {make_variant(store, 1'000, 5)});
    const std::string path = "/orders/" + order_id;
    EXPECT_EQ(api.get(path, buyer).status, 200);
    EXPECT_EQ(api.get(path, store.owner).status, 200);
    EXPECT_EQ(api.get(path, api.make_user(Role::admin)).status, 200);
    for (const TestUser& stranger : {other_buyer, other_store.owner, driver}) {
        EXPECT_EQ(code_of(api.get(path, stranger)), "checkout.order_not_found");
        EXPECT_EQ(code_of(api.post(path + "/cancel", stranger, "")), "checkout.order_not_found");
        EXPECT_EQ(code_of(check_out(stranger, {order_id}, visa)), "checkout.order_not_found");
    }
    EXPECT_EQ(json_of(api.get("/me/orders", buyer)).at("orders").as_array().size(), 1U);
    EXPECT_EQ(json_of(api.get("/me/orders", other_buyer)).at("orders").as_array().size(), 0U);
    const std::string listed = fmt::format("/stores/{}/orders", store.id);
    EXPECT_EQ(json_of(api.get(listed, store.owner)).at("orders").as_array().size(), 1U);
    EXPECT_EQ(json_of(api.get(listed + "?status=ready", store.owner)).at("orders").as_array().size(), 0U);
    EXPECT_EQ(code_of(api.get(listed, other_store.owner)), "catalog.not_your_store");
    EXPECT_EQ(code_of(api.get(listed, buyer)), "forbidden");
    const std::string elsewhere = fmt::format("/stores/{}/orders/{}/status", other_store.id, order_id);
    EXPECT_EQ(code_of(api.put(elsewhere, other_store.owner, R"({"status": "cancelled"})")), "checkout.order_not_found");
}

TEST_F(Orders, AnotherTenantSeesAndTouchesNothing) {
    const StoreRow store = make_store();
    const std::string mug = make_variant(store, 1'000, 5);
    const std::string order_id = place(buyer, {mug});
    const TenantId other = api.make_tenant("other");
    for (const Role role : {Role::customer, Role::admin}) {
        const TestUser stranger = api.make_user(role, other);
        EXPECT_EQ(code_of(api.get("/orders/" + order_id, stranger)), "checkout.order_not_found");
        EXPECT_EQ(code_of(check_out(stranger, {order_id}, visa)), "checkout.order_not_found");
        EXPECT_EQ(code_of(api.post("/orders", stranger, order_body({mug}))), "checkout.variant_not_for_sale");
        EXPECT_EQ(code_of(api.post("/cart", stranger, fmt::format(R"({{"variant_id": "{}", "quantity": 1}})", mug))),
                  "checkout.variant_not_for_sale");
    }
    // The same person's id in the other tenant's token.
    const TestUser moved{other, buyer.id, Role::customer};
    EXPECT_EQ(json_of(api.get("/me/orders", moved)).at("orders").as_array().size(), 0U);
    EXPECT_EQ(stock_of(mug), 5 - 1);
}

TEST_F(Orders, BadInputIsRefusedByField) {
    const http::Response response = api.post("/orders", buyer, R"({"items": [{"variant_id": "x", "quantity": 100}]})");
    EXPECT_EQ(response.status, 422);
    const json::value problem = json_of(response);
    std::vector<std::string> pointers;
    for (const json::value& fault : problem.at("errors").as_array())
        pointers.emplace_back(fault.at("pointer").as_string());
    EXPECT_THAT(pointers, UnorderedElementsAre("/items/0/variant_id", "/items/0/quantity", "/shipping_address"));
    EXPECT_EQ(api.post("/orders", buyer, "[]").status, 400);
    EXPECT_EQ(api.post("/checkout", buyer, R"({"order_ids": []})").status, 422);
    EXPECT_EQ(api.get("/orders/none", buyer).status, 422);
}

TEST_F(Orders, TheShopDescribesItself) {
    const json::value config = json_of(api.call({"GET", "/config", std::nullopt, "", ""}));
    EXPECT_EQ(config.at("tenant_name").as_string(), "Shop test");
    EXPECT_EQ(config.at("default_currency").as_string(), "USD");
    EXPECT_TRUE(config.at("stripe_publishable_key").as_string().starts_with("pk_"));
}

}  // namespace
}  // namespace liveshop::checkout
