#include "modules/catalog/api.hpp"
#include "modules/catalog/rules.hpp"
#include "modules/catalog/tests/market.hpp"

namespace liveshop::catalog {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class Products : public Market {
  protected:
    Products() : store_id(open_store(owner, "mugs")), path("/stores/" + store_id + "/products") {}

    static std::vector<std::string> variant_names(const http::Response& response) {
        EXPECT_LT(response.status, 300) << response.body;
        std::vector<std::string> names;
        for (const json::value& item : json_of(response).at("variants").as_array())
            names.emplace_back(item.at("name").as_string());
        return names;
    }
    static std::string changed_variant(std::string_view name, std::int64_t price_minor, const std::string& id,
                                       std::string_view more = "") {
        return fmt::format(R"({{"id": "{}", "name": "{}", "price_minor": {}{}}})", id, name, price_minor, more);
    }
    static std::string pictures(std::size_t count) {
        const std::vector<std::string> urls(count, R"("/files/mug.svg")");
        return fmt::format(R"(, "images": [{}])", fmt::join(urls, ", "));
    }

    const std::string store_id, path;
};

TEST_F(Products, AreMadeWithVariantsAndStock) {
    const http::Response made = api.post(
        path, owner,
        product_body(
            "Mug",
            {variant("Large", 1'500, 0, R"(, "sku": "L", "compare_at_price_minor": 2000)"), variant("Small", 999, 7)},
            R"(, "description": "Holds tea", "images": ["/files/a.svg", "/files/b.svg"])"));
    ASSERT_EQ(made.status, 201) << made.body;
    const json::value product = json_of(made);
    EXPECT_EQ(product.at("store_name").as_string(), "Store mugs");
    EXPECT_EQ(product.at("currency").as_string(), "EUR");
    EXPECT_EQ(product.at("price_minor").as_int64(), 999) << "of the cheapest";
    EXPECT_EQ(product.at("inventory_policy").as_string(), "deny");
    EXPECT_EQ(product.at("images"), (json::array{"/files/a.svg", "/files/b.svg"}));
    EXPECT_THAT(variant_names(made), ElementsAre("Large", "Small")) << "as sent";
    const json::value& large = product.at("variants").at(0);
    EXPECT_EQ(large.at("sku").as_string(), "L");
    EXPECT_EQ(large.at("compare_at_price_minor").as_int64(), 2'000);
    EXPECT_EQ(large.at("stock_quantity").as_int64(), 0);
    EXPECT_EQ(json_of(api.get("/products/" + id_of(made), owner)), product);
    EXPECT_EQ(json_of(api.get(path, owner)).at("products"), json::array{product});
    json::value shown = product;
    for (json::value& item : shown.at("variants").as_array()) item.as_object().erase("low_stock_quantity");
    EXPECT_EQ(json_of(get_as_visitor("/products/" + id_of(made))), shown);
    EXPECT_EQ(json_of(get_as_visitor(path)).at("products"), json::array{shown});
}

TEST_F(Products, OnlyTheStoresOwnPeopleMakeAndChangeThem) {
    const std::string product_id = add_product(owner, store_id, "Mug");
    const std::string body = product_body("Cup", {variant("One", 1, 1)});
    const TenantId other_tenant = api.make_tenant("other");
    const TestUser foreign_owner = api.make_user(Role::store_owner, other_tenant);
    using Codes = std::pair<std::string, std::string>;
    const auto refusals = [&](TestUser who) {
        return Codes(code_of(api.post(path, who, body)),
                     code_of(api.put("/products/" + product_id, who, R"({"name": "Cup"})")));
    };
    EXPECT_EQ(refusals(other_owner), Codes("catalog.not_your_store", "catalog.not_your_store"));
    EXPECT_EQ(refusals(staff), Codes("catalog.not_your_store", "catalog.not_your_store"));
    EXPECT_EQ(refusals(customer), Codes("forbidden", "forbidden"));
    EXPECT_EQ(refusals(foreign_owner), Codes("catalog.store_not_found", "catalog.product_not_found"));
    EXPECT_EQ(code_of(api.get("/products/" + product_id, foreign_owner)), "catalog.product_not_found");
    EXPECT_THAT(each("id", "products", api.get("/products", foreign_owner)), IsEmpty());
    EXPECT_THAT(each("id", "products", api.get("/products?q=mug", foreign_owner)), IsEmpty());

    hire(store_id, staff);
    EXPECT_EQ(api.post(path, staff, body).status, 201);
    EXPECT_EQ(api.put("/products/" + product_id, staff, R"({"name": "Tea mug"})").status, 200);
    dismiss(store_id, staff);
    EXPECT_EQ(refusals(staff), Codes("catalog.not_your_store", "catalog.not_your_store"));
    EXPECT_THAT(each("name", "products", get_as_visitor(path)), UnorderedElementsAre("Cup", "Tea mug"));
}

TEST_F(Products, AChangeTouchesWhatItNames) {
    const http::Response made =
        api.post(path, owner, product_body("Mug", {variant("Small", 900, 5), variant("Large", 1'500, 5)}));
    const std::string product_path = "/products/" + id_of(made);
    const std::string small_id(json_of(made).at("variants").at(0).at("id").as_string());

    const http::Response changed =
        api.put(product_path, owner,
                fmt::format(R"({{"description": "Holds tea", "variants": [{}, {}]}})",
                            changed_variant("Tiny", 800, small_id, R"(, "sku": "T")"), variant("Huge", 3'000, 1)));
    EXPECT_THAT(variant_names(changed), ElementsAre("Tiny", "Large", "Huge")) << "what is added comes last";
    const json::value product = json_of(changed);
    EXPECT_EQ(product.at("name").as_string(), "Mug");
    EXPECT_EQ(product.at("description").as_string(), "Holds tea");
    EXPECT_EQ(product.at("price_minor").as_int64(), 800);
    EXPECT_EQ(product.at("variants").at(0).at("id").as_string(), small_id);
    EXPECT_EQ(product.at("variants").at(0).at("stock_quantity").as_int64(), 5) << "stock has its own way";
    EXPECT_EQ(product.at("variants").at(1), json_of(made).at("variants").at(1));

    EXPECT_EQ(json_of(api.put(product_path, owner, R"({"variants": []})")), product);
    EXPECT_EQ(json_of(api.put(product_path, owner, "{}")), product);
}

TEST_F(Products, AVariantOfAnotherProductIsNotFoundAndNothingChanges) {
    const std::string product_id = add_product(owner, store_id, "Mug");
    const std::string others = variant_of(add_product(owner, store_id, "Cup"));
    const std::string own = variant_of(product_id);
    for (const std::string& wrong : {others, Uuid::make().to_string()}) {
        const http::Response refused =
            api.put("/products/" + product_id, owner,
                    fmt::format(R"({{"name": "Changed", "variants": [{}, {}]}})", changed_variant("A", 1, own),
                                changed_variant("B", 1, wrong)));
        EXPECT_EQ(refused.status, 404);
        EXPECT_EQ(code_of(refused), "catalog.variant_not_found");
    }
    EXPECT_EQ(json_of(get_as_visitor("/products/" + product_id)).at("name").as_string(), "Mug");
    EXPECT_EQ(api.sql("select count(*) from product_variants where price_minor <> 500"), "0");
}

TEST_F(Products, ASkuIsTakenOncePerStore) {
    const auto body = [](std::string_view name) {
        return product_body(name, {variant("One", 100, 1, R"(, "sku": "A-1")")});
    };
    EXPECT_EQ(api.post(path, owner, body("Mug")).status, 201);
    EXPECT_EQ(code_of(api.post(path, owner, body("Cup"))), "catalog.sku_taken");
    EXPECT_EQ(code_of(api.post(path, owner,
                               product_body("Twins", {variant("One", 1, 1, R"(, "sku": "B")"),
                                                      variant("Two", 1, 1, R"(, "sku": "B")")}))),
              "catalog.sku_taken");
    const std::string plain = add_product(owner, store_id, "Plain");
    EXPECT_EQ(code_of(api.put("/products/" + plain, owner,
                              fmt::format(R"({{"variants": [{}]}})", variant("Two", 1, 1, R"(, "sku": "A-1")")))),
              "catalog.sku_taken");
    EXPECT_EQ(api.sql("select string_agg(name, ' ' order by name) from products"), "Mug Plain");
    const std::string other_store = open_store(other_owner, "cups");
    EXPECT_EQ(api.post("/stores/" + other_store + "/products", other_owner, body("Mug")).status, 201);
}

TEST_F(Products, EveryFaultIsNamed) {
    EXPECT_THAT(faults_in(api.post(path, owner, product_body("Mug", {}))), ElementsAre("/variants"));
    EXPECT_THAT(faults_in(api.post(path, owner,
                                   R"({"name": "", "images": ["", 7], "inventory_policy": "continue_", "variants": [
            {"name": "One", "price_minor": -1, "stock_quantity": 1},
            {"name": "Two", "price_minor": 1.5, "stock_quantity": 1000001, "colour": "red"},
            {"name": "Three", "price_minor": 99999999999, "compare_at_price_minor": "1"}]})")),
                UnorderedElementsAre("/name", "/images/0", "/images/1", "/inventory_policy", "/variants/0/price_minor",
                                     "/variants/1/price_minor", "/variants/1/stock_quantity", "/variants/1/colour",
                                     "/variants/2/price_minor", "/variants/2/compare_at_price_minor",
                                     "/variants/2/stock_quantity"));
    const std::vector<std::string> too_many(variants_max + 1, variant("One", 1, 1));
    EXPECT_THAT(faults_in(api.post(path, owner, product_body("Mug", too_many, pictures(pictures_max + 1)))),
                UnorderedElementsAre("/images", "/variants"));
    EXPECT_EQ(api.sql("select count(*) from products"), "0");

    const std::vector<std::string> just_enough(variants_max, variant("One", 1, 1));
    const http::Response made = api.post(path, owner, product_body("Mug", just_enough, pictures(pictures_max)));
    const std::string one_more = fmt::format(R"({{"variants": [{}]{}}})", variant("Two", 1, 1), pictures(21));
    EXPECT_THAT(faults_in(api.put("/products/" + id_of(made), owner, one_more)),
                UnorderedElementsAre("/variants", "/images"));
}

TEST_F(Products, UnknownOnesAreNotFound) {
    const std::string unknown = Uuid::make().to_string();
    EXPECT_EQ(code_of(get_as_visitor("/products/" + unknown)), "catalog.product_not_found");
    EXPECT_EQ(code_of(api.put("/products/" + unknown, owner, "{}")), "catalog.product_not_found");
    EXPECT_EQ(code_of(api.post("/stores/" + unknown + "/products", owner, product_body("Mug", {variant("One", 1, 1)}))),
              "catalog.store_not_found");
    EXPECT_THAT(faults_in(get_as_visitor("/products/1")), ElementsAre("/product_id"));
}

TEST_F(Products, WhatIsNotSoldIsShownToTheStoreAlone) {
    const std::string mug = add_product(owner, store_id, "Blue mug"), cup = add_product(owner, store_id, "Blue cup");
    EXPECT_EQ(api.put("/products/" + mug, owner, R"({"is_active": false})").status, 200);
    hire(store_id, staff);
    for (const std::string& list : {path, std::string("/products"), std::string("/products?q=blue")}) {
        EXPECT_THAT(each("id", "products", get_as_visitor(list)), ElementsAre(cup)) << list;
        EXPECT_THAT(each("id", "products", api.get(list, other_owner)), ElementsAre(cup)) << list;
    }
    for (const TestUser who : {owner, staff, admin})
        EXPECT_THAT(each("id", "products", api.get(path, who)), ElementsAre(cup, mug));

    const auto nobody_sells = [&] {
        for (const std::string_view list : {"/products", "/products?q=blue"})
            EXPECT_THAT(each("id", "products", get_as_visitor(std::string(list))), IsEmpty()) << list;
        const VariantId variant_id = VariantId::parse(variant_of(cup)).value();
        api.with_ctx(customer, [variant_id](Ctx& ctx) -> awaitable<void> {
            const std::vector<Sellable> found = co_await find_sellable(ctx, {variant_id});
            EXPECT_EQ(found.size(), 1U);
            for (const Sellable& sellable : found) EXPECT_FALSE(sellable.is_active);
        });
    };
    EXPECT_EQ(api.put("/stores/" + store_id, owner, R"({"is_active": false})").status, 200);
    nobody_sells();
    EXPECT_EQ(api.put("/stores/" + store_id, owner, R"({"is_active": true})").status, 200);
    for (const std::string_view status : {"rejected", "pending"}) {
        api.sql(fmt::format("update stores set verification_status = '{}'", status));
        nobody_sells();
        EXPECT_EQ(code_of(get_as_visitor("/products/" + cup)), "catalog.product_not_found");
        EXPECT_EQ(code_of(get_as_visitor(path)), "catalog.store_not_found");
        EXPECT_EQ(api.get("/products/" + cup, staff).status, 200);
    }
}

TEST_F(Products, WhatItCostTheStoreIsItsOwnPeoplesToKnow) {
    const http::Response made = api.post(
        path, owner,
        product_body("Mug",
                     {variant("One", 900, 5, R"(, "cost_price_minor": 250, "weight_g": 400, "low_stock_quantity": 2)")},
                     R"(, "attributes": [{"name": "Material", "value": "Stoneware"}])"));
    const std::string product_path = "/products/" + id_of(made);
    hire(store_id, staff);
    for (const TestUser who : {owner, staff, admin}) {
        const json::value variant = json_of(api.get(product_path, who)).at("variants").at(0);
        EXPECT_EQ(variant.at("cost_price_minor").as_int64(), 250);
        EXPECT_EQ(variant.at("low_stock_quantity").as_int64(), 2);
    }
    for (const http::Response& seen :
         {get_as_visitor(product_path), api.get(product_path, customer), api.get(product_path, other_owner),
          get_as_visitor("/products"), get_as_visitor(path), get_as_visitor("/products?q=mug")}) {
        EXPECT_EQ(seen.status, 200);
        EXPECT_EQ(seen.body.find("cost_price_minor"), std::string::npos) << seen.body;
        EXPECT_NE(seen.body.find(R"("weight_g":400)"), std::string::npos) << seen.body;
        EXPECT_NE(seen.body.find("Stoneware"), std::string::npos);
    }
}

TEST_F(Products, VariantsAreNamedByTheirOptions) {
    const auto with = [](std::string_view values, std::int64_t price) {
        return fmt::format(R"({{"option_values": {}, "price_minor": {}, "stock_quantity": 1}})", values, price);
    };
    const auto body = [](const std::vector<std::string>& variants) {
        return fmt::format(R"({{"name": "Shirt", "option_names": ["Size", "Colour"], "variants": [{}]}})",
                           fmt::join(variants, ", "));
    };
    const http::Response made =
        api.post(path, owner, body({with(R"(["M", "Blue"])", 900), with(R"(["L", "Blue"])", 950)}));
    EXPECT_THAT(variant_names(made), ElementsAre("M / Blue", "L / Blue"));
    EXPECT_EQ(json_of(made).at("option_names"), (json::array{"Size", "Colour"}));
    const std::string id(json_of(made).at("variants").at(0).at("id").as_string());
    const http::Response changed = api.put(
        "/products/" + id_of(made), owner,
        fmt::format(R"({{"variants": [{{"id": "{}", "option_values": ["S", "Blue"], "price_minor": 800}}]}})", id));
    EXPECT_THAT(variant_names(changed), ElementsAre("S / Blue", "L / Blue"));

    EXPECT_THAT(faults_in(api.post(
                    path, owner, body({with(R"(["M"])", 1), with(R"(["L", "Red"])", 1), with(R"(["L", "Red"])", 1)}))),
                ElementsAre("/variants/0/option_values", "/variants/2/option_values"));
    EXPECT_THAT(faults_in(api.post(path, owner, R"({"name": "Shirt", "option_names": ["Size", "Size"], "variants": [
                    {"price_minor": 1, "stock_quantity": 1}]})")),
                ElementsAre("/option_names"));
}

TEST_F(Products, ARemovedVariantIsGoneAndGivesItsSkuBack) {
    const http::Response made = api.post(
        path, owner, product_body("Mug", {variant("Small", 900, 5, R"(, "sku": "S")"), variant("Large", 1'500, 5)}));
    const std::string product_path = "/products/" + id_of(made);
    const json::value variants = json_of(made).at("variants");
    const std::string small_path = "/variants/" + std::string(variants.at(0).at("id").as_string());
    const std::string large_path = "/variants/" + std::string(variants.at(1).at("id").as_string());
    EXPECT_EQ(code_of(api.del(small_path, other_owner)), "catalog.not_your_store");
    EXPECT_EQ(code_of(api.del(small_path, customer)), "forbidden");
    EXPECT_EQ(api.del(small_path, owner).status, 204);
    EXPECT_EQ(code_of(api.del(small_path, owner)), "catalog.variant_not_found");
    const http::Response left = get_as_visitor(product_path);
    EXPECT_THAT(variant_names(left), ElementsAre("Large"));
    EXPECT_EQ(json_of(left).at("price_minor").as_int64(), 1'500) << "the cheapest of what is left";
    EXPECT_EQ(code_of(api.del(large_path, owner)), "catalog.last_variant");
    EXPECT_EQ(api.post(path, owner, product_body("Cup", {variant("One", 1, 1, R"(, "sku": "S")")})).status, 201);
}

TEST_F(Products, OfTwoVariantsRemovedAtOnceOneStays) {
    for (int round = 0; round < 3; ++round) {
        const http::Response made =
            api.post(path, owner, product_body("Mug", {variant("A", 1, 1), variant("B", 1, 1)}));
        std::vector<test::TestCall> calls;
        for (const json::value& item : json_of(made).at("variants").as_array())
            calls.push_back({"DELETE", "/variants/" + std::string(item.at("id").as_string()), owner, "", ""});
        std::vector<std::string> outcomes;
        for (const http::Response& response : api.call_all(std::move(calls)))
            outcomes.push_back(response.status == 204 ? "removed" : code_of(response));
        EXPECT_THAT(outcomes, UnorderedElementsAre("removed", "catalog.last_variant"));
        EXPECT_EQ(variant_names(get_as_visitor("/products/" + id_of(made))).size(), 1U);
    }
}

TEST_F(Products, ARemovedProductIsNowhereToBeFound) {
    const std::string mug = add_product(owner, store_id, "Blue mug"), cup = add_product(owner, store_id, "Blue cup");
    const std::string variant_path = "/variants/" + variant_of(mug);
    EXPECT_EQ(code_of(api.del("/products/" + mug, other_owner)), "catalog.not_your_store");
    EXPECT_EQ(api.del("/products/" + mug, owner).status, 204);
    EXPECT_EQ(code_of(api.del("/products/" + mug, owner)), "catalog.product_not_found");
    EXPECT_EQ(code_of(api.put("/products/" + mug, owner, R"({"is_active": true})")), "catalog.product_not_found");
    EXPECT_EQ(code_of(api.put(variant_path + "/stock", owner, R"({"delta": 1})")), "catalog.variant_not_found");
    for (const TestUser who : {owner, customer})
        for (const std::string& list : {path, std::string("/products"), std::string("/products?q=blue")})
            EXPECT_THAT(each("id", "products", api.get(list, who)), ElementsAre(cup)) << list;
    EXPECT_EQ(api.sql("select count(*) from product_variants"), "2") << "what was sold of it can still be told";
}

TEST_F(Products, PagesOfAStoresListJoinWithoutRepeating) {
    for (int i = 0; i < 7; ++i) add_product(owner, store_id, fmt::format("Mug {}", i));
    api.sql("update products set created_at = '2026-01-01' where name < 'Mug 5'");  // of one moment
    std::vector<std::string> all, pages;
    all = each("id", "products", get_as_visitor(path));
    EXPECT_EQ(all.size(), 7U);
    std::string cursor;
    for (int page = 0; page < 4; ++page) {
        const http::Response part = get_as_visitor(path + "?limit=2" + cursor);
        for (std::string& id : each("id", "products", part)) pages.push_back(std::move(id));
        cursor = next_page(part);
        EXPECT_EQ(cursor.empty(), page == 3);
    }
    EXPECT_EQ(pages, all);
    EXPECT_THAT(faults_in(get_as_visitor(path + "?cursor=Zm9v")), ElementsAre("/cursor"));
    EXPECT_THAT(faults_in(get_as_visitor(path + "?limit=101")), ElementsAre("/limit"));
}

TEST_F(Products, WhatSellsOnBackOrderIsShownAsNoneLeft) {
    const http::Response made =
        api.post(path, owner, product_body("Mug", {variant("One", 100, 1)}, R"(, "inventory_policy": "continue")"));
    const std::string product_id = id_of(made);
    EXPECT_EQ(json_of(made).at("inventory_policy").as_string(), "continue");
    const VariantId variant_id = VariantId::parse(variant_of(product_id)).value();
    api.with_ctx(customer, [variant_id](Ctx& ctx) -> awaitable<void> {
        const bool taken = co_await take_stock(ctx, variant_id, 3);
        EXPECT_TRUE(taken);
    });
    EXPECT_EQ(api.sql("select stock_quantity from product_variants"), "-2");
    EXPECT_EQ(json_of(get_as_visitor("/products/" + product_id)).at("variants").at(0).at("stock_quantity").as_int64(),
              0);
}

}  // namespace
}  // namespace liveshop::catalog
