// What viewers ask to see, the order of what is shown, and what is bought.
#include "modules/live/api.hpp"
#include "modules/live/tests/studio.hpp"

namespace liveshop::live {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Requests : public Studio {
  protected:
    Requests()
        : id(go_live()),
          mug(add_product(owner, store_id, "Mug")),
          cup(add_product(owner, store_id, "Cup")),
          other(api.make_user(Role::customer)) {
        api.emissions().clear();
    }
    http::Response ask(TestUser who, const std::string& product_id) {
        return step(who, id, "product-requests", fmt::format(R"({{"product_id": "{}"}})", product_id));
    }
    json::array queue() { return look(owner, path_of(id) + "/product-requests").at("requests").as_array(); }
    http::Response order(const std::vector<std::string>& ids) {
        std::string list;
        for (const std::string& each_id : ids) list += (list.empty() ? "\"" : ", \"") + each_id + "\"";
        return api.put(path_of(id) + "/pins", owner, fmt::format(R"({{"product_ids": [{}]}})", list));
    }
    std::vector<std::string> pinned() { return each("id", "pinned_products", step(customer, id, "join")); }

    const std::string id, mug, cup;
    const TestUser other;
};

TEST_F(Requests, AreCountedForTheHostMostWantedFirst) {
    const http::Response first = ask(customer, mug);
    ASSERT_EQ(first.status, 201) << first.body;
    EXPECT_EQ(json_of(first).at("count").as_int64(), 1);
    ask(customer, cup);
    EXPECT_EQ(json_of(ask(other, cup)).at("count").as_int64(), 2);
    EXPECT_EQ(json_of(ask(other, cup)).at("count").as_int64(), 2) << "once is enough";
    const json::array waiting = queue();
    ASSERT_THAT(waiting, SizeIs(2));
    EXPECT_EQ(waiting[0].at("product").at("name").as_string(), "Cup");
    EXPECT_EQ(waiting[0].at("count").as_int64(), 2);
    EXPECT_EQ(waiting[0].at("asked_by"), (json::array{"Test customer", "Test customer"}));
    EXPECT_EQ(waiting[1].at("product").at("name").as_string(), "Mug");

    const std::vector<Emission> asked = told("stream:product:request");
    ASSERT_THAT(asked, SizeIs(3));
    EXPECT_EQ(asked[0].room, hosts_room(id)) << "the store's people alone";
    EXPECT_EQ(json::parse(asked[2].payload),
              (json::value{{"stream_id", id}, {"product_id", cup}, {"product_name", "Cup"}, {"count", 2}}));
    const json::value chat = json_of(get_as_visitor(path_of(id) + "/chat")).at("messages");
    ASSERT_EQ(chat.as_array().size(), 3U) << "everybody sees who asks";
    EXPECT_EQ(chat.at(0).at("type").as_string(), "product_request");
    EXPECT_EQ(chat.at(0).at("content").as_string(), "Mug");
    EXPECT_EQ(chat.at(0).at("metadata"), (json::value{{"product_id", mug}}));
}

TEST_F(Requests, AreAnsweredByPinningOrDismissed) {
    ask(customer, mug);
    ask(other, mug);
    ask(other, cup);
    api.emissions().clear();
    EXPECT_EQ(pin(id, mug).status, 201);
    ASSERT_THAT(queue(), SizeIs(1));
    ASSERT_THAT(told("stream:product:request"), SizeIs(1));
    EXPECT_EQ(json::parse(told("stream:product:request")[0].payload).at("count").as_int64(), 0);
    const std::string path = path_of(id) + "/product-requests/" + cup + "/dismiss";
    EXPECT_EQ(api.post(path, owner, "").status, 204);
    EXPECT_THAT(queue(), IsEmpty());
    EXPECT_EQ(api.post(path, owner, "").status, 204) << "nobody waits any more";
    EXPECT_THAT(told("stream:product:request"), SizeIs(2));
    EXPECT_EQ(code_of(api.post(path, customer, "")), "forbidden");
    EXPECT_EQ(code_of(api.post(path, other_owner, "")), "catalog.not_your_store");
    EXPECT_EQ(code_of(api.post(path_of(id) + "/product-requests/" + Uuid::make().to_string() + "/dismiss", owner, "")),
              "catalog.product_not_found");
    EXPECT_EQ(api.sql("select string_agg(distinct status, ' ' order by status) from product_requests"),
              "dismissed pinned");
}

TEST_F(Requests, AreOfThisStoreOfALiveStreamAndWanted) {
    const std::string elsewhere = add_product(other_owner, open_store(other_owner, "cups"), "Vase");
    EXPECT_EQ(code_of(ask(customer, elsewhere)), "live.product_of_other_store");
    EXPECT_EQ(code_of(ask(customer, Uuid::make().to_string())), "catalog.product_not_found");
    EXPECT_EQ(code_of(api.call({"POST", path_of(id) + "/product-requests", std::nullopt,
                                fmt::format(R"({{"product_id": "{}"}})", mug), ""})),
              "unauthenticated");
    EXPECT_EQ(code_of(step(customer, plan(), "product-requests", fmt::format(R"({{"product_id": "{}"}})", mug))),
              "live.stream_not_live");
    change(id, R"({"requests_enabled": false})");
    EXPECT_EQ(code_of(ask(customer, mug)), "live.requests_off");
    EXPECT_THAT(queue(), IsEmpty());
    EXPECT_EQ(code_of(api.get(path_of(id) + "/product-requests", customer)), "forbidden");
}

TEST_F(Requests, PinsAreShownInTheHostsOrder) {
    const std::string vase = add_product(owner, store_id, "Vase");
    for (const std::string& product : {mug, cup, vase}) pin(id, product);
    EXPECT_THAT(pinned(), ElementsAre(vase, cup, mug));
    ASSERT_EQ(order({mug, vase, cup}).status, 200);
    EXPECT_THAT(pinned(), ElementsAre(mug, vase, cup));
    ASSERT_THAT(told("stream:product:order"), SizeIs(1));
    EXPECT_EQ(told("stream:product:order")[0].room, stream_room(id));
    EXPECT_EQ(json::parse(told("stream:product:order")[0].payload),
              (json::value{{"stream_id", id}, {"product_ids", json::array{mug, vase, cup}}}));
    EXPECT_EQ(pin(id, cup).status, 201);
    EXPECT_THAT(pinned(), ElementsAre(cup, mug, vase)) << "a new pin is shown first";
    unpin(id, mug);
    for (const std::vector<std::string>& wrong : {std::vector{cup, mug, vase}, {cup}, {cup, cup}, {}})
        EXPECT_EQ(code_of(order(wrong)), "live.pins_differ");
    EXPECT_EQ(code_of(api.put(path_of(id) + "/pins", other_owner, R"({"product_ids": []})")), "catalog.not_your_store");
}

class Sales : public Requests {
  protected:
    void sell(const std::string& stream_id, TestUser to) {
        api.with_ctx(to, [&](Ctx& ctx) -> awaitable<void> {
            co_await announce_sale(ctx, {.stream_id = StreamId::parse(stream_id).value(),
                                         .customer_id = to.id,
                                         .product_id = catalog::ProductId::parse(mug).value(),
                                         .product_name = "Mug",
                                         .quantity = 2});
        });
    }
};

TEST_F(Sales, AreToldWithTheNameOnlyIfTheBuyerLetsIt) {
    EXPECT_EQ(look(customer, "/me/live-preferences"), (json::value{{"shows_first_name", false}}));
    sell(id, customer);
    EXPECT_EQ(api.put("/me/live-preferences", customer, R"({"shows_first_name": true})").status, 200);
    EXPECT_EQ(look(customer, "/me/live-preferences"), (json::value{{"shows_first_name", true}}));
    sell(id, customer);
    sell(id, other);
    const std::vector<Emission> orders = told("stream:order");
    ASSERT_THAT(orders, SizeIs(3));
    EXPECT_EQ(orders[0].room, stream_room(id));
    EXPECT_EQ(json::parse(orders[0].payload),
              (json::value{{"stream_id", id}, {"product_name", "Mug"}, {"quantity", 2}}));
    EXPECT_EQ(json::parse(orders[1].payload).at("customer_first_name").as_string(), "Test");
    EXPECT_FALSE(json::parse(orders[2].payload).as_object().contains("customer_first_name"));
    const json::value chat = json_of(get_as_visitor(path_of(id) + "/chat")).at("messages");
    EXPECT_EQ(chat.at(0).at("type").as_string(), "order_notification");
    EXPECT_EQ(chat.at(0).at("content").as_string(), "Somebody bought Mug");
    EXPECT_EQ(chat.at(1).at("content").as_string(), "Test bought Mug");
    EXPECT_EQ(chat.at(1).at("metadata"), (json::value{{"product_id", mug}, {"quantity", 2}}));
    EXPECT_EQ(chat.at(1).at("user_name").as_string(), "Store mugs") << "the buyer's account is not named";
    EXPECT_EQ(code_of(api.call({"GET", "/me/live-preferences", std::nullopt, "", ""})), "unauthenticated");
}

TEST_F(Sales, OfAStreamThatIsOverAreNotTold) {
    step(owner, id, "end");
    sell(id, customer);
    EXPECT_THAT(told("stream:order"), IsEmpty());
}

}  // namespace
}  // namespace liveshop::live
