#include "platform/log/line.hpp"

#include <algorithm>

#include "platform/shape/encode.hpp"

namespace liveshop::log {
namespace {

bool is_hidden(std::string_view name) {
    constexpr std::array<std::string_view, 5> words{"token", "password", "secret", "cookie", "authorization"};
    return std::ranges::any_of(words, [&](std::string_view word) { return name.find(word) != name.npos; });
}

// Cut to size at a code point's border, and with '?' for bytes that are no UTF-8.
std::string presentable(std::string_view text) {
    const bool cut = text.size() > text_bytes_max;
    if (cut) {
        text = text.substr(0, text_bytes_max);
        while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0) == 0x80) text.remove_suffix(1);
        if (!text.empty() && static_cast<unsigned char>(text.back()) >= 0xC0) text.remove_suffix(1);
    }
    std::string shown(text);
    if (!text_length(shown))
        std::ranges::replace_if(shown, [](char c) { return c == '\0' || static_cast<unsigned char>(c) >= 0x80; }, '?');
    return cut ? shown + "…" : shown;
}

bool is_plain(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return static_cast<unsigned char>(c) > ' ' && c != '"' && c != '=' && c != '\\' && c != '\x7F';
    });
}

void write_text(std::string& out, Format format, std::string_view text) {
    const std::string shown = presentable(text);
    if (format == Format::text && is_plain(shown))
        out += shown;
    else
        write_json(out, shown);
}

void write_value(std::string& out, Format format, const Field& field) {
    if (const auto* text = std::get_if<std::string_view>(&field.value))
        write_text(out, format, is_hidden(field.name) ? "(hidden)" : *text);
    else if (const auto* whole = std::get_if<std::int64_t>(&field.value))
        write_json(out, *whole);
    else if (const auto* natural = std::get_if<std::uint64_t>(&field.value))
        out += std::to_string(*natural);
    else if (const auto* number = std::get_if<double>(&field.value))
        write_json(out, *number);
    else
        write_json(out, std::get<bool>(field.value));
}

}  // namespace

std::string body(Format format, std::string_view message, std::span<const Field> fields) {
    std::string out;
    if (format == Format::json) {
        out += "\"message\":";
        write_json(out, presentable(message));
    } else {
        out = presentable(message);
        std::ranges::replace_if(out, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7F'; }, ' ');
    }
    for (const Field& field : fields) {
        if (format == Format::json) {
            out += ',';
            write_json(out, field.name);
            out += ':';
        } else {
            out.append(" ").append(field.name).append("=");
        }
        write_value(out, format, field);
    }
    return out;
}

}  // namespace liveshop::log
