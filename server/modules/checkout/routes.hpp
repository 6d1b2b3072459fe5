#pragma once
#include "platform/api/route.hpp"

namespace liveshop::checkout {

std::vector<Route> routes();
std::vector<ConstraintRow> constraints();

}  // namespace liveshop::checkout
