#pragma once
#include "platform/api/route.hpp"

namespace liveshop::ledger {

std::vector<Route> routes();
std::vector<ConstraintRow> constraints();

}  // namespace liveshop::ledger
