#include "platform/realtime/engine_io.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace liveshop::realtime::engine_io {
namespace {

constexpr char separator = '\x1e';

constexpr bool is_base64(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
}

}  // namespace

std::optional<Packet> decode(std::string_view text) {
    if (text.empty() || text.front() < '0' || text.front() > '6') return std::nullopt;
    return Packet{static_cast<PacketType>(text.front()), text.substr(1)};
}

std::string encode_open(const Open& open) {
    return fmt::format(R"(0{{"sid":"{}","upgrades":[{}],"pingInterval":{},"pingTimeout":{},"maxPayload":{}}})",
                       open.sid, open.may_upgrade ? R"("websocket")" : "", open.ping_interval.count(),
                       open.ping_timeout.count(), open.message_bytes_max);
}

std::string encode_payload(std::span<const std::string_view> packets) {
    return fmt::to_string(fmt::join(packets, std::string_view(&separator, 1)));
}

std::optional<std::string_view> PayloadReader::next() {
    if (!rest_) return std::nullopt;
    const auto end = rest_->find(separator);
    const auto packet = rest_->substr(0, end);
    if (end == std::string_view::npos)
        rest_.reset();
    else
        rest_->remove_prefix(end + 1);
    return packet;
}

std::optional<std::size_t> base64_length(std::string_view text) {
    if (text.size() % 4 != 0) return std::nullopt;
    const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
    if (!std::ranges::all_of(text.substr(0, text.size() - padding), is_base64)) return std::nullopt;
    return text.size() / 4 * 3 - padding;
}

}  // namespace liveshop::realtime::engine_io
