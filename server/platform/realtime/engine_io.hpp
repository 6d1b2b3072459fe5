#pragma once
// Engine.IO protocol 4: its packets, the one that opens a session, and the bodies of the polling transport.
#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
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

inline constexpr std::string_view close_packet = "1";
inline constexpr std::string_view ping_packet = "2";
inline constexpr std::string_view noop_packet = "6";

struct Packet {
    PacketType type;
    std::string_view data;  // a view into the decoded text
};

// One packet. Nothing for an empty text or an unknown type.
std::optional<Packet> decode(std::string_view text);

// What the server says first. A client that hears nothing for ping_interval + ping_timeout reconnects.
struct Open {
    std::string sid;
    bool may_upgrade = false;  // from polling to a WebSocket
    std::chrono::milliseconds ping_interval;
    std::chrono::milliseconds ping_timeout;
    std::size_t message_bytes_max;
};
std::string encode_open(const Open& open);

// The packets of one polling request or answer, separated by 0x1e. A binary one is 'b' and base64.
std::string encode_payload(std::span<const std::string_view> packets);

class PayloadReader {
  public:
    explicit PayloadReader(std::string_view body) : rest_(body) {}

    // The next packet as it stands there, which may be empty; nothing after the last.
    std::optional<std::string_view> next();

  private:
    std::optional<std::string_view> rest_;
};

// The bytes of a binary packet without its 'b', in number; nothing if it is no base64 (RFC 4648 section 4, padded).
std::optional<std::size_t> base64_length(std::string_view text);

}  // namespace liveshop::realtime::engine_io
