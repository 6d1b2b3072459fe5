#pragma once
// What other modules may ask of deliveries. Facts to subscribe to: delivery.moved, delivery.unassignable and
// delivery.rated, each with a DeliveryFact; delivery.offered with an OfferFact; delivery.message_sent with a
// MessageFact.
#include "modules/delivery/types.hpp"
#include "platform/context.hpp"

namespace liveshop::delivery {

/// Asks nobody for leave: the caller has. Throws delivery_not_found.
awaitable<DeliveryRecord> get_delivery(Ctx& ctx, DeliveryId delivery_id);

/// Who is asked to carry what.
struct OfferTo {
    DeliveryId delivery_id;
    UserId driver_id;
    bool is_open = false;
};
BOOST_DESCRIBE_STRUCT(OfferTo, (), (delivery_id, driver_id, is_open))
/// Throws offer_not_found.
awaitable<OfferTo> get_offer(Ctx& ctx, OfferId offer_id);

/// What was said, and to whom.
struct MessageTo {
    DeliveryId delivery_id;
    UserId recipient_id;
    bool is_from_driver = false;
    std::string content;
};
BOOST_DESCRIBE_STRUCT(MessageTo, (), (delivery_id, recipient_id, is_from_driver, content))
/// Nothing where it is gone.
awaitable<std::optional<MessageTo>> find_message(Ctx& ctx, DeliveryMessageId message_id);

/// What the customer said of driver and store.
struct Verdicts {
    std::int64_t rating = 0;  ///< of the driver
    std::string review;
    std::optional<std::int64_t> store_rating;
    std::string store_review;
};
BOOST_DESCRIBE_STRUCT(Verdicts, (), (rating, review, store_rating, store_review))
/// Nothing before it is rated.
awaitable<std::optional<Verdicts>> find_verdicts(Ctx& ctx, DeliveryId delivery_id);

}  // namespace liveshop::delivery
