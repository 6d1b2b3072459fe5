// What somebody is shown who has asked for nothing, and why.
#include <fmt/format.h>

#include "modules/catalog/followers.hpp"
#include "modules/checkout/tests/shop.hpp"
#include "modules/discovery/routes.hpp"
#include "modules/identity/api.hpp"

namespace liveshop::discovery {
namespace {

using test::code_of;
using test::json_of;
using test::TestUser;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::Pair;

class Discovery : public checkout::Shop {
  protected:
    Discovery()
        : Shop({.routes = catalog::follower_routes() + discovery::routes(),
                .constraints = {},
                .job_rows = discovery::job_rows()}) {}

    using Shown = std::vector<std::pair<std::string, std::string>>;
    static Shown shown(const http::Response& response) {
        EXPECT_EQ(response.status, 200) << response.body;
        Shown products;
        if (response.status != 200) return products;
        for (const json::value& one : json_of(response).at("recommendations").as_array())
            products.emplace_back(one.at("product").at("name").as_string(), one.at("reason").as_string());
        return products;
    }
    Shown shown_to(TestUser who, std::string_view more = "") {
        return shown(api.get(fmt::format("/products/recommended{}", more), who));
    }
    http::Response as_visitor(std::string path) { return api.call({"GET", std::move(path), std::nullopt, "", ""}); }

    /// A product with stock; answers its id. The later, the newer.
    std::string add(const StoreRow& store, std::string_view name, int stock = 5) {
        const http::Response made =
            api.post("/stores/" + store.id + "/products", store.owner,
                     fmt::format(R"({{"name": "{}", "variants": [{{"price_minor": 1000, "stock_quantity": {}}}]}})",
                                 name, stock));
        EXPECT_EQ(made.status, 201) << made.body;
        std::string id(json_of(made).at("id").as_string());
        api.sql(
            fmt::format("update products set created_at = now() - interval '1 day' + interval '1 minute' * {}"
                        " where id = '{}'",
                        ++minute_, id));
        return id;
    }
    std::string variant_of(const std::string& product_id) {
        return api.sql("select id from product_variants where product_id = '" + product_id + "'");
    }
    void buy(TestUser who, const std::string& product_id) {
        const std::string order = place(who, {variant_of(product_id)});
        EXPECT_EQ(check_out(who, {order}, visa).status, 200);
    }
    http::Response view(TestUser who, const std::string& product_id) {
        return api.post("/products/" + product_id + "/views", who, "");
    }
    std::string stream(const StoreRow& store, std::string_view title, std::string_view status, int viewers,
                       std::string_view type = "public") {
        return api.sql(fmt::format(
            "insert into live_streams (tenant_id, store_id, host_id, title, status, type, viewer_count, started_at,"
            " scheduled_at) values ('{}', '{}', '{}', '{}', '{}', '{}', {}, now(), now() + interval '{} hours')"
            " returning id",
            api.tenant_id().to_string(), store.id, store.owner.id.to_string(), title, status, type, viewers, viewers));
    }
    static std::vector<std::string> titles(const json::value& home, std::string_view list) {
        std::vector<std::string> titles;
        for (const json::value& one : home.at(list).as_array()) titles.emplace_back(one.at("title").as_string());
        return titles;
    }

    int minute_ = 0;
};

TEST_F(Discovery, ANewcomerGetsWhatSellsAndThenWhatIsNew) {
    const StoreRow store = make_store(), other = make_store();
    const std::string old = add(store, "Old");
    add(store, "Middle");
    add(other, "New");
    buy(other_buyer, old);
    const Shown expected{{"Old", "popular"}, {"New", "newest"}, {"Middle", "newest"}};
    EXPECT_EQ(shown_to(buyer), expected);
    EXPECT_EQ(shown(as_visitor("/products/recommended")), expected) << "a visitor, too";
    EXPECT_EQ(shown_to(buyer, "?limit=1").size(), 1U);
    EXPECT_THAT(shown_to(buyer, "?beside=" + old), Not(Contains(Pair("Old", "popular"))));
    EXPECT_EQ(api.get("/products/recommended?limit=0", buyer).status, 422);
    EXPECT_EQ(api.get("/products/recommended?limit=61", buyer).status, 422);
}

TEST_F(Discovery, WhatOneFollowsBoughtAndViewedComesFirst) {
    const StoreRow followed = make_store(), visited = make_store(), viewed = make_store(), strange = make_store();
    add(followed, "Of a store I follow");
    const std::string bought = add(visited, "Bought");
    add(visited, "Of a store I bought at");
    const std::string seen = add(viewed, "Seen");
    add(viewed, "Of a store I looked at");
    add(strange, "Strange");
    EXPECT_EQ(api.post("/stores/" + followed.id + "/follow", buyer, "").status, 204);
    buy(buyer, bought);
    EXPECT_EQ(view(buyer, seen).status, 204);

    const Shown products = shown_to(buyer);
    ASSERT_EQ(products.size(), 6U);
    EXPECT_THAT(products[0], Pair("Seen", "viewed")) << "what one looked at and has not bought";
    EXPECT_THAT(products[1], Pair("Of a store I follow", "followed"));
    EXPECT_THAT(products[2], Pair("Of a store I bought at", "bought_there"));
    EXPECT_THAT(products[3], Pair("Of a store I looked at", "viewed_there"));
    EXPECT_THAT(products, Contains(Pair("Bought", "bought_there")));
    EXPECT_THAT(products, Contains(Pair("Strange", "newest")));
    EXPECT_THAT(shown_to(other_buyer).front(), Pair("Bought", "popular")) << "somebody else's taste is another";
}

TEST_F(Discovery, OnlyWhatCanBeBoughtIsShownAndNoStoreFillsThePage) {
    const StoreRow store = make_store(), small = make_store(), closed = make_store();
    add(store, "Sold out", 0);
    const std::string removed = add(store, "Removed");
    EXPECT_EQ(api.del("/products/" + removed, store.owner).status, 204);
    add(closed, "Of a closed store");
    api.put("/stores/" + closed.id, closed.owner, R"({"is_active": false})");
    add(small, "One of few");
    for (int i = 0; i < 8; ++i) add(store, fmt::format("One of many {}", i));
    const Shown products = shown_to(buyer);
    ASSERT_EQ(products.size(), 9U);
    EXPECT_THAT(products[4], Pair("One of few", "newest")) << "after four of the other store's";
    const TestUser stranger = api.make_user(Role::customer, api.make_tenant("other"));
    EXPECT_THAT(shown_to(stranger), IsEmpty()) << "another marketplace";
}

TEST_F(Discovery, ViewsAreKeptForAWhileAndGoWithTheAccount) {
    const StoreRow store = make_store();
    const std::string mug = add(store, "Mug");
    for (int i = 0; i < 3; ++i) EXPECT_EQ(view(buyer, mug).status, 204);
    EXPECT_EQ(api.sql("select string_agg(view_count::text, ' ') from product_views"), "3");
    EXPECT_EQ(code_of(view(buyer, Uuid::make().to_string())), "catalog.product_not_found");
    EXPECT_EQ(code_of(api.call({"POST", "/products/" + mug + "/views", std::nullopt, "", ""})), "unauthenticated");
    api.put("/products/" + mug, store.owner, R"({"is_active": false})");
    EXPECT_EQ(code_of(view(buyer, mug)), "catalog.product_not_found") << "not for sale";

    api.sql(
        fmt::format("with made as (insert into products (tenant_id, store_id, name) select '{0}', '{1}', 'P' || n"
                    " from generate_series(1, 250) n returning id)"
                    " insert into product_views (tenant_id, user_id, product_id, viewed_at)"
                    " select '{0}', '{2}', id, now() - row_number() over () * interval '1 minute' from made",
                    api.tenant_id().to_string(), store.id, buyer.id.to_string()));
    EXPECT_EQ(view(buyer, add(store, "Bowl")).status, 204);
    EXPECT_EQ(api.sql("select count(*) from product_views"), "200");

    view(other_buyer, add(store, "Vase"));
    api.with_ctx(buyer, [&](Ctx& ctx) -> awaitable<void> {
        co_await jobs::publish(ctx, "identity.account_deleted", identity::UserFact{buyer.id});
    });
    EXPECT_GE(api.run_jobs(), 1);
    EXPECT_EQ(api.sql("select count(*) from product_views"), "1") << "somebody else's stay";
}

TEST_F(Discovery, HomeHasStreamsOfStoresOneFollowsFirst) {
    const StoreRow store = make_store(), followed = make_store();
    add(store, "Mug");
    stream(store, "Crowded", "live", 50);
    stream(store, "Quiet", "live", 1);
    stream(followed, "Followed", "live", 5);
    stream(store, "Secret", "live", 900, "private");
    stream(store, "Over", "ended", 3);
    stream(store, "In two hours", "scheduled", 2);
    stream(store, "In one hour", "scheduled", 1);
    stream(followed, "In three hours", "scheduled", 3);

    const json::value of_newcomer = json_of(as_visitor("/home"));
    EXPECT_THAT(titles(of_newcomer, "live"), ElementsAre("Crowded", "Followed", "Quiet"));
    EXPECT_THAT(titles(of_newcomer, "coming"), ElementsAre("In one hour", "In two hours", "In three hours"));
    EXPECT_EQ(of_newcomer.at("recommendations").as_array().size(), 1U);
    EXPECT_EQ(api.post("/stores/" + followed.id + "/follow", buyer, "").status, 204);
    const json::value of_follower = json_of(api.get("/home", buyer));
    EXPECT_THAT(titles(of_follower, "live"), ElementsAre("Followed", "Crowded", "Quiet"));
    EXPECT_THAT(titles(of_follower, "coming"), ElementsAre("In three hours", "In one hour", "In two hours"));
    const TestUser stranger = api.make_user(Role::customer, api.make_tenant("other"));
    EXPECT_THAT(titles(json_of(api.get("/home", stranger)), "live"), IsEmpty());
}

}  // namespace
}  // namespace liveshop::discovery
