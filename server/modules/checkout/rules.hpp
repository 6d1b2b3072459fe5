#pragma once
// What an order and its payments may do. Pure: no clock, no I/O, no SQL.
#include <span>

#include "modules/checkout/requests.hpp"
#include "platform/states.hpp"

namespace liveshop::checkout {

enum class OrderEvent { confirm, prepare, finish, pick_up, depart, deliver, cancel, refund };
BOOST_DESCRIBE_ENUM(OrderEvent, confirm, prepare, finish, pick_up, depart, deliver, cancel, refund)

inline constexpr auto order_machine = [] {
    using enum OrderStatus;
    using enum OrderEvent;
    return Machine<OrderStatus, OrderEvent, 14>{pending,
                                                {{
                                                    {pending, confirm, confirmed},
                                                    {pending, cancel, cancelled},
                                                    {confirmed, prepare, preparing},
                                                    {confirmed, cancel, cancelled},
                                                    {preparing, finish, ready},
                                                    {preparing, cancel, cancelled},
                                                    {ready, pick_up, picked_up},
                                                    {ready, cancel, cancelled},
                                                    {picked_up, depart, in_transit},
                                                    {picked_up, deliver, delivered},
                                                    {in_transit, deliver, delivered},
                                                    {picked_up, refund, refunded},
                                                    {in_transit, refund, refunded},
                                                    {delivered, refund, refunded},
                                                }}};
}();
static_assert(order_machine.sound());
static_assert(!order_machine.next(OrderStatus::picked_up, OrderEvent::cancel),
              "captured money is refunded, not voided");
static_assert(!order_machine.next(OrderStatus::picked_up, OrderEvent::prepare), "goods do not come back");
static_assert(order_machine.is_final(OrderStatus::cancelled) && order_machine.is_final(OrderStatus::refunded));

/// The fact that a move is published as.
constexpr std::string_view fact_of(OrderEvent on) {
    switch (on) {
        case OrderEvent::finish:
            return "checkout.order_ready";
        case OrderEvent::cancel:
            return "checkout.order_cancelled";
        default:
            return "checkout.order_moved";
    }
}

/// Whether a driver has it, or had it: its money is to be captured.
constexpr bool is_picked_up(OrderStatus status) {
    return status == OrderStatus::picked_up || status == OrderStatus::in_transit || status == OrderStatus::delivered;
}

/// What happens to an order's money.
enum class OrderPaymentEvent { authorize, decline, capture, lose, release, refund };
BOOST_DESCRIBE_ENUM(OrderPaymentEvent, authorize, decline, capture, lose, release, refund)

inline constexpr auto order_payment_machine = [] {
    using enum OrderPaymentStatus;
    using enum OrderPaymentEvent;
    return Machine<OrderPaymentStatus, OrderPaymentEvent, 8>{pending,
                                                             {{
                                                                 {pending, authorize, authorized},
                                                                 {pending, decline, failed},
                                                                 {failed, authorize, authorized},
                                                                 {failed, decline, failed},
                                                                 {authorized, capture, captured},
                                                                 {authorized, lose, failed},
                                                                 {authorized, release, cancelled},
                                                                 {captured, refund, refunded},
                                                             }}};
}();
static_assert(order_payment_machine.sound());
static_assert(!order_payment_machine.next(OrderPaymentStatus::captured, OrderPaymentEvent::capture), "captured once");

enum class PaymentEvent { process, require_action, recheck, authorize, decline, capture, lose, cancel, refund };
BOOST_DESCRIBE_ENUM(PaymentEvent, process, require_action, recheck, authorize, decline, capture, lose, cancel, refund)

inline constexpr auto payment_machine = [] {
    using enum PaymentStatus;
    using enum PaymentEvent;
    return Machine<PaymentStatus, PaymentEvent, 14>{requires_confirmation,
                                                    {{
                                                        {requires_confirmation, process, processing},
                                                        {requires_confirmation, require_action, requires_action},
                                                        {requires_confirmation, authorize, requires_capture},
                                                        {requires_confirmation, decline, failed},
                                                        {processing, require_action, requires_action},
                                                        {processing, authorize, requires_capture},
                                                        {processing, decline, failed},
                                                        {requires_action, recheck, requires_confirmation},
                                                        {requires_action, cancel, cancelled},
                                                        {requires_capture, capture, succeeded},
                                                        {requires_capture, lose, failed},
                                                        {requires_capture, cancel, cancelled},
                                                        {succeeded, refund, refunded},
                                                        {processing, process, processing},
                                                    }}};
}();
static_assert(payment_machine.sound());
static_assert(!payment_machine.next(PaymentStatus::requires_confirmation, PaymentEvent::cancel),
              "what is being asked for is not given up before the answer is known");

/// Whether the provider may be about to authorize: such an order is neither paid again, nor cancelled, nor expired.
constexpr bool is_in_doubt(PaymentStatus status) {
    return status == PaymentStatus::requires_confirmation || status == PaymentStatus::processing;
}
/// Whether there is an intent at the provider that holds money, or may yet.
constexpr bool is_open(PaymentStatus status) {
    return is_in_doubt(status) || status == PaymentStatus::requires_action || status == PaymentStatus::requires_capture;
}
/// Whether the order may still be paid for.
constexpr bool is_payable(OrderStatus order, OrderPaymentStatus payment) {
    return order == OrderStatus::pending &&
           (payment == OrderPaymentStatus::pending || payment == OrderPaymentStatus::failed);
}
constexpr bool is_paid(OrderPaymentStatus payment) {
    return payment == OrderPaymentStatus::authorized || payment == OrderPaymentStatus::captured;
}

/// What an attempt to pay several orders has come to: all of them are paid or none is. Nothing while any is in doubt.
constexpr std::optional<Outcome> outcome_of(std::span<const PaymentStatus> payments) {
    std::optional<Outcome> outcome = Outcome::paid;
    for (const PaymentStatus status : payments) {
        if (is_in_doubt(status)) return std::nullopt;
        if (status == PaymentStatus::failed || status == PaymentStatus::cancelled) outcome = Outcome::declined;
        if (status == PaymentStatus::requires_action && *outcome == Outcome::paid) outcome = Outcome::needs_action;
    }
    return outcome;
}

/// What the store asks for by naming the status it wants; nothing where that is not the store's to say.
constexpr std::optional<OrderEvent> store_event(OrderStatus wanted) {
    switch (wanted) {
        case OrderStatus::confirmed:
            return OrderEvent::confirm;
        case OrderStatus::preparing:
            return OrderEvent::prepare;
        case OrderStatus::ready:
            return OrderEvent::finish;
        case OrderStatus::cancelled:
            return OrderEvent::cancel;
        default:
            return std::nullopt;
    }
}

}  // namespace liveshop::checkout
