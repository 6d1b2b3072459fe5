#include <openssl/evp.h>

#include <boost/json.hpp>

#include "media/control.hpp"
#include "media/metrics.hpp"

namespace liveshop::media {
namespace {

namespace json = boost::json;
using Answer = std::expected<json::value, Refusal>;

std::expected<std::string_view, Refusal> room_of(const json::object& command) {
    auto* room = command.if_contains("room");
    auto* name = room ? room->if_string() : nullptr;
    if (!name || name->empty())
        return std::unexpected(Refusal{Errc::bad_request, "The command needs \"room\", a string."});
    return std::string_view(*name);
}

Answer close_room(const json::object& command, Router& router) {
    auto room = room_of(command);
    if (!room) return std::unexpected(room.error());
    constexpr std::int64_t refuse_for_max_s = 86'400;
    auto* time = command.if_contains("refuse_for_s");
    auto* seconds = time ? time->if_int64() : nullptr;
    if (time && (!seconds || *seconds < 0 || *seconds > refuse_for_max_s))
        return std::unexpected(Refusal{Errc::bad_request, "\"refuse_for_s\" is between 0 and 86400."});
    return json::object{{"closed", router.close_room(*room, seconds ? static_cast<int>(*seconds) : 0)}};
}

Answer close_publisher(const json::object& command, Router& router) {
    auto room = room_of(command);
    if (!room) return std::unexpected(room.error());
    return json::object{{"closed", router.close_publisher(*room)}};
}

Answer rooms(const json::object&, Router& router) {
    json::array list;
    for (auto& room : router.rooms())
        list.push_back(json::object{{"room", room.room},
                                    {"publisher_connected", room.publisher_connected},
                                    {"viewers", room.viewers},
                                    {"bitrate_in_kbps", room.bitrate_in_kbps},
                                    {"bitrate_out_kbps", room.bitrate_out_kbps}});
    return json::object{{"rooms", std::move(list)}};
}

Answer all_statistics(const json::object&, Router& router) { return statistics(router); }

// In base64 (RFC 4648, section 4).
std::string encoded(std::string_view bytes) {
    std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0');
    auto data = as_bytes(bytes);
    auto size =
        EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), data.data(), static_cast<int>(data.size()));
    text.resize(static_cast<std::size_t>(size));
    return text;
}

Answer picture(const json::object& command, Router& router) {
    auto room = room_of(command);
    if (!room) return std::unexpected(room.error());
    auto snapshot = router.snapshot(*room);
    if (!snapshot) return json::object{{"picture", nullptr}};
    return json::object{{"picture", {{"codec", snapshot->codec}, {"bytes", encoded(snapshot->bytes)}}}};
}

Answer recordings(const json::object& command, Router& router) {
    auto room = room_of(command);
    if (!room) return std::unexpected(room.error());
    json::array list;
    for (auto& file : router.recordings(*room))
        list.push_back(json::object{{"path", file.path}, {"started_at_ms", file.started_at_ms}, {"open", file.open}});
    return json::object{{"recordings", std::move(list)}};
}

// What is true now; events tell every change after it.
Answer subscribe(const json::object& command, Router& router) { return rooms(command, router); }

struct Command {
    std::string_view name;
    Answer (*run)(const json::object&, Router&);
};
constexpr Command commands[] = {
    {"close_room", close_room}, {"close_publisher", close_publisher},
    {"rooms", rooms},           {"statistics", all_statistics},
    {"subscribe", subscribe},   {"picture", picture},
    {"recordings", recordings},
};

Answer run(const json::object& command, Router& router, bool& subscribes) {
    auto* name = command.if_contains("command");
    auto* text = name ? name->if_string() : nullptr;
    if (!text) return std::unexpected(Refusal{Errc::bad_request, "The line needs \"command\", a string."});
    for (auto& known : commands) {
        if (known.name != std::string_view(*text)) continue;
        subscribes |= known.name == "subscribe";
        return known.run(command, router);
    }
    return std::unexpected(
        Refusal{Errc::unknown_command,
                "Commands: close_room, close_publisher, rooms, statistics, subscribe, picture, recordings."});
}

}  // namespace

json::object answer_command(std::string_view line, Router& router, bool& subscribes) {
    json::object answer;
    boost::system::error_code error;
    auto parsed = json::parse(line, error);
    auto* command = error ? nullptr : parsed.if_object();
    Answer result = std::unexpected(Refusal{Errc::bad_request, "A command is one JSON object on one line."});
    if (command) {
        if (auto* id = command->if_contains("id")) answer["id"] = *id;
        result = run(*command, router, subscribes);
    }
    if (result) {
        answer["result"] = *std::move(result);
    } else {
        auto& known = info(result.error().errc);
        answer["error"] = json::object{{"code", known.code}, {"title", known.title}, {"detail", result.error().detail}};
    }
    return answer;
}

}  // namespace liveshop::media
