#pragma once
// What a stream may do. Pure: no clock, no I/O, no SQL.
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

}  // namespace liveshop::live
