#include "modules/analytics/rules.hpp"

#include <map>

#include "platform/shape/decode.hpp"

namespace liveshop::analytics {
namespace {

constexpr std::int64_t day_us = 86'400'000'000;
constexpr std::int64_t days_default = 30, days_max = 366;

std::optional<double> share(std::int64_t buyers, std::int64_t viewers) {
    if (viewers == 0) return std::nullopt;
    // Somebody may have bought who did not watch while signed in.
    return std::min(1.0, static_cast<double>(buyers) / static_cast<double>(viewers));
}

}  // namespace

Period period_of(const AnalyticsQuery& in, Timestamp now) {
    const Timestamp until = in.until.value_or(now);
    const Timestamp from = in.from.value_or(Timestamp{until.us - days_default * day_us});
    if (from >= until) throw Invalid({{"/until", "must be after from"}});
    if (until.us - from.us > days_max * day_us) throw Invalid({{"/from", "must be at most 366 days before until"}});
    return {from, until};
}

std::vector<Day> join_days(const std::vector<checkout::DaySales>& sales, const std::vector<live::DayViewers>& viewers) {
    std::map<std::string, Day> by_day;
    for (const checkout::DaySales& sold : sales)
        by_day[sold.day] = {.day = sold.day,
                            .orders_count = sold.orders_count,
                            .revenue_minor = sold.revenue_minor,
                            .refunded_minor = sold.refunded_minor};
    for (const live::DayViewers& came : viewers) {
        Day& day = by_day[came.day];
        day.day = came.day;
        day.viewers_count = came.viewers_count;
    }
    std::vector<Day> days;
    days.reserve(by_day.size());
    for (auto& [name, day] : by_day) days.push_back(std::move(day));
    return days;
}

std::vector<StreamFigures> join_streams(const std::vector<live::StreamAudience>& audiences,
                                        const std::vector<checkout::StreamSales>& sales) {
    std::map<live::StreamId, checkout::StreamSales> by_stream;
    for (const checkout::StreamSales& sold : sales) by_stream[sold.stream_id] = sold;
    std::vector<StreamFigures> streams;
    streams.reserve(audiences.size());
    for (const live::StreamAudience& audience : audiences) {
        const checkout::StreamSales& sold = by_stream[audience.stream_id];
        streams.push_back({.stream_id = audience.stream_id,
                           .title = audience.title,
                           .started_at = audience.started_at,
                           .ended_at = audience.ended_at,
                           .peak_viewers = audience.peak_viewers,
                           .viewers_count = audience.viewers_count,
                           .watch_time_s = audience.watch_time_s,
                           .orders_count = sold.orders_count,
                           .buyers_count = sold.buyers_count,
                           .revenue_minor = sold.revenue_minor,
                           .conversion = share(sold.buyers_count, audience.viewers_count)});
    }
    return streams;
}

Totals totals_of(const std::vector<Day>& days, const std::vector<StreamFigures>& streams) {
    Totals totals;
    for (const Day& day : days) {
        totals.orders_count += day.orders_count;
        totals.revenue_minor += day.revenue_minor;
        totals.refunded_minor += day.refunded_minor;
    }
    if (totals.orders_count > 0) totals.average_order_minor = Amount{totals.revenue_minor.minor / totals.orders_count};
    std::int64_t buyers = 0, viewers = 0;
    for (const StreamFigures& stream : streams) {
        ++totals.streams_count;
        totals.watch_time_s += stream.watch_time_s;
        buyers += stream.buyers_count;
        viewers += stream.viewers_count;
    }
    totals.conversion = share(buyers, viewers);
    return totals;
}

}  // namespace liveshop::analytics
