#pragma once
// The names that this layer gives out: unguessable, safe in a URL and in JSON.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace liveshop::realtime {

inline constexpr std::size_t id_length = 20;

// 20 characters of 6 random bits each.
std::string random_id();

// An Engine.IO session's: its first two characters tell the thread, so that a polling request that another thread has
// received finds its way. At most 4,096 threads.
std::string random_sid(std::size_t hub_index);
std::optional<std::size_t> hub_index_of(std::string_view sid);

// Where an event stands among all that this process has said, growing by one; never 0. The first is a random number,
// so that a position that a client brings from another process, or from before a restart, is not taken for one of ours.
using Position = std::uint64_t;
Position random_position();

// A position as clients keep and return it.
inline constexpr std::size_t offset_length = 9;
std::string encode_offset(Position position);
std::optional<Position> decode_offset(std::string_view offset);

}  // namespace liveshop::realtime
