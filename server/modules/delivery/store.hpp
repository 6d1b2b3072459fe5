#pragma once
#include "modules/delivery/types.hpp"
#include "platform/db/query.hpp"

namespace liveshop::delivery {

// In the order of the list.
inline const db::Query<DeliveryRecord(db::Array<DeliveryId>)> load_deliveries{"delivery.load_deliveries", R"(
    select d.id, d.order_id, d.order_number, d.store_name, d.status, d.pickup_address, d.dropoff_address,
           d.distance_km, d.delivery_fee_minor, d.driver_earnings_minor, d.currency, d.estimated_pickup_at,
           d.estimated_delivery_at, d.picked_up_at, d.delivered_at, d.created_at, d.customer_id, d.store_id, d.driver_id
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
};
BOOST_DESCRIBE_STRUCT(NewDelivery, (),
                      (id, order_id, order_number, customer_id, store_id, store_name, pickup_address, dropoff_address,
                       distance_km, delivery_fee_minor, driver_earnings_minor, currency))

inline const db::Query<void(NewDelivery)> insert_delivery{"delivery.insert_delivery", R"(
    insert into deliveries (id, order_id, order_number, customer_id, store_id, store_name, pickup_address,
                            dropoff_address, distance_km, delivery_fee_minor, driver_earnings_minor, currency)
    select n.id, n.order_id, n.order_number, n.customer_id, n.store_id, n.store_name, n.pickup_address,
           n.dropoff_address, n.distance_km, n.delivery_fee_minor, n.driver_earnings_minor, n.currency
      from jsonb_to_record($1::jsonb) as n(id uuid, order_id uuid, order_number text, customer_id uuid, store_id uuid,
                                           store_name text, pickup_address jsonb, dropoff_address jsonb,
                                           distance_km numeric, delivery_fee_minor bigint,
                                           driver_earnings_minor bigint, currency text)
)"};

// Of the fee, in hundredths of a percent: the tenant's setting.
inline const db::Query<std::int64_t(TenantId)> find_driver_share_bp{"delivery.find_driver_share_bp", R"(
    select coalesce((settings->>'driver_share_bp')::bigint, 10000) from tenants where id = $1
)"};

// Of two drivers one finds a row.
inline const db::Query<void(DeliveryId, UserId)> take_delivery{"delivery.take_delivery", R"(
    update deliveries set status = 'accepted', driver_id = $2, updated_at = now() where id = $1 and status = 'pending'
)"};

// For whoever decides about a delivery by its state. What is read beside it is read afterwards.
inline const db::Query<DeliveryId(DeliveryId)> lock_delivery_row{"delivery.lock_delivery_row", R"(
    select id from deliveries where id = $1 for no key update
)"};

inline const db::Query<void(DeliveryId, DeliveryStatus, DeliveryStatus)> move_delivery{"delivery.move_delivery", R"(
    update deliveries set status = $3, updated_at = now(),
                          picked_up_at = case when $3 = 'picked_up' then now() else picked_up_at end,
                          delivered_at = case when $3 = 'delivered' then now() else delivered_at end
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

}  // namespace liveshop::delivery
