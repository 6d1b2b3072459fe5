#pragma once
// What must hold for polling requests whatever a client sends: the first line is the target, the second the origin, and
// the rest the body.
#include <span>

#include "platform/realtime/fuzz/packets_input.hpp"
#include "platform/realtime/request.hpp"

namespace liveshop::realtime::fuzz {

// Up to the next line break, which is taken, too.
inline std::string take_line(std::string_view& text) {
    const auto end = text.find('\n');
    std::string line(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return line;
}

// Whoever is let in asked for what there is; whoever is not hears what to do, as JSON.
inline void check_target(const std::string& target, const std::string& origin) {
    using boost::beast::http::verb;
    Settings settings;
    settings.allowed_origins = {"https://shop.example"};
    for (const verb method : {verb::get, verb::post, verb::options, verb::delete_}) {
        HttpRequest request(method, target, 11);
        request.set(boost::beast::http::field::host, "shop.example");
        if (!origin.empty()) request.set(boost::beast::http::field::origin, origin);
        const auto query = check_polling(request, settings);
        const bool may_read = !cors_headers(request, settings).empty();
        demand(may_read == !origin.empty());
        if (!query) {
            const auto answer = answer_of(query.error());
            demand(answer.status >= 400 && boost::json::parse(answer.body).at("message").as_string().size() > 0);
            continue;
        }
        demand(query->transport == TransportName::polling && method != verb::delete_);
        demand(method != verb::post || !query->sid.empty());
    }
}

// The packets are the body, cut at its separators, and nothing else.
inline void check_body(std::string_view body) {
    engine_io::PayloadReader reader(body);
    std::vector<std::string_view> packets;
    while (const auto packet = reader.next()) packets.push_back(*packet);
    demand(!packets.empty() && engine_io::encode_payload(packets) == body);
    for (const std::string_view packet : packets) {
        demand(packet.find('\x1e') == std::string_view::npos);
        if (!packet.starts_with('b')) {
            check_packets({reinterpret_cast<const std::uint8_t*>(packet.data()), packet.size()});
            continue;
        }
        const std::string_view text = packet.substr(1);
        const auto length = engine_io::base64_length(text);
        if (length)
            demand(text.size() % 4 == 0 && *length <= text.size() / 4 * 3 && *length + 2 >= text.size() / 4 * 3);
    }
}

inline void check_polling_input(std::span<const std::uint8_t> input) {
    const std::string text(input.begin(), input.end());
    std::string_view rest = text;
    const std::string target = take_line(rest), origin = take_line(rest);
    check_target(target, origin);
    check_body(rest);
}

}  // namespace liveshop::realtime::fuzz
