#pragma once
// Engine.IO protocol 4 over the WebSocket transport: the packet types, and the packet that opens a session.
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace liveshop::realtime::engine_io {

enum class PacketType : char {
    open = '0',
    close = '1',
    ping = '2',
    pong = '3',
    message = '4',
    upgrade = '5',
    noop = '6',
};

struct Packet {
    PacketType type;
    std::string_view data;  // a view into the decoded text
};

// One text message is one packet. Nothing for an empty text or an unknown type.
std::optional<Packet> decode(std::string_view text);

// What the server says first. A client that hears nothing for ping_interval + ping_timeout reconnects.
struct Open {
    std::string sid;
    std::chrono::milliseconds ping_interval;
    std::chrono::milliseconds ping_timeout;
    std::size_t message_bytes_max;
};
std::string encode_open(const Open& open);

}  // namespace liveshop::realtime::engine_io
