#include "modules/catalog/tests/market.hpp"

namespace liveshop::catalog {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class StoreSearch : public Market {
  protected:
    std::string open_at(std::string_view name, double lat, double lng, std::string_view category = "Home") {
        std::string slug(name);
        std::ranges::replace(slug, ' ', '-');
        std::ranges::transform(slug, slug.begin(), [](char c) { return static_cast<char>(std::tolower(c)); });
        const std::string id = open_store(owner, slug, fmt::format(R"(, "category": "{}")", category));
        api.sql(fmt::format(
            "update stores set name = '{}', address = address || '{{\"lat\": {}, \"lng\": {}}}' where id = '{}'", name,
            lat, lng, id));
        return id;
    }
    std::vector<std::string> found(std::string_view query) {
        return each("name", "stores", get_as_visitor(fmt::format("/stores?{}", query)));
    }
};

TEST_F(StoreSearch, FindsWordsWhoeverTypesThem) {
    open_at("Ceramics of Berlin", 52.5, 13.4);
    const std::string shoes = open_at("Shoe house", 52.5, 13.4);
    api.put("/stores/" + shoes, owner, R"({"description": "Boots, and ceramic heels"})");
    EXPECT_THAT(found("q=ceramics"), ElementsAre("Ceramics of Berlin"));
    EXPECT_THAT(found("q=ceramic"), ElementsAre("Ceramics of Berlin", "Shoe house")) << "the best match first";
    EXPECT_THAT(found("q=cermics"), ElementsAre("Ceramics of Berlin")) << "a letter is missing";
    EXPECT_THAT(found("q=boots"), ElementsAre("Shoe house")) << "in the description";
    for (const std::string_view nothing : {"q=lamps", "q=%27%29%3B--", "q=%22", "q=%F0%9F%8D%B5"})
        EXPECT_THAT(found(nothing), IsEmpty()) << nothing;
    EXPECT_THAT(
        each("name", "stores", api.get("/stores?q=ceramics", api.make_user(Role::customer, api.make_tenant("other")))),
        IsEmpty());
}

TEST_F(StoreSearch, TheNearestComesFirstAndSaysHowFar) {
    open_at("Far", 52.60, 13.40);
    open_at("Near", 52.51, 13.40);
    open_at("Here", 52.50, 13.40);
    EXPECT_THAT(found("lat=52.5&lng=13.4"), ElementsAre("Here", "Near", "Far"));
    EXPECT_THAT(found("lat=52.5&lng=13.4&within_m=2000"), ElementsAre("Here", "Near"));
    const json::value list = json_of(get_as_visitor("/stores?lat=52.5&lng=13.4"));
    EXPECT_NEAR(list.at("stores").at(1).at("distance_m").as_double(), 1'112, 3) << "a hundredth of a degree";
    EXPECT_FALSE(json_of(get_as_visitor("/stores")).at("stores").at(0).as_object().contains("distance_m"));

    api.sql("update stores set delivery_radius_m = 1000");
    EXPECT_THAT(found("lat=52.5&lng=13.4&delivers_here=true"), ElementsAre("Here"));
    api.sql("update stores set delivery_radius_m = null where name = 'Far'");
    EXPECT_THAT(found("lat=52.5&lng=13.4&delivers_here=true"), ElementsAre("Here", "Far")) << "anywhere";
}

TEST_F(StoreSearch, FiltersGoTogether) {
    open_at("Mugs", 52.5, 13.4, "Home");
    open_at("Lamps", 52.5, 13.4, "Light");
    const std::string closed = open_at("Late lamps", 52.5, 13.4, "Light");
    api.sql(
        "update stores set holidays = jsonb_build_array(jsonb_build_object('date', to_char(now() at time zone 'UTC',"
        " 'YYYY-MM-DD'))) where id = '" +
        closed + "'");
    EXPECT_THAT(found(""), ElementsAre("Lamps", "Late lamps", "Mugs")) << "by name";
    EXPECT_THAT(found("category=Light"), ElementsAre("Lamps", "Late lamps"));
    EXPECT_THAT(found("category=Light&open_now=true"), ElementsAre("Lamps"));
    EXPECT_THAT(found("category=Light&q=late&lat=52.5&lng=13.4"), ElementsAre("Late lamps"));
    EXPECT_THAT(faults_in(get_as_visitor("/stores?lat=52.5")), ElementsAre("/lng"));
    EXPECT_THAT(faults_in(get_as_visitor("/stores?within_m=10&delivers_here=true")),
                UnorderedElementsAre("/within_m", "/delivers_here"));
    EXPECT_THAT(faults_in(get_as_visitor("/stores?lat=91&lng=13")), ElementsAre("/lat"));
}

TEST_F(StoreSearch, PagesJoinWithoutRepeating) {
    for (int i = 0; i < 7; ++i) open_at(fmt::format("Store {}", 6 - i), 52.5 + i % 3 * 0.01, 13.4);
    api.sql("update stores set name = 'Twin' where name in ('Store 2', 'Store 3')");
    for (const std::string_view query : {"", "q=store&", "lat=52.5&lng=13.4&"}) {
        const std::vector<std::string> all =
            each("id", "stores", get_as_visitor(fmt::format("/stores?{}limit=100", query)));
        std::vector<std::string> pages;
        std::string cursor;
        do {
            const http::Response part = get_as_visitor(fmt::format("/stores?{}limit=2{}", query, cursor));
            for (std::string& id : each("id", "stores", part)) pages.push_back(std::move(id));
            cursor = next_page(part);
        } while (!cursor.empty() && pages.size() < 20);
        EXPECT_EQ(pages, all) << query;
        EXPECT_GE(all.size(), 5U) << query;
    }
    EXPECT_THAT(faults_in(get_as_visitor("/stores?cursor=Zm9v")), ElementsAre("/cursor"));
}

}  // namespace
}  // namespace liveshop::catalog
