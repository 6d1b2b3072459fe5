#pragma once
// What a stream may do and what may be said. Pure: no clock, no I/O, no SQL.
#include <string>
#include <string_view>
#include <vector>

#include "modules/live/types.hpp"
#include "platform/states.hpp"

namespace liveshop::live {

enum class StreamEvent { start, end, cancel };
BOOST_DESCRIBE_ENUM(StreamEvent, start, end, cancel)

inline constexpr Machine<StreamStatus, StreamEvent, 3> stream_machine{
    StreamStatus::scheduled,
    {{
        {StreamStatus::scheduled, StreamEvent::start, StreamStatus::live},
        {StreamStatus::scheduled, StreamEvent::cancel, StreamStatus::cancelled},
        {StreamStatus::live, StreamEvent::end, StreamStatus::ended},
    }}};
static_assert(stream_machine.sound());

inline constexpr std::int64_t pins_max = 20;
inline constexpr std::int64_t moderators_max = 50;
inline constexpr std::int64_t blocked_max = 500;
inline constexpr std::size_t muted_words_max = 200;

/// Seconds until somebody who last wrote at `last` may write again; 0: now.
constexpr std::int64_t slow_mode_wait_s(std::int64_t slow_mode_s, std::optional<Timestamp> last, Timestamp now) {
    constexpr std::int64_t second_us = 1'000'000;
    if (slow_mode_s == 0 || !last) return 0;
    const std::int64_t wait_us = last->us + slow_mode_s * second_us - now.us;
    return wait_us <= 0 ? 0 : (wait_us + second_us - 1) / second_us;
}

/// Whether the text has one of the words: as a whole word, in whatever case, and with invisible characters left out.
/// A word may be a phrase.
bool has_word(std::string_view text, const std::vector<std::string>& words);

/// "Ada" of "Ada Lovelace".
std::string first_name_of(std::string_view name);

}  // namespace liveshop::live
