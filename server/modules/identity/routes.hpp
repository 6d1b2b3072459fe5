#pragma once
#include "modules/identity/jobs.hpp"
#include "platform/api/route.hpp"

namespace liveshop::identity {

std::vector<Route> routes();
std::vector<ConstraintRow> constraints();

}  // namespace liveshop::identity
