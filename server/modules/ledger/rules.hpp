#pragma once
#include <vector>

#include "modules/ledger/types.hpp"

namespace liveshop::ledger {

/// Whether each of its accounts belongs to somebody: an order, a store, a driver.
constexpr bool is_owned(Account account) {
    return account == Account::order_escrow || account == Account::store_payable || account == Account::driver_payable;
}

/// Debits and credits cancel out, and every owned account has its owner. Throws Overflow.
inline bool is_balanced(const std::vector<Posting>& postings) {
    Amount sum;
    for (const Posting& posting : postings) {
        if (is_owned(posting.account) != posting.owner_id.has_value()) return false;
        sum += posting.amount_minor;
    }
    return sum == Amount{};
}

}  // namespace liveshop::ledger
