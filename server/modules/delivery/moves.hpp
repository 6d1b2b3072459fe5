#pragma once
// How deliveries change: by the table of rules.hpp, under the delivery's lock, with a word to whom it concerns.
//
// Locks are taken in this order, so that nobody waits in a circle: the driver's row of driver_locations, the delivery,
// its offers, the order.
#include "modules/delivery/rules.hpp"
#include "platform/context.hpp"

namespace liveshop::delivery {

inline const Event<DeliveryUpdate> delivery_update{"delivery:update",
                                                   "A delivery has changed, or a job has appeared or is gone"};

/// Those that exist, in the order of the list.
awaitable<std::vector<DeliveryRecord>> records_of(Ctx& ctx, std::vector<DeliveryId> delivery_ids);
awaitable<DeliveryList> list_of(Ctx& ctx, std::vector<DeliveryId> delivery_ids);
/// Throws delivery_not_found.
awaitable<DeliveryRecord> get_record(Ctx& ctx, DeliveryId delivery_id);
/// Throws delivery_not_found.
awaitable<DeliveryRecord> lock_delivery(Ctx& ctx, DeliveryId delivery_id);
/// Throws delivery_not_found, and not_your_delivery unless the caller drives it.
awaitable<DeliveryRecord> lock_own_delivery(Ctx& ctx, DeliveryId delivery_id);

/// Moves a locked delivery and answers it as it is now. Throws move_not_allowed where the table has no such move.
awaitable<DeliveryRecord> move(Ctx& ctx, DeliveryRecord delivery, DeliveryEvent on);

/// Sends delivery:update to the customer, the driver and the store's owner after the commit; publishes delivery.moved.
awaitable<void> tell(Ctx& ctx, DeliveryRecord delivery);
/// Sends delivery:update to the drivers who look for jobs: one has appeared, or is gone.
void tell_drivers(Ctx& ctx, const DeliveryRecord& delivery);

/// The sockets of a tenant's drivers who are available.
inline std::string room_of_drivers(TenantId tenant_id) { return "drivers:" + tenant_id.to_string(); }

}  // namespace liveshop::delivery
