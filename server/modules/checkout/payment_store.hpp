#pragma once
#include "modules/checkout/types.hpp"
#include "platform/db/query.hpp"

namespace liveshop::checkout {

struct PaymentAttempt {
    AttemptId id;
    UserId customer_id;
    std::string payment_method_id;
    bool is_overdue = false;  ///< the provider has owed an answer for half an hour
};
BOOST_DESCRIBE_STRUCT(PaymentAttempt, (), (id, customer_id, payment_method_id, is_overdue))

struct PaymentRow {
    PaymentId id;
    OrderId order_id;
    AttemptId attempt_id;
    std::optional<std::string> stripe_payment_intent_id;
    Amount amount_minor;
    std::string currency;
    PaymentStatus status = PaymentStatus::requires_confirmation;
    std::optional<std::string> next_action_url;
    std::optional<std::string> decline_code;
    std::optional<std::string> failure_message;
};
BOOST_DESCRIBE_STRUCT(PaymentRow, (),
                      (id, order_id, attempt_id, stripe_payment_intent_id, amount_minor, currency, status,
                       next_action_url, decline_code, failure_message))

inline const db::Query<AttemptId(UserId, std::string)> insert_attempt{"checkout.insert_attempt", R"(
    insert into payment_attempts (customer_id, payment_method_id) values ($1, $2) returning id
)"};

inline const db::Query<PaymentAttempt(AttemptId)> find_attempt{"checkout.find_attempt", R"(
    select id, customer_id, payment_method_id, created_at < now() - interval '30 minutes' as is_overdue
      from payment_attempts where id = $1
)"};

inline const db::Query<void(AttemptId, OrderId)> insert_payment{"checkout.insert_payment", R"(
    insert into payments (order_id, attempt_id, amount_minor, currency)
    select id, $1, total_amount_minor, currency from orders where id = $2
)"};

inline const db::Query<PaymentRow(AttemptId)> list_payments_of_attempt{"checkout.list_payments_of_attempt", R"(
    select id, order_id, attempt_id, stripe_payment_intent_id, amount_minor, currency, status, next_action_url,
           decline_code, failure_message
      from payments where attempt_id = $1 order by order_id
)"};

// At most one an order.
inline const db::Query<PaymentRow(db::Array<OrderId>)> list_open_payments{"checkout.list_open_payments", R"(
    select id, order_id, attempt_id, stripe_payment_intent_id, amount_minor, currency, status, next_action_url,
           decline_code, failure_message
      from payments
     where order_id = any($1) and status in ('requires_confirmation', 'processing', 'requires_action',
                                             'requires_capture', 'succeeded')
     order by order_id
)"};

// The newest of each order.
inline const db::Query<PaymentRow(db::Array<OrderId>)> list_last_payments{"checkout.list_last_payments", R"(
    select distinct on (order_id) id, order_id, attempt_id, stripe_payment_intent_id, amount_minor, currency, status,
           next_action_url, decline_code, failure_message
      from payments
     where order_id = any($1)
     order by order_id, created_at desc, id
)"};

inline const db::Query<PaymentRow(PaymentId)> find_payment{"checkout.find_payment", R"(
    select id, order_id, attempt_id, stripe_payment_intent_id, amount_minor, currency, status, next_action_url,
           decline_code, failure_message
      from payments where id = $1
)"};

inline const db::Query<void(PaymentId, PaymentStatus, PaymentStatus)> move_payment{"checkout.move_payment", R"(
    update payments set status = $3, updated_at = now() where id = $1 and status = $2
)"};

/// The provider's answer, as it is kept.
struct PaymentAnswer {
    std::optional<std::string> stripe_payment_intent_id;
    std::optional<std::string> stripe_charge_id;
    std::optional<std::string> next_action_url;
    std::optional<std::string> decline_code;
    std::optional<std::string> failure_message;
    std::optional<Timestamp> capture_before;
};
BOOST_DESCRIBE_STRUCT(PaymentAnswer, (),
                      (stripe_payment_intent_id, stripe_charge_id, next_action_url, decline_code, failure_message,
                       capture_before))

// Forward only: an answer that comes second, or late, changes nothing.
inline const db::Query<void(PaymentId, PaymentStatus, PaymentStatus, PaymentAnswer)> record_answer{
    "checkout.record_answer", R"(
    update payments p
       set status = $3, updated_at = now(), next_action_url = a.next_action_url, decline_code = a.decline_code,
           failure_message = a.failure_message,
           stripe_payment_intent_id = coalesce(a.stripe_payment_intent_id, p.stripe_payment_intent_id),
           stripe_charge_id = coalesce(a.stripe_charge_id, p.stripe_charge_id),
           capture_before = coalesce(a.capture_before, p.capture_before)
      from jsonb_to_record($4::jsonb) as a(stripe_payment_intent_id text, stripe_charge_id text, next_action_url text,
                                           decline_code text, failure_message text, capture_before timestamptz)
     where p.id = $1 and p.status = $2
)"};

inline const db::Query<void(PaymentId)> mark_voided{"checkout.mark_voided", R"(
    update payments set voided_at = now(), updated_at = now() where id = $1 and voided_at is null
)"};

}  // namespace liveshop::checkout
