#pragma once
// Deliveries and their states.
#include "modules/checkout/types.hpp"

namespace liveshop::delivery {

using catalog::Address;
using catalog::StoreId;
using checkout::DeliveryId;
using checkout::OrderId;

enum class Errc {
    delivery_not_found,
    no_longer_open,
    offered_elsewhere,
    driver_busy,
    driver_not_verified,
    driver_not_available,
    not_your_delivery,
    move_not_allowed,
    offer_not_found,
    offer_closed,
    proof_required,
    proof_kept,
    proof_not_found,
    wrong_code,
    code_locked,
    not_under_way,
    not_delivered,
    already_rated,
};

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
        case Errc::offered_elsewhere:
            return {409, "delivery.offered_elsewhere",
                    "Another driver is being asked for this job: it may be open again in a moment"};
        case Errc::driver_not_verified:
            return {403, "delivery.driver_not_verified",
                    "Only verified drivers carry parcels: hand in your documents first"};
        case Errc::driver_not_available:
            return {409, "delivery.driver_not_available", "This driver is off duty or busy: choose another"};
        case Errc::offer_not_found:
            return {404, "delivery.offer_not_found", "There is no such offer"};
        case Errc::offer_closed:
            return {409, "delivery.offer_closed", "This offer is over: the next one comes by itself"};
        case Errc::proof_required:
            return {409, "delivery.proof_required", "The store asks for proof of this delivery"};
        case Errc::proof_kept:
            return {409, "delivery.proof_kept", "The proof of a finished delivery is not changed any more"};
        case Errc::proof_not_found:
            return {404, "delivery.proof_not_found", "There is no such proof of this delivery"};
        case Errc::wrong_code:
            return {409, "delivery.wrong_code", "That is not the customer's code: ask for the four digits again"};
        case Errc::code_locked:
            return {409, "delivery.code_locked", "Too many wrong codes: wait ten minutes, or call the store"};
        case Errc::not_under_way:
            return {409, "delivery.not_under_way", "Messages go between customer and driver while the delivery runs"};
        case Errc::not_delivered:
            return {409, "delivery.not_delivered", "It can be rated once it has arrived"};
        case Errc::already_rated:
            return {409, "delivery.already_rated", "You have rated this delivery already"};
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

/// Why a parcel could not be handed over.
enum class FailureReason {
    customer_absent,   ///< nobody was there
    customer_refused,  ///< somebody was, and would not take it
    damaged,           ///< on the way
};
BOOST_DESCRIBE_ENUM(FailureReason, customer_absent, customer_refused, damaged)

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
    std::optional<std::string> note;  ///< the customer's, for the driver
    bool needs_photo = false;         ///< what has to prove that it was handed over
    bool needs_signature = false;
    bool needs_code = false;
    std::optional<FailureReason> failure_reason;
    std::optional<Timestamp> failed_at;
    std::optional<Timestamp> returned_at;      ///< a parcel that was not handed over is at its store again
    std::optional<Timestamp> unassignable_at;  ///< since when no driver has been found
    std::optional<Timestamp> rated_at;
    Timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(Delivery, (),
                      (id, order_id, order_number, store_name, status, pickup_address, dropoff_address, distance_km,
                       delivery_fee_minor, driver_earnings_minor, currency, estimated_pickup_at, estimated_delivery_at,
                       picked_up_at, delivered_at, note, needs_photo, needs_signature, needs_code, failure_reason,
                       failed_at, returned_at, unassignable_at, rated_at, created_at))

/// A delivery with whom it concerns.
struct DeliveryRecord : Delivery {
    UserId customer_id;
    StoreId store_id;
    std::optional<UserId> driver_id;
};
BOOST_DESCRIBE_STRUCT(DeliveryRecord, (Delivery), (customer_id, store_id, driver_id))

/// delivery.moved, delivery.unassignable, delivery.rated
struct DeliveryFact {
    DeliveryId delivery_id;
};
BOOST_DESCRIBE_STRUCT(DeliveryFact, (), (delivery_id))

struct Offer;
using OfferId = Id<Offer>;

/// delivery.offered
struct OfferFact {
    OfferId offer_id;
};
BOOST_DESCRIBE_STRUCT(OfferFact, (), (offer_id))

struct DeliveryMessage;
using DeliveryMessageId = Id<DeliveryMessage>;

/// delivery.message_sent
struct MessageFact {
    DeliveryMessageId message_id;
};
BOOST_DESCRIBE_STRUCT(MessageFact, (), (message_id))

}  // namespace liveshop::delivery
