#pragma once
// What must hold for the Engine.IO and Socket.IO decoders whatever text a client sends.
#include <boost/json.hpp>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>
#include <string_view>

#include "platform/realtime/engine_io.hpp"
#include "platform/realtime/socket_io.hpp"

namespace liveshop::realtime::fuzz {

inline void demand(bool holds) {
    if (!holds) std::abort();
}

// An event that was understood is understood again, and the same, when written out.
inline void check_event(std::string_view payload) {
    const auto event = socket_io::decode_event(payload);
    if (!event) return;
    demand(!event->name.empty() && event->name.size() <= socket_io::event_name_bytes_max);
    if (event->args.size() > 1) return;
    const auto argument = event->args.empty() ? std::string() : boost::json::serialize(event->args.front());
    const auto written = socket_io::encode_event(event->name, argument);
    const auto engine_packet = engine_io::decode(written);
    demand(engine_packet && engine_packet->type == engine_io::PacketType::message);
    const auto packet = socket_io::decode(engine_packet->data);
    demand(packet && packet->type == socket_io::PacketType::event && !packet->ack_id);
    const auto again = socket_io::decode_event(packet->payload);
    demand(again && again->name == event->name && again->args.size() == event->args.size());
}

inline void check_packets(std::span<const std::uint8_t> input) {
    const std::string text(input.begin(), input.end());
    const auto engine_packet = engine_io::decode(text);
    if (!engine_packet || engine_packet->type != engine_io::PacketType::message) return;
    const auto packet = socket_io::decode(engine_packet->data);
    if (!packet) return demand(!socket_io::to_string(packet.error()).empty());
    demand(packet->name_space.starts_with('/') && packet->attachments <= socket_io::attachments_max);
    demand(packet->payload.size() <= text.size());
    if (packet->type == socket_io::PacketType::connect) (void)socket_io::decode_auth(packet->payload);
    if (packet->type == socket_io::PacketType::event) check_event(packet->payload);
}

}  // namespace liveshop::realtime::fuzz
