#pragma once
#include "platform/api/route.hpp"

namespace liveshop::analytics {

std::vector<Route> routes();

}  // namespace liveshop::analytics
