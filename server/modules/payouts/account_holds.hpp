#pragma once
#include "modules/identity/api.hpp"

namespace liveshop::payouts {

/// Nobody deletes their account while they are owed money.
identity::DeletionHolds account_holds();

}  // namespace liveshop::payouts
