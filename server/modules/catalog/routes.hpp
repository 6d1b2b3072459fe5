#pragma once
#include "platform/api/route.hpp"

namespace liveshop::catalog {

std::vector<Route> routes();
std::vector<ConstraintRow> constraints();

}  // namespace liveshop::catalog
