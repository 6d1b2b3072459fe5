#pragma once
#include "modules/checkout/refund_rules.hpp"
#include "modules/checkout/refunds.hpp"
#include "platform/db/query.hpp"

namespace liveshop::checkout {

/// What a refund is written from.
struct NewRefund {
    OrderId order_id;
    RefundSource source = RefundSource::store;
    Amount amount_minor, commission_minor;
    std::string currency;
    RefundReason reason = RefundReason::requested_by_customer;
    std::optional<std::string> note;
    std::optional<UserId> actor_id;
    std::vector<RefundedItem> items;
};
BOOST_DESCRIBE_STRUCT(NewRefund, (),
                      (order_id, source, amount_minor, commission_minor, currency, reason, note, actor_id, items))

// Nothing where the order has no captured payment.
inline const db::Query<RefundId(NewRefund)> insert_refund{"checkout.insert_refund", R"(
    insert into order_refunds (order_id, payment_id, source, amount_minor, commission_minor, currency, reason, note,
                               actor_id, items)
    select n.order_id, p.id, n.source, n.amount_minor, n.commission_minor, n.currency, n.reason, n.note, n.actor_id,
           n.items
      from jsonb_to_record($1::jsonb) as n(order_id uuid, source text, amount_minor bigint, commission_minor bigint,
                                           currency text, reason text, note text, actor_id uuid, items jsonb)
      join payments p on p.order_id = n.order_id and p.status = 'succeeded'
    returning id
)"};

inline const db::Query<Refund(OrderId)> list_refunds{"checkout.list_refunds", R"(
    select id, order_id, amount_minor, commission_minor, currency, reason, note, status, failure_message, created_at,
           settled_at
      from order_refunds where order_id = $1 order by created_at desc, id limit 200
)"};

inline const db::Query<Refund(RefundId)> find_refund{"checkout.find_refund", R"(
    select id, order_id, amount_minor, commission_minor, currency, reason, note, status, failure_message, created_at,
           settled_at
      from order_refunds where id = $1
)"};

// A failed one is as if it had never been asked for.
inline const db::Query<RefundedSoFar(OrderId)> sum_refunds{"checkout.sum_refunds", R"(
    select coalesce(sum(amount_minor), 0)::bigint as amount_minor,
           coalesce(sum(commission_minor), 0)::bigint as commission_minor
      from order_refunds where order_id = $1 and status <> 'failed'
)"};
inline const db::Query<std::int64_t(OrderId)> sum_settled_refunds{"checkout.sum_settled_refunds", R"(
    select coalesce(sum(amount_minor), 0)::bigint from order_refunds where order_id = $1 and status = 'succeeded'
)"};

/// What the job works from.
struct RefundToSettle {
    RefundId id;
    OrderId order_id;
    PaymentId payment_id;
    RefundSource source = RefundSource::store;
    Amount amount_minor, commission_minor;
    std::string currency;
    RefundStatus status = RefundStatus::pending;
    std::optional<std::string> stripe_payment_intent_id;
    std::optional<std::string> stripe_refund_id;
    std::vector<RefundedItem> items;
};
BOOST_DESCRIBE_STRUCT(RefundToSettle, (),
                      (id, order_id, payment_id, source, amount_minor, commission_minor, currency, status,
                       stripe_payment_intent_id, stripe_refund_id, items))

inline const db::Query<RefundToSettle(RefundId)> find_refund_to_settle{"checkout.find_refund_to_settle", R"(
    select r.id, r.order_id, r.payment_id, r.source, r.amount_minor, r.commission_minor, r.currency, r.status,
           p.stripe_payment_intent_id, r.stripe_refund_id, r.items
      from order_refunds r join payments p on p.tenant_id = r.tenant_id and p.id = r.payment_id
     where r.id = $1
)"};

inline const db::Query<void(RefundId, std::string)> note_provider_refund{"checkout.note_provider_refund", R"(
    update order_refunds set stripe_refund_id = $2 where id = $1 and stripe_refund_id is null
)"};

// Once: whoever comes second finds no row.
inline const db::Query<void(RefundId, RefundStatus, std::optional<std::string>)> finish_refund{"checkout.finish_refund",
                                                                                               R"(
    update order_refunds set status = $2, failure_message = $3, settled_at = now() where id = $1 and status = 'pending'
)"};

inline const db::Query<RefundedLine(OrderId)> list_refunded_lines{"checkout.list_refunded_lines", R"(
    select variant_id, quantity::bigint as quantity, refunded_quantity::bigint as refunded_quantity, total_minor,
           tax_minor, commission_minor
      from order_lines where order_id = $1 order by variant_id
)"};

inline const db::Query<void(OrderId, VariantId, std::int64_t)> add_refunded_quantity{"checkout.add_refunded_quantity",
                                                                                     R"(
    update order_lines set refunded_quantity = refunded_quantity + $3::bigint where order_id = $1 and variant_id = $2
)"};

}  // namespace liveshop::checkout
