#include "platform/metrics.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <optional>
#include <thread>

namespace liveshop::metrics {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Metrics, CountersGaugesAndHistogramsAreExposed) {
    Registry registry;
    Counter& requests = registry.counter("requests_total", "Requests answered", {{"method", "GET"}});
    requests.Increment();
    registry.counter("requests_total", "Requests answered", {{"method", "GET"}}).Increment(2);
    registry.counter("requests_total", "Requests answered", {{"method", "POST"}}).Increment();
    registry.gauge("sockets", "Open sockets").Set(7);
    registry.histogram("request_duration_seconds", "Time to answer", {}, {0.1, 1}).Observe(0.5);

    const std::string text = registry.expose();
    EXPECT_THAT(text, HasSubstr("# HELP requests_total Requests answered\n# TYPE requests_total counter\n"));
    EXPECT_THAT(text, HasSubstr("requests_total{method=\"GET\"} 3\n"));
    EXPECT_THAT(text, HasSubstr("requests_total{method=\"POST\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("sockets 7\n"));
    EXPECT_THAT(text, HasSubstr("request_duration_seconds_bucket{le=\"0.1\"} 0\n"));
    EXPECT_THAT(text, HasSubstr("request_duration_seconds_bucket{le=\"1\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("request_duration_seconds_sum 0.5\n"));
}

TEST(Metrics, CallbacksAreAskedWhenReadAndAddedUp) {
    Registry registry;
    double connections = 1;
    const Reading a = registry.gauge_of("pool_size", "Connections", [&] { return connections; }, {{"pool", "read"}});
    const Reading b = registry.gauge_of("pool_size", "Connections", [] { return 2; }, {{"pool", "read"}});
    const Reading c = registry.counter_of("bytes_total", "Bytes sent", [] { return 9; });
    connections = 5;
    const std::string text = registry.expose();
    EXPECT_THAT(text, HasSubstr("# TYPE pool_size gauge\npool_size{pool=\"read\"} 7\n"));
    EXPECT_THAT(text, HasSubstr("# TYPE bytes_total counter\nbytes_total 9\n"));
}

TEST(Metrics, ACallbackLeavesWithItsReading) {
    Registry registry;
    std::optional<Reading> reading = registry.gauge_of("pool_size", "Connections", [] { return 1; });
    Reading moved = std::move(*reading);
    reading.reset();
    EXPECT_THAT(registry.expose(), HasSubstr("pool_size 1"));
    moved = Reading();
    EXPECT_THAT(registry.expose(), Not(HasSubstr("pool_size")));
}

TEST(Metrics, OneNameIsOneThing) {
    Registry registry;
    registry.counter("requests_total", "Requests answered");
    EXPECT_THROW(registry.gauge("requests_total", "Requests answered"), std::logic_error);
    EXPECT_THROW(registry.counter("requests_total", "Something else"), std::logic_error);
    EXPECT_THROW((void)registry.counter_of("requests_total", "Requests answered", [] { return 1; }), std::logic_error);
    EXPECT_THROW((void)registry.gauge_of("no name", "A blank", [] { return 1; }), std::logic_error);
    EXPECT_THROW(registry.counter("no name", "A blank"), std::logic_error);
}

TEST(Metrics, ThreadsCountWhileOthersRead) {
    Registry registry;
    Counter& counted = registry.counter("counted_total", "Counted");
    std::atomic<int> size{0};
    {
        const Reading reading = registry.gauge_of("size", "Size", [&] { return size.load(); });
        std::jthread counting([&] {
            for (int i = 0; i < 1000; ++i) counted.Increment(), ++size;
        });
        for (int i = 0; i < 50; ++i) EXPECT_THAT(registry.expose(), HasSubstr("# TYPE size gauge"));
    }
    EXPECT_THAT(registry.expose(), HasSubstr("counted_total 1000\n"));
}

}  // namespace
}  // namespace liveshop::metrics
