#pragma once
#include "platform/api/route.hpp"
#include "platform/jobs/jobs.hpp"

namespace liveshop::payouts {

std::vector<Route> routes();
std::vector<ConstraintRow> constraints();
jobs::Table job_rows();

}  // namespace liveshop::payouts
