#pragma once
#include "platform/jobs/jobs.hpp"

namespace liveshop::notify {

/// Subscriptions to what happens to orders, deliveries, streams, people and payouts.
jobs::Table order_rows();
jobs::Table stream_rows();

}  // namespace liveshop::notify
