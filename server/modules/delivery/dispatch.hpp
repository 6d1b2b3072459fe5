#pragma once
// Who carries what: a job is offered to the nearest driver who can take it, then to the next, in wider and wider rings.
#include <array>

#include "modules/delivery/dispatch_store.hpp"
#include "modules/delivery/moves.hpp"
#include "platform/context.hpp"

namespace liveshop::delivery {

/// The search widens: these parts of the radius that its settings allow, in percent.
inline constexpr std::array<int, 3> search_rings{25, 50, 100};
/// A driver whose position is older is not asked: the phone is dark or in a pocket far away. In seconds.
inline constexpr int position_fresh_s = 600;
inline constexpr int candidates_max = 20;

inline const Event<Offer> delivery_offer{"delivery:offer",
                                         "A job is offered to the driver, or is not any more: see its status"};
inline const Event<DeliveryUpdate> delivery_unassignable{"delivery:unassignable",
                                                         "No driver is found for a store's delivery"};

/// delivery.expire_offer
struct ExpireOffer {
    OfferId offer_id;
};
BOOST_DESCRIBE_STRUCT(ExpireOffer, (), (offer_id))

/// Asks the next driver, unless one is being asked or has it. Where there is none left to ask, the store is told, once.
/// Holds the delivery's lock from here on.
awaitable<void> dispatch(Ctx& ctx, DeliveryId delivery_id);

/// Gives an open delivery to a driver: whoever else was being asked is told, and what else the driver was being asked
/// is asked of others. Answers whether it was open. The driver's row is locked first, then the delivery.
awaitable<bool> take(Ctx& ctx, DeliveryId delivery_id, UserId driver_id);

/// Tells those who were being asked that the offer is over.
awaitable<void> withdraw_offers(Ctx& ctx, DeliveryId delivery_id);

/// No jobs for this driver any more; what was being asked is asked of others.
awaitable<void> go_off_duty(Ctx& ctx, UserId driver_id);

/// The offer as its driver sees it.
Offer offer_of(const OfferRow& row, const Delivery& delivery);

/// Whether the driver may carry parcels: of this shop, active, documents seen.
awaitable<bool> is_verified(Ctx& ctx, UserId driver_id);

/// Those of a store, or of the tenant where none is named.
awaitable<DeliverySettings> settings_of(Ctx& ctx, std::optional<StoreId> store_id);

/// What is promised from where the driver is; nothing where that is not known.
awaitable<void> estimate(Ctx& ctx, UserId driver_id, Delivery delivery);

// Jobs
awaitable<void> dispatch_again(Ctx& ctx, DeliveryFact in);
awaitable<void> expire_offer(Ctx& ctx, ExpireOffer in);
/// What no other job has seen to: offers whose time is over, deliveries that wait for a driver to come on duty.
struct DispatchSweep {};
BOOST_DESCRIBE_STRUCT(DispatchSweep, (), ())
awaitable<void> sweep(Ctx& ctx, DispatchSweep in);

}  // namespace liveshop::delivery
