#pragma once
// Money on its way back to customers: what is asked, what is answered, and how a refund begins.
#include "modules/checkout/order_store.hpp"
#include "platform/context.hpp"

namespace liveshop::checkout {

struct Refund;
using RefundId = Id<Refund>;

enum class RefundStatus { pending, succeeded, failed };
BOOST_DESCRIBE_ENUM(RefundStatus, pending, succeeded, failed)

enum class RefundReason { requested_by_customer, duplicate, fraudulent, undeliverable };
BOOST_DESCRIBE_ENUM(RefundReason, requested_by_customer, duplicate, fraudulent, undeliverable)

/// Whose money it is: the store's, which has been credited, or what an undelivered order still holds.
enum class RefundSource { store, escrow };
BOOST_DESCRIBE_ENUM(RefundSource, store, escrow)

struct Refund {
    RefundId id;
    OrderId order_id;
    Amount amount_minor;
    Amount commission_minor;  ///< what of it the platform gives up, at the rate frozen on the order's lines
    std::string currency;
    RefundReason reason = RefundReason::requested_by_customer;
    std::optional<std::string> note;
    RefundStatus status = RefundStatus::pending;
    std::optional<std::string> failure_message;
    Timestamp created_at;
    std::optional<Timestamp> settled_at;
};
BOOST_DESCRIBE_STRUCT(Refund, (),
                      (id, order_id, amount_minor, commission_minor, currency, reason, note, status, failure_message,
                       created_at, settled_at))

struct RefundList {
    std::vector<Refund> refunds;
    std::string currency;
    Amount refunded_minor;    ///< given back, or on its way
    Amount refundable_minor;  ///< what is left of the order to give back
};
BOOST_DESCRIBE_STRUCT(RefundList, (), (refunds, currency, refunded_minor, refundable_minor))

struct RefundedItem {
    VariantId variant_id;
    Int<1, 99> quantity;
};
BOOST_DESCRIBE_STRUCT(RefundedItem, (), (variant_id, quantity))

/// POST /orders/{order_id}/refunds: so many of its items, or an amount, or, with neither, all that is left.
struct RefundOrder {
    OrderId order_id;
    std::optional<Price> amount_minor;
    std::optional<std::vector<RefundedItem>> items;
    std::optional<RefundReason> reason;
    std::optional<Text<1, 500>> note;
    std::optional<bool> restock;  ///< the items are on the shelf again
};
BOOST_DESCRIBE_STRUCT(RefundOrder, (), (order_id, amount_minor, items, reason, note, restock))

struct RefundsOf {
    OrderId order_id;
};
BOOST_DESCRIBE_STRUCT(RefundsOf, (), (order_id))

/// checkout.refund
struct SettleRefund {
    RefundId refund_id;
};
BOOST_DESCRIBE_STRUCT(SettleRefund, (), (refund_id))

awaitable<Refund> refund_order(Ctx& ctx, RefundOrder in);
awaitable<RefundList> list_order_refunds(Ctx& ctx, RefundsOf in);

/// Begins the refund of an undelivered order, whose lock the caller holds: the job does the rest.
awaitable<void> refund_from_escrow(Ctx& ctx, const OrderState& order, Amount amount);
/// The job: asks the provider, under the refund's own id, and writes down what came of it.
awaitable<void> settle_refund(Ctx& ctx, SettleRefund in);

}  // namespace liveshop::checkout
