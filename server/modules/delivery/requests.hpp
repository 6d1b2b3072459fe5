#pragma once
// What the endpoints and events of delivery take and answer.
#include "modules/delivery/types.hpp"

namespace liveshop::delivery {

struct DeliveryList {
    std::vector<Delivery> deliveries;
};
BOOST_DESCRIBE_STRUCT(DeliveryList, (), (deliveries))

struct NearbyQuery {  // GET /deliveries/nearby
    Latitude lat;
    Longitude lng;
    std::optional<Int<100, 50'000>> radius_m;
};
BOOST_DESCRIBE_STRUCT(NearbyQuery, (), (lat, lng, radius_m))

struct DeliveryOf {  // POST /deliveries/{delivery_id}/accept, …/pickup, GET …/tracking
    DeliveryId delivery_id;
};
BOOST_DESCRIBE_STRUCT(DeliveryOf, (), (delivery_id))

using SignaturePath = Text<1, 20'000>;  ///< path data of SVG: M, L, Q, C, Z and numbers, in a box of 600 by 200

struct CompleteDelivery {  // POST /deliveries/{delivery_id}/complete
    DeliveryId delivery_id;
    std::optional<Text<1, 500>> note;  ///< "Left with a neighbour"
    std::optional<Text<4, 4>> code;    ///< what the customer was shown
    std::optional<SignaturePath> signature;
};
BOOST_DESCRIBE_STRUCT(CompleteDelivery, (), (delivery_id, note, code, signature))

struct FailDelivery {  // POST /deliveries/{delivery_id}/fail
    DeliveryId delivery_id;
    FailureReason reason = FailureReason::customer_absent;
    std::optional<Text<1, 500>> note;
};
BOOST_DESCRIBE_STRUCT(FailDelivery, (), (delivery_id, reason, note))

struct NoteForDriver {  // PUT /deliveries/{delivery_id}/note
    DeliveryId delivery_id;
    Text<0, 500> note;  ///< "Ring at the gate"; empty: none
};
BOOST_DESCRIBE_STRUCT(NoteForDriver, (), (delivery_id, note))

struct ReportPosition {  // PUT /deliveries/location
    Latitude lat;
    Longitude lng;
    std::optional<double> heading;         ///< degrees clockwise from north, 0..360
    std::optional<double> speed;           ///< m/s
    std::optional<double> accuracy;        ///< m, radius of 95 % confidence
    std::optional<Timestamp> recorded_at;  ///< when it was measured; now if left out
};
BOOST_DESCRIBE_STRUCT(ReportPosition, (), (lat, lng, heading, speed, accuracy, recorded_at))

struct ReportDeliveryPosition : ReportPosition {  // PUT /deliveries/{delivery_id}/location
    DeliveryId delivery_id;
};
BOOST_DESCRIBE_STRUCT(ReportDeliveryPosition, (ReportPosition), (delivery_id))

/// Why a position is kept from the map.
enum class PositionFault {
    late,          ///< measured too long ago
    out_of_order,  ///< a newer one has come before it
    in_future,     ///< the driver's clock is fast
    impossible,    ///< nobody gets there from the last one in that time
};
BOOST_DESCRIBE_ENUM(PositionFault, late, out_of_order, in_future, impossible)

struct PositionReceipt {
    bool accepted = true;
    std::optional<PositionFault> fault;  ///< where it was not accepted
};
BOOST_DESCRIBE_STRUCT(PositionReceipt, (), (accepted, fault))

struct Availability {  // PUT /deliveries/availability, and its answer
    bool available = false;
};
BOOST_DESCRIBE_STRUCT(Availability, (), (available))

/// A driver's standing: GET /deliveries/availability
struct DriverDuty {
    bool available = false;
    bool is_verified = false;  ///< who is not carries nothing
    std::optional<DeliveryId> current_delivery_id;
    std::optional<double> rating;  ///< the mean of what customers gave
    std::int64_t rating_count = 0;
};
BOOST_DESCRIBE_STRUCT(DriverDuty, (), (available, is_verified, current_delivery_id, rating, rating_count))

struct DriverLocation {
    double lat = 0;
    double lng = 0;
    std::optional<double> heading;
    std::optional<double> speed;
    std::optional<double> accuracy;
    std::optional<Timestamp> recorded_at;
};
BOOST_DESCRIBE_STRUCT(DriverLocation, (), (lat, lng, heading, speed, accuracy, recorded_at))

struct Tracking {
    Delivery delivery;
    std::optional<std::string> driver_name;
    std::optional<DriverLocation> location;        ///< only between pick-up and drop-off
    std::optional<std::int64_t> eta_s;             ///< to the customer, where something is known to go by
    std::optional<Timestamp> driver_last_seen_at;  ///< while the driver has the job
    std::optional<std::string> dropoff_code;       ///< for the customer, to tell at the door
    std::optional<std::int64_t> rating;            ///< what the customer gave the driver
    std::optional<std::int64_t> store_rating;      ///< and the store
};
BOOST_DESCRIBE_STRUCT(Tracking, (),
                      (delivery, driver_name, location, eta_s, driver_last_seen_at, dropoff_code, rating, store_rating))

/// delivery:update
struct DeliveryUpdate {
    Delivery delivery;
};
BOOST_DESCRIBE_STRUCT(DeliveryUpdate, (), (delivery))

/// delivery:location, to the customer alone
struct DeliveryPosition {
    DeliveryId delivery_id;
    Latitude lat;
    Longitude lng;
    std::optional<double> heading;
    Timestamp recorded_at;
    std::optional<std::int64_t> eta_s;  ///< now and then
};
BOOST_DESCRIBE_STRUCT(DeliveryPosition, (), (delivery_id, lat, lng, heading, recorded_at, eta_s))

}  // namespace liveshop::delivery
