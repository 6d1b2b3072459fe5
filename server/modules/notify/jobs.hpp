#pragma once
#include "platform/jobs/jobs.hpp"

namespace liveshop::notify {

/// notify.send, and a subscription for each fact that somebody is told of.
jobs::Table job_rows();

}  // namespace liveshop::notify
