#pragma once
// The handlers behind routes.cpp, by subject.
#include "modules/delivery/after_requests.hpp"
#include "modules/delivery/dispatch_requests.hpp"
#include "platform/api/route.hpp"
#include "platform/context.hpp"

namespace liveshop::delivery {

// lookups.cpp
awaitable<DeliveryList> list_deliveries(Ctx& ctx);
awaitable<DeliveryList> list_nearby_deliveries(Ctx& ctx, NearbyQuery in);
awaitable<Tracking> track_delivery(Ctx& ctx, DeliveryOf in);
awaitable<Delivery> set_note_for_driver(Ctx& ctx, NoteForDriver in);
/// The customer, the driver, the store's people and admins may; to anybody else the delivery does not exist.
awaitable<void> admit(Ctx& ctx, const DeliveryRecord& delivery);

// offers.cpp
awaitable<OfferList> list_offers(Ctx& ctx);
awaitable<Delivery> accept_offer(Ctx& ctx, OfferOf in);
awaitable<void> decline_offer(Ctx& ctx, OfferOf in);

// carriage.cpp
awaitable<Delivery> accept_delivery(Ctx& ctx, DeliveryOf in);
awaitable<Delivery> arrive(Ctx& ctx, DeliveryOf in);
awaitable<Delivery> pick_up_delivery(Ctx& ctx, DeliveryOf in);
awaitable<Delivery> depart(Ctx& ctx, DeliveryOf in);
awaitable<Delivery> complete_delivery(Ctx& ctx, CompleteDelivery in);

// endings.cpp
awaitable<Delivery> give_delivery_back(Ctx& ctx, DeliveryOf in);
awaitable<Delivery> fail_delivery(Ctx& ctx, FailDelivery in);
awaitable<Delivery> return_parcel(Ctx& ctx, DeliveryOf in);
/// What was not handed over is at its store again; its driver is free. Throws move_not_allowed unless it failed.
awaitable<Delivery> bring_back(Ctx& ctx, DeliveryId delivery_id, UserId driver_id);

// proof.cpp
awaitable<ProofState> keep_photo(Ctx& ctx, DeliveryOf in);
awaitable<Proof> show_proof(Ctx& ctx, DeliveryOf in);
awaitable<File> show_photo(Ctx& ctx, DeliveryOf in);

// messages.cpp
awaitable<DeliveryMessage> send_delivery_message(Ctx& ctx, SendDeliveryMessage in);
awaitable<DeliveryMessageList> list_delivery_messages(Ctx& ctx, DeliveryOf in);

// reviews.cpp
awaitable<DeliveryRating> rate_delivery(Ctx& ctx, RateDelivery in);
awaitable<StoreReviewList> list_store_reviews(Ctx& ctx, StoreOf in);

// positions.cpp
awaitable<PositionReceipt> report_position(Ctx& ctx, ReportPosition in);
awaitable<PositionReceipt> report_delivery_position(Ctx& ctx, ReportDeliveryPosition in);
awaitable<DriverDuty> show_duty(Ctx& ctx);
awaitable<Availability> set_availability(Ctx& ctx, Availability in);

// assignment.cpp
awaitable<StoreDeliveryList> list_store_deliveries(Ctx& ctx, StoreOf in);
awaitable<NearbyDriverList> list_nearby_drivers(Ctx& ctx, StoreOf in);
awaitable<StoreDelivery> assign_driver(Ctx& ctx, AssignDelivery in);
awaitable<Delivery> take_parcel_back(Ctx& ctx, StoreDeliveryOf in);
awaitable<DeliverySettings> show_delivery_settings(Ctx& ctx);
awaitable<DeliverySettings> change_delivery_settings(Ctx& ctx, DeliverySettingsChange in);
awaitable<DeliverySettings> show_store_delivery_settings(Ctx& ctx, StoreOf in);
awaitable<DeliverySettings> change_store_delivery_settings(Ctx& ctx, StoreDeliverySettingsChange in);

}  // namespace liveshop::delivery
