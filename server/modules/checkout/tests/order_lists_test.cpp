// Orders in pages: each once, the newest first, whatever comes and goes meanwhile.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <set>

#include "modules/checkout/tests/shop.hpp"

namespace liveshop::checkout {
namespace {

class OrderLists : public Shop {
  protected:
    OrderLists()
        : store(make_store()),
          other(make_store()),
          mug(make_variant(store, 1'000, 90)),
          bowl(make_variant(other, 500, 90)) {}

    // The ids of a whole list, page by page; `between` happens after each.
    std::vector<std::string> walk(const std::string& path, TestUser who, const std::function<void()>& between = {}) {
        std::vector<std::string> ids;
        std::string cursor;
        do {
            const json::value page = json_of(api.get(path + cursor, who));
            for (const json::value& order : page.at("orders").as_array()) ids.emplace_back(order.at("id").as_string());
            const json::value* next = page.as_object().if_contains("next_cursor");
            cursor = next ? "&cursor=" + std::string(next->as_string()) : "";
            if (between) between();
        } while (!cursor.empty() && ids.size() < 100);
        return ids;
    }
    std::size_t count(const std::string& query, TestUser who) {
        const http::Response answer = api.get("/admin/orders" + query, who);
        EXPECT_EQ(answer.status, 200) << answer.body;
        return json_of(answer).at("orders").as_array().size();
    }

    StoreRow store, other;
    std::string mug, bowl;
};

TEST_F(OrderLists, APersonsOrdersPageByPage) {
    std::vector<std::string> placed;
    for (int i = 0; i < 7; ++i) placed.push_back(place(buyer, {mug}));
    place(other_buyer, {mug});
    std::ranges::reverse(placed);
    EXPECT_EQ(walk("/me/orders?limit=3", buyer), placed);
    EXPECT_EQ(walk("/me/orders?limit=7", buyer), placed) << "one page";
}

TEST_F(OrderLists, OrdersPlacedTogetherAreEachOnce) {
    for (int i = 0; i < 3; ++i) EXPECT_EQ(api.post("/orders", buyer, order_body({mug, bowl})).status, 201);
    const std::vector<std::string> ids = walk("/me/orders?limit=1", buyer);
    EXPECT_EQ(ids.size(), 6U);
    EXPECT_EQ(std::set(ids.begin(), ids.end()).size(), 6U);
}

TEST_F(OrderLists, WhatComesMeanwhileNeitherRepeatsNorHides) {
    for (int i = 0; i < 4; ++i) place(buyer, {mug});
    const std::vector<std::string> ids = walk("/me/orders?limit=2", buyer, [&] { place(buyer, {mug}); });
    EXPECT_EQ(ids.size(), 4U);
    EXPECT_EQ(std::set(ids.begin(), ids.end()).size(), 4U);
}

TEST_F(OrderLists, AStoresOrdersByStatus) {
    std::vector<std::string> confirmed;
    for (int i = 0; i < 3; ++i) {
        const std::string order_id = place(buyer, {mug});
        check_out(buyer, {order_id}, visa);
        EXPECT_EQ(move(store, order_id, "confirmed").status, 200);
        confirmed.insert(confirmed.begin(), order_id);
        place(buyer, {mug});
    }
    place(buyer, {bowl});
    const std::string path = "/stores/" + store.id + "/orders";
    EXPECT_EQ(walk(path + "?status=confirmed&limit=2", store.owner), confirmed);
    EXPECT_EQ(walk(path + "?limit=4", store.owner).size(), 6U);
    EXPECT_EQ(code_of(api.get(path, other.owner)), "catalog.not_your_store");
    EXPECT_EQ(api.get(path, buyer).status, 403);
    EXPECT_EQ(code_of(api.get("/stores/" + Uuid::make().to_string() + "/orders", store.owner)),
              "catalog.store_not_found");
}

TEST_F(OrderLists, ACursorIsReadAsItWasWritten) {
    for (const std::string_view wrong : {"x", "e30", "eyJpZCI6MX0"})
        EXPECT_EQ(code_of(api.get(fmt::format("/me/orders?cursor={}", wrong), buyer)), "invalid") << wrong;
    for (const std::string_view wrong : {"0", "201", "-1", "many"})
        EXPECT_EQ(code_of(api.get(fmt::format("/me/orders?limit={}", wrong), buyer)), "invalid") << wrong;
}

TEST_F(OrderLists, AdministratorsSeeAllOfTheirTenant) {
    const TestUser admin = api.make_user(Role::admin);
    const std::string paid = place(buyer, {mug}), open = place(other_buyer, {bowl});
    check_out(buyer, {paid}, visa);
    EXPECT_EQ(walk("/admin/orders?limit=1", admin), (std::vector{open, paid}));
    EXPECT_EQ(count("?payment_status=authorized", admin), 1U);
    EXPECT_EQ(count("?status=pending", admin), 2U);
    EXPECT_EQ(count("?status=confirmed", admin), 0U);
    EXPECT_EQ(count("?store_id=" + other.id, admin), 1U);
    EXPECT_EQ(count("?customer_id=" + buyer.id.to_string() + "&store_id=" + other.id, admin), 0U);
    std::string number = order_column(open, "order_number");
    std::ranges::transform(number, number.begin(), [](char c) { return static_cast<char>(std::tolower(c)); });
    const json::value found = json_of(api.get("/admin/orders?order_number=" + number, admin));
    ASSERT_EQ(found.at("orders").as_array().size(), 1U);
    EXPECT_EQ(found.at("orders").at(0).at("id").as_string(), open);
    for (const TestUser who : {buyer, store.owner, driver}) EXPECT_EQ(api.get("/admin/orders", who).status, 403);
    EXPECT_EQ(count("", api.make_user(Role::admin, api.make_tenant("other"))), 0U) << "another tenant's";
    EXPECT_EQ(code_of(api.get("/admin/orders?status=sold", admin)), "invalid");
}

}  // namespace
}  // namespace liveshop::checkout
