#pragma once
// Deliveries and their states.
#include "modules/checkout/types.hpp"

namespace liveshop::delivery {

using catalog::Address;
using catalog::StoreId;
using checkout::DeliveryId;
using checkout::OrderId;

enum class Errc { delivery_not_found, no_longer_open, driver_busy, not_your_delivery, move_not_allowed };

constexpr ErrorRow describe_error(Errc e) {
    switch (e) {
        case Errc::delivery_not_found:
            return {404, "delivery.delivery_not_found", "There is no such delivery"};
        case Errc::no_longer_open:
            return {409, "delivery.no_longer_open", "This job was taken or withdrawn: look for another"};
        case Errc::driver_busy:
            return {409, "delivery.driver_busy", "Finish the job you have before you take another"};
        case Errc::not_your_delivery:
            return {403, "delivery.not_your_delivery", "Only the driver who took this job may do this"};
        case Errc::move_not_allowed:
            return {409, "delivery.move_not_allowed", "The delivery cannot take that step from where it stands"};
    }
    return {500, "internal", "Something went wrong on our side"};
}

enum class DeliveryStatus {
    pending,
    accepted,
    at_pickup,
    picked_up,
    in_transit,
    at_dropoff,
    delivered,
    failed,
    cancelled,
};
BOOST_DESCRIBE_ENUM(DeliveryStatus, pending, accepted, at_pickup, picked_up, in_transit, at_dropoff, delivered, failed,
                    cancelled)

struct Delivery {
    DeliveryId id;
    OrderId order_id;
    std::string order_number;
    std::string store_name;
    DeliveryStatus status = DeliveryStatus::pending;
    Address pickup_address;
    Address dropoff_address;
    double distance_km = 0;  ///< as the crow flies
    Amount delivery_fee_minor;
    Amount driver_earnings_minor;
    std::string currency;
    std::optional<Timestamp> estimated_pickup_at;
    std::optional<Timestamp> estimated_delivery_at;
    std::optional<Timestamp> picked_up_at;
    std::optional<Timestamp> delivered_at;
    Timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(Delivery, (),
                      (id, order_id, order_number, store_name, status, pickup_address, dropoff_address, distance_km,
                       delivery_fee_minor, driver_earnings_minor, currency, estimated_pickup_at, estimated_delivery_at,
                       picked_up_at, delivered_at, created_at))

/// A delivery with whom it concerns.
struct DeliveryRecord : Delivery {
    UserId customer_id;
    StoreId store_id;
    std::optional<UserId> driver_id;
};
BOOST_DESCRIBE_STRUCT(DeliveryRecord, (Delivery), (customer_id, store_id, driver_id))

}  // namespace liveshop::delivery
