#include "modules/delivery/api.hpp"

#include "modules/delivery/moves.hpp"
#include "platform/db/query.hpp"

namespace liveshop::delivery {
namespace {

inline const db::Query<OfferTo(OfferId)> find_offer_to{"delivery.find_offer_to", R"(
    select delivery_id, driver_id, status = 'open' as is_open from delivery_offers where id = $1
)"};

inline const db::Query<MessageTo(DeliveryMessageId)> find_message_to{"delivery.find_message_to", R"(
    select m.delivery_id, case when m.sender = 'driver' then d.customer_id else m.driver_id end as recipient_id,
           m.sender = 'driver' as is_from_driver, m.content
      from delivery_messages m join deliveries d on d.tenant_id = m.tenant_id and d.id = m.delivery_id
     where m.id = $1
)"};

inline const db::Query<Verdicts(DeliveryId)> find_verdicts_of{"delivery.find_verdicts", R"(
    select coalesce(rating, 0)::bigint as rating, coalesce(review, '') as review, store_rating::bigint as store_rating,
           coalesce(store_review, '') as store_review
      from deliveries where id = $1 and rated_at is not null
)"};

}  // namespace

awaitable<DeliveryRecord> get_delivery(Ctx& ctx, DeliveryId delivery_id) {
    DeliveryRecord delivery = co_await get_record(ctx, delivery_id);
    co_return delivery;
}

awaitable<OfferTo> get_offer(Ctx& ctx, OfferId offer_id) {
    const std::optional<OfferTo> offer = co_await ctx.tx.find(find_offer_to, offer_id);
    if (!offer) throw Fail(Errc::offer_not_found);
    co_return *offer;
}

awaitable<std::optional<MessageTo>> find_message(Ctx& ctx, DeliveryMessageId message_id) {
    std::optional<MessageTo> message = co_await ctx.tx.find(find_message_to, message_id);
    co_return message;
}

awaitable<std::optional<Verdicts>> find_verdicts(Ctx& ctx, DeliveryId delivery_id) {
    std::optional<Verdicts> verdicts = co_await ctx.tx.find(find_verdicts_of, delivery_id);
    co_return verdicts;
}

}  // namespace liveshop::delivery
