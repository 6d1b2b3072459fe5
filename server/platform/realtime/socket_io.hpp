#pragma once
// The Socket.IO packet codec, protocol 5: <type>[<attachments>-][<namespace>,][<ack id>][JSON]. Binary data is not
// taken, but its packets are understood so that they can be refused in a sentence.
#include <boost/json.hpp>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace liveshop::realtime::socket_io {

namespace json = boost::json;

enum class PacketType : char {
    connect = '0',
    disconnect = '1',
    event = '2',
    ack = '3',
    connect_error = '4',
    binary_event = '5',
    binary_ack = '6',
};

inline constexpr std::size_t event_name_bytes_max = 128;
inline constexpr unsigned attachments_max = 10;

enum class Fault { unknown_type, bad_attachments, bad_namespace, bad_ack_id, bad_json, bad_event_name };
std::string_view to_string(Fault fault);

struct Packet {
    PacketType type;
    unsigned attachments = 0;             // binary messages that follow: 1 to attachments_max for binary types, else 0
    std::string_view name_space = "/";    // always begins with '/'
    std::optional<std::uint64_t> ack_id;  // at most 2^53 - 1, as JavaScript counts
    std::string_view payload;             // JSON, not yet parsed; may be empty
};
// The views point into `text`, which is a message packet of Engine.IO without its leading '4'.
std::expected<Packet, Fault> decode(std::string_view text);

struct Event {
    std::string name;  // 1 to event_name_bytes_max bytes, none of the names Socket.IO keeps for itself
    json::array args;
};
std::expected<Event, Fault> decode_event(std::string_view payload);

// The auth object of a CONNECT packet; empty when the client sent none.
std::expected<json::object, Fault> decode_auth(std::string_view payload);

// These are whole Engine.IO packets, beginning with '4'. payload_json must be valid JSON, or empty for an event
// without arguments.
std::string encode_event(std::string_view event, std::string_view payload_json);
std::string encode_ack(std::uint64_t ack_id, const json::value& payload);
// With `pid`, by which a client that lost its connection asks for its session back; empty where it may not.
std::string encode_connect(std::string_view sid, std::string_view pid);
std::string encode_connect_error(std::string_view name_space, std::string_view code, std::string_view message);
inline constexpr std::string_view disconnect_packet = "41";

}  // namespace liveshop::realtime::socket_io
