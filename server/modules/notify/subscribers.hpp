#pragma once
#include "platform/jobs/jobs.hpp"

namespace liveshop::notify {

/// Subscriptions to what happens to orders, deliveries, payouts, streams and people.
jobs::Table order_rows();
jobs::Table delivery_rows();
jobs::Table payout_rows();
jobs::Table stream_rows();
jobs::Table people_rows();
jobs::Table code_rows();

}  // namespace liveshop::notify
