#pragma once
// Structured logs on stderr: one JSON object a line in production, short readable lines in development.
//
//   log::info("request", {{"request_id", id}, {"status", 200}, {"duration_ms", 1.25}});
//
// The message is a constant; what varies is a field. Bodies are never logged, and a text in a field whose name speaks
// of a token, a password, a secret or a cookie is hidden.
#include <array>
#include <concepts>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "platform/config.hpp"
#include "platform/environment.hpp"

namespace liveshop::log {

enum class Level { debug, info, warning, error };
BOOST_DESCRIBE_ENUM(Level, debug, info, warning, error)

enum class Format { json, text };
BOOST_DESCRIBE_ENUM(Format, json, text)

struct Settings {
    Environment environment = Environment::production;
    Level log_level = Level::info;
    std::optional<Format> log_format;
};
BOOST_DESCRIBE_STRUCT(Settings, (), (environment, log_level, log_format))

constexpr auto setting_help(const Settings*) {
    return std::array{
        config::Help{"environment", "Development shows demo accounts and readable logs; production does neither."},
        config::Help{"log_level", "Lines below this level are not written."},
        config::Help{"log_format", "If not set: text in development, json in production."},
    };
}

/// The format that is written under these settings.
constexpr Format format_of(const Settings& settings) {
    const bool readable = settings.environment == Environment::development;
    return settings.log_format.value_or(readable ? Format::text : Format::json);
}

/// A name and a text, a number or a truth. Holds a view: it lives no longer than the call it is written in.
struct Field {
    using Value = std::variant<std::string_view, std::int64_t, std::uint64_t, double, bool>;

    template <class T>
        requires std::convertible_to<const T&, std::string_view>
    Field(std::string_view name_, const T& text) : name(name_), value(std::string_view(text)) {}
    template <std::signed_integral T>
    Field(std::string_view name_, T number) : name(name_), value(static_cast<std::int64_t>(number)) {}
    template <std::unsigned_integral T>
    Field(std::string_view name_, T number) : name(name_), value(static_cast<std::uint64_t>(number)) {}
    Field(std::string_view name_, double number) : name(name_), value(number) {}
    Field(std::string_view name_, bool truth) : name(name_), value(truth) {}

    std::string_view name;
    Value value;
};
using Fields = std::initializer_list<Field>;

/// Sets level and format of this process ("serve", "media" …), also for what libraries write through spdlog. Called
/// before other threads start; until then lines are text, at level info.
void start(const Settings& settings, std::string_view process);

bool writes(Level level);
void write(Level level, std::string_view message, Fields fields);

inline void debug(std::string_view message, Fields fields = {}) { write(Level::debug, message, fields); }
inline void info(std::string_view message, Fields fields = {}) { write(Level::info, message, fields); }
/// Of one message at most 10 lines in 10 s are written; how many were left out is told when the 10 s are over.
inline void warning(std::string_view message, Fields fields = {}) { write(Level::warning, message, fields); }
inline void error(std::string_view message, Fields fields = {}) { write(Level::error, message, fields); }

}  // namespace liveshop::log
