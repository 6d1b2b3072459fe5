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
    return json::object{{"closed", router.close_room(*room)}};
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

// What is true now; events tell every change after it.
Answer subscribe(const json::object& command, Router& router) { return rooms(command, router); }

struct Command {
    std::string_view name;
    Answer (*run)(const json::object&, Router&);
};
constexpr Command commands[] = {
    {"close_room", close_room}, {"close_publisher", close_publisher}, {"rooms", rooms}, {"statistics", all_statistics},
    {"subscribe", subscribe},
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
        Refusal{Errc::unknown_command, "Commands: close_room, close_publisher, rooms, statistics, subscribe."});
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
