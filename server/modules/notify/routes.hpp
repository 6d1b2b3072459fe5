#pragma once
#include "platform/api/route.hpp"

namespace liveshop::notify {

std::vector<Route> routes();
std::vector<ConstraintRow> constraints();

}  // namespace liveshop::notify
