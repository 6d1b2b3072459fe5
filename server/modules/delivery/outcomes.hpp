#pragma once
// What the end of a delivery does to its order's money. Pure.
//
//                     customer gets back   store gets             driver gets   the platform
//   delivered         nothing              goods - commission     earnings      commission, rest of the fee
//   customer_absent   the goods' price     nothing, but the goods earnings      rest of the fee
//   customer_refused  the goods' price     nothing, but the goods earnings      rest of the fee
//   damaged           everything           goods - commission     nothing       pays the store
//   given back, or cancelled before it was picked up: nothing was captured, and nothing moves
#include <array>

#include "modules/delivery/types.hpp"

namespace liveshop::delivery {

struct FailureRow {
    FailureReason reason;
    checkout::Division division;
    bool is_restocked;      ///< what comes back can be sold again
    std::string_view note;  ///< in the order's timeline
};

inline constexpr std::array<FailureRow, 3> failure_table{{
    {FailureReason::customer_absent,
     {.refunds_goods = true, .refunds_shipping = false, .pays_store = false, .pays_driver = true},
     true,
     "Could not be delivered: nobody was there. The parcel goes back to the store"},
    {FailureReason::customer_refused,
     {.refunds_goods = true, .refunds_shipping = false, .pays_store = false, .pays_driver = true},
     true,
     "Could not be delivered: it was not accepted. The parcel goes back to the store"},
    {FailureReason::damaged,
     {.refunds_goods = true, .refunds_shipping = true, .pays_store = true, .pays_driver = false},
     false,
     "Damaged on the way. The parcel goes back to the store"},
}};

constexpr const FailureRow& outcome_of(FailureReason reason) {
    for (const FailureRow& row : failure_table)
        if (row.reason == reason) return row;
    return failure_table.back();
}
static_assert([] {
    bool each_has_a_row = true;
    each_value<FailureReason>(
        [&](auto, FailureReason reason) { each_has_a_row = each_has_a_row && outcome_of(reason).reason == reason; });
    return each_has_a_row;
}());

}  // namespace liveshop::delivery
