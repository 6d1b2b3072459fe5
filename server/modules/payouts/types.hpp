#pragma once
// Money on its way to stores and drivers.
#include "modules/checkout/types.hpp"

namespace liveshop::payouts {

using catalog::StoreId;
using catalog::Weekday;
using checkout::DeliveryId;
using checkout::OrderId;

struct Payout;
struct PayoutAccount;
using PayoutId = Id<Payout>;
using PayoutAccountId = Id<PayoutAccount>;

enum class Errc {
    payout_not_found,
    payout_not_failed,
    store_required,
    provider_unavailable,
    account_refused,
    unconfirmed
};

constexpr ErrorRow describe_error(Errc e) {
    switch (e) {
        case Errc::payout_not_found:
            return {404, "payouts.payout_not_found", "There is no such payout"};
        case Errc::payout_not_failed:
            return {409, "payouts.payout_not_failed", "Only a payout that has failed is tried again"};
        case Errc::store_required:
            return {422, "payouts.store_required", "Say which of your stores is meant: store_id is missing"};
        case Errc::provider_unavailable:
            return {503, "payouts.provider_unavailable",
                    "The payment provider does not answer at the moment: try again shortly"};
        case Errc::account_refused:
            return {409, "payouts.account_refused", "The payment provider does not open this account"};
        case Errc::unconfirmed:
            return {504, "payouts.unconfirmed", "The payment provider has not said yet what came of the transfer"};
    }
    return {500, "internal", "Something went wrong on our side"};
}

enum class RecipientType { store, driver };
BOOST_DESCRIBE_ENUM(RecipientType, store, driver)

/// `processing`: the provider has been asked, and its answer is not written down yet.
enum class PayoutStatus { pending, processing, completed, failed };
BOOST_DESCRIBE_ENUM(PayoutStatus, pending, processing, completed, failed)

enum class PayoutSchedule { daily, weekly };
BOOST_DESCRIBE_ENUM(PayoutSchedule, daily, weekly)

struct Payout {
    PayoutId id;
    RecipientType recipient_type = RecipientType::driver;
    UserId recipient_id;  ///< the driver, or the store's owner
    std::optional<StoreId> store_id;
    Amount amount_minor;
    std::string currency;
    PayoutStatus status = PayoutStatus::pending;
    std::optional<std::string> stripe_transfer_id;
    std::int64_t attempts = 0;
    std::optional<std::string> failure_code;  ///< the provider's
    std::optional<std::string> failure_message;
    std::optional<Timestamp> next_attempt_at;  ///< of one that failed and is tried again by itself
    std::optional<Timestamp> period_start;
    Timestamp period_end;
    Timestamp created_at;
    std::optional<Timestamp> completed_at;
};
BOOST_DESCRIBE_STRUCT(Payout, (),
                      (id, recipient_type, recipient_id, store_id, amount_minor, currency, status, stripe_transfer_id,
                       attempts, failure_code, failure_message, next_attempt_at, period_start, period_end, created_at,
                       completed_at))

/// payouts.payout_completed, payouts.payout_failed
struct PayoutFact {
    PayoutId payout_id;
};
BOOST_DESCRIBE_STRUCT(PayoutFact, (), (payout_id))

}  // namespace liveshop::payouts
