#pragma once
#include "platform/jobs/jobs.hpp"

namespace liveshop::checkout {

jobs::Table job_rows();

}  // namespace liveshop::checkout
