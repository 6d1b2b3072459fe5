#pragma once
#include "platform/api/route.hpp"

namespace liveshop::delivery {

std::vector<Route> routes();
std::vector<ConstraintRow> constraints();

}  // namespace liveshop::delivery
