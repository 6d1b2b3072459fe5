#include "modules/catalog/tests/market.hpp"
#include "platform/db/connect.hpp"

namespace liveshop::catalog {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class ProductSearch : public Market {
  protected:
    ProductSearch() : store_id(open_store(owner, "mugs", R"(, "category": "Home")")) {}

    std::string add(std::string_view name, std::int64_t price = 500, std::int64_t stock = 3,
                    std::string_view more = "") {
        return id_of(api.post("/stores/" + store_id + "/products", owner,
                              product_body(name, {variant("One", price, stock, more)})));
    }
    http::Response search(std::string_view query) { return get_as_visitor(fmt::format("/products?{}", query)); }
    std::vector<std::string> found(std::string_view query) { return each("name", "products", search(query)); }
    std::vector<std::string> suggested(std::string_view q) {
        return each("name", "suggestions", get_as_visitor(fmt::format("/products/suggestions?q={}", q)));
    }

    const std::string store_id;
};

TEST_F(ProductSearch, FindsByWordsNewestFirstAmongEquals) {
    const std::string mug = add("Blue mug");
    add("Blue cup");
    api.put("/products/" + mug, owner, R"({"description": "Holds a litre of tea"})");
    EXPECT_THAT(found(""), ElementsAre("Blue cup", "Blue mug"));
    EXPECT_THAT(found("q=blue"), ElementsAre("Blue cup", "Blue mug"));
    EXPECT_THAT(found("q=BLUE+-cup"), ElementsAre("Blue mug"));
    EXPECT_THAT(found("q=%22litre+of+tea%22"), ElementsAre("Blue mug"));
    EXPECT_THAT(found("q=lit"), ElementsAre("Blue mug")) << "the beginning of a word";
    EXPECT_THAT(found("q=mug+or+cup"), UnorderedElementsAre("Blue cup", "Blue mug"));
    EXPECT_THAT(found("q=green"), IsEmpty());
    for (const std::string_view odd :
         {"q=%27%29%3B--", "q=%22", "q=%26%7C%21", "q=%F0%9F%8D%B5", "q=%27%3A%2A", "q=%5C%27"})
        EXPECT_THAT(found(odd), IsEmpty()) << odd;
    EXPECT_THAT(faults_in(search("q=")), ElementsAre("/q"));
    EXPECT_THAT(faults_in(search("q=" + std::string(201, 'x'))), ElementsAre("/q"));
    EXPECT_THAT(faults_in(search("query=x")), ElementsAre("/query"));
}

TEST_F(ProductSearch, TheNameWeighsMoreThanTheDescription) {
    const std::string plate = add("Plate");
    api.put("/products/" + plate, owner, R"({"description": "Goes with the mug"})");
    add("Mug");
    add("Plate of another kind");
    EXPECT_THAT(found("q=mug"), ElementsAre("Mug", "Plate"));
}

TEST_F(ProductSearch, TypingErrorsAreForgivenAndSaidToBe) {
    add("Ceramic coffee dripper");
    add("Speckled mug");
    add("Rain boot");
    for (const std::string_view typed : {"q=cermic", "q=cofee+driper", "q=ceramik+coffee", "q=drippr"})
        EXPECT_THAT(found(typed), ElementsAre("Ceramic coffee dripper")) << typed;
    EXPECT_THAT(found("q=speckeld"), ElementsAre("Speckled mug"));
    EXPECT_TRUE(json_of(search("q=cermic")).at("is_similar").as_bool());
    EXPECT_FALSE(json_of(search("q=ceramic")).at("is_similar").as_bool());
    EXPECT_THAT(found("q=xylophone"), IsEmpty());
}

TEST_F(ProductSearch, FiltersGoTogether) {
    add("Cheap mug", 500, 0);
    add("Good mug", 1'500, 5, R"(, "compare_at_price_minor": 2000)");
    add("Dear mug", 9'000, 5);
    const std::string others = open_store(other_owner, "boots", R"(, "category": "Fashion")");
    api.post("/stores/" + others + "/products", other_owner, product_body("Mug with boots", {variant("One", 700, 1)}));
    EXPECT_THAT(found("q=mug&category=Fashion"), ElementsAre("Mug with boots"));
    EXPECT_THAT(found("q=mug&store_id=" + others), ElementsAre("Mug with boots"));
    EXPECT_THAT(found("price_from_minor=600&price_to_minor=1500&sort=price_low"),
                ElementsAre("Mug with boots", "Good mug"));
    EXPECT_THAT(found("in_stock=true&category=Home&sort=price_high"), ElementsAre("Dear mug", "Good mug"));
    EXPECT_THAT(found("on_sale=true"), ElementsAre("Good mug"));
    EXPECT_THAT(found("q=mug&sort=price_low"), ElementsAre("Cheap mug", "Mug with boots", "Good mug", "Dear mug"));
    EXPECT_THAT(found("currency=USD"), IsEmpty());
    EXPECT_THAT(faults_in(search("sort=best&store_id=1&price_from_minor=-1&in_stock=maybe")),
                UnorderedElementsAre("/sort", "/store_id", "/price_from_minor", "/in_stock"));
}

TEST_F(ProductSearch, ListsFollowTheCheapestVariantsPrice) {
    const std::string mug = add("Mug", 1'000);
    EXPECT_THAT(found("price_to_minor=600"), IsEmpty());
    api.put("/products/" + mug, owner, fmt::format(R"({{"variants": [{}]}})", variant("Small", 500, 0)));
    EXPECT_THAT(found("price_to_minor=600"), ElementsAre("Mug"));
    EXPECT_EQ(json_of(search("price_to_minor=600")).at("products").at(0).at("price_minor").as_int64(), 500);
    EXPECT_EQ(api.sql("select is_on_sale from products"), "f");
    api.sql("update product_variants set compare_at_price_minor = 900 where name = 'Small'");
    EXPECT_THAT(found("on_sale=true"), ElementsAre("Mug"));
}

TEST_F(ProductSearch, PagesJoinWithoutRepeatingWhateverTheOrder) {
    for (int i = 0; i < 9; ++i) add(fmt::format("Speckled mug {}", i), 100 * (1 + i % 3));
    api.sql("update products set created_at = '2026-01-01' where right(name, 1) < '5'");
    for (const std::string_view query :
         {"", "q=mug&", "q=spekled&", "sort=price_low&", "sort=price_high&", "sort=newest&q=mug&"}) {
        const std::vector<std::string> all = each("id", "products", search(fmt::format("{}limit=100", query)));
        EXPECT_EQ(all.size(), 9U) << query;
        std::vector<std::string> pages;
        std::string cursor;
        do {
            const http::Response part = search(fmt::format("{}limit=2{}", query, cursor));
            for (std::string& id : each("id", "products", part)) pages.push_back(std::move(id));
            cursor = next_page(part);
        } while (!cursor.empty() && pages.size() < 30);
        EXPECT_EQ(pages, all) << query;
    }
    EXPECT_THAT(faults_in(search("cursor=e30")), ElementsAre("/cursor"));
}

TEST_F(ProductSearch, SuggestsNamesWhileTyping) {
    add("Speckled mug");
    add("Speckled bowl");
    add("Speckled mug", 900);  // twice the same name is one suggestion
    add("Tall vase");
    EXPECT_THAT(suggested("spec"), UnorderedElementsAre("Speckled mug", "Speckled bowl"));
    EXPECT_THAT(suggested("speckled+b"), ElementsAre("Speckled bowl"));
    EXPECT_THAT(suggested("spekled+mug"), ElementsAre("Speckled mug", "Speckled bowl")) << "the likest first";
    EXPECT_THAT(suggested("%27"), IsEmpty());
    EXPECT_THAT(faults_in(get_as_visitor("/products/suggestions")), ElementsAre("/q"));
    api.put("/stores/" + store_id, owner, R"({"is_active": false})");
    EXPECT_THAT(suggested("spec"), IsEmpty());
}

TEST_F(ProductSearch, AnotherTenantsProductsAreNotFound) {
    add("Speckled mug");
    const TestUser stranger = api.make_user(Role::customer, api.make_tenant("other"));
    for (const std::string path : {"/products?q=speckled", "/products?q=spekled", "/products"})
        EXPECT_THAT(each("id", "products", api.get(path, stranger)), IsEmpty()) << path;
    EXPECT_THAT(each("name", "suggestions", api.get("/products/suggestions?q=spec", stranger)), IsEmpty());
}

// What the server itself says it did, as the application's role: the plans of the statements inside the functions.
// Of a few thousand products it may as well look at each, so that there are more.
TEST_F(ProductSearch, UsesItsIndexesUnderRowLevelSecurity) {
    const std::string tenant = owner.tenant_id.to_string();
    api.sql(
        fmt::format("insert into products (tenant_id, store_id, name, price_minor)"
                    " select '{}', '{}', 'Mug ' || n, n from generate_series(1, 20000) n; analyze",
                    tenant, store_id));
    add("Ceramic coffee dripper");
    const db::Handle session(PQconnectdb(api.database().superuser_dsn().c_str()));
    std::string plans;
    PQsetNoticeProcessor(
        session.get(), [](void* out, const char* text) { *static_cast<std::string*>(out) += text; }, &plans);
    const auto run = [&](const std::string& sql) {
        plans.clear();
        const db::Result result(PQexec(session.get(), sql.c_str()));
        EXPECT_EQ(PQresultStatus(result.get()), PGRES_TUPLES_OK) << PQerrorMessage(session.get());
        return PQntuples(result.get());
    };
    run(fmt::format(
        "load 'auto_explain'; set auto_explain.log_min_duration = 0; set auto_explain.log_nested_statements = on;"
        " set client_min_messages = log; set role liveshop_app; select set_config('app.tenant', '{}', false)",
        tenant));
    const std::pair<std::string, std::string> cases[] = {
        {R"({"q": "dripper"})", "products_search"},
        {R"({"q": "cofee driper"})", "products_name_trigrams"},
        {"{}", "products_newest"},
        {R"({"sort": "price_low"})", "products_cheapest"},
        {R"({"sort": "price_high"})", "products_dearest"},
    };
    for (const auto& [filters, index] : cases) {
        EXPECT_GT(run(fmt::format("select * from search_products('{}', 3)", filters)), 0) << filters;
        EXPECT_NE(plans.find(index), std::string::npos) << filters << "\n" << plans;
        EXPECT_EQ(plans.find("Seq Scan on products"), std::string::npos) << filters << "\n" << plans;
    }
    EXPECT_EQ(run("select * from suggest_products('dripp', 8)"), 1);
    EXPECT_NE(plans.find("products_search"), std::string::npos) << plans;
}

}  // namespace
}  // namespace liveshop::catalog
