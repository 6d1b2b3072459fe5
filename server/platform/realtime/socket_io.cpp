#include "platform/realtime/socket_io.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace liveshop::realtime::socket_io {
namespace {

constexpr std::uint64_t ack_id_max = (std::uint64_t{1} << 53) - 1;
constexpr std::array<std::string_view, 6> reserved_events{"connect",       "connect_error", "disconnect",
                                                          "disconnecting", "newListener",   "removeListener"};

std::string_view take_digits(std::string_view& text) {
    const auto end = std::find_if_not(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    const auto digits = text.substr(0, static_cast<std::size_t>(end - text.begin()));
    text.remove_prefix(digits.size());
    return digits;
}

std::optional<std::uint64_t> number(std::string_view digits, std::uint64_t max) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (digits.empty() || error != std::errc{} || value > max) return std::nullopt;
    return value;
}

// Boost.JSON reads 1e400 as infinity and writes it as "Infinity", on which every receiver's parser would fail.
bool finite(const json::value& value) {
    if (const auto* number = value.if_double()) return std::isfinite(*number);
    if (const auto* array = value.if_array()) return std::ranges::all_of(*array, finite);
    const auto* object = value.if_object();
    return object == nullptr || std::ranges::all_of(*object, [](const auto& member) { return finite(member.value()); });
}

std::expected<json::value, Fault> parse(std::string_view text) {
    boost::system::error_code error;
    auto value = json::parse(text, error);  // at most 32 deep
    if (error || !finite(value)) return std::unexpected(Fault::bad_json);
    return value;
}

}  // namespace

std::string_view to_string(Fault fault) {
    switch (fault) {
        case Fault::unknown_type:
            return "unknown packet type";
        case Fault::bad_attachments:
            return "bad number of attachments";
        case Fault::bad_namespace:
            return "bad namespace";
        case Fault::bad_ack_id:
            return "bad ack id";
        case Fault::bad_json:
            return "bad JSON payload";
        case Fault::bad_event_name:
            return "bad event name";
    }
    return "bad packet";
}

std::expected<Packet, Fault> decode(std::string_view text) {
    if (text.empty() || text.front() < '0' || text.front() > '6') return std::unexpected(Fault::unknown_type);
    Packet packet{};
    packet.type = static_cast<PacketType>(text.front());
    text.remove_prefix(1);
    if (packet.type == PacketType::binary_event || packet.type == PacketType::binary_ack) {
        const auto count = number(take_digits(text), attachments_max);
        if (!count || *count == 0 || !text.starts_with('-')) return std::unexpected(Fault::bad_attachments);
        packet.attachments = static_cast<unsigned>(*count);
        text.remove_prefix(1);
    }
    if (text.starts_with('/')) {
        const auto comma = text.find(',');
        packet.name_space = text.substr(0, comma);
        if (packet.name_space.size() > event_name_bytes_max) return std::unexpected(Fault::bad_namespace);
        text = comma == std::string_view::npos ? std::string_view{} : text.substr(comma + 1);
    }
    if (const auto digits = take_digits(text); !digits.empty()) {
        packet.ack_id = number(digits, ack_id_max);
        if (!packet.ack_id) return std::unexpected(Fault::bad_ack_id);
    }
    packet.payload = text;
    return packet;
}

std::expected<Event, Fault> decode_event(std::string_view payload) {
    auto value = parse(payload);
    if (!value) return std::unexpected(value.error());
    auto* args = value->if_array();
    if (args == nullptr || args->empty()) return std::unexpected(Fault::bad_json);
    const auto* name = args->front().if_string();
    if (name == nullptr || name->empty() || name->size() > event_name_bytes_max ||
        std::ranges::find(reserved_events, std::string_view(*name)) != reserved_events.end())
        return std::unexpected(Fault::bad_event_name);
    Event event{.name = std::string(*name), .args = {}};
    args->erase(args->begin());
    event.args = std::move(*args);
    return event;
}

std::expected<json::object, Fault> decode_auth(std::string_view payload) {
    if (payload.empty()) return json::object{};
    auto value = parse(payload);
    if (!value) return std::unexpected(value.error());
    if (!value->is_object()) return std::unexpected(Fault::bad_json);
    return std::move(value->get_object());
}

std::string encode_event(std::string_view event, std::string_view payload_json) {
    const auto name = json::serialize(json::string(event));
    return payload_json.empty() ? fmt::format("42[{}]", name) : fmt::format("42[{},{}]", name, payload_json);
}

std::string encode_ack(std::uint64_t ack_id, const json::value& payload) {
    return fmt::format("43{}[{}]", ack_id, json::serialize(payload));
}

std::string encode_connect(std::string_view sid, std::string_view pid) {
    if (pid.empty()) return fmt::format(R"(40{{"sid":"{}"}})", sid);
    return fmt::format(R"(40{{"sid":"{}","pid":"{}"}})", sid, pid);
}

std::string encode_connect_error(std::string_view name_space, std::string_view code, std::string_view message) {
    const json::object body{{"message", message}, {"data", json::object{{"code", code}}}};
    const bool other = name_space != "/";
    return fmt::format("44{}{}{}", other ? name_space : "", other ? "," : "", json::serialize(body));
}

}  // namespace liveshop::realtime::socket_io
