#include "modules/live/rules.hpp"
#include "modules/live/tests/studio.hpp"

namespace liveshop::live {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Pins : public Studio {
  protected:
    std::vector<std::string> pinned(const std::string& stream_id) {
        return each("id", "pinned_products", step(customer, stream_id, "join"));
    }
    std::vector<std::string> add_products(std::int64_t count) {
        std::vector<std::string> ids;
        for (std::int64_t i = 0; i < count; ++i) ids.push_back(add_product(owner, store_id, fmt::format("Mug {}", i)));
        return ids;
    }
};

TEST_F(Pins, AreShownToEverybodyTheNewestFirst) {
    const std::string id = go_live(), mug = add_product(owner, store_id, "Mug"),
                      cup = add_product(owner, store_id, "Cup");
    const http::Response answer = pin(id, mug);
    ASSERT_EQ(answer.status, 201) << answer.body;
    EXPECT_EQ(json_of(answer).at("product"), json_of(get_as_visitor("/products/" + mug)));
    ASSERT_THAT(told("stream:product:pin"), SizeIs(1));
    EXPECT_EQ(told("stream:product:pin")[0].room, stream_room(id));
    EXPECT_EQ(json::parse(told("stream:product:pin")[0].payload), json_of(answer));
    EXPECT_EQ(pin(id, cup).status, 201);
    EXPECT_THAT(pinned(id), ElementsAre(cup, mug));
    EXPECT_EQ(pin(id, mug).status, 201);
    EXPECT_THAT(pinned(id), ElementsAre(mug, cup)) << "pinned again, it moves to the front";

    EXPECT_EQ(unpin(id, mug).status, 204);
    EXPECT_THAT(pinned(id), ElementsAre(cup));
    ASSERT_THAT(told("stream:product:unpin"), SizeIs(1));
    EXPECT_EQ(told("stream:product:unpin")[0].room, stream_room(id));
    EXPECT_EQ(json::parse(told("stream:product:unpin")[0].payload),
              (json::value{{"stream_id", id}, {"product_id", mug}}));
    EXPECT_EQ(code_of(unpin(id, mug)), "live.not_pinned");
    EXPECT_THAT(told("stream:product:unpin"), SizeIs(1));
}

TEST_F(Pins, AreOfTheStreamsOwnStore) {
    const std::string id = go_live();
    const std::string elsewhere = add_product(other_owner, open_store(other_owner, "cups"), "Cup");
    EXPECT_EQ(code_of(pin(id, elsewhere)), "live.product_of_other_store");
    EXPECT_EQ(code_of(pin(id, Uuid::make().to_string())), "catalog.product_not_found");
    EXPECT_THAT(faults_in(pin(id, "mug")), ElementsAre("/product_id"));
    EXPECT_EQ(code_of(unpin(id, elsewhere)), "live.not_pinned");
    EXPECT_THAT(told("stream:product:pin"), IsEmpty());
}

TEST_F(Pins, ArePreparedBeforeTheStartAndOverWithTheEnd) {
    const std::string id = plan(), mug = add_product(owner, store_id, "Mug");
    EXPECT_EQ(pin(id, mug).status, 201);
    step(owner, id, "start");
    EXPECT_THAT(pinned(id), ElementsAre(mug));
    step(owner, id, "end");
    api.emissions().clear();
    EXPECT_EQ(code_of(pin(id, mug)), "live.stream_over");
    EXPECT_THAT(told("stream:product:pin"), IsEmpty());
}

TEST_F(Pins, AreTwentyAtMost) {
    const std::string id = go_live();
    const std::vector<std::string> products = add_products(pins_max + 1);
    for (std::size_t i = 0; i < pins_max; ++i) EXPECT_EQ(pin(id, products[i]).status, 201);
    EXPECT_EQ(code_of(pin(id, products.back())), "live.too_many_pins");
    EXPECT_EQ(pin(id, products.front()).status, 201) << "it is one of the twenty";
    EXPECT_EQ(pinned(id).front(), products.front());
    EXPECT_EQ(unpin(id, products[5]).status, 204);
    EXPECT_EQ(pin(id, products.back()).status, 201);
    EXPECT_THAT(pinned(id), SizeIs(pins_max));
}

TEST_F(Pins, OfManyAtOnceNoMoreThanTwentyStay) {
    const std::string id = go_live();
    const std::vector<std::string> products = add_products(pins_max + 5);
    for (std::size_t i = 0; i < pins_max - 1; ++i) EXPECT_EQ(pin(id, products[i]).status, 201);
    std::vector<test::TestCall> calls;
    for (std::size_t i = pins_max - 1; i < products.size(); ++i)
        calls.push_back({"POST", path_of(id) + "/pin", i % 2 ? owner : staff,
                         fmt::format(R"({{"product_id": "{}"}})", products[i]), ""});
    int added = 0;
    for (const http::Response& answer : api.call_all(std::move(calls))) {
        added += answer.status == 201;
        if (answer.status != 201) EXPECT_EQ(code_of(answer), "live.too_many_pins");
    }
    EXPECT_EQ(added, 1);
    EXPECT_THAT(pinned(id), SizeIs(pins_max));
}

}  // namespace
}  // namespace liveshop::live
