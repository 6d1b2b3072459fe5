#pragma once
// Offers of jobs to drivers, drivers for jobs, and how a store wants it done.
#include "modules/delivery/requests.hpp"

namespace liveshop::delivery {

enum class OfferStatus { open, accepted, declined, expired, withdrawn };
BOOST_DESCRIBE_ENUM(OfferStatus, open, accepted, declined, expired, withdrawn)

/// delivery:offer, and what GET /deliveries/offers lists
struct Offer {
    OfferId id;
    Delivery delivery;
    OfferStatus status = OfferStatus::open;
    double distance_m = 0;          ///< from the driver to the store, as the crow flies
    std::int64_t expires_in_s = 0;  ///< by the server's clock
    Timestamp expires_at;
};
BOOST_DESCRIBE_STRUCT(Offer, (), (id, delivery, status, distance_m, expires_in_s, expires_at))

struct OfferList {
    std::vector<Offer> offers;
};
BOOST_DESCRIBE_STRUCT(OfferList, (), (offers))

struct OfferOf {  // POST /deliveries/offers/{offer_id}/accept, …/decline
    OfferId offer_id;
};
BOOST_DESCRIBE_STRUCT(OfferOf, (), (offer_id))

struct AssignDelivery {  // POST /stores/{store_id}/deliveries/{delivery_id}/assign
    StoreId store_id;
    DeliveryId delivery_id;
    UserId driver_id;
};
BOOST_DESCRIBE_STRUCT(AssignDelivery, (), (store_id, delivery_id, driver_id))

struct StoreDeliveryOf {  // POST /stores/{store_id}/deliveries/{delivery_id}/return
    StoreId store_id;
    DeliveryId delivery_id;
};
BOOST_DESCRIBE_STRUCT(StoreDeliveryOf, (), (store_id, delivery_id))

struct StoreOf {  // GET /stores/{store_id}/deliveries, …/drivers/nearby, …/delivery-settings, …/reviews
    StoreId store_id;
};
BOOST_DESCRIBE_STRUCT(StoreOf, (), (store_id))

/// A delivery as its store's people see it.
struct StoreDelivery {
    Delivery delivery;
    std::optional<UserId> driver_id;
    std::optional<std::string> driver_name;
    std::optional<Timestamp> driver_last_seen_at;
    bool is_offered = false;  ///< a driver is being asked
};
BOOST_DESCRIBE_STRUCT(StoreDelivery, (), (delivery, driver_id, driver_name, driver_last_seen_at, is_offered))

struct StoreDeliveryList {
    std::vector<StoreDelivery> deliveries;  ///< what is under way, and what has ended within a day
};
BOOST_DESCRIBE_STRUCT(StoreDeliveryList, (), (deliveries))

/// A verified driver who could take a job now.
struct NearbyDriver {
    UserId driver_id;
    std::string name;
    double distance_m = 0;
    std::optional<double> rating;  ///< the mean of what customers gave
    std::int64_t rating_count = 0;
};
BOOST_DESCRIBE_STRUCT(NearbyDriver, (), (driver_id, name, distance_m, rating, rating_count))

struct NearbyDriverList {
    std::vector<NearbyDriver> drivers;  ///< the nearest first
};
BOOST_DESCRIBE_STRUCT(NearbyDriverList, (), (drivers))

/// How jobs are offered, and what proves that they are done.
struct DeliverySettings {
    bool is_automatic = true;       ///< offers go out by themselves; else drivers look around
    std::int64_t offer_ttl_s = 30;  ///< how long a driver may think about it
    std::int64_t search_radius_m = 12'000;
    bool needs_photo = false;
    bool needs_signature = false;
    bool needs_code = false;
};
BOOST_DESCRIBE_STRUCT(DeliverySettings, (),
                      (is_automatic, offer_ttl_s, search_radius_m, needs_photo, needs_signature, needs_code))

struct DeliverySettingsChange {  // PUT /admin/delivery-settings; what is left out stays as it is
    std::optional<bool> is_automatic;
    std::optional<Int<5, 600>> offer_ttl_s;
    std::optional<Int<500, 50'000>> search_radius_m;
    std::optional<bool> needs_photo;
    std::optional<bool> needs_signature;
    std::optional<bool> needs_code;
};
BOOST_DESCRIBE_STRUCT(DeliverySettingsChange, (),
                      (is_automatic, offer_ttl_s, search_radius_m, needs_photo, needs_signature, needs_code))

struct StoreDeliverySettingsChange : DeliverySettingsChange {  // PUT /stores/{store_id}/delivery-settings
    StoreId store_id;
};
BOOST_DESCRIBE_STRUCT(StoreDeliverySettingsChange, (DeliverySettingsChange), (store_id))

}  // namespace liveshop::delivery
