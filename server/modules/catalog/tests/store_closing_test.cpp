// A store's end, and what it asks of an order until then.
#include "modules/catalog/api.hpp"
#include "modules/catalog/tests/market.hpp"

namespace liveshop::catalog {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

awaitable<void> hear(Ctx&, StoreFact) { co_return; }

class StoreClosing : public Market {
  protected:
    StoreClosing()
        : Market({.routes = {},
                  .constraints = {},
                  .job_rows = {jobs::subscriber<hear>("test.closed", "catalog.store_closed")}}) {
        api.services().add(std::as_const(holds));
    }

    static awaitable<std::optional<std::string>> held(Ctx&, StoreId) { co_return "An order is under way."; }
    static awaitable<std::optional<std::string>> free(Ctx&, StoreId) { co_return std::nullopt; }

    std::vector<DeliveryTerms> terms_of(const std::vector<std::string>& store_ids) {
        std::vector<StoreId> ids;
        for (const std::string& id : store_ids) ids.push_back(StoreId::parse(id).value());
        std::vector<DeliveryTerms> terms;
        api.with_ctx(customer,
                     [&](Ctx& ctx) -> awaitable<void> { terms = co_await delivery_terms_of(ctx, std::move(ids)); });
        return terms;
    }

    /// Today, in whatever time zone, and the days after it.
    std::string holidays_of_the_coming_days(int days) {
        return api.sql(
            fmt::format("select string_agg(format('{{\"date\": \"%s\"}}', current_date + day), ', ')"
                        " from generate_series(-1, {}) day",
                        days));
    }

    ClosingHolds holds{{free}};
};

TEST_F(StoreClosing, IsForGoodAndKeepsWhatWas) {
    const std::string id = open_store(owner, "mugs"), path = "/stores/" + id;
    const std::string product = add_product(owner, id, "Blue mug");
    EXPECT_EQ(api.del(path, owner).status, 204);
    EXPECT_THAT(each("id", "stores", get_as_visitor("/stores")), IsEmpty());
    EXPECT_THAT(each("id", "stores", api.get("/stores/mine", owner)), IsEmpty());
    EXPECT_THAT(each("id", "products", get_as_visitor("/products")), IsEmpty());
    const json::value store = json_of(api.get(path, owner));
    EXPECT_TRUE(store.as_object().contains("closed_at"));
    EXPECT_FALSE(store.at("is_active").as_bool());
    EXPECT_FALSE(terms_of({id}).at(0).is_selling);

    EXPECT_EQ(code_of(api.del(path, owner)), "catalog.store_closed_down");
    EXPECT_EQ(code_of(api.put(path, owner, R"({"is_active": true})")), "catalog.store_closed_down");
    EXPECT_EQ(code_of(api.post(path + "/products", owner, product_body("Cup", {variant("One", 500, 3)}))),
              "catalog.store_closed_down");
    EXPECT_EQ(api.sql("select name from products where id = '" + product + "'"), "Blue mug");
    EXPECT_EQ(api.sql("select count(*) from jobs where kind = 'test.closed' and payload->>'store_id' = '" + id + "'"),
              "1");
    EXPECT_EQ(api.sql("select count(*) from audit_log where action = 'store.close' and subject_id = '" + id + "'"),
              "1");
}

TEST_F(StoreClosing, WaitsForWhatIsUnderWay) {
    const std::string id = open_store(owner, "mugs");
    holds = {{held}, {free}, {held}};
    const http::Response refused = api.del("/stores/" + id, owner);
    EXPECT_EQ(refused.status, 409);
    EXPECT_EQ(code_of(refused), "catalog.store_in_use");
    EXPECT_EQ(json_of(refused).at("detail").as_string(), "An order is under way. An order is under way.");
    EXPECT_THAT(each("id", "stores", get_as_visitor("/stores")), ElementsAre(id));
    EXPECT_EQ(api.sql("select count(*) from jobs where kind = 'test.closed'"), "0");
    holds.clear();
    EXPECT_EQ(api.del("/stores/" + id, admin).status, 204) << "and administrators may, too";
}

TEST_F(StoreClosing, IsItsOwnersAlone) {
    const std::string id = open_store(owner, "mugs"), path = "/stores/" + id;
    EXPECT_EQ(code_of(api.del(path, staff)), "catalog.not_your_store");
    hire(id, staff);
    EXPECT_EQ(code_of(api.del(path, staff)), "catalog.owner_only");
    EXPECT_EQ(code_of(api.del(path, other_owner)), "catalog.not_your_store");
    EXPECT_EQ(code_of(api.del(path, customer)), "forbidden");
    EXPECT_EQ(code_of(api.call({"DELETE", path, std::nullopt, "", ""})), "unauthenticated");
    EXPECT_EQ(code_of(api.del("/stores/" + Uuid::make().to_string(), owner)), "catalog.store_not_found");
    const TenantId other_tenant = api.make_tenant("other");
    EXPECT_EQ(code_of(api.del(path, api.make_user(Role::admin, other_tenant))), "catalog.store_not_found");
    EXPECT_EQ(api.sql("select count(*) from stores where closed_at is not null"), "0");
}

TEST_F(StoreClosing, UntilThenItSaysWhatItAsksOfAnOrder) {
    const std::string mugs = open_store(owner, "mugs", R"(, "minimum_order_minor": 1500, "delivery_fee_minor": 390)"),
                      lamps = open_pending_store(owner, "lamps");
    const std::string mondays =
        R"({"opening_hours": [{"weekday": "monday", "opens": "00:00", "closes": "24:00"}], "time_zone": "Europe/Berlin")";
    api.put("/stores/" + mugs, owner, R"({"delivery_radius_m": 5000, "preparation_time_s": 900})");
    const std::vector<DeliveryTerms> both = terms_of({lamps, mugs, Uuid::make().to_string()});
    ASSERT_EQ(both.size(), 2U) << "what does not exist is left out";
    EXPECT_LT(both[0].store_id, both[1].store_id);
    const DeliveryTerms& terms = both[0].name == "Store mugs" ? both[0] : both[1];
    const DeliveryTerms& of_lamps = both[0].name == "Store mugs" ? both[1] : both[0];
    EXPECT_TRUE(terms.is_selling);
    EXPECT_TRUE(terms.is_open);
    EXPECT_FALSE(terms.opens_at.has_value());
    EXPECT_EQ(terms.minimum_order_minor.minor, 1'500);
    EXPECT_EQ(terms.delivery_fee_minor.minor, 390);
    EXPECT_EQ(terms.delivery_radius_m, 5'000);
    EXPECT_EQ(terms.preparation_time_s, 900);
    EXPECT_FALSE(of_lamps.is_selling) << "not verified";
    EXPECT_TRUE(delivers_to(terms, {52.54}, {13.4})) << "4.4 km";
    EXPECT_FALSE(delivers_to(terms, {52.55}, {13.4})) << "5.6 km";
    EXPECT_TRUE(delivers_to(of_lamps, {-33.9}, {151.2})) << "anywhere";

    api.put("/stores/" + mugs, owner,
            fmt::format(R"({}, "holidays": [{}]}})", mondays, holidays_of_the_coming_days(6)));
    const DeliveryTerms closed = terms_of({mugs}).at(0);
    EXPECT_TRUE(closed.is_selling);
    EXPECT_FALSE(closed.is_open);
    ASSERT_TRUE(closed.opens_at.has_value());
    EXPECT_EQ(closed.time_zone, "Europe/Berlin");
    EXPECT_EQ(api.sql(fmt::format("select to_char(timestamptz '{}' at time zone 'Europe/Berlin', 'FMDay HH24:MI')",
                                  closed.opens_at->to_string())),
              "Monday 00:00");
}

// Who orders holds the store open until the order is written.
TEST_F(StoreClosing, NobodyOrdersAtAStoreWhileItCloses) {
    const std::string id = open_store(owner, "mugs");
    api.with_ctx(customer, [&](Ctx& ctx) -> awaitable<void> {
        co_await delivery_terms_of(ctx, {StoreId::parse(id).value()});
        EXPECT_ANY_THROW(
            api.sql(fmt::format("set lock_timeout = '200ms'; update stores set closed_at = now() where id in"
                                " (select id from stores where id = '{}' for update)",
                                id)));
    });
    EXPECT_EQ(api.del("/stores/" + id, owner).status, 204) << "afterwards it may";
}

}  // namespace
}  // namespace liveshop::catalog
