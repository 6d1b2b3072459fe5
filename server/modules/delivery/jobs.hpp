#pragma once
#include "platform/jobs/jobs.hpp"

namespace liveshop::delivery {

jobs::Table job_rows();

}  // namespace liveshop::delivery
