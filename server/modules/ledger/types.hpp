#pragma once
// Insert-only double entry: each entry's postings sum to zero per currency, and balances are derived.
#include "modules/catalog/types.hpp"
#include "platform/error.hpp"
#include "platform/shape/described.hpp"
#include "platform/shape/id.hpp"
#include "platform/shape/scalars.hpp"

namespace liveshop::ledger {

struct Entry;
using EntryId = Id<Entry>;
struct Reference;
using ReferenceId = Id<Reference>;  ///< of whatever an entry is about
struct Owner;
using OwnerId = Id<Owner>;  ///< of whomever an account belongs to

/// Accounts by what they hold. A debit is positive, a credit negative: what we owe has a negative balance.
enum class Account {
    provider_clearing,    ///< captured money at the payment provider
    order_escrow,         ///< held for an order until it is delivered; owner: the order
    platform_commission,  ///< ours
    store_payable,        ///< owed to a store; owner: the store
    driver_payable,       ///< owed to a driver; owner: the driver
};
BOOST_DESCRIBE_ENUM(Account, provider_clearing, order_escrow, platform_commission, store_payable, driver_payable)

/// `delivery` and `failure`: what an order's money came to when its parcel arrived, or did not.
enum class EntryKind { capture, delivery, failure, refund, payout };
BOOST_DESCRIBE_ENUM(EntryKind, capture, delivery, failure, refund, payout)

struct Posting {
    Account account = Account::provider_clearing;
    std::optional<Uuid> owner_id;  ///< whose account it is, where each has one
    Amount amount_minor;
};

/// What is owed to somebody in one currency.
struct Balance {
    std::string currency;
    Amount amount_minor;
};
BOOST_DESCRIBE_STRUCT(Balance, (), (currency, amount_minor))

/// An entry as the one it credits (positive) or debits (negative) sees it.
struct BalanceEntry {
    EntryId id;
    EntryKind kind = EntryKind::delivery;
    ReferenceId reference_id;  ///< what it is about: an order, a payout
    std::string currency;
    Amount amount_minor;
    Timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(BalanceEntry, (), (id, kind, reference_id, currency, amount_minor, created_at))

enum class EarningsBy { day, week };
BOOST_DESCRIBE_ENUM(EarningsBy, day, week)

struct EarningsQuery {                     // GET /me/earnings
    std::optional<EarningsBy> by;          ///< day if left out
    std::optional<Text<1, 64>> time_zone;  ///< of the days, "Europe/Berlin"; UTC if left out
};
BOOST_DESCRIBE_STRUCT(EarningsQuery, (), (by, time_zone))

struct EarningsPeriod {
    std::string begins_on;  ///< the day, or the week's Monday: "2026-11-22"
    std::string currency;
    Amount amount_minor;
    std::int64_t count = 0;  ///< of the deliveries (and refunds) behind it
};
BOOST_DESCRIBE_STRUCT(EarningsPeriod, (), (begins_on, currency, amount_minor, count))

struct Earnings {
    std::vector<EarningsPeriod> periods;  ///< the newest first; of the last 180 days
};
BOOST_DESCRIBE_STRUCT(Earnings, (), (periods))

/// What customers pay for a delivery: the store's flat fee, or by how far it is.
enum class DeliveryFeeModel { flat, distance };
BOOST_DESCRIBE_ENUM(DeliveryFeeModel, flat, distance)

/// Who gets which part of an order. Rates in hundredths of a percent.
struct Terms {
    std::int64_t commission_rate_bp = 1'000;  ///< of what is sold: the platform's
    std::int64_t driver_share_bp = 10'000;    ///< of the delivery fee: the driver's; the rest is the platform's
    DeliveryFeeModel delivery_fee_model = DeliveryFeeModel::flat;
    Amount delivery_base_minor;    ///< of the model `distance`
    Amount delivery_per_km_minor;  ///< of the same
};
BOOST_DESCRIBE_STRUCT(Terms, (),
                      (commission_rate_bp, driver_share_bp, delivery_fee_model, delivery_base_minor,
                       delivery_per_km_minor))

struct TermsChange {  // PUT /admin/terms; what is left out stays as it is
    std::optional<Int<0, 5'000>> commission_rate_bp;
    std::optional<Int<0, 10'000>> driver_share_bp;
    std::optional<DeliveryFeeModel> delivery_fee_model;
    std::optional<Price> delivery_base_minor;
    std::optional<Price> delivery_per_km_minor;
};
BOOST_DESCRIBE_STRUCT(TermsChange, (),
                      (commission_rate_bp, driver_share_bp, delivery_fee_model, delivery_base_minor,
                       delivery_per_km_minor))

struct StoreTermsChange : TermsChange {  // PUT /admin/stores/{store_id}/terms
    catalog::StoreId store_id;
};
BOOST_DESCRIBE_STRUCT(StoreTermsChange, (TermsChange), (store_id))

struct TermsOf {  // GET /stores/{store_id}/terms, DELETE /admin/stores/{store_id}/terms
    catalog::StoreId store_id;
};
BOOST_DESCRIBE_STRUCT(TermsOf, (), (store_id))

/// An entry that a payout settles, as its recipient sees it.
struct SettledEntry {
    EntryId entry_id;
    EntryKind kind = EntryKind::delivery;
    ReferenceId reference_id;
    Amount amount_minor;
    Timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(SettledEntry, (), (entry_id, kind, reference_id, amount_minor, created_at))

struct Statement {
    std::vector<Balance> balances;      ///< one for each currency
    std::vector<BalanceEntry> entries;  ///< the newest hundred
};
BOOST_DESCRIBE_STRUCT(Statement, (), (balances, entries))

}  // namespace liveshop::ledger
