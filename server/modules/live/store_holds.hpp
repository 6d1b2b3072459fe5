#pragma once
#include "modules/catalog/api.hpp"
#include "platform/jobs/jobs.hpp"

namespace liveshop::live {

/// No store closes for good while it is live.
catalog::ClosingHolds store_holds();

/// The job that calls off what a closed store had planned.
jobs::Table closed_store_job_rows();

}  // namespace liveshop::live
