#pragma once
#include "modules/delivery/types.hpp"
#include "platform/db/query.hpp"

namespace liveshop::delivery {

// In the order of the list.
inline const db::Query<DeliveryRecord(db::Array<DeliveryId>)> load_deliveries{"delivery.load_deliveries", R"(
    select d.id, d.order_id, d.order_number, d.store_name, d.status, d.pickup_address, d.dropoff_address,
           d.distance_km, d.delivery_fee_minor, d.driver_earnings_minor, d.currency, d.estimated_pickup_at,
           d.estimated_delivery_at, d.picked_up_at, d.delivered_at, d.note, d.needs_photo, d.needs_signature,
           d.needs_code, d.failure_reason, d.failed_at, d.returned_at, d.unassignable_at, d.rated_at, d.created_at,
           d.customer_id, d.store_id, d.driver_id
      from unnest($1::uuid[]) with ordinality as wanted(id, place)
      join deliveries d on d.id = wanted.id
     order by wanted.place
)"};

inline const db::Query<DeliveryId(UserId)> list_deliveries_of_driver{"delivery.list_deliveries_of_driver", R"(
    select id from deliveries where driver_id = $1 order by created_at desc limit 200
)"};

// The nearest first.
inline const db::Query<DeliveryId(Latitude, Longitude, Int<100, 50'000>)> list_open_deliveries_near{
    "delivery.list_open_deliveries_near", R"(
    select near.id from open_deliveries_near($1, $2, $3, 50) with ordinality as near(id, place) order by near.place
)"};

inline const db::Query<DeliveryId(OrderId)> find_delivery_of_order{"delivery.find_delivery_of_order", R"(
    select id from deliveries where order_id = $1
)"};

/// What a delivery is written from.
struct NewDelivery {
    DeliveryId id;
    OrderId order_id;
    std::string order_number;
    UserId customer_id;
    StoreId store_id;
    std::string store_name;
    Address pickup_address, dropoff_address;
    double distance_km = 0;
    Amount delivery_fee_minor, driver_earnings_minor;
    std::string currency;
    std::optional<std::string> note;
    std::string dropoff_code;
    bool needs_photo = false, needs_signature = false, needs_code = false;
};
BOOST_DESCRIBE_STRUCT(NewDelivery, (),
                      (id, order_id, order_number, customer_id, store_id, store_name, pickup_address, dropoff_address,
                       distance_km, delivery_fee_minor, driver_earnings_minor, currency, note, dropoff_code,
                       needs_photo, needs_signature, needs_code))

inline const db::Query<void(NewDelivery)> insert_delivery{"delivery.insert_delivery", R"(
    insert into deliveries (id, order_id, order_number, customer_id, store_id, store_name, pickup_address,
                            dropoff_address, distance_km, delivery_fee_minor, driver_earnings_minor, currency, note,
                            dropoff_code, needs_photo, needs_signature, needs_code)
    select n.id, n.order_id, n.order_number, n.customer_id, n.store_id, n.store_name, n.pickup_address,
           n.dropoff_address, n.distance_km, n.delivery_fee_minor, n.driver_earnings_minor, n.currency, n.note,
           n.dropoff_code, n.needs_photo, n.needs_signature, n.needs_code
      from jsonb_to_record($1::jsonb) as n(id uuid, order_id uuid, order_number text, customer_id uuid, store_id uuid,
                                           store_name text, pickup_address jsonb, dropoff_address jsonb,
                                           distance_km numeric, delivery_fee_minor bigint,
                                           driver_earnings_minor bigint, currency text, note text,
                                           dropoff_code text, needs_photo boolean, needs_signature boolean,
                                           needs_code boolean)
)"};

// Of two drivers one finds a row.
inline const db::Query<void(DeliveryId, UserId)> take_delivery{"delivery.take_delivery", R"(
    update deliveries set status = 'accepted', driver_id = $2, unassignable_at = null, updated_at = now()
     where id = $1 and status = 'pending'
)"};

// Back to the others, as if it had never been taken.
inline const db::Query<void(DeliveryId, UserId)> release_delivery{"delivery.release_delivery", R"(
    update deliveries set status = 'pending', driver_id = null, estimated_pickup_at = null,
                          estimated_delivery_at = null, updated_at = now()
     where id = $1 and driver_id = $2 and status in ('accepted', 'at_pickup')
)"};

inline const db::Query<void(DeliveryId, DeliveryStatus, FailureReason, std::optional<Text<1, 500>>)> fail_delivery_row{
    "delivery.fail_delivery", R"(
    update deliveries set status = 'failed', failure_reason = $3, failure_note = $4, failed_at = now(),
                          updated_at = now()
     where id = $1 and status = $2
)"};

inline const db::Query<void(DeliveryId)> mark_returned{"delivery.mark_returned", R"(
    update deliveries set returned_at = now(), updated_at = now()
     where id = $1 and status = 'failed' and returned_at is null
)"};

inline const db::Query<void(DeliveryId)> mark_unassignable{"delivery.mark_unassignable", R"(
    update deliveries set unassignable_at = now(), updated_at = now()
     where id = $1 and status = 'pending' and unassignable_at is null
)"};
inline const db::Query<void(DeliveryId)> mark_assignable{"delivery.mark_assignable", R"(
    update deliveries set unassignable_at = null, updated_at = now() where id = $1 and unassignable_at is not null
)"};

inline const db::Query<void(DeliveryId, Text<0, 500>)> set_note{"delivery.set_note", R"(
    update deliveries set note = nullif($2, ''), updated_at = now()
     where id = $1 and status not in ('delivered', 'failed', 'cancelled')
)"};

inline const db::Query<DeliveryId(StoreId)> list_deliveries_of_store{"delivery.list_deliveries_of_store", R"(
    select id from deliveries
     where store_id = $1 and (status not in ('delivered', 'cancelled') or updated_at > now() - interval '1 day')
     order by created_at desc limit 200
)"};

// For whoever decides about a delivery by its state. What is read beside it is read afterwards.
inline const db::Query<DeliveryId(DeliveryId)> lock_delivery_row{"delivery.lock_delivery_row", R"(
    select id from deliveries where id = $1 for no key update
)"};

inline const db::Query<void(DeliveryId, DeliveryStatus, DeliveryStatus)> move_delivery{"delivery.move_delivery", R"(
    update deliveries set status = $3, updated_at = now(),
                          picked_up_at = case when $3 = 'picked_up' then now() else picked_up_at end,
                          delivered_at = case when $3 = 'delivered' then now() else delivered_at end,
                          unassignable_at = case when $3 = 'pending' then unassignable_at end
     where id = $1 and status = $2
)"};

inline const db::Query<void(DeliveryId, std::optional<Timestamp>, Timestamp)> set_estimates{"delivery.set_estimates",
                                                                                            R"(
    update deliveries set estimated_pickup_at = coalesce($2, estimated_pickup_at), estimated_delivery_at = $3
     where id = $1
)"};

inline const db::Query<void(DeliveryId, Text<1, 500>)> set_proof{"delivery.set_proof", R"(
    update deliveries set proof_of_delivery = jsonb_build_object('note', $2::text) where id = $1
)"};

struct CustomersPart {
    std::optional<std::string> dropoff_code;
    std::optional<std::int64_t> rating, store_rating;
};
BOOST_DESCRIBE_STRUCT(CustomersPart, (), (dropoff_code, rating, store_rating))

inline const db::Query<CustomersPart(DeliveryId)> find_customers_part{"delivery.find_customers_part", R"(
    select dropoff_code, rating::bigint as rating, store_rating::bigint as store_rating from deliveries where id = $1
)"};

}  // namespace liveshop::delivery
