#pragma once
// When a message is still worth a push or a text message. Pure: no clock, no I/O, no SQL.
#include <optional>
#include <string_view>

#include "modules/notify/kinds.hpp"

namespace liveshop::notify {

inline constexpr std::int64_t day_minutes = 1'440;

/// "22:30" as minutes of the day; nothing where it is no time of day.
constexpr std::optional<std::int64_t> minutes_of(std::string_view text) {
    const auto digit = [text](std::size_t at) { return text[at] >= '0' && text[at] <= '9' ? text[at] - '0' : 100; };
    if (text.size() != 5 || text[2] != ':') return std::nullopt;
    const std::int64_t hour = digit(0) * 10 + digit(1), minute = digit(3) * 10 + digit(4);
    if (hour > 23 || minute > 59) return std::nullopt;
    return hour * 60 + minute;
}

/// Minutes until the quiet hours end, 0 outside of them. Hours that end before they begin go past midnight; hours that
/// end when they begin are none.
constexpr std::int64_t quiet_minutes_left(std::int64_t now, std::int64_t from, std::int64_t until) {
    const std::int64_t length = (until - from + day_minutes) % day_minutes;
    const std::int64_t since = (now - from + day_minutes) % day_minutes;
    return since < length ? length - since : 0;
}
static_assert(quiet_minutes_left(23 * 60, 22 * 60, 7 * 60) == 8 * 60);
static_assert(quiet_minutes_left(7 * 60, 22 * 60, 7 * 60) == 0);

/// Whether the channel interrupts: only such wait for the end of quiet hours, grow old and replace each other.
constexpr bool interrupts(Channel channel) { return channel == Channel::push || channel == Channel::sms; }

enum class Verdict { send, wait, too_late, replaced };

/// What is to be done with a message of this age; `quiet_left` in minutes.
constexpr Verdict verdict_of(Kind kind, Channel channel, std::int64_t age_s, bool is_replaced,
                             std::int64_t quiet_left) {
    const KindRow& row = row_of(kind);
    if (!interrupts(channel) || row.is_locked) return Verdict::send;
    if (is_replaced) return Verdict::replaced;
    if (age_s + quiet_left * 60 > row.useful_s) return Verdict::too_late;
    return quiet_left > 0 ? Verdict::wait : Verdict::send;
}

}  // namespace liveshop::notify
