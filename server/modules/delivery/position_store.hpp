#pragma once
#include "modules/delivery/eta.hpp"
#include "modules/delivery/position_batches.hpp"
#include "platform/db/query.hpp"

namespace liveshop::delivery {

/// Where a driver was last, and for what.
struct LastPosition {
    std::optional<double> lat, lng;  ///< none before the first report
    std::optional<double> accuracy;
    std::optional<Timestamp> recorded_at;
    std::optional<DeliveryId> current_delivery_id;
};
BOOST_DESCRIBE_STRUCT(LastPosition, (), (lat, lng, accuracy, recorded_at, current_delivery_id))

inline const db::Query<LastPosition(UserId)> find_last_position{"delivery.find_last_position", R"(
    select st_y(location::geometry) as lat, st_x(location::geometry) as lng, accuracy, recorded_at, current_delivery_id
      from driver_locations where driver_id = $1
)"};

struct DriversPosition : LastPosition {
    UserId driver_id;
};
BOOST_DESCRIBE_STRUCT(DriversPosition, (LastPosition), (driver_id))

inline const db::Query<DriversPosition(db::Array<UserId>)> find_last_positions{"delivery.find_last_positions", R"(
    select st_y(location::geometry) as lat, st_x(location::geometry) as lng, accuracy, recorded_at, current_delivery_id,
           driver_id
      from driver_locations where driver_id = any($1)
)"};

// Only forward in time: of two reports at once the older finds no row, or is overwritten. Answers who was saved.
inline const db::Query<UserId(std::vector<ReportedPosition>)> save_positions{"delivery.save_positions", R"(
    insert into driver_locations (driver_id, location, accuracy, heading, speed, recorded_at)
    select driver_id, st_setsrid(st_makepoint(lng, lat), 4326)::geography, accuracy, heading, speed, recorded_at
      from jsonb_to_recordset($1::jsonb) as p(driver_id uuid, lat double precision, lng double precision,
                                              accuracy double precision, heading double precision,
                                              speed double precision, recorded_at timestamptz)
    on conflict (tenant_id, driver_id) do update
       set location = excluded.location, accuracy = excluded.accuracy, heading = excluded.heading,
           speed = excluded.speed, recorded_at = excluded.recorded_at, last_updated_at = now()
     where driver_locations.recorded_at is null or driver_locations.recorded_at < excluded.recorded_at
    returning driver_id
)"};

inline const db::Query<void(DeliveryId, Latitude, Longitude, Timestamp, std::int64_t)> insert_delivery_position{
    "delivery.insert_delivery_position", R"(
    insert into delivery_positions (delivery_id, location, recorded_at)
    select $1::uuid, st_setsrid(st_makepoint($3, $2), 4326)::geography, $4::timestamptz
     where not exists (select from delivery_positions
                        where delivery_id = $1::uuid
                          and recorded_at > $4::timestamptz - $5::bigint * interval '1 second')
    on conflict do nothing
)"};

inline const db::Query<void(UserId, bool)> save_availability{"delivery.save_availability", R"(
    insert into driver_locations (driver_id, is_available) values ($1, $2)
    on conflict (tenant_id, driver_id) do update set is_available = excluded.is_available, last_updated_at = now()
)"};

/// Whether a driver wants jobs, and has one.
struct Duty {
    bool available = false;
    std::optional<DeliveryId> current_delivery_id;
};
BOOST_DESCRIBE_STRUCT(Duty, (), (available, current_delivery_id))

inline const db::Query<Duty(UserId)> find_duty{"delivery.find_duty", R"(
    select is_available as available, current_delivery_id from driver_locations where driver_id = $1
)"};

inline const db::Query<void(UserId, DeliveryId)> set_current_delivery{"delivery.set_current_delivery", R"(
    insert into driver_locations (driver_id, current_delivery_id) values ($1, $2)
    on conflict (tenant_id, driver_id) do update set current_delivery_id = excluded.current_delivery_id
)"};

inline const db::Query<void(UserId, DeliveryId)> clear_current_delivery{"delivery.clear_current_delivery", R"(
    update driver_locations set current_delivery_id = null where driver_id = $1 and current_delivery_id = $2
)"};

// Nothing but between pick-up and drop-off, and nothing from before.
inline const db::Query<DriverLocation(DeliveryId)> find_shown_location{"delivery.find_shown_location", R"(
    select st_y(l.location::geometry) as lat, st_x(l.location::geometry) as lng, l.heading, l.speed, l.accuracy,
           l.recorded_at
      from deliveries d
      join driver_locations l on l.tenant_id = d.tenant_id and l.driver_id = d.driver_id
                             and l.current_delivery_id = d.id
     where d.id = $1 and d.status in ('picked_up', 'in_transit', 'at_dropoff') and l.recorded_at >= d.picked_up_at
)"};

// Along the positions of the last minutes, which are thinned.
inline const db::Query<Pace(DeliveryId, std::int64_t)> find_pace{"delivery.find_pace", R"(
    select coalesce(sum(step_m), 0)::double precision as metres,
           coalesce(extract(epoch from max(recorded_at) - min(recorded_at)), 0)::bigint as seconds
      from (select recorded_at, st_distance(location, lag(location) over (order by recorded_at)) as step_m
              from delivery_positions
             where delivery_id = $1 and recorded_at > now() - $2::bigint * interval '1 second') as steps
)"};

}  // namespace liveshop::delivery
