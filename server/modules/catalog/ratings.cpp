#include "modules/catalog/api.hpp"
#include "platform/db/query.hpp"

namespace liveshop::catalog {
namespace {

// One statement: of two ratings at once both count, and the mean is always that of the sum.
inline const db::Query<void(StoreId, std::int64_t)> add_store_rating{"catalog.add_store_rating", R"(
    update stores set rating_sum = rating_sum + $2::bigint, review_count = review_count + 1,
                      rating = round((rating_sum + $2::bigint)::numeric / (review_count + 1), 1)
     where id = $1
)"};

}  // namespace

awaitable<void> add_rating(Ctx& ctx, StoreId store_id, std::int64_t stars) {
    const std::int64_t rated = co_await ctx.tx.count(add_store_rating, store_id, stars);
    if (rated == 0) throw Fail(Errc::store_not_found);
}

}  // namespace liveshop::catalog
