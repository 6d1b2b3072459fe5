// What a driver says to an offer. Pressed twice, because the first answer was lost on the road, it is answered as the
// first time.
#include "modules/delivery/dispatch.hpp"
#include "modules/delivery/handlers.hpp"
#include "modules/delivery/position_store.hpp"
#include "modules/delivery/store.hpp"

namespace liveshop::delivery {
namespace {

awaitable<OfferRow> get_own_offer(Ctx& ctx, OfferId offer_id) {
    std::optional<OfferRow> offer = co_await ctx.tx.find(find_offer, offer_id);
    if (!offer || offer->driver_id != ctx.user()) throw Fail(Errc::offer_not_found);
    co_return std::move(*offer);
}

}  // namespace

awaitable<OfferList> list_offers(Ctx& ctx) {
    const std::vector<OfferRow> rows = co_await ctx.tx.all(list_open_offers, ctx.user());
    OfferList list;
    for (const OfferRow& row : rows) {
        const DeliveryRecord delivery = co_await get_record(ctx, row.delivery_id);
        list.offers.push_back(offer_of(row, delivery));
    }
    co_return list;
}

awaitable<Delivery> accept_offer(Ctx& ctx, OfferOf in) {
    const OfferRow offer = co_await get_own_offer(ctx, in.offer_id);
    const DeliveryRecord before = co_await get_record(ctx, offer.delivery_id);
    if (offer.status == OfferStatus::accepted && before.driver_id == ctx.user()) co_return before;
    const bool verified = co_await is_verified(ctx, ctx.user());
    if (!verified) throw Fail(Errc::driver_not_verified);
    co_await ctx.tx.run(set_current_delivery, ctx.user(), offer.delivery_id);
    co_await lock_delivery(ctx, offer.delivery_id);
    const std::int64_t accepted = co_await ctx.tx.count(accept_open_offer, in.offer_id, ctx.user());
    if (accepted == 0) throw Fail(Errc::offer_closed);
    const bool taken = co_await take(ctx, offer.delivery_id, ctx.user());
    if (!taken) throw Fail(Errc::no_longer_open);
    DeliveryRecord delivery = co_await get_record(ctx, offer.delivery_id);
    co_await estimate(ctx, ctx.user(), delivery);
    delivery = co_await get_record(ctx, offer.delivery_id);
    co_await tell(ctx, delivery);
    co_return delivery;
}

awaitable<void> decline_offer(Ctx& ctx, OfferOf in) {
    const OfferRow offer = co_await get_own_offer(ctx, in.offer_id);
    if (offer.status == OfferStatus::declined) co_return;
    co_await lock_delivery(ctx, offer.delivery_id);
    const std::int64_t declined = co_await ctx.tx.count(decline_open_offer, in.offer_id, ctx.user());
    if (declined == 0) throw Fail(Errc::offer_closed);
    co_await dispatch(ctx, offer.delivery_id);
}

}  // namespace liveshop::delivery
