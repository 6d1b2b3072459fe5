#pragma once
// What an order came to: every line, tax and fee, what was paid and what went back. Each sum is of what stands above
// it.
#include "modules/checkout/refunds.hpp"
#include "modules/checkout/types.hpp"

namespace liveshop::checkout {

struct ReceiptLine {
    std::string name;
    std::string variant_name;
    std::int64_t quantity = 0;
    std::int64_t refunded_quantity = 0;  ///< of it, what came back
    Amount price_minor;                  ///< of one
    Amount total_minor;                  ///< of all
    std::int64_t tax_rate_bp = 0;        ///< hundredths of a percent
    Amount tax_minor;                    ///< on top of the total, or within it
};
BOOST_DESCRIBE_STRUCT(ReceiptLine, (),
                      (name, variant_name, quantity, refunded_quantity, price_minor, total_minor, tax_rate_bp,
                       tax_minor))

/// Money that was held on a card, or taken from it.
struct ReceiptPayment {
    Amount amount_minor;
    PaymentStatus status = PaymentStatus::requires_capture;
    std::optional<std::string> brand;  ///< of a saved card: "visa"
    std::optional<std::string> last4;
    Timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(ReceiptPayment, (), (amount_minor, status, brand, last4, created_at))

struct ReceiptRefund {
    Amount amount_minor;
    RefundReason reason = RefundReason::requested_by_customer;
    RefundStatus status = RefundStatus::pending;
    Timestamp created_at;
    std::optional<Timestamp> settled_at;
};
BOOST_DESCRIBE_STRUCT(ReceiptRefund, (), (amount_minor, reason, status, created_at, settled_at))

struct Receipt {
    OrderId order_id;
    std::string order_number;
    StoreId store_id;
    std::string store_name;
    OrderStatus status = OrderStatus::pending;
    OrderPaymentStatus payment_status = OrderPaymentStatus::pending;
    Timestamp created_at;  ///< when it was ordered
    std::string currency;
    Address shipping_address;
    TaxMode tax_mode = TaxMode::exclusive;  ///< inclusive: the lines have their tax in them
    std::vector<ReceiptLine> lines;
    Amount subtotal_minor;         ///< of the lines, without tax
    Amount tax_amount_minor;       ///< of the lines
    Amount shipping_amount_minor;  ///< the fee for the delivery
    Amount discount_amount_minor;
    Amount total_amount_minor;  ///< subtotal + tax + shipping - discount
    std::vector<ReceiptPayment> payments;
    Amount authorized_minor;  ///< held on the card, not taken yet
    Amount paid_minor;        ///< taken
    std::vector<ReceiptRefund> refunds;
    Amount refunded_minor;                   ///< given back; what is on its way is not in it
    Amount net_minor;                        ///< paid - refunded
    std::optional<Amount> commission_minor;  ///< the platform's, out of the subtotal; for the store's people
};
BOOST_DESCRIBE_STRUCT(Receipt, (),
                      (order_id, order_number, store_id, store_name, status, payment_status, created_at, currency,
                       shipping_address, tax_mode, lines, subtotal_minor, tax_amount_minor, shipping_amount_minor,
                       discount_amount_minor, total_amount_minor, payments, authorized_minor, paid_minor, refunds,
                       refunded_minor, net_minor, commission_minor))

}  // namespace liveshop::checkout
