#pragma once
#include "platform/api/route.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/sockets.hpp"

namespace liveshop::live {

/// All of the following.
std::vector<Route> routes();
std::vector<Route> stream_routes();
std::vector<Route> stream_list_routes();
std::vector<Route> watching_routes();
std::vector<Route> product_routes();
std::vector<Route> chat_routes();
std::vector<Route> moderation_routes();
std::vector<Route> report_routes();
std::vector<Route> people_routes();
std::vector<Route> recording_routes();

jobs::Table job_rows();
std::vector<LeavingRow> leaving_rows();

}  // namespace liveshop::live
