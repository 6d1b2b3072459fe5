#include "platform/metrics.hpp"

#include <fmt/format.h>
#include <prometheus/check_names.h>
#include <prometheus/text_serializer.h>

#include <iterator>
#include <sstream>
#include <stdexcept>

namespace liveshop::metrics {

Reading::~Reading() {
    if (!registry_) return;
    const std::lock_guard lock(registry_->mutex_);
    registry_->readings_.erase(entry_);
}

void Registry::declare(const std::string& name, Declared declared) {
    if (!prometheus::CheckMetricName(name)) throw std::logic_error(fmt::format("{} is no name of a metric", name));
    const std::lock_guard lock(mutex_);
    const auto [known, added] = declared_.emplace(name, declared);
    const Declared& first = known->second;
    if (!added && (first.type != declared.type || first.help != declared.help || first.read != declared.read))
        throw std::logic_error(fmt::format("metric {} is declared twice and differently", name));
}

Counter& Registry::counter(const std::string& name, const std::string& help, const Labels& labels) {
    declare(name, {prometheus::MetricType::Counter, help});
    return prometheus::BuildCounter().Name(name).Help(help).Register(counted_).Add(labels);
}

Gauge& Registry::gauge(const std::string& name, const std::string& help, const Labels& labels) {
    declare(name, {prometheus::MetricType::Gauge, help});
    return prometheus::BuildGauge().Name(name).Help(help).Register(counted_).Add(labels);
}

Histogram& Registry::histogram(const std::string& name, const std::string& help, const Labels& labels,
                               const std::vector<double>& buckets) {
    declare(name, {prometheus::MetricType::Histogram, help});
    return prometheus::BuildHistogram().Name(name).Help(help).Register(counted_).Add(labels, buckets);
}

Reading Registry::gauge_of(const std::string& name, const std::string& help, Read read, const Labels& labels) {
    return add(name, {prometheus::MetricType::Gauge, help, true}, std::move(read), labels);
}

Reading Registry::counter_of(const std::string& name, const std::string& help, Read read, const Labels& labels) {
    return add(name, {prometheus::MetricType::Counter, help, true}, std::move(read), labels);
}

Reading Registry::add(const std::string& name, Declared declared, Read read, const Labels& labels) {
    declare(name, std::move(declared));
    const std::lock_guard lock(mutex_);
    return Reading(*this, readings_.insert(readings_.end(), Reading::Entry{name, labels, std::move(read)}));
}

std::vector<prometheus::MetricFamily> Registry::read_all() const {
    const std::lock_guard lock(mutex_);
    std::map<std::string, std::map<Labels, double>> sums;
    for (const Reading::Entry& entry : readings_) sums[entry.name][entry.labels] += entry.read();

    std::vector<prometheus::MetricFamily> families;
    for (const auto& [name, values] : sums) {
        const Declared& declared = declared_.at(name);
        prometheus::MetricFamily& family = families.emplace_back(name, declared.help, declared.type);
        for (const auto& [labels, value] : values) {
            prometheus::ClientMetric& metric = family.metric.emplace_back();
            for (const auto& [label, text] : labels) metric.label.push_back({label, text});
            metric.counter.value = metric.gauge.value = value;  // the family's type says which is shown
        }
    }
    return families;
}

std::string Registry::expose() const {
    std::vector<prometheus::MetricFamily> families = counted_.Collect();
    std::ranges::move(read_all(), std::back_inserter(families));
    std::ostringstream out;
    prometheus::TextSerializer().Serialize(out, families);
    return std::move(out).str();
}

}  // namespace liveshop::metrics
