#include "modules/catalog/followers.hpp"

#include "modules/catalog/api.hpp"
#include "modules/catalog/requests.hpp"
#include "platform/db/query.hpp"

namespace liveshop::catalog {
namespace {

inline const db::Query<void(StoreId, UserId)> insert_follower{"catalog.insert_follower", R"(
    insert into store_followers (store_id, user_id) values ($1, $2) on conflict do nothing
)"};

inline const db::Query<void(StoreId, UserId)> delete_follower{"catalog.delete_follower", R"(
    delete from store_followers where store_id = $1 and user_id = $2
)"};

// Counts no further than it matters.
inline const db::Query<std::int64_t(UserId, std::int64_t)> count_followed{"catalog.count_followed", R"(
    select count(*) from (select 1 from store_followers where user_id = $1 limit $2::bigint) followed
)"};

inline const db::Query<FollowedStore(UserId)> list_followed{"catalog.list_followed", R"(
    select s.id, s.name, s.slug, s.logo_url, f.created_at as followed_at
      from store_followers f join stores s on s.id = f.store_id
     where f.user_id = $1 order by f.created_at desc, s.id limit 500
)"};

inline const db::Query<UserId(StoreId, std::optional<UserId>, std::optional<UserId>, std::int64_t)> page_followers{
    "catalog.page_followers", R"(
    select user_id from store_followers
     where store_id = $1 and ($2::uuid is null or user_id > $2) and ($3::uuid is null or user_id <= $3)
     order by user_id limit $4::bigint
)"};

inline const db::Query<UserId(StoreId)> list_people{"catalog.list_store_people", R"(
    select owner_id from stores where id = $1
     union
    select user_id from store_staff where store_id = $1
)"};

awaitable<void> follow_store(Ctx& ctx, StoreOf in) {
    co_await get_store(ctx, in.store_id);
    const std::int64_t followed = co_await ctx.tx.one(count_followed, ctx.user(), followed_stores_max);
    if (followed == followed_stores_max) throw Fail(FollowErrc::too_many_followed);
    co_await ctx.tx.run(insert_follower, in.store_id, ctx.user());
}

// Of a store that is gone as well: nobody follows it then.
awaitable<void> unfollow_store(Ctx& ctx, StoreOf in) { co_await ctx.tx.run(delete_follower, in.store_id, ctx.user()); }

awaitable<Following> list_following(Ctx& ctx) {
    Following following;
    following.stores = co_await ctx.tx.all(list_followed, ctx.user());
    co_return following;
}

}  // namespace

awaitable<std::vector<UserId>> list_followers(Ctx& ctx, StoreId store_id, std::optional<UserId> after,
                                              std::optional<UserId> until, std::int64_t limit) {
    std::vector<UserId> user_ids = co_await ctx.tx.all(page_followers, store_id, after, until, limit);
    co_return user_ids;
}

awaitable<std::vector<UserId>> list_store_people(Ctx& ctx, StoreId store_id) {
    std::vector<UserId> user_ids = co_await ctx.tx.all(list_people, store_id);
    co_return user_ids;
}

std::vector<Route> follower_routes() {
    return route_table(post<follow_store>("/stores/{store_id}/follow")
                           .fails(Errc::store_not_found, FollowErrc::too_many_followed)
                           .says("Follows a store: its shows are told to me"),
                       del<unfollow_store>("/stores/{store_id}/follow").says("Follows it no longer"),
                       get<list_following>("/me/following").says("The stores I follow, the last one first"));
}

}  // namespace liveshop::catalog
