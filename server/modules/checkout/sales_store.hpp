#pragma once
#include "modules/checkout/api.hpp"
#include "platform/db/query.hpp"

namespace liveshop::checkout {

inline const db::Query<DaySales(StoreId, Timestamp, Timestamp, std::string)> day_sales{"checkout.day_sales", R"(
    select to_char(o.created_at at time zone $4, 'YYYY-MM-DD') as day,
           count(*) as orders_count,
           sum(o.total_amount_minor - o.shipping_amount_minor)::bigint as revenue_minor,
           coalesce(sum(back.amount_minor), 0)::bigint as refunded_minor
      from orders o
      left join lateral (select sum(r.amount_minor)::bigint as amount_minor from order_refunds r
                          where r.order_id = o.id and r.status = 'succeeded') back on true
     where o.store_id = $1 and o.created_at >= $2 and o.created_at < $3
       and o.payment_status in ('authorized', 'captured', 'refunded') and o.status <> 'cancelled'
     group by 1 order by 1
)"};

inline const db::Query<ProductSales(StoreId, Timestamp, Timestamp, std::int64_t)> product_sales{
    "checkout.product_sales", R"(
    select l.product_id,
           max(l.name) as name,
           sum(l.quantity - l.refunded_quantity)::bigint as quantity,
           sum((l.quantity - l.refunded_quantity) * l.price_minor)::bigint as revenue_minor
      from orders o
      join order_lines l on l.order_id = o.id
     where o.store_id = $1 and o.created_at >= $2 and o.created_at < $3
       and o.payment_status in ('authorized', 'captured', 'refunded') and o.status <> 'cancelled'
     group by l.product_id
    having sum(l.quantity - l.refunded_quantity) > 0
     order by revenue_minor desc, l.product_id limit $4
)"};

inline const db::Query<StreamSales(db::Array<live::StreamId>)> stream_sales{"checkout.stream_sales", R"(
    select s.stream_id, count(*) as orders_count, count(distinct o.customer_id) as buyers_count,
           sum(o.total_amount_minor - o.shipping_amount_minor)::bigint as revenue_minor
      from (select distinct unnest($1::uuid[]) as stream_id) s
      join orders o on o.stream_id = s.stream_id
     where o.payment_status in ('authorized', 'captured', 'refunded') and o.status <> 'cancelled'
     group by s.stream_id
)"};

}  // namespace liveshop::checkout
