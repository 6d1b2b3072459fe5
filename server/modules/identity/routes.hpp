#pragma once
#include "platform/api/route.hpp"
#include "platform/jobs/jobs.hpp"

namespace liveshop::identity {

std::vector<Route> routes();
std::vector<ConstraintRow> constraints();
jobs::Table job_rows();

}  // namespace liveshop::identity
