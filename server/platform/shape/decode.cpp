#include "platform/shape/decode.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace liveshop {

const std::string_view* Decoder::string_at(const json::value& v, const std::string& at) {
    if (!v.is_string()) {
        fail(at, "must be a string");
        return nullptr;
    }
    string_ = v.get_string();
    return &string_;
}

void Decoder::read_integer(const json::value& v, std::int64_t& out, std::int64_t lo, std::int64_t hi,
                           const std::string& at) {
    if (!v.is_int64() || v.get_int64() < lo || v.get_int64() > hi)
        return fail(at, "must be a whole number from " + std::to_string(lo) + " to " + std::to_string(hi));
    out = v.get_int64();
}

void Decoder::read_number(const json::value& v, double& out, double lo, double hi, const std::string& at) {
    const double number = v.is_double()  ? v.get_double()
                          : v.is_int64() ? static_cast<double>(v.get_int64())
                                         : std::numeric_limits<double>::quiet_NaN();
    if (!std::isfinite(number) || number < lo || number > hi) {  // the parser reads 1e400 as infinity
        const bool bounded = std::isfinite(lo) && std::isfinite(hi);
        return fail(at, bounded ? fmt::format("must be a number from {} to {}", lo, hi) : "must be a number");
    }
    out = number;
}

void Decoder::read(const json::value& v, std::string& out, const std::string& at) {
    const std::string_view* text = string_at(v, at);
    if (!text) return;
    if (!text_length(*text)) return fail(at, "must be UTF-8 text without NUL");
    out = *text;
}

void Decoder::read(const json::value& v, std::int64_t& out, const std::string& at) {
    read_integer(v, out, std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max(), at);
}

void Decoder::read(const json::value& v, bool& out, const std::string& at) {
    if (!v.is_bool()) return fail(at, "must be true or false");
    out = v.get_bool();
}

void Decoder::read(const json::value& v, double& out, const std::string& at) {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    read_number(v, out, -infinity, infinity, at);
}

void Decoder::read(const json::value& v, Email& out, const std::string& at) {
    const std::string_view* text = string_at(v, at);
    if (!text) return;
    if (!is_email(*text)) return fail(at, "must be an e-mail address");
    out.value.resize(text->size());
    std::ranges::transform(*text, out.value.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
}

void Decoder::read(const json::value& v, Slug& out, const std::string& at) {
    const std::string_view* text = string_at(v, at);
    if (!text) return;
    if (!is_slug(*text)) return fail(at, "must be lower-case letters, digits and single dashes, at most 100");
    out.value = *text;
}

void Decoder::read(const json::value& v, Currency& out, const std::string& at) {
    const std::string_view* text = string_at(v, at);
    if (!text) return;
    if (!is_currency(*text)) return fail(at, "must be a currency code of three capital letters");
    out.value = *text;
}

void Decoder::read(const json::value& v, Latitude& out, const std::string& at) {
    read_number(v, out.value, -90, 90, at);
}

void Decoder::read(const json::value& v, Longitude& out, const std::string& at) {
    read_number(v, out.value, -180, 180, at);
}

void Decoder::read(const json::value& v, Amount& out, const std::string& at) {
    constexpr std::int64_t exact_in_json = 1LL << 53;  // beyond it a double, and so a browser, loses units
    read_integer(v, out.minor, -exact_in_json, exact_in_json, at);
}

void Decoder::read(const json::value& v, Timestamp& out, const std::string& at) {
    const std::string_view* text = string_at(v, at);
    if (!text) return;
    const std::optional<Timestamp> time = Timestamp::parse(*text);
    if (!time) return fail(at, "must be a time such as 2030-01-31T18:30:00Z");
    out = *time;
}

}  // namespace liveshop
