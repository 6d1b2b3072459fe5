// From the application to sell until the store is verified, or not.
#include "modules/catalog/tests/market.hpp"
#include "modules/catalog/types.hpp"
#include "modules/identity/types.hpp"
#include "platform/admin_database.hpp"

namespace liveshop::catalog {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

awaitable<void> hear(Ctx&, StoreFact) { co_return; }

class StoreLife : public Market {
  protected:
    StoreLife()
        : Market({.routes = {},
                  .constraints = {},
                  .job_rows = {jobs::subscriber<hear>("test.verified", "catalog.store_verified"),
                               jobs::subscriber<hear>("test.rejected", "catalog.store_rejected")}}) {
        settings.default_tenant = "test";
        api.services().add(std::as_const(settings));
        api.services().add(admin_database);
    }
    ~StoreLife() override { test::run(api.io(), end(std::move(admin_pool))); }

    std::unique_ptr<db::Pool> make_admin_pool() {
        db::PoolSettings of_admin = api.database().pool_settings();
        of_admin.dsn = api.database().admin_dsn();
        return std::make_unique<db::Pool>(api.io(), of_admin);
    }
    // A pool is its thread's, to the last.
    static awaitable<void> end(std::unique_ptr<db::Pool> pool) {
        pool.reset();
        co_return;
    }
    http::Response verify(const std::string& store_id, TestUser who) {
        return api.post("/admin/stores/" + store_id + "/verify", who, "");
    }
    http::Response reject(const std::string& store_id, TestUser who, std::string_view reason = "No imprint") {
        return api.post("/admin/stores/" + store_id + "/reject", who, fmt::format(R"({{"reason": "{}"}})", reason));
    }
    std::string facts(std::string_view kind) {
        return api.sql(
            fmt::format("select coalesce(string_agg(payload->>'store_id' || ' ' || tenant_id, ','), '')"
                        " from jobs where kind = '{}'",
                        kind));
    }

    identity::Settings settings;
    std::unique_ptr<db::Pool> admin_pool = make_admin_pool();
    AdminDatabase admin_database{*admin_pool};
};

TEST_F(StoreLife, APendingStoreIsItsOwnPeoplesAlone) {
    const std::string id = open_pending_store(owner, "mugs"), path = "/stores/" + id;
    const std::string product = add_product(owner, id, "Blue mug");
    EXPECT_EQ(json_of(api.get(path, owner)).at("verification_status").as_string(), "pending");
    EXPECT_EQ(api.get(path, admin).status, 200);
    for (const TestUser stranger : {customer, other_owner}) {
        EXPECT_EQ(code_of(api.get(path, stranger)), "catalog.store_not_found");
        EXPECT_EQ(code_of(api.get("/products/" + product, stranger)), "catalog.product_not_found");
    }
    for (const std::string_view list : {"/stores", "/stores?q=mugs", "/stores?lat=52.5&lng=13.4"})
        EXPECT_THAT(each("id", "stores", get_as_visitor(std::string(list))), IsEmpty()) << list;
    EXPECT_THAT(each("id", "products", get_as_visitor("/products")), IsEmpty());
}

TEST_F(StoreLife, AVerifiedStoreSells) {
    const std::string id = open_pending_store(owner, "mugs");
    add_product(owner, id, "Blue mug");
    EXPECT_EQ(verify(id, admin).status, 204);
    EXPECT_THAT(each("id", "stores", get_as_visitor("/stores")), ElementsAre(id));
    EXPECT_THAT(each("name", "products", get_as_visitor("/products?q=mug")), ElementsAre("Blue mug"));
    EXPECT_EQ(facts("test.verified"), id + " " + owner.tenant_id.to_string());
    EXPECT_EQ(code_of(verify(id, admin)), "catalog.already_decided");
    EXPECT_EQ(facts("test.verified"), id + " " + owner.tenant_id.to_string()) << "told once";
    EXPECT_EQ(api.sql("select count(*) from audit_log where action = 'store.verify' and subject_id = '" + id + "'"),
              "1");
}

TEST_F(StoreLife, ARejectedStoreIsToldWhyAndMayBeVerifiedLater) {
    const std::string id = open_pending_store(owner, "mugs"), path = "/stores/" + id;
    EXPECT_THAT(faults_in(reject(id, admin, "")), ElementsAre("/reason"));
    EXPECT_EQ(reject(id, admin).status, 204);
    EXPECT_EQ(code_of(reject(id, admin)), "catalog.already_decided");
    EXPECT_EQ(json_of(api.get(path, owner)).at("verification_note").as_string(), "No imprint");
    EXPECT_EQ(json_of(api.get("/stores/mine", owner)).at("stores").at(0).at("verification_note").as_string(),
              "No imprint");
    EXPECT_EQ(code_of(get_as_visitor(path)), "catalog.store_not_found");
    EXPECT_EQ(facts("test.rejected"), id + " " + owner.tenant_id.to_string());
    EXPECT_EQ(verify(id, admin).status, 204);
    EXPECT_FALSE(json_of(api.get(path, owner)).as_object().contains("verification_note"));
    EXPECT_EQ(get_as_visitor(path).status, 200);
    EXPECT_EQ(reject(id, admin, "Sold what it had not").status, 204) << "and the other way round";
    const std::string seen = get_as_visitor("/stores").body + api.get("/products", customer).body;
    EXPECT_EQ(seen.find("Sold what"), std::string::npos);
}

TEST_F(StoreLife, AdministratorsDecideOnTheirTenantsStoresThePlatformsOnAll) {
    const TenantId other_tenant = api.make_tenant("other");
    const TestUser other_admin = api.make_user(Role::admin, other_tenant);
    const std::string here = open_pending_store(owner, "mugs");
    const std::string there = open_pending_store(api.make_user(Role::store_owner, other_tenant), "bowls");
    EXPECT_EQ(code_of(verify(here, other_admin)), "catalog.store_not_found");
    EXPECT_EQ(code_of(reject(here, other_admin)), "catalog.store_not_found");
    for (const TestUser who : {owner, staff, customer}) {
        EXPECT_EQ(code_of(verify(here, who)), "forbidden");
        EXPECT_EQ(code_of(reject(here, who)), "forbidden");
    }
    EXPECT_EQ(code_of(verify(Uuid::make().to_string(), admin)), "catalog.store_not_found");
    EXPECT_EQ(api.sql("select count(*) from stores where verification_status <> 'pending'"), "0");

    EXPECT_EQ(verify(there, admin).status, 204);
    EXPECT_EQ(facts("test.verified"), there + " " + other_tenant.to_string()) << "in that tenant's name";
    EXPECT_EQ(reject(there, other_admin).status, 204);
    EXPECT_EQ(api.sql("select verification_status from stores where id = '" + there + "'"), "rejected");
}

TEST_F(StoreLife, TheListOfAllIsThePlatformsAdminsAlone) {
    const std::string mugs = open_store(owner, "mugs");
    add_product(owner, mugs, "Blue mug");
    add_product(owner, mugs, "Red mug");
    const TenantId other_tenant = api.make_tenant("other");
    open_store(api.make_user(Role::store_owner, other_tenant), "elsewhere");
    open_pending_store(owner, "waiting");

    const json::value list = json_of(api.get("/admin/stores", admin));
    ASSERT_EQ(list.at("stores").as_array().size(), 3U);
    EXPECT_EQ(list.at("stores").at(0).at("slug").as_string(), "waiting") << "who waits comes first";
    const json::value &elsewhere = list.at("stores").at(1), &here = list.at("stores").at(2);
    EXPECT_EQ(elsewhere.at("slug").as_string(), "elsewhere") << "then the newest";
    EXPECT_EQ(elsewhere.at("tenant_id").as_string(), other_tenant.to_string());
    EXPECT_EQ(here.at("tenant_name").as_string(), "Shop test");
    EXPECT_EQ(here.at("product_count").as_int64(), 2);

    EXPECT_EQ(code_of(api.get("/admin/stores", api.make_user(Role::admin, other_tenant))),
              "identity.not_platform_admin");
    for (const TestUser who : {owner, staff, customer}) EXPECT_EQ(code_of(api.get("/admin/stores", who)), "forbidden");
    EXPECT_EQ(code_of(get_as_visitor("/admin/stores")), "unauthenticated");
}

}  // namespace
}  // namespace liveshop::catalog
