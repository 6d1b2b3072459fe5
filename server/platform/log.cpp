#include "platform/log.hpp"

#include <fmt/format.h>
#include <spdlog/sinks/ansicolor_sink.h>
#include <spdlog/spdlog.h>

#include "platform/log/limiter.hpp"
#include "platform/log/line.hpp"
#include "platform/shape/encode.hpp"

namespace liveshop::log {
namespace {

constexpr std::string_view structured = "structured";  // the logger whose lines come as finished bodies

spdlog::level::level_enum level_of(Level level) {
    switch (level) {
        case Level::debug:
            return spdlog::level::debug;
        case Level::info:
            return spdlog::level::info;
        case Level::warning:
            return spdlog::level::warn;
        case Level::error:
            break;
    }
    return spdlog::level::err;
}

std::string_view name_of_level(spdlog::level::level_enum level) {
    if (level <= spdlog::level::debug) return "debug";
    if (level == spdlog::level::info) return "info";
    return level == spdlog::level::warn ? "warning" : "error";
}

class Formatter : public spdlog::formatter {
  public:
    Formatter(Format format, std::string process) : format_(format), process_(std::move(process)) {}

    void format(const spdlog::details::log_msg& message, spdlog::memory_buf_t& out) override {
        const std::string_view payload(message.payload.data(), message.payload.size());
        const bool finished = std::string_view(message.logger_name.data(), message.logger_name.size()) == structured;
        const std::string body = finished ? std::string(payload) : log::body(format_, payload, {});
        const std::string_view level = name_of_level(message.level);
        const auto us = std::chrono::duration_cast<std::chrono::microseconds>(message.time.time_since_epoch());
        const std::string time = Timestamp{us.count()}.to_string();
        auto to = std::back_inserter(out);
        if (format_ == Format::json) {
            fmt::format_to(to, "{{\"time\":\"{}\",\"level\":\"{}\",\"process\":\"{}\",{}}}\n", time, level, process_,
                           body);
            return;
        }
        fmt::format_to(to, "{} ", std::string_view(time).substr(11, 12));
        message.color_range_start = out.size();
        fmt::format_to(to, "{:<7}", level);
        message.color_range_end = out.size();
        fmt::format_to(to, " {}\n", body);
    }
    std::unique_ptr<spdlog::formatter> clone() const override { return std::make_unique<Formatter>(format_, process_); }

  private:
    Format format_;
    std::string process_;
};

// What `start` decides, once, before there are threads.
struct Output {
    Format format = Format::text;
    std::shared_ptr<spdlog::logger> logger;

    Output() {
        open({.environment = Environment::development, .log_level = Level::info, .log_format = {}}, "liveshop");
    }

    void open(const Settings& settings, std::string_view process) {
        format = format_of(settings);
        auto sink = std::make_shared<spdlog::sinks::ansicolor_stderr_sink_mt>();
        sink->set_formatter(std::make_unique<Formatter>(format, std::string(process)));
        logger = std::make_shared<spdlog::logger>(std::string(structured), sink);
        auto of_libraries = std::make_shared<spdlog::logger>("plain", sink);
        logger->set_level(level_of(settings.log_level));
        of_libraries->set_level(level_of(settings.log_level));
        spdlog::set_default_logger(std::move(of_libraries));
    }
};

Output& output() {
    static Output instance;
    return instance;
}

Limiter& limiter() {
    static Limiter instance;
    return instance;
}

void put(Level level, std::string_view message, std::span<const Field> fields) {
    const Output& out = output();
    out.logger->log(level_of(level), body(out.format, message, fields));
}

}  // namespace

void start(const Settings& settings, std::string_view process) { output().open(settings, process); }

bool writes(Level level) { return output().logger->should_log(level_of(level)); }

void write(Level level, std::string_view message, Fields fields) {
    if (!writes(level)) return;
    if (level >= Level::warning) {
        const auto now = std::chrono::steady_clock::now();
        for (const Limiter::Suppressed& ended : limiter().take_ended(now)) {
            const std::array<Field, 2> counted{Field{"lines", ended.lines}, Field{"of", ended.message}};
            put(Level::warning, "lines left out", counted);
        }
        if (!limiter().admit(message, now)) return;
    }
    put(level, message, fields);
}

}  // namespace liveshop::log
