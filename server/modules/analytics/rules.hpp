#pragma once
// Sums and shares, without a database.
#include "modules/analytics/requests.hpp"
#include "modules/checkout/api.hpp"
#include "modules/live/api.hpp"

namespace liveshop::analytics {

struct Period {
    Timestamp from, until;
};

/// Throws Invalid for an end that is not after the beginning, and for more than 366 days.
Period period_of(const AnalyticsQuery& in, Timestamp now);

/// Both lists as one, in order of the days.
std::vector<Day> join_days(const std::vector<checkout::DaySales>& sales, const std::vector<live::DayViewers>& viewers);

/// The streams in the order of `audiences`.
std::vector<StreamFigures> join_streams(const std::vector<live::StreamAudience>& audiences,
                                        const std::vector<checkout::StreamSales>& sales);

Totals totals_of(const std::vector<Day>& days, const std::vector<StreamFigures>& streams);

}  // namespace liveshop::analytics
