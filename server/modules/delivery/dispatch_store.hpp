#pragma once
#include "modules/delivery/dispatch_requests.hpp"
#include "platform/db/query.hpp"

namespace liveshop::delivery {

struct Candidate {
    UserId driver_id;
    double distance_m = 0;
};
BOOST_DESCRIBE_STRUCT(Candidate, (), (driver_id, distance_m))

// The nearest first. Without a delivery: whoever could take any.
inline const db::Query<Candidate(double, double, int, int, std::optional<DeliveryId>, int)> list_candidates{
    "delivery.list_candidates", R"(
    select near.driver_id, near.distance_m
      from available_drivers_near($1, $2, $3, $4, $5, $6) with ordinality as near(driver_id, distance_m, place)
     order by near.place
)"};

/// An offer as it is decided about.
struct OfferRow {
    OfferId id;
    DeliveryId delivery_id;
    UserId driver_id;
    OfferStatus status = OfferStatus::open;
    double distance_m = 0;
    Timestamp expires_at;
    std::int64_t expires_in_s = 0;
};
BOOST_DESCRIBE_STRUCT(OfferRow, (), (id, delivery_id, driver_id, status, distance_m, expires_at, expires_in_s))

// Nothing where the driver has been asked or taken meanwhile. A driver's row that is locked belongs to one who is just
// taking something: it is skipped rather than waited for, so that nobody waits in a circle.
inline const db::Query<OfferId(DeliveryId, UserId, int, double, std::int64_t)> insert_offer{"delivery.insert_offer",
                                                                                            R"(
    insert into delivery_offers (delivery_id, driver_id, ring, distance_m, expires_at)
    select $1::uuid, l.driver_id, $3::int, $4::double precision, now() + $5::bigint * interval '1 second'
      from driver_locations l
     where l.driver_id = $2 and l.is_available and l.current_delivery_id is null
       for update skip locked
    on conflict do nothing
    returning id
)"};

inline const db::Query<OfferRow(OfferId)> find_offer{"delivery.find_offer", R"(
    select id, delivery_id, driver_id, status, distance_m, expires_at,
           greatest(0, ceil(extract(epoch from expires_at - now())))::bigint as expires_in_s
      from delivery_offers where id = $1
)"};

inline const db::Query<OfferRow(DeliveryId)> find_open_offer{"delivery.find_open_offer", R"(
    select id, delivery_id, driver_id, status, distance_m, expires_at,
           greatest(0, ceil(extract(epoch from expires_at - now())))::bigint as expires_in_s
      from delivery_offers where delivery_id = $1 and status = 'open'
)"};

inline const db::Query<OfferRow(UserId)> list_open_offers{"delivery.list_open_offers", R"(
    select id, delivery_id, driver_id, status, distance_m, expires_at,
           greatest(0, ceil(extract(epoch from expires_at - now())))::bigint as expires_in_s
      from delivery_offers where driver_id = $1 and status = 'open' and expires_at > now()
)"};

// Each answer is one conditional update: of two at once, one finds no row.
inline const db::Query<void(OfferId, UserId)> accept_open_offer{"delivery.accept_open_offer", R"(
    update delivery_offers set status = 'accepted', answered_at = now()
     where id = $1 and driver_id = $2 and status = 'open' and expires_at > now()
)"};
inline const db::Query<void(OfferId, UserId)> decline_open_offer{"delivery.decline_open_offer", R"(
    update delivery_offers set status = 'declined', answered_at = now()
     where id = $1 and driver_id = $2 and status = 'open'
)"};
inline const db::Query<void(OfferId)> expire_open_offer{"delivery.expire_open_offer", R"(
    update delivery_offers set status = 'expired', answered_at = now()
     where id = $1 and status = 'open' and expires_at <= now()
)"};

// Answers who was being asked.
inline const db::Query<OfferRow(DeliveryId)> withdraw_offers_of_delivery{"delivery.withdraw_offers_of_delivery", R"(
    update delivery_offers set status = 'withdrawn', answered_at = now() where delivery_id = $1 and status = 'open'
    returning id, delivery_id, driver_id, status, distance_m, expires_at, 0::bigint as expires_in_s
)"};
// Answers what has to be offered to somebody else.
inline const db::Query<DeliveryId(UserId)> withdraw_offers_of_driver{"delivery.withdraw_offers_of_driver", R"(
    update delivery_offers set status = 'withdrawn', answered_at = now() where driver_id = $1 and status = 'open'
    returning delivery_id
)"};

// Whoever took a job, however it came about, was asked for it; and whoever gave it back is not asked again.
inline const db::Query<void(DeliveryId, UserId, OfferStatus)> note_answer{"delivery.note_answer", R"(
    insert into delivery_offers (delivery_id, driver_id, status, ring, distance_m, expires_at, answered_at)
    values ($1, $2, $3, 0, 0, now(), now())
    on conflict (tenant_id, delivery_id, driver_id) do update set status = excluded.status, answered_at = now()
)"};

inline const db::Query<OfferStatus(DeliveryId, UserId)> find_answer{"delivery.find_answer", R"(
    select status from delivery_offers where delivery_id = $1 and driver_id = $2
)"};

inline const db::Query<OfferId()> list_overdue_offers{"delivery.list_overdue_offers", R"(
    select id from delivery_offers where status = 'open' and expires_at <= now() order by expires_at limit 100
)"};

// Nobody is being asked for these, and nobody has them.
inline const db::Query<DeliveryId()> list_waiting_deliveries{"delivery.list_waiting_deliveries", R"(
    select d.id from deliveries d
     where d.status = 'pending'
       and not exists (select from delivery_offers o where o.delivery_id = d.id and o.status = 'open')
     order by d.created_at limit 100
)"};

struct DriverRating {
    std::optional<double> rating;
    std::int64_t rating_count = 0;
};
BOOST_DESCRIBE_STRUCT(DriverRating, (), (rating, rating_count))

inline const db::Query<DriverRating(UserId)> find_driver_rating{"delivery.find_driver_rating", R"(
    select round(avg(rating), 1)::double precision as rating, count(rating) as rating_count
      from deliveries where driver_id = $1 and rating is not null
)"};

inline const db::Query<Timestamp(UserId)> find_last_seen{"delivery.find_last_seen", R"(
    select last_updated_at from driver_locations where driver_id = $1
)"};

inline const db::Query<DeliverySettings(std::optional<StoreId>)> find_delivery_settings{
    "delivery.find_delivery_settings", R"(
    select coalesce(s.is_automatic, t.is_automatic, true) as is_automatic,
           coalesce(s.offer_ttl_s, t.offer_ttl_s, 30)::bigint as offer_ttl_s,
           coalesce(s.search_radius_m, t.search_radius_m, 12000)::bigint as search_radius_m,
           coalesce(s.needs_photo, t.needs_photo, false) as needs_photo,
           coalesce(s.needs_signature, t.needs_signature, false) as needs_signature,
           coalesce(s.needs_code, t.needs_code, false) as needs_code
      from (select 1) as one
      left join delivery_settings t on t.store_id is null
      left join delivery_settings s on s.store_id = $1::uuid
)"};

// Members left out of the change are null and leave the column alone.
inline const db::Query<void(std::optional<StoreId>, DeliverySettingsChange)> save_delivery_settings{
    "delivery.save_delivery_settings", R"(
    insert into delivery_settings as d (store_id, is_automatic, offer_ttl_s, search_radius_m, needs_photo,
                                        needs_signature, needs_code)
    select $1::uuid, c.is_automatic, c.offer_ttl_s, c.search_radius_m, c.needs_photo, c.needs_signature, c.needs_code
      from jsonb_to_record($2::jsonb) as c(is_automatic boolean, offer_ttl_s int, search_radius_m int,
                                           needs_photo boolean, needs_signature boolean, needs_code boolean)
    on conflict (tenant_id, store_id) do update
       set is_automatic = coalesce(excluded.is_automatic, d.is_automatic),
           offer_ttl_s = coalesce(excluded.offer_ttl_s, d.offer_ttl_s),
           search_radius_m = coalesce(excluded.search_radius_m, d.search_radius_m),
           needs_photo = coalesce(excluded.needs_photo, d.needs_photo),
           needs_signature = coalesce(excluded.needs_signature, d.needs_signature),
           needs_code = coalesce(excluded.needs_code, d.needs_code), updated_at = now()
)"};

}  // namespace liveshop::delivery
