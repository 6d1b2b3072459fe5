#pragma once
#include "platform/api/route.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/sockets.hpp"

namespace liveshop::live {

std::vector<Route> routes();
jobs::Table job_rows();
std::vector<LeavingRow> leaving_rows();

}  // namespace liveshop::live
