#include "modules/catalog/tests/market.hpp"

namespace liveshop::catalog {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

using Stores = Market;

TEST_F(Stores, AnOwnerOpensOneAndChangesIt) {
    const http::Response opened =
        api.post("/stores", owner, store_body("mugs", R"(, "category": "Kitchen", "delivery_fee_minor": 450)"));
    ASSERT_EQ(opened.status, 201) << opened.body;
    const json::value store = json_of(opened);
    EXPECT_EQ(store.at("owner_id").as_string(), owner.id.to_string());
    EXPECT_EQ(store.at("verification_status").as_string(), "pending");
    EXPECT_TRUE(store.at("is_active").as_bool());
    EXPECT_EQ(store.at("delivery_fee_minor").as_int64(), 450);
    EXPECT_EQ(store.at("minimum_order_minor").as_int64(), 0);
    EXPECT_EQ(store.at("address").at("lat").as_double(), 52.5);
    EXPECT_FALSE(store.as_object().contains("description"));

    const std::string path = "/stores/" + std::string(store.at("id").as_string());
    const http::Response changed = api.put(path, owner, R"({"name": "Cups", "minimum_order_minor": 1000})");
    ASSERT_EQ(changed.status, 200) << changed.body;
    json::value expected = store;
    expected.as_object()["name"] = "Cups";
    expected.as_object()["minimum_order_minor"] = 1'000;
    EXPECT_EQ(json_of(changed), expected) << "what is not named stays";
    EXPECT_EQ(json_of(api.get(path, owner)), expected);
}

TEST_F(Stores, OnlyItsOwnPeopleChangeIt) {
    const std::string path = "/stores/" + open_store(owner, "mugs");
    const std::string change = R"({"name": "Taken over"})";
    EXPECT_EQ(code_of(api.put(path, other_owner, change)), "catalog.not_your_store");
    EXPECT_EQ(code_of(api.put(path, staff, change)), "catalog.not_your_store");
    EXPECT_EQ(code_of(api.put(path, customer, change)), "forbidden");
    EXPECT_EQ(code_of(api.put(path, api.make_user(Role::driver), change)), "forbidden");
    EXPECT_EQ(code_of(api.call({"PUT", path, std::nullopt, change, ""})), "unauthenticated");
    const TenantId other_tenant = api.make_tenant("other");
    for (const Role role : {Role::store_owner, Role::admin})
        EXPECT_EQ(code_of(api.put(path, api.make_user(role, other_tenant), change)), "catalog.store_not_found");
    EXPECT_EQ(json_of(api.get(path, owner)).at("name").as_string(), "Store mugs");
    EXPECT_EQ(api.put(path, admin, R"({"name": "Put right"})").status, 200);
}

TEST_F(Stores, StaffWorksThereUntilDismissed) {
    const std::string store_id = open_store(owner, "mugs"), path = "/stores/" + store_id;
    hire(store_id, staff);
    EXPECT_EQ(api.put(path, staff, R"({"description": "By staff"})").status, 200);
    EXPECT_THAT(each("id", "stores", api.get("/stores/mine", staff)), ElementsAre(store_id));
    dismiss(store_id, staff);
    EXPECT_EQ(code_of(api.put(path, staff, R"({"description": "Once more"})")), "catalog.not_your_store");
    EXPECT_THAT(each("id", "stores", api.get("/stores/mine", staff)), IsEmpty());
    EXPECT_EQ(json_of(api.get(path, owner)).at("description").as_string(), "By staff");
}

TEST_F(Stores, OnlyOwnersOpenThem) {
    EXPECT_EQ(code_of(api.post("/stores", staff, store_body("mugs"))), "forbidden");
    EXPECT_EQ(code_of(api.post("/stores", customer, store_body("mugs"))), "forbidden");
    EXPECT_EQ(api.sql("select count(*) from stores"), "0");
}

TEST_F(Stores, AnAddressIsTakenOncePerTenant) {
    open_store(owner, "mugs");
    const http::Response again = api.post("/stores", other_owner, store_body("mugs"));
    EXPECT_EQ(again.status, 409);
    EXPECT_EQ(code_of(again), "catalog.slug_taken");
    open_store(api.make_user(Role::store_owner, api.make_tenant("other")), "mugs");
    EXPECT_EQ(api.sql("select count(*) from stores where slug = 'mugs'"), "2");
}

TEST_F(Stores, EveryFaultIsNamed) {
    const http::Response refused =
        api.post("/stores", owner,
                 R"({"name": "", "slug": "Not A Slug", "currency": "euro", "minimum_order_minor": -1, "is_best": true,
            "delivery_fee_minor": 10000000000, "address": {"street": "1", "city": "Berlin", "zip": "10178",
            "country": "DEU", "lat": 91, "lng": "13.4"}})");
    EXPECT_THAT(faults_in(refused),
                UnorderedElementsAre("/name", "/slug", "/currency", "/minimum_order_minor", "/delivery_fee_minor",
                                     "/is_best", "/address/country", "/address/lat", "/address/lng"));
    EXPECT_THAT(faults_in(api.post("/stores", owner, "{}")),
                UnorderedElementsAre("/name", "/slug", "/currency", "/address"));
    EXPECT_EQ(code_of(api.post("/stores", owner, "[]")), "not_json");
    EXPECT_EQ(api.sql("select count(*) from stores"), "0");
    const std::string path = "/stores/" + open_store(owner, "mugs");
    EXPECT_THAT(faults_in(api.put(path, owner, R"({"currency": "USD", "slug": "cups"})")),
                UnorderedElementsAre("/currency", "/slug"))
        << "what was sold keeps its currency, and links their address";
}

TEST_F(Stores, UnknownOnesAreNotFound) {
    const std::string unknown = "/stores/" + Uuid::make().to_string();
    EXPECT_EQ(code_of(get_as_visitor(unknown)), "catalog.store_not_found");
    EXPECT_EQ(code_of(get_as_visitor(unknown + "/products")), "catalog.store_not_found");
    EXPECT_EQ(code_of(api.put(unknown, owner, "{}")), "catalog.store_not_found");
    EXPECT_THAT(faults_in(get_as_visitor("/stores/mugs")), ElementsAre("/store_id"));
}

TEST_F(Stores, WhoDoesNotSellIsNotListed) {
    const std::string mugs = open_store(owner, "mugs", R"(, "category": "Kitchen")");
    const std::string lamps = open_store(owner, "lamps", R"(, "category": "Light")");
    const std::string closed = open_store(owner, "closed", R"(, "category": "Light")");
    const std::string rejected = open_store(other_owner, "rejected");
    EXPECT_EQ(api.put("/stores/" + closed, owner, R"({"is_active": false})").status, 200);
    api.sql(fmt::format("update stores set verification_status = 'rejected' where id = '{}'", rejected));
    open_pending_store(owner, "waiting");
    open_store(api.make_user(Role::store_owner, api.make_tenant("other")), "elsewhere");

    EXPECT_THAT(each("id", "stores", get_as_visitor("/stores")), ElementsAre(lamps, mugs)) << "by name";
    EXPECT_THAT(each("id", "stores", get_as_visitor("/stores?category=Light")), ElementsAre(lamps));
    EXPECT_THAT(each("id", "stores", get_as_visitor("/stores?category=None")), IsEmpty());
    EXPECT_THAT(each("id", "stores", api.get("/stores/mine", owner)), SizeIs(4));
    EXPECT_THAT(each("id", "stores", api.get("/stores/mine", other_owner)), ElementsAre(rejected));
    EXPECT_FALSE(json_of(get_as_visitor("/stores/" + closed)).at("is_active").as_bool());
    EXPECT_EQ(code_of(api.get("/stores/mine", customer)), "forbidden");
}

}  // namespace
}  // namespace liveshop::catalog
