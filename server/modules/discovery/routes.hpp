#pragma once
#include "platform/api/route.hpp"
#include "platform/jobs/jobs.hpp"

namespace liveshop::discovery {

std::vector<Route> routes();
jobs::Table job_rows();

}  // namespace liveshop::discovery
