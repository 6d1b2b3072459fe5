#include "modules/catalog/api.hpp"
#include "modules/delivery/handlers.hpp"
#include "modules/delivery/moves.hpp"
#include "modules/delivery/review_store.hpp"
#include "modules/identity/api.hpp"
#include "platform/jobs/jobs.hpp"

namespace liveshop::delivery {

awaitable<DeliveryRating> rate_delivery(Ctx& ctx, RateDelivery in) {
    const DeliveryRecord delivery = co_await get_record(ctx, in.delivery_id);
    if (delivery.customer_id != ctx.user()) throw Fail(Errc::delivery_not_found);
    if (delivery.status != DeliveryStatus::delivered) throw Fail(Errc::not_delivered);
    if (in.store_review && !in.store_rating)
        throw Invalid({{"/store_rating", "is required with a review of the store"}});
    const identity::User customer = co_await identity::get_user(ctx, ctx.user());
    const std::string first_name = customer.name.substr(0, customer.name.find(' '));
    const std::optional<DeliveryRating> rating = co_await ctx.tx.find(insert_rating, in, first_name);
    if (!rating) throw Fail(Errc::already_rated);
    if (in.store_rating) co_await catalog::add_rating(ctx, delivery.store_id, in.store_rating->value);
    co_await jobs::publish(ctx, "delivery.rated", DeliveryFact{in.delivery_id});
    co_return *rating;
}

awaitable<StoreReviewList> list_store_reviews(Ctx& ctx, StoreOf in) {
    const catalog::Store store = co_await catalog::get_store(ctx, in.store_id);
    StoreReviewList list{.rating = store.rating, .review_count = store.review_count, .reviews = {}};
    list.reviews = co_await ctx.tx.all(list_reviews, in.store_id);
    co_return list;
}

}  // namespace liveshop::delivery
