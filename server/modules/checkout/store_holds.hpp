#pragma once
#include "modules/catalog/api.hpp"

namespace liveshop::checkout {

/// No store closes for good while an order at it is under way.
catalog::ClosingHolds store_holds();

}  // namespace liveshop::checkout
