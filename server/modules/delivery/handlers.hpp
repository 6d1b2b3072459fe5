#pragma once
// The handlers behind routes.cpp, by subject.
#include "modules/delivery/requests.hpp"
#include "platform/context.hpp"

namespace liveshop::delivery {

// lookups.cpp
awaitable<DeliveryList> list_deliveries(Ctx& ctx);
awaitable<DeliveryList> list_nearby_deliveries(Ctx& ctx, NearbyQuery in);
awaitable<Tracking> track_delivery(Ctx& ctx, DeliveryOf in);

// carriage.cpp
awaitable<Delivery> accept_delivery(Ctx& ctx, DeliveryOf in);
awaitable<Delivery> pick_up_delivery(Ctx& ctx, DeliveryOf in);
awaitable<Delivery> complete_delivery(Ctx& ctx, CompleteDelivery in);

// positions.cpp
awaitable<PositionReceipt> report_position(Ctx& ctx, ReportPosition in);
awaitable<PositionReceipt> report_delivery_position(Ctx& ctx, ReportDeliveryPosition in);
awaitable<Availability> set_availability(Ctx& ctx, Availability in);

}  // namespace liveshop::delivery
