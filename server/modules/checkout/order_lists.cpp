// Orders in pages, the newest first.
#include <algorithm>

#include "modules/catalog/api.hpp"
#include "modules/checkout/handlers.hpp"
#include "modules/checkout/order_store.hpp"

namespace liveshop::checkout {
namespace {

/// Where an order stands in a list.
struct OrderPlace {
    Timestamp created_at;
    OrderId id;
};
BOOST_DESCRIBE_STRUCT(OrderPlace, (), (created_at, id))

/// What the orders of a list have in common, and where a page begins.
struct OrderFilter {
    std::optional<UserId> customer_id = {};
    std::optional<StoreId> store_id = {};
    std::optional<OrderStatus> status = {};
    std::optional<OrderPaymentStatus> payment_status = {};
    std::optional<std::string> order_number = {};
    std::optional<Timestamp> before_at = {};
    std::optional<OrderId> before_id = {};
    std::int64_t limit = orders_a_page;
};
BOOST_DESCRIBE_STRUCT(OrderFilter, (),
                      (customer_id, store_id, status, payment_status, order_number, before_at, before_id, limit))

// A person's and a store's lists read an index of their own; so does what is left to administrators.
inline const db::Query<OrderPlace(UserId, std::optional<OrderStatus>, std::optional<Timestamp>, std::optional<OrderId>,
                                  std::int64_t)>
    list_orders_of_customer{"checkout.list_orders_of_customer", R"(
    select created_at, id from orders
     where customer_id = $1 and ($2::text is null or status = $2)
       and ($3::timestamptz is null or (created_at, id) < ($3, $4::uuid))
     order by created_at desc, id desc limit $5
)"};
inline const db::Query<OrderPlace(StoreId, std::optional<OrderStatus>, std::optional<Timestamp>, std::optional<OrderId>,
                                  std::int64_t)>
    list_orders_of_store{"checkout.list_orders_of_store", R"(
    select created_at, id from orders
     where store_id = $1 and ($2::text is null or status = $2)
       and ($3::timestamptz is null or (created_at, id) < ($3, $4::uuid))
     order by created_at desc, id desc limit $5
)"};
inline const db::Query<OrderPlace(OrderFilter)> list_orders{"checkout.list_orders", R"(
    select o.created_at, o.id
      from orders o,
           jsonb_to_record($1::jsonb) as f(customer_id uuid, store_id uuid, status text, payment_status text,
                                           order_number text, before_at timestamptz, before_id uuid, "limit" bigint)
     where (f.customer_id is null or o.customer_id = f.customer_id)
       and (f.store_id is null or o.store_id = f.store_id)
       and (f.status is null or o.status = f.status)
       and (f.payment_status is null or o.payment_status = f.payment_status)
       and (f.order_number is null or o.order_number = f.order_number)
       and (f.before_at is null or (o.created_at, o.id) < (f.before_at, f.before_id))
     order by o.created_at desc, o.id desc limit (select (($1::jsonb)->>'limit')::bigint)
)"};

struct Page {
    std::int64_t limit = orders_a_page;
    std::optional<Timestamp> before_at = {};
    std::optional<OrderId> before_id = {};
};

Page page_of(const std::optional<Cursor>& cursor, const std::optional<OrdersPageSize>& limit) {
    Page page;
    if (limit) page.limit = limit->value;
    const std::optional<OrderPlace> place = read_cursor<OrderPlace>(cursor);
    if (!place) return page;
    page.before_at = place->created_at;
    page.before_id = place->id;
    return page;
}

// One place more than fits was asked for: it says whether there is another page.
awaitable<OrderList> load(Ctx& ctx, std::vector<OrderPlace> places, std::int64_t limit) {
    OrderList list;
    if (std::ssize(places) > limit) {
        places.pop_back();
        list.next_cursor = write_cursor(places.back());
    }
    db::Array<OrderId> order_ids;
    for (const OrderPlace& place : places) order_ids.items.push_back(place.id);
    if (!order_ids.items.empty()) list.orders = co_await ctx.tx.all(load_orders, order_ids);
    co_return list;
}

std::string in_capitals(std::string text) {
    std::ranges::transform(text, text.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return text;
}

}  // namespace

awaitable<OrderList> list_my_orders(Ctx& ctx, MyOrdersQuery in) {
    const Page page = page_of(in.cursor, in.limit);
    std::vector<OrderPlace> places = co_await ctx.tx.all(list_orders_of_customer, ctx.user(), in.status, page.before_at,
                                                         page.before_id, page.limit + 1);
    OrderList list = co_await load(ctx, std::move(places), page.limit);
    co_return list;
}

awaitable<OrderList> list_store_orders(Ctx& ctx, StoreOrdersQuery in) {
    const Page page = page_of(in.cursor, in.limit);
    co_await catalog::get_own_store(ctx, in.store_id);
    std::vector<OrderPlace> places = co_await ctx.tx.all(list_orders_of_store, in.store_id, in.status, page.before_at,
                                                         page.before_id, page.limit + 1);
    OrderList list = co_await load(ctx, std::move(places), page.limit);
    co_return list;
}

awaitable<OrderList> list_all_orders(Ctx& ctx, AllOrdersQuery in) {
    const Page page = page_of(in.cursor, in.limit);
    OrderFilter filter{.customer_id = in.customer_id,
                       .store_id = in.store_id,
                       .status = in.status,
                       .payment_status = in.payment_status,
                       .before_at = page.before_at,
                       .before_id = page.before_id,
                       .limit = page.limit + 1};
    if (in.order_number) filter.order_number = in_capitals(in.order_number->value);
    std::vector<OrderPlace> places = co_await ctx.tx.all(list_orders, filter);
    OrderList list = co_await load(ctx, std::move(places), page.limit);
    co_return list;
}

}  // namespace liveshop::checkout
