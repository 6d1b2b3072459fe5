#include "platform/shape/scalars.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <limits>

namespace liveshop {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

// Reads exactly `count` digits and moves on; -1 where they are not there.
int take_number(std::string_view& text, std::size_t count) {
    if (text.size() < count || !std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(count), is_digit))
        return -1;
    int value = 0;
    std::from_chars(text.data(), text.data() + count, value);
    text.remove_prefix(count);
    return value;
}

bool take(std::string_view& text, char expected) {
    if (!text.starts_with(expected)) return false;
    text.remove_prefix(1);
    return true;
}

// ".123456" in microseconds; digits beyond the sixth are dropped.
std::optional<std::int64_t> take_fraction_us(std::string_view& text) {
    if (!take(text, '.')) return 0;
    std::int64_t us = 0;
    std::size_t count = 0;
    for (; count < text.size() && is_digit(text[count]); ++count)
        if (count < 6) us = us * 10 + (text[count] - '0');
    if (count == 0 || count > 9) return std::nullopt;
    for (std::size_t digits = count; digits < 6; ++digits) us *= 10;
    text.remove_prefix(count);
    return us;
}

// "Z", "+08", "+0800" or "+08:00" in minutes.
std::optional<int> take_offset_minutes(std::string_view& text) {
    if (take(text, 'Z') || take(text, 'z')) return 0;
    const bool west = text.starts_with('-');
    if (!take(text, '+') && !take(text, '-')) return std::nullopt;
    const int hours = take_number(text, 2);
    int minutes = 0;
    if (!text.empty()) {
        take(text, ':');
        minutes = take_number(text, 2);
    }
    if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59) return std::nullopt;
    return (west ? -1 : 1) * (hours * 60 + minutes);
}

}  // namespace

Amount& Amount::operator+=(Amount other) {
    if (__builtin_add_overflow(minor, other.minor, &minor)) throw Overflow("sum of amounts");
    return *this;
}

Amount& Amount::operator-=(Amount other) {
    if (__builtin_sub_overflow(minor, other.minor, &minor)) throw Overflow("difference of amounts");
    return *this;
}

Amount operator*(Amount a, std::int64_t quantity) {
    Amount product;
    if (__builtin_mul_overflow(a.minor, quantity, &product.minor)) throw Overflow("amount times quantity");
    return product;
}

Amount share_of(Amount amount, std::int64_t rate_bp) {
    if (amount.minor < 0 || rate_bp < 0 || rate_bp > 10'000) throw std::invalid_argument("share of an amount");
    const Amount product = amount * rate_bp + Amount{5'000};
    return {product.minor / 10'000};
}

Timestamp Timestamp::now() {
    using namespace std::chrono;
    return {duration_cast<microseconds>(system_clock::now().time_since_epoch()).count()};
}

std::optional<Timestamp> Timestamp::parse(std::string_view text) {
    using namespace std::chrono;
    const int y = take_number(text, 4);
    if (y < 0 || !take(text, '-')) return std::nullopt;
    const int m = take_number(text, 2);
    if (m < 0 || !take(text, '-')) return std::nullopt;
    const int d = take_number(text, 2);
    if (d < 0) return std::nullopt;
    const year_month_day date{year{y}, month{static_cast<unsigned>(m)}, day{static_cast<unsigned>(d)}};
    if (!date.ok() || !(take(text, 'T') || take(text, 't') || take(text, ' '))) return std::nullopt;
    const int hour = take_number(text, 2);
    if (hour < 0 || hour > 23 || !take(text, ':')) return std::nullopt;
    const int minute = take_number(text, 2);
    if (minute < 0 || minute > 59 || !take(text, ':')) return std::nullopt;
    const int second = take_number(text, 2);
    if (second < 0 || second > 59) return std::nullopt;
    const std::optional<std::int64_t> fraction_us = take_fraction_us(text);
    if (!fraction_us) return std::nullopt;
    const std::optional<int> offset_minutes = take_offset_minutes(text);
    if (!offset_minutes || !text.empty()) return std::nullopt;
    const auto time = sys_days{date} + hours{hour} + minutes{minute - *offset_minutes} + seconds{second};
    return Timestamp{duration_cast<microseconds>(time.time_since_epoch()).count() + *fraction_us};
}

std::string Timestamp::to_string() const {
    using namespace std::chrono;
    const sys_time<microseconds> time{microseconds{us}};
    const auto midnight = floor<days>(time);
    const year_month_day date{midnight};
    const hh_mm_ss clock{time - midnight};
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:06}Z", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), clock.hours().count(),
                       clock.minutes().count(), clock.seconds().count(), clock.subseconds().count());
}

bool is_email(std::string_view text) {
    const std::size_t at = text.find('@');
    if (text.size() > 254 || at == 0 || at == text.npos || at > 64) return false;
    const std::string_view domain = text.substr(at + 1);
    const bool printable = std::ranges::all_of(text, [](char c) { return c > ' ' && c != 0x7F; });
    const std::size_t dot = domain.rfind('.');
    return printable && domain.find('@') == domain.npos && dot != domain.npos && dot > 0 && dot + 1 < domain.size() &&
           domain.find("..") == domain.npos;
}

bool is_slug(std::string_view text) {
    if (text.empty() || text.size() > 100 || text.front() == '-' || text.back() == '-') return false;
    return text.find("--") == text.npos &&
           std::ranges::all_of(text, [](char c) { return is_lower(c) || is_digit(c) || c == '-'; });
}

bool is_currency(std::string_view text) {
    return text.size() == 3 && std::ranges::all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

std::optional<std::size_t> text_length(std::string_view text) {
    std::size_t length = 0;
    for (std::size_t at = 0; at < text.size(); ++length) {
        const auto lead = static_cast<unsigned char>(text[at]);
        const std::size_t size = lead < 0x80 ? 1 : lead >> 5 == 6 ? 2 : lead >> 4 == 14 ? 3 : lead >> 3 == 30 ? 4 : 0;
        if (lead == 0 || size == 0 || at + size > text.size()) return std::nullopt;
        for (std::size_t i = 1; i < size; ++i)
            if ((static_cast<unsigned char>(text[at + i]) & 0xC0) != 0x80) return std::nullopt;
        at += size;
    }
    return length;
}

}  // namespace liveshop
