#pragma once
// How a store is doing: numbers read from its orders and streams at the moment they are asked for.
#include "modules/catalog/types.hpp"
#include "modules/checkout/types.hpp"
#include "modules/live/types.hpp"

namespace liveshop::analytics {

/// A day in the store's time zone on which something was sold or somebody watched.
struct Day {
    std::string day;  ///< "2026-11-22"
    std::int64_t orders_count = 0;
    Amount revenue_minor;
    Amount refunded_minor;
    std::int64_t viewers_count = 0;
};
BOOST_DESCRIBE_STRUCT(Day, (), (day, orders_count, revenue_minor, refunded_minor, viewers_count))

struct BestProduct {
    catalog::ProductId product_id;
    std::string name;
    std::int64_t quantity = 0;  ///< what came back left out
    Amount revenue_minor;
};
BOOST_DESCRIBE_STRUCT(BestProduct, (), (product_id, name, quantity, revenue_minor))

/// A stream that began in the period, with what was bought at it.
struct StreamFigures {
    live::StreamId stream_id;
    std::string title;
    Timestamp started_at;
    std::optional<Timestamp> ended_at;
    std::int64_t peak_viewers = 0;   ///< at once, of visitors, too
    std::int64_t viewers_count = 0;  ///< different people with an account
    std::int64_t watch_time_s = 0;
    std::int64_t orders_count = 0;
    std::int64_t buyers_count = 0;  ///< different people
    Amount revenue_minor;
    std::optional<double> conversion;  ///< buyers among the viewers, 0..1; none where nobody with an account watched
};
BOOST_DESCRIBE_STRUCT(StreamFigures, (),
                      (stream_id, title, started_at, ended_at, peak_viewers, viewers_count, watch_time_s, orders_count,
                       buyers_count, revenue_minor, conversion))

/// The whole period. Revenue is what was paid (or is reserved) for goods and their tax, deliveries left out, of orders
/// that are not cancelled; refunds stand beside it, not in it.
struct Totals {
    std::int64_t orders_count = 0;
    Amount revenue_minor;
    Amount refunded_minor;
    std::optional<Amount> average_order_minor;  ///< none without orders
    std::int64_t streams_count = 0;
    std::int64_t watch_time_s = 0;
    std::optional<double> conversion;  ///< of all streams together, as of one
};
BOOST_DESCRIBE_STRUCT(Totals, (),
                      (orders_count, revenue_minor, refunded_minor, average_order_minor, streams_count, watch_time_s,
                       conversion))

struct StoreAnalytics {
    catalog::StoreId store_id;
    std::string currency;
    std::string time_zone;  ///< in which a day begins
    Timestamp from, until;
    Totals totals;
    std::vector<Day> days;  ///< the first first; days without anything are left out
    std::vector<BestProduct> products;
    std::vector<StreamFigures> streams;  ///< the newest first
};
BOOST_DESCRIBE_STRUCT(StoreAnalytics, (), (store_id, currency, time_zone, from, until, totals, days, products, streams))

}  // namespace liveshop::analytics
