#pragma once
// What /metrics shows, in Prometheus' text format. Handles are fetched once, at start, and kept by who counts.
//
//   metrics::Counter& requests = registry.counter("http_requests_total", "Requests answered", {{"method", "GET"}});
//   requests.Increment();
#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/labels.h>
#include <prometheus/metric_type.h>
#include <prometheus/registry.h>

#include <functional>
#include <list>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace liveshop::metrics {

using prometheus::Counter;
using prometheus::Gauge;
using prometheus::Histogram;
using prometheus::Labels;

/// Upper bounds in seconds, for whatever a person waits for.
inline const std::vector<double> duration_buckets_s{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1,
                                                    0.25,  0.5,    1,     2.5,  5,     10};

/// Called when the metrics are read, on any thread.
using Read = std::function<double()>;

class Registry;

/// Keeps a callback registered as long as it lives; the registry must outlive it. Once the destructor has returned, the
/// callback is neither running nor called again.
class [[nodiscard]] Reading {
  public:
    Reading() = default;
    Reading(Reading&& other) noexcept { swap(other); }
    Reading& operator=(Reading&& other) noexcept {
        Reading taken(std::move(other));
        swap(taken);
        return *this;
    }
    ~Reading();

  private:
    friend class Registry;
    struct Entry {
        std::string name;
        Labels labels;
        Read read;
    };
    Reading(Registry& registry, std::list<Entry>::iterator entry) : registry_(&registry), entry_(entry) {}
    void swap(Reading& other) noexcept {
        std::swap(registry_, other.registry_);
        std::swap(entry_, other.entry_);
    }

    Registry* registry_ = nullptr;
    std::list<Entry>::iterator entry_;
};

/// Of all threads. The same name with the same labels is the same metric; a name of another kind, with another help or
/// of a form that Prometheus does not take is std::logic_error.
class Registry {
  public:
    Counter& counter(const std::string& name, const std::string& help, const Labels& labels = {});
    Gauge& gauge(const std::string& name, const std::string& help, const Labels& labels = {});
    Histogram& histogram(const std::string& name, const std::string& help, const Labels& labels = {},
                         const std::vector<double>& buckets = duration_buckets_s);

    /// A value asked for when the metrics are read: the size of a pool, the number of sockets. Callbacks of one name
    /// with the same labels are added up, so that each thread may bring its own.
    Reading gauge_of(const std::string& name, const std::string& help, Read read, const Labels& labels = {});
    /// The same for a number that only grows.
    Reading counter_of(const std::string& name, const std::string& help, Read read, const Labels& labels = {});

    /// The text format, version 0.0.4.
    std::string expose() const;

    static constexpr const char* content_type = "text/plain; version=0.0.4; charset=utf-8";

  private:
    friend class Reading;
    struct Declared {
        prometheus::MetricType type;
        std::string help;
        bool read = false;  // by callback
    };
    void declare(const std::string& name, Declared declared);
    Reading add(const std::string& name, Declared declared, Read read, const Labels& labels);
    std::vector<prometheus::MetricFamily> read_all() const;

    prometheus::Registry counted_;
    mutable std::mutex mutex_;
    std::map<std::string, Declared> declared_;
    std::list<Reading::Entry> readings_;
};

}  // namespace liveshop::metrics
