#include "platform/realtime/engine_io.hpp"

#include <fmt/format.h>

namespace liveshop::realtime::engine_io {

std::optional<Packet> decode(std::string_view text) {
    if (text.empty() || text.front() < '0' || text.front() > '6') return std::nullopt;
    return Packet{static_cast<PacketType>(text.front()), text.substr(1)};
}

std::string encode_open(const Open& open) {
    return fmt::format(R"(0{{"sid":"{}","upgrades":[],"pingInterval":{},"pingTimeout":{},"maxPayload":{}}})", open.sid,
                       open.ping_interval.count(), open.ping_timeout.count(), open.message_bytes_max);
}

}  // namespace liveshop::realtime::engine_io
