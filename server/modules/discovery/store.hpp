#pragma once
// What is known of a person's taste, and what goes by it.
#include "modules/discovery/types.hpp"
#include "platform/db/query.hpp"

namespace liveshop::discovery {

inline const db::Query<void(UserId, catalog::ProductId)> save_view{"discovery.save_view", R"(
    insert into product_views (user_id, product_id) values ($1, $2)
    on conflict (tenant_id, user_id, product_id)
        do update set view_count = product_views.view_count + 1, viewed_at = now()
)"};

inline const db::Query<void(UserId)> forget_old_views{"discovery.forget_old_views", R"(
    delete from product_views
     where user_id = $1 and viewed_at < (select viewed_at from product_views where user_id = $1
                                          order by viewed_at desc offset 199 limit 1)
)"};

inline const db::Query<void(UserId)> forget_views{"discovery.forget_views", R"(
    delete from product_views where user_id = $1
)"};

inline const db::Query<catalog::StoreId(UserId)> list_followed_stores{"discovery.list_followed_stores", R"(
    select store_id from store_followers where user_id = $1 order by created_at desc limit 500
)"};

struct Ranked {
    catalog::ProductId id;
    Reason reason = Reason::newest;
};
BOOST_DESCRIBE_STRUCT(Ranked, (), (id, reason))

// A person's last 50 orders and 100 views, the 20 stores that they like best with the newest 20 products of each, what
// was in the marketplace's last 500 paid orders, and its newest 60 products: of these the best, at most four of a store
// before the others had their turn.
inline const db::Query<Ranked(std::optional<UserId>, std::optional<catalog::ProductId>, std::int64_t)> rank_products{
    "discovery.rank_products", R"(
    with orders_of as materialized (
        select id, store_id from orders
         where customer_id = $1 and status <> 'cancelled' order by created_at desc limit 50),
    bought as materialized (
        select distinct l.product_id from orders_of o join order_lines l on l.order_id = o.id),
    views as materialized (
        select product_id, view_count from product_views where user_id = $1 order by viewed_at desc limit 100),
    likes as materialized (
        select store_id, sum(weight) as weight, bool_or(kind = 'followed') as followed,
               bool_or(kind = 'bought') as bought
          from (select store_id, 4.0 as weight, 'followed' as kind from store_followers where user_id = $1
                 union all select store_id, 3.0, 'bought' from orders_of
                 union all select p.store_id, 1.0, 'viewed' from views v join products p on p.id = v.product_id) t
         group by store_id order by sum(weight) desc, store_id limit 20),
    sold as materialized (
        select l.product_id, count(distinct o.customer_id) as buyers
          from (select id, customer_id from orders
                 where created_at > now() - interval '30 days' and payment_status in ('authorized', 'captured')
                 order by created_at desc limit 500) o
          join order_lines l on l.order_id = o.id
         group by l.product_id order by buyers desc, l.product_id limit 60),
    candidates as (
        select p.id from likes, lateral (select id from products where store_id = likes.store_id and is_active
                                          order by created_at desc limit 20) p
         union select product_id from views
         union select product_id from sold
         union select id from (select id from products where is_active order by created_at desc, id desc limit 60) n),
    scored as (
        select p.id, p.store_id, p.created_at, v.product_id is not null and b.product_id is null as viewed, k.followed, k.bought,
               k.store_id is not null as liked, s.buyers,
               case when v.product_id is not null and b.product_id is null then 2.0 + least(v.view_count, 5) * 0.2
                    else 0 end
               + coalesce(ln(1 + k.weight) * 1.5, 0) + coalesce(ln(1 + s.buyers), 0)
               + exp(-extract(epoch from now() - p.created_at)::float8 / 2592000)
               - case when b.product_id is not null then 2.5 else 0 end as score
          from candidates c join products p on p.id = c.id
          join stores t on t.id = p.store_id
          left join views v on v.product_id = p.id
          left join bought b on b.product_id = p.id
          left join likes k on k.store_id = p.store_id
          left join sold s on s.product_id = p.id
         where p.is_active and p.removed_at is null and t.is_active and t.verification_status = 'verified'
           and p.id is distinct from $2
           and exists (select from product_variants q where q.product_id = p.id and q.is_active
                                                        and (q.stock_quantity > 0 or q.may_backorder)))
    select id, case when viewed then 'viewed' when followed then 'followed' when bought then 'bought_there'
                    when liked then 'viewed_there' when buyers > 0 then 'popular' else 'newest' end as reason
      from (select *, (row_number() over (partition by store_id order by score desc, created_at desc, id) - 1) / 4 as turn
              from scored) turns
     order by turn, score desc, created_at desc, id limit $3::bigint
)"};

}  // namespace liveshop::discovery
