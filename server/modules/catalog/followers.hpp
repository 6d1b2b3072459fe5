#pragma once
// People follow stores, to be told of their shows.
#include "modules/catalog/types.hpp"
#include "platform/api/route.hpp"

namespace liveshop::catalog {

enum class FollowErrc { too_many_followed };

constexpr ErrorRow describe_error(FollowErrc e) {
    switch (e) {
        case FollowErrc::too_many_followed:
            return {409, "catalog.too_many_followed", "You follow 500 stores already: unfollow one first"};
    }
    return {500, "internal", "Something went wrong on our side"};
}

inline constexpr std::int64_t followed_stores_max = 500;

struct FollowedStore {
    StoreId id;
    std::string name;
    std::string slug;
    std::optional<std::string> logo_url;
    Timestamp followed_at;
};
BOOST_DESCRIBE_STRUCT(FollowedStore, (), (id, name, slug, logo_url, followed_at))

struct Following {  // GET /me/following
    std::vector<FollowedStore> stores;
};
BOOST_DESCRIBE_STRUCT(Following, (), (stores))

/// POST and DELETE /stores/{store_id}/follow, GET /me/following.
std::vector<Route> follower_routes();

}  // namespace liveshop::catalog
