#pragma once
// Insert-only double entry: each entry's postings sum to zero per currency, and balances are derived.
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

enum class EntryKind { capture, delivery, refund, payout };
BOOST_DESCRIBE_ENUM(EntryKind, capture, delivery, refund, payout)

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

struct Statement {
    std::vector<Balance> balances;      ///< one for each currency
    std::vector<BalanceEntry> entries;  ///< the newest hundred
};
BOOST_DESCRIBE_STRUCT(Statement, (), (balances, entries))

}  // namespace liveshop::ledger
