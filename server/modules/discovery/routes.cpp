#include "modules/discovery/routes.hpp"

#include "modules/catalog/api.hpp"
#include "modules/discovery/store.hpp"
#include "modules/identity/api.hpp"
#include "modules/live/api.hpp"

namespace liveshop::discovery {
namespace {

constexpr std::int64_t products_shown = 24;
constexpr std::int64_t streams_shown = 12;

std::optional<UserId> reader(const Ctx& ctx) {
    if (!ctx.principal) return std::nullopt;
    return ctx.principal->user;
}

awaitable<std::vector<Recommendation>> recommend(Ctx& ctx, std::optional<catalog::ProductId> beside,
                                                 std::int64_t limit) {
    const std::vector<Ranked> ranked = co_await ctx.tx.all(rank_products, reader(ctx), beside, limit);
    std::vector<catalog::ProductId> ids;
    for (const Ranked& one : ranked) ids.push_back(one.id);
    std::vector<catalog::Product> products = co_await catalog::get_products(ctx, std::move(ids));
    std::vector<Recommendation> recommendations;
    for (std::size_t i = 0, at = 0; i < ranked.size() && at < products.size(); ++i) {
        if (products[at].id != ranked[i].id) continue;  // removed in between
        recommendations.push_back({ranked[i].reason, std::move(products[at++])});
    }
    co_return recommendations;
}

awaitable<Recommendations> get_recommendations(Ctx& ctx, RecommendProducts in) {
    Recommendations list;
    list.recommendations = co_await recommend(ctx, in.beside, in.limit ? in.limit->value : products_shown);
    co_return list;
}

awaitable<Home> get_home(Ctx& ctx) {
    std::vector<catalog::StoreId> followed;
    if (ctx.principal) followed = co_await ctx.tx.all(list_followed_stores, ctx.user());
    Home home;
    home.live = co_await live::list_public_streams(ctx, live::StreamStatus::live, followed, streams_shown);
    home.coming = co_await live::list_public_streams(ctx, live::StreamStatus::scheduled, followed, streams_shown);
    home.recommendations = co_await recommend(ctx, std::nullopt, products_shown);
    co_return home;
}

awaitable<void> view_product(Ctx& ctx, ViewProduct in) {
    const catalog::Product product = co_await catalog::get_product(ctx, in.product_id);
    if (!product.is_for_sale) throw Fail(catalog::Errc::product_not_found);
    co_await ctx.tx.run(save_view, ctx.user(), in.product_id);
    co_await ctx.tx.run(forget_old_views, ctx.user());
}

awaitable<void> forget_person(Ctx& ctx, identity::UserFact fact) { co_await ctx.tx.run(forget_views, fact.user_id); }

}  // namespace

std::vector<Route> routes() {
    return route_table(
        get<get_home>("/home").by(anyone).says("Streams that are live and coming, and products, for whoever asks"),
        get<get_recommendations>("/products/recommended")
            .by(anyone)
            .says("Products from what one viewed, bought and follows; else what sells and what is new"),
        post<view_product>("/products/{product_id}/views")
            .limited({.count = 120, .per_s = 60})
            .fails(catalog::Errc::product_not_found)
            .says("I looked at a product"));
}

jobs::Table job_rows() {
    return {jobs::subscriber<forget_person>("discovery.forget_person", "identity.account_deleted")};
}

}  // namespace liveshop::discovery
