#include "modules/catalog/followers.hpp"

#include "modules/catalog/api.hpp"
#include "modules/catalog/tests/market.hpp"

namespace liveshop::catalog {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class Followers : public Market {
  protected:
    Followers() : Market({.routes = follower_routes()}) {}

    std::vector<UserId> page(const std::string& store_id, std::optional<UserId> after, std::optional<UserId> until,
                             std::int64_t limit) {
        std::vector<UserId> found;
        api.with_ctx(owner, [&](Ctx& ctx) -> awaitable<void> {
            found = co_await list_followers(ctx, StoreId::parse(store_id).value(), after, until, limit);
        });
        return found;
    }
};

TEST_F(Followers, FollowAndUnfollowAsOftenAsTheyLike) {
    const std::string store_id = open_store(owner, "mugs"), path = "/stores/" + store_id + "/follow";
    const std::string other_id = open_store(other_owner, "bowls");
    EXPECT_THAT(each("id", "stores", api.get("/me/following", customer)), IsEmpty());
    EXPECT_EQ(api.post(path, customer, "").status, 204);
    EXPECT_EQ(api.post(path, customer, "").status, 204) << "once more does nothing";
    EXPECT_EQ(api.post("/stores/" + other_id + "/follow", customer, "").status, 204);
    EXPECT_THAT(each("id", "stores", api.get("/me/following", customer)), ElementsAre(other_id, store_id));
    EXPECT_THAT(each("name", "stores", api.get("/me/following", customer)), ElementsAre("Store bowls", "Store mugs"));
    EXPECT_THAT(each("id", "stores", api.get("/me/following", owner)), IsEmpty()) << "somebody else's list";

    EXPECT_EQ(api.del(path, customer).status, 204);
    EXPECT_EQ(api.del(path, customer).status, 204);
    EXPECT_THAT(each("id", "stores", api.get("/me/following", customer)), ElementsAre(other_id));
    EXPECT_THAT(page(store_id, {}, {}, 10), IsEmpty());
}

TEST_F(Followers, FollowOnlyStoresOfTheirOwnTenantAndSignedIn) {
    const std::string store_id = open_store(owner, "mugs"), path = "/stores/" + store_id + "/follow";
    const TestUser stranger = api.make_user(Role::customer, api.make_tenant("other"));
    EXPECT_EQ(code_of(api.post(path, stranger, "")), "catalog.store_not_found");
    EXPECT_EQ(api.del(path, stranger).status, 204) << "nobody follows what is not there";
    for (const char* method : {"POST", "DELETE"})
        EXPECT_EQ(code_of(api.call({method, path, std::nullopt, "", ""})), "unauthenticated");
    EXPECT_EQ(code_of(get_as_visitor("/me/following")), "unauthenticated");
    EXPECT_EQ(code_of(api.post("/stores/x/follow", customer, "")), "invalid");
    EXPECT_EQ(code_of(api.del("/stores/x/follow", customer)), "invalid");
    EXPECT_EQ(api.sql("select count(*) from store_followers"), "0");
}

TEST_F(Followers, FollowFiveHundredStoresAtMost) {
    const std::string store_id = open_store(owner, "mugs");
    api.sql(
        fmt::format("insert into stores (tenant_id, owner_id, name, slug, address)"
                    " select tenant_id, '{1}', 'S', 's-' || n, address from stores, generate_series(1, 500) n"
                    "  where id = '{0}';"
                    "insert into store_followers (tenant_id, store_id, user_id)"
                    " select tenant_id, id, '{2}' from stores where slug like 's-%'",
                    store_id, other_owner.id.to_string(), customer.id.to_string()));
    EXPECT_EQ(code_of(api.post("/stores/" + store_id + "/follow", customer, "")), "catalog.too_many_followed");
    EXPECT_EQ(api.post("/stores/" + store_id + "/follow", admin, "").status, 204);
}

TEST_F(Followers, ArePagedByIdWithoutGapsOrDoubles) {
    const std::string store_id = open_store(owner, "mugs");
    std::vector<UserId> expected;
    for (int i = 0; i < 7; ++i) {
        const TestUser user = api.make_user(Role::customer);
        ASSERT_EQ(api.post("/stores/" + store_id + "/follow", user, "").status, 204);
        expected.push_back(user.id);
    }
    std::ranges::sort(expected);
    std::vector<UserId> all;
    std::optional<UserId> after;
    for (std::vector<UserId> part; !(part = page(store_id, after, {}, 3)).empty(); after = part.back())
        all.insert(all.end(), part.begin(), part.end());
    EXPECT_EQ(all, expected);
    EXPECT_THAT(page(store_id, expected[1], expected[4], 10), ElementsAre(expected[2], expected[3], expected[4]));
}

TEST_F(Followers, AStoresPeopleAreItsOwnerAndStaff) {
    const std::string store_id = open_store(owner, "mugs");
    hire(store_id, staff);
    api.with_ctx(owner, [&](Ctx& ctx) -> awaitable<void> {
        const std::vector<UserId> people = co_await list_store_people(ctx, StoreId::parse(store_id).value());
        EXPECT_THAT(people, UnorderedElementsAre(owner.id, staff.id));
    });
}

}  // namespace
}  // namespace liveshop::catalog
