#pragma once
// What must hold for the RESP parser whatever a peer sends: the replies depend on the bytes alone, not on how they are
// cut, and none is beyond the limits.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "platform/redis/resp.hpp"

namespace liveshop::redis::fuzz {

inline constexpr ReplyLimits limits{
    .line_bytes_max = 64, .bulk_bytes_max = 256, .reply_bytes_max = 1024, .values_max = 50, .depth_max = 4};

inline void demand(bool holds) {
    if (!holds) std::abort();
}

struct Parsed {
    std::vector<Value> replies;
    std::optional<ParseError> error;
    bool operator==(const Parsed&) const = default;
};

struct Size {
    std::size_t values = 0, bytes = 0;
};

inline void measure(const Value& value, std::size_t depth, Size& size) {
    demand(depth <= limits.depth_max && value.text.size() <= std::max(limits.line_bytes_max, limits.bulk_bytes_max));
    demand(value.kind != Kind::map || value.items.size() % 2 == 0);
    ++size.values;
    size.bytes += value.text.size();
    for (const Value& item : value.items) measure(item, depth + 1, size);
}

inline Parsed parse_in_parts(std::string_view bytes, std::size_t part_bytes) {
    Parsed parsed;
    Parser parser(limits);
    for (std::size_t at = 0; at < bytes.size() && !parsed.error; at += part_bytes) {
        parser.feed(bytes.substr(at, part_bytes));
        for (;;) {
            const auto next = parser.next();
            if (!next) {
                parsed.error = next.error();
                demand(parser.next() == next);
                break;
            }
            if (!*next) break;
            Size size;
            measure(**next, 0, size);
            demand(size.values <= limits.values_max && size.bytes <= limits.reply_bytes_max);
            parsed.replies.push_back(**next);
        }
    }
    return parsed;
}

// The first byte says how the rest is cut the second time. The rest is also sent as a command, and read again.
inline void check_resp(std::span<const std::uint8_t> input) {
    if (input.empty()) return;
    const std::string bytes(input.begin() + 1, input.end());
    demand(parse_in_parts(bytes, bytes.size() + 1) == parse_in_parts(bytes, 1 + input[0] % 16U));

    std::string command;
    append_command(command, {"PUBLISH", bytes});
    Parser parser;
    parser.feed(command);
    const auto read = parser.next();
    demand(read && *read && (*read)->items.size() == 2 && (*read)->items[1].text == bytes);
}

}  // namespace liveshop::redis::fuzz
