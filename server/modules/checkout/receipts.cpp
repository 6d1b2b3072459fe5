#include "modules/checkout/receipts.hpp"

#include "modules/checkout/admission.hpp"
#include "modules/checkout/handlers.hpp"
#include "modules/checkout/rules.hpp"

namespace liveshop::checkout {
namespace {

inline const db::Query<Receipt(OrderId)> load_receipt{"checkout.load_receipt", R"(
    select o.id as order_id, o.order_number, o.store_id, o.store_name, o.status, o.payment_status, o.created_at,
           o.currency, o.shipping_address, o.tax_mode,
           (select jsonb_agg(jsonb_build_object('name', l.name, 'variant_name', l.variant_name, 'quantity', l.quantity,
                                                'refunded_quantity', l.refunded_quantity,
                                                'price_minor', l.price_minor, 'total_minor', l.total_minor,
                                                'tax_rate_bp', l.tax_rate_bp, 'tax_minor', l.tax_minor)
                             order by l.line_number)
              from order_lines l where l.tenant_id = o.tenant_id and l.order_id = o.id) as lines,
           o.subtotal_minor, o.tax_amount_minor, o.shipping_amount_minor, o.discount_amount_minor,
           o.total_amount_minor, paid.payments, paid.authorized_minor, paid.paid_minor, back.refunds,
           back.refunded_minor, paid.paid_minor - back.refunded_minor as net_minor, o.commission_minor
      from orders o,
           lateral (select coalesce(jsonb_agg(jsonb_build_object('amount_minor', p.amount_minor, 'status', p.status,
                                                                 'brand', m.brand, 'last4', m.last4,
                                                                 'created_at', p.created_at) order by p.created_at),
                                    '[]') as payments,
                           coalesce(sum(p.amount_minor) filter (where p.status = 'requires_capture'), 0)::bigint
                               as authorized_minor,
                           coalesce(sum(p.amount_minor) filter (where p.status in ('succeeded', 'refunded')), 0)::bigint
                               as paid_minor
                      from payments p
                      join payment_attempts a on a.tenant_id = p.tenant_id and a.id = p.attempt_id
                      left join payment_methods m on m.tenant_id = a.tenant_id and m.user_id = a.customer_id
                                                 and m.stripe_payment_method_id = a.payment_method_id
                     where p.tenant_id = o.tenant_id and p.order_id = o.id
                       and p.status in ('requires_capture', 'succeeded', 'refunded')) paid,
           lateral (select coalesce(jsonb_agg(jsonb_build_object('amount_minor', r.amount_minor, 'reason', r.reason,
                                                                 'status', r.status, 'created_at', r.created_at,
                                                                 'settled_at', r.settled_at)
                                              order by r.created_at, r.id), '[]') as refunds,
                           coalesce(sum(r.amount_minor) filter (where r.status = 'succeeded'), 0)::bigint
                               as refunded_minor
                      from order_refunds r
                     where r.tenant_id = o.tenant_id and r.order_id = o.id and r.status <> 'failed') back
     where o.id = $1
)"};

}  // namespace

awaitable<Receipt> show_receipt(Ctx& ctx, OrderRef in) {
    const std::optional<OrderState> order = co_await ctx.tx.find(find_order, in.order_id);
    if (!order) throw Fail(Errc::order_not_found);
    const bool is_store = co_await is_of_store(ctx, *order);
    if (!is_store && order->customer_id != ctx.user()) throw Fail(Errc::order_not_found);
    if (!is_paid(order->payment_status) && order->payment_status != OrderPaymentStatus::refunded)
        throw Fail(Errc::order_not_paid);
    Receipt receipt = co_await ctx.tx.one(load_receipt, in.order_id);
    if (!is_store) receipt.commission_minor.reset();
    co_return receipt;
}

}  // namespace liveshop::checkout
