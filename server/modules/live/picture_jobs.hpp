#pragma once
#include "platform/api/route.hpp"
#include "platform/jobs/jobs.hpp"

namespace liveshop::live {

/// Pictures of streams that are live: every minute, and soon after they begin.
jobs::Table picture_job_rows();

}  // namespace liveshop::live
