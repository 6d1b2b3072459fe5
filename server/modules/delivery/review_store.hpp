#pragma once
#include "modules/delivery/after_requests.hpp"
#include "platform/db/query.hpp"

namespace liveshop::delivery {

// Once: whoever comes second finds no row.
inline const db::Query<DeliveryRating(RateDelivery, std::string)> insert_rating{"delivery.insert_rating", R"(
    update deliveries d
       set rating = r.rating, review = r.review, store_rating = r.store_rating, store_review = r.store_review,
           reviewer_name = $2, rated_at = now(), updated_at = now()
      from jsonb_to_record($1::jsonb) as r(delivery_id uuid, rating int, review text, store_rating int,
                                           store_review text)
     where d.id = r.delivery_id and d.status = 'delivered' and d.rated_at is null
    returning d.id as delivery_id, d.rating::bigint as rating, d.review, d.store_rating::bigint as store_rating,
              d.store_review, coalesce(d.rated_at, now()) as rated_at
)"};

inline const db::Query<StoreReview(catalog::StoreId)> list_reviews{"delivery.list_reviews", R"(
    select store_rating::bigint as rating, store_review as review, coalesce(reviewer_name, '') as reviewer_name,
           coalesce(rated_at, created_at) as created_at
      from deliveries where store_id = $1 and store_rating is not null
     order by rated_at desc limit 100
)"};

}  // namespace liveshop::delivery
