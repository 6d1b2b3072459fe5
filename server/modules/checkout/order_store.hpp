#pragma once
#include "modules/checkout/types.hpp"
#include "platform/db/query.hpp"

namespace liveshop::checkout {

// Whole orders, the newest first.
inline const db::Query<Order(db::Array<OrderId>)> load_orders{"checkout.load_orders", R"(
    select o.id, o.order_number, o.store_id, o.store_name, o.status, o.payment_status, o.fulfillment_status,
           (select jsonb_agg(jsonb_build_object('product_id', l.product_id, 'variant_id', l.variant_id, 'name', l.name,
                                                'variant_name', l.variant_name, 'image_url', l.image_url,
                                                'quantity', l.quantity, 'price_minor', l.price_minor,
                                                'total_minor', l.total_minor) order by l.line_number)
              from order_lines l where l.tenant_id = o.tenant_id and l.order_id = o.id) as items,
           o.subtotal_minor, o.tax_amount_minor, o.shipping_amount_minor, o.discount_amount_minor,
           o.total_amount_minor, o.tax_mode, o.currency, o.shipping_address, o.notes,
           (select coalesce(jsonb_agg(jsonb_build_object('status', t.status, 'note', t.note, 'actor_type', t.actor_type,
                                                         'created_at', t.created_at) order by t.created_at), '[]')
              from order_timeline t where t.tenant_id = o.tenant_id and t.order_id = o.id) as timeline,
           o.delivery_id, o.stream_id, o.hold_expires_at, o.created_at
      from orders o where o.id = any($1) order by o.created_at desc, o.id desc
)"};

/// What decisions about an order are made from.
struct OrderState {
    OrderId id;
    UserId customer_id;
    StoreId store_id;
    std::optional<StreamId> stream_id;
    OrderStatus status = OrderStatus::pending;
    OrderPaymentStatus payment_status = OrderPaymentStatus::pending;
    Amount subtotal_minor, tax_amount_minor, shipping_amount_minor, discount_amount_minor, total_amount_minor;
    Amount commission_minor;
    TaxMode tax_mode = TaxMode::exclusive;
    std::string currency;
    bool hold_expired = false;
};
BOOST_DESCRIBE_STRUCT(OrderState, (),
                      (id, customer_id, store_id, stream_id, status, payment_status, subtotal_minor, tax_amount_minor,
                       shipping_amount_minor, discount_amount_minor, total_amount_minor, commission_minor, tax_mode,
                       currency, hold_expired))

inline const db::Query<OrderState(OrderId)> find_order{"checkout.find_order", R"(
    select id, customer_id, store_id, stream_id, status, payment_status, subtotal_minor, tax_amount_minor,
           shipping_amount_minor, discount_amount_minor, total_amount_minor, commission_minor, tax_mode, currency,
           coalesce(hold_expires_at <= now(), false) as hold_expired
      from orders where id = $1
)"};

// Whoever decides about orders or their payments holds these locks, taken in order of id. What is read beside the
// orders themselves is read afterwards: this statement sees other rows as they were before it waited.
inline const db::Query<OrderState(db::Array<OrderId>)> lock_orders{"checkout.lock_orders", R"(
    select id, customer_id, store_id, stream_id, status, payment_status, subtotal_minor, tax_amount_minor,
           shipping_amount_minor, discount_amount_minor, total_amount_minor, commission_minor, tax_mode, currency,
           coalesce(hold_expires_at <= now(), false) as hold_expired
      from orders where id = any($1) order by id for update
)"};

/// What an order is written from.
struct NewOrder {
    UserId customer_id;
    StoreId store_id;
    std::string store_name;
    std::optional<StreamId> stream_id;
    Amount subtotal_minor, tax_amount_minor, shipping_amount_minor, discount_amount_minor, total_amount_minor;
    Amount commission_minor;
    TaxMode tax_mode = TaxMode::exclusive;
    std::string currency;
    Address shipping_address;
    std::optional<std::string> notes;
    std::int64_t hold_s = 0;
};
BOOST_DESCRIBE_STRUCT(NewOrder, (),
                      (customer_id, store_id, store_name, stream_id, subtotal_minor, tax_amount_minor,
                       shipping_amount_minor, discount_amount_minor, total_amount_minor, commission_minor, tax_mode,
                       currency, shipping_address, notes, hold_s))

// With the first line of its timeline.
inline const db::Query<OrderId(NewOrder)> insert_order{"checkout.insert_order", R"(
    with placed as (
        insert into orders (customer_id, store_id, store_name, stream_id, subtotal_minor, tax_amount_minor,
                            shipping_amount_minor, discount_amount_minor, total_amount_minor, commission_minor,
                            tax_mode, currency, shipping_address, notes, hold_expires_at)
        select n.customer_id, n.store_id, n.store_name, n.stream_id, n.subtotal_minor, n.tax_amount_minor,
               n.shipping_amount_minor, n.discount_amount_minor, n.total_amount_minor, n.commission_minor, n.tax_mode,
               n.currency, n.shipping_address, n.notes, now() + n.hold_s * interval '1 second'
          from jsonb_to_record($1::jsonb) as n(customer_id uuid, store_id uuid, store_name text, stream_id uuid,
                                               subtotal_minor bigint, tax_amount_minor bigint,
                                               shipping_amount_minor bigint, discount_amount_minor bigint,
                                               total_amount_minor bigint, commission_minor bigint, tax_mode text,
                                               currency text, shipping_address jsonb, notes text, hold_s bigint)
        returning id, customer_id, status
    ), told as (
        insert into order_timeline (order_id, status, actor_id, actor_type)
        select id, status, customer_id, 'customer' from placed
    )
    select id from placed
)"};

/// A line as it is frozen.
struct NewLine {
    ProductId product_id;
    VariantId variant_id;
    std::string name;
    std::string variant_name;
    std::optional<std::string> image_url;
    std::int64_t quantity = 0;
    Amount price_minor, total_minor, tax_minor;
    std::int64_t tax_rate_bp = 0;
    Amount commission_minor;
    std::int64_t commission_rate_bp = 0;
};
BOOST_DESCRIBE_STRUCT(NewLine, (),
                      (product_id, variant_id, name, variant_name, image_url, quantity, price_minor, total_minor,
                       tax_minor, tax_rate_bp, commission_minor, commission_rate_bp))

inline const db::Query<void(OrderId, std::vector<NewLine>)> insert_lines{"checkout.insert_lines", R"(
    insert into order_lines (order_id, line_number, product_id, variant_id, name, variant_name, image_url, quantity,
                             price_minor, total_minor, tax_minor, tax_rate_bp, commission_minor, commission_rate_bp)
    select $1, l.line_number, l.product_id, l.variant_id, l.name, l.variant_name, l.image_url, l.quantity,
           l.price_minor, l.total_minor, l.tax_minor, l.tax_rate_bp, l.commission_minor, l.commission_rate_bp
      from rows from (jsonb_to_recordset($2::jsonb)
                      as (product_id uuid, variant_id uuid, name text, variant_name text, image_url text, quantity int,
                          price_minor bigint, total_minor bigint, tax_minor bigint, tax_rate_bp int,
                          commission_minor bigint, commission_rate_bp int))
           with ordinality as l(product_id, variant_id, name, variant_name, image_url, quantity, price_minor,
                                total_minor, tax_minor, tax_rate_bp, commission_minor, commission_rate_bp, line_number)
)"};

struct StockLine {
    VariantId variant_id;
    std::int64_t quantity = 0;
};
BOOST_DESCRIBE_STRUCT(StockLine, (), (variant_id, quantity))

inline const db::Query<StockLine(OrderId)> list_stock_lines{"checkout.list_stock_lines", R"(
    select variant_id, quantity from order_lines where order_id = $1 order by variant_id
)"};

struct SoldLine {
    ProductId product_id;
    std::string name;
    std::int64_t quantity = 0;
};
BOOST_DESCRIBE_STRUCT(SoldLine, (), (product_id, name, quantity))

inline const db::Query<SoldLine(OrderId)> list_sold_lines{"checkout.list_sold_lines", R"(
    select product_id, name, quantity from order_lines where order_id = $1 order by line_number
)"};

inline const db::Query<void(OrderId, OrderStatus, std::optional<std::string>, std::optional<UserId>, ActorType)>
    insert_timeline{"checkout.insert_timeline", R"(
    insert into order_timeline (order_id, status, note, actor_id, actor_type) values ($1, $2, $3, $4, $5)
)"};

// Both moves are conditional on the status they start from: of two at once, one finds no row.
inline const db::Query<void(OrderId, OrderStatus, OrderStatus)> move_order{"checkout.move_order", R"(
    update orders set status = $3, updated_at = now(),
                      fulfillment_status = case when $3 = 'delivered' then 'fulfilled' else fulfillment_status end,
                      hold_expires_at = case when $3 = 'cancelled' then null else hold_expires_at end
     where id = $1 and status = $2
)"};

inline const db::Query<void(OrderId, OrderPaymentStatus, OrderPaymentStatus)> move_order_payment{
    "checkout.move_order_payment", R"(
    update orders set payment_status = $3, updated_at = now(),
                      hold_expires_at = case when $3 in ('pending', 'failed') then hold_expires_at end
     where id = $1 and payment_status = $2
)"};

inline const db::Query<void(OrderId, DeliveryId)> set_delivery{"checkout.set_delivery", R"(
    update orders set delivery_id = $2, updated_at = now() where id = $1
)"};

inline const db::Query<OrderId(std::int64_t)> list_expired_holds{"checkout.list_expired_holds", R"(
    select id from orders where hold_expires_at <= now() order by hold_expires_at limit $1
)"};

}  // namespace liveshop::checkout
