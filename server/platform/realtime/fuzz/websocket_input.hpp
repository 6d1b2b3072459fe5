#pragma once
// What must hold for the frame decoder whatever a client sends: the result depends on the bytes alone, not on how they
// are cut, and nothing unchecked gets through.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>
#include <vector>

#include "platform/realtime/websocket.hpp"

namespace liveshop::realtime::fuzz {

inline constexpr std::size_t message_bytes_max = 4096;

inline void require(bool holds) {
    if (!holds) std::abort();
}

struct Decoded {
    std::vector<std::pair<websocket::Opcode, std::string>> messages;
    int error = 0;
    bool operator==(const Decoded&) const = default;
};

inline Decoded decode_in_parts(std::string bytes, std::size_t part_bytes) {
    Decoded decoded;
    websocket::Decoder decoder(message_bytes_max);
    for (std::size_t at = 0; at < bytes.size(); at += part_bytes) {
        std::span<char> part(bytes.data() + at, std::min(part_bytes, bytes.size() - at));
        while (true) {
            const auto next = decoder.next(part);
            if (!next) {
                decoded.error = static_cast<int>(next.error());
                return decoded;
            }
            if (!*next) break;
            const auto [opcode, payload] = **next;
            require(opcode != websocket::Opcode::continuation && payload.size() <= message_bytes_max);
            require(opcode != websocket::Opcode::text || websocket::valid_utf8(payload));
            if (opcode == websocket::Opcode::close) (void)websocket::decode_close(payload);
            decoded.messages.emplace_back(opcode, payload);
        }
        require(part.empty());
    }
    return decoded;
}

// The first byte says how the rest is cut the second time.
inline void check_websocket(std::span<const std::uint8_t> input) {
    if (input.empty()) return;
    const std::string bytes(input.begin() + 1, input.end());
    require(decode_in_parts(bytes, bytes.size() + 1) == decode_in_parts(bytes, 1 + input[0] % 64U));
}

}  // namespace liveshop::realtime::fuzz
