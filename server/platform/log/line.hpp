#pragma once
// One log line as text or as JSON.
#include <span>
#include <string>

#include "platform/log.hpp"

namespace liveshop::log {

/// Longer texts are cut and end in "…".
inline constexpr std::size_t text_bytes_max = 2048;

/// Message and fields without braces, time and level: `"message":"request","status":200` or `request status=200`.
/// Always valid UTF-8 in one line, whatever the texts hold.
std::string body(Format format, std::string_view message, std::span<const Field> fields);

}  // namespace liveshop::log
