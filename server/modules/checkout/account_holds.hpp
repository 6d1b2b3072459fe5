#pragma once
#include "modules/identity/api.hpp"

namespace liveshop::checkout {

/// Nobody deletes their account while an order of theirs is under way.
identity::DeletionHolds account_holds();

}  // namespace liveshop::checkout
