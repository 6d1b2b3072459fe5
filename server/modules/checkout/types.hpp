#pragma once
// Orders and their payment.
#include "modules/catalog/types.hpp"
#include "modules/live/types.hpp"
#include "platform/error.hpp"

namespace liveshop::delivery {
struct Delivery;  // that module uses this one
}

namespace liveshop::checkout {

using catalog::Address;
using catalog::ProductId;
using catalog::StoreId;
using catalog::TaxMode;
using catalog::VariantId;
using live::StreamId;

struct CartItem;
struct Order;
struct Payment;
struct Attempt;
using CartItemId = Id<CartItem>;
using OrderId = Id<Order>;
using PaymentId = Id<Payment>;
using AttemptId = Id<Attempt>;
struct SavedPaymentMethod;
using SavedPaymentMethodId = Id<SavedPaymentMethod>;
using DeliveryId = Id<delivery::Delivery>;

enum class Errc {
    cart_item_not_found,
    cart_full,
    cart_empty,
    variant_not_for_sale,
    sold_out,
    below_minimum,
    store_not_open,
    out_of_delivery_area,
    currency_mismatch,
    order_not_found,
    order_closed,
    hold_expired,
    payment_in_progress,
    payment_method_required,
    payment_unconfirmed,
    order_not_paid,
    move_not_allowed,
    capture_pending,
    not_picked_up,
    already_captured,
    authorization_ended,
    refund_not_possible,
    refund_too_large,
    payment_method_not_found,
    too_many_payment_methods,
    card_declined,
    card_unusable,
    provider_unavailable,
    webhook_signature,
};

constexpr ErrorRow describe_error(Errc e) {
    switch (e) {
        case Errc::cart_item_not_found:
            return {404, "checkout.cart_item_not_found", "Your cart has no such item"};
        case Errc::cart_full:
            return {409, "checkout.cart_full", "The cart is full: order what is in it, or take something out"};
        case Errc::cart_empty:
            return {409, "checkout.cart_empty", "There is nothing to order: put something into the cart first"};
        case Errc::variant_not_for_sale:
            return {409, "checkout.variant_not_for_sale", "One of the items is no longer sold: remove it"};
        case Errc::sold_out:
            return {409, "checkout.sold_out", "One of the items has just sold out: choose less of it, or another"};
        case Errc::below_minimum:
            return {409, "checkout.below_minimum", "The order is smaller than the store delivers: add something to it"};
        case Errc::store_not_open:
            return {409, "checkout.store_not_open", "The store is closed at this hour: order when it is open again"};
        case Errc::out_of_delivery_area:
            return {409, "checkout.out_of_delivery_area",
                    "The store does not deliver as far as this address: choose another address or another store"};
        case Errc::currency_mismatch:
            return {409, "checkout.currency_mismatch",
                    "These items are sold in different currencies: order them apart"};
        case Errc::order_not_found:
            return {404, "checkout.order_not_found", "There is no such order"};
        case Errc::order_closed:
            return {409, "checkout.order_closed", "This order can no longer be changed"};
        case Errc::hold_expired:
            return {409, "checkout.hold_expired", "The items are no longer held for you: order them again"};
        case Errc::payment_in_progress:
            return {409, "checkout.payment_in_progress",
                    "A payment of this order is under way: wait a few seconds and look at the order"};
        case Errc::payment_method_required:
            return {422, "checkout.payment_method_required", "Say what to pay with: payment_method_id is missing"};
        case Errc::payment_unconfirmed:
            return {504, "checkout.payment_unconfirmed",
                    "The card network did not answer in time: do not pay again, the order shows the outcome shortly"};
        case Errc::order_not_paid:
            return {409, "checkout.order_not_paid", "The order is not paid yet"};
        case Errc::move_not_allowed:
            return {409, "checkout.move_not_allowed", "The order cannot go to that status from where it stands"};
        case Errc::capture_pending:
            return {409, "checkout.capture_pending", "The order's money has not been captured yet"};
        case Errc::not_picked_up:
            return {409, "checkout.not_picked_up",
                    "Money is captured when the driver has picked the order up, not before"};
        case Errc::already_captured:
            return {409, "checkout.already_captured", "The order's money has been captured: that happens once"};
        case Errc::authorization_ended:
            return {409, "checkout.authorization_ended",
                    "The card's authorization had ended before it was captured: the customer has to pay otherwise"};
        case Errc::refund_not_possible:
            return {409, "checkout.refund_not_possible",
                    "Only what was delivered and paid can be given back: an order before that is cancelled instead"};
        case Errc::refund_too_large:
            return {409, "checkout.refund_too_large", "That is more than is left of the order to give back"};
        case Errc::payment_method_not_found:
            return {404, "checkout.payment_method_not_found", "You have no such card saved"};
        case Errc::too_many_payment_methods:
            return {409, "checkout.too_many_payment_methods", "You have 10 cards saved, which is the most: remove one"};
        case Errc::card_declined:
            return {409, "checkout.card_declined", "The bank does not let this card be saved: take another one"};
        case Errc::card_unusable:
            return {422, "checkout.card_unusable", "These card details cannot be used: enter them again"};
        case Errc::provider_unavailable:
            return {503, "checkout.provider_unavailable",
                    "The card network cannot be reached at the moment: nothing was saved, try again shortly"};
        case Errc::webhook_signature:
            return {400, "checkout.webhook_signature", "The event is not signed with this shop's webhook secret"};
    }
    return {500, "internal", "Something went wrong on our side"};
}

enum class OrderStatus {
    pending,
    confirmed,
    preparing,
    ready,
    picked_up,
    in_transit,
    delivered,
    cancelled,
    refunded,
};
BOOST_DESCRIBE_ENUM(OrderStatus, pending, confirmed, preparing, ready, picked_up, in_transit, delivered, cancelled,
                    refunded)

/// Of an order. `failed` may still be paid with another card; `cancelled` is an authorization that was released.
enum class OrderPaymentStatus { pending, authorized, captured, failed, refunded, cancelled };
BOOST_DESCRIBE_ENUM(OrderPaymentStatus, pending, authorized, captured, failed, refunded, cancelled)

enum class FulfillmentStatus { unfulfilled, fulfilled, partial };
BOOST_DESCRIBE_ENUM(FulfillmentStatus, unfulfilled, fulfilled, partial)

/// Of one payment, which has one intent at the provider. `requires_confirmation`: the provider has been asked and its
/// answer is not written down yet; `processing`: it has not decided.
enum class PaymentStatus {
    requires_confirmation,
    processing,
    requires_action,
    requires_capture,
    succeeded,
    failed,
    cancelled,
    refunded,
};
BOOST_DESCRIBE_ENUM(PaymentStatus, requires_confirmation, processing, requires_action, requires_capture, succeeded,
                    failed, cancelled, refunded)

enum class ActorType { customer, store_staff, driver, system };
BOOST_DESCRIBE_ENUM(ActorType, customer, store_staff, driver, system)

struct OrderItem {
    ProductId product_id;
    VariantId variant_id;
    std::string name;
    std::string variant_name;
    std::optional<std::string> image_url;
    std::int64_t quantity = 0;
    Amount price_minor;
    Amount total_minor;
};
BOOST_DESCRIBE_STRUCT(OrderItem, (),
                      (product_id, variant_id, name, variant_name, image_url, quantity, price_minor, total_minor))

struct TimelineEntry {
    OrderStatus status = OrderStatus::pending;
    std::optional<std::string> note;
    ActorType actor_type = ActorType::system;
    Timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(TimelineEntry, (), (status, note, actor_type, created_at))

struct Order {
    OrderId id;
    std::string order_number;
    StoreId store_id;
    std::string store_name;
    OrderStatus status = OrderStatus::pending;
    OrderPaymentStatus payment_status = OrderPaymentStatus::pending;
    FulfillmentStatus fulfillment_status = FulfillmentStatus::unfulfilled;
    std::vector<OrderItem> items;
    Amount subtotal_minor;
    Amount tax_amount_minor;
    Amount shipping_amount_minor;
    Amount discount_amount_minor;
    Amount total_amount_minor;              ///< subtotal + tax + shipping - discount
    TaxMode tax_mode = TaxMode::exclusive;  ///< inclusive: the items' prices have their tax in them, the subtotal not
    std::string currency;
    Address shipping_address;
    std::optional<std::string> notes;
    std::vector<TimelineEntry> timeline;
    std::optional<DeliveryId> delivery_id;
    std::optional<StreamId> stream_id;
    std::optional<Timestamp> hold_expires_at;  ///< until then the items are held unpaid
    Timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(Order, (),
                      (id, order_number, store_id, store_name, status, payment_status, fulfillment_status, items,
                       subtotal_minor, tax_amount_minor, shipping_amount_minor, discount_amount_minor,
                       total_amount_minor, tax_mode, currency, shipping_address, notes, timeline, delivery_id,
                       stream_id, hold_expires_at, created_at))

/// Who gets what of an order's money once its delivery has ended. What nobody else gets is the platform's, and what is
/// missing the platform pays.
struct Division {
    bool refunds_goods = false;
    bool refunds_shipping = false;
    bool pays_store = true;   ///< for the goods, less commission
    bool pays_driver = true;  ///< what the delivery earns
};
BOOST_DESCRIBE_STRUCT(Division, (), (refunds_goods, refunds_shipping, pays_store, pays_driver))

/// What each fact of checkout says.
struct OrderFact {
    OrderId order_id;
};
BOOST_DESCRIBE_STRUCT(OrderFact, (), (order_id))

}  // namespace liveshop::checkout
