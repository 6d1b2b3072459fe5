#pragma once
#include "platform/api/route.hpp"

namespace liveshop::operations {

std::vector<Route> routes();

}  // namespace liveshop::operations
