#include "platform/api/asyncapi.hpp"

#include <algorithm>

#include "platform/api/document.hpp"

namespace liveshop {
namespace {

json::object reference(std::string_view section, std::string_view name) {
    return {{"$ref", fmt::format("#/{}/{}", section, name)}};
}

json::object message(std::string_view event, std::string_view summary, json::value payload) {
    return {{"name", event}, {"summary", summary}, {"payload", std::move(payload)}};
}

/// What is collected on the way through events and routes.
struct Parts {
    Schemas schemas;
    json::object messages;    // components/messages
    json::object channel;     // channels/events/messages
    json::object operations;  // what the server sends and receives

    json::object add(const std::string& key, json::object content) {
        messages.emplace(key, std::move(content));
        channel.emplace(key, reference("components/messages", key));
        return reference("channels/events/messages", key);
    }
};

void add_sent(Parts& parts, const EventInfo& event) {
    const std::string key = "sent " + event.name;
    json::object told = parts.add(key, message(event.name, event.summary, event.schema(parts.schemas)));
    parts.operations.emplace(key, json::object{{"action", "send"},
                                               {"channel", reference("channels", "events")},
                                               {"summary", event.summary},
                                               {"messages", json::array{std::move(told)}}});
}

// {"ok": true, "data": …} or {"ok": false, "error": problem}: the same two that the endpoint answers.
json::object acknowledgement(Parts& parts, const Route& route) {
    json::value data = route.response_schema ? route.response_schema(parts.schemas) : json::object{{"type", "null"}};
    const json::object done{
        {"type", "object"},
        {"properties", json::object{{"ok", json::object{{"const", true}}}, {"data", std::move(data)}}},
        {"required", json::array{"ok", "data"}}};
    const json::object refused{
        {"type", "object"},
        {"properties", json::object{{"ok", json::object{{"const", false}}}, {"error", parts.schemas.of<Problem>()}}},
        {"required", json::array{"ok", "error"}}};
    return {{"oneOf", json::array{done, refused}}};
}

void add_received(Parts& parts, const Route& route) {
    const std::string event(route.event), key = "received " + event;
    json::object asked = parts.add(key, message(event, route.summary, route.request_schema(parts.schemas)));
    json::object answer =
        parts.add("acknowledged " + event, message(event, "The acknowledgement", acknowledgement(parts, route)));
    json::array errors;
    for (const ErrorRow& row : route.errors) errors.emplace_back(row.code);
    parts.operations.emplace(key, json::object{{"action", "receive"},
                                               {"channel", reference("channels", "events")},
                                               {"summary", route.summary},
                                               {"messages", json::array{std::move(asked)}},
                                               {"reply", json::object{{"channel", reference("channels", "events")},
                                                                      {"messages", json::array{std::move(answer)}}}},
                                               {"x-endpoint", fmt::format("{} /api/v1{}", route.method, route.path)},
                                               {"x-errors", std::move(errors)}});
}

}  // namespace

std::string asyncapi_document(const std::vector<Route>& routes, std::string_view version) {
    Parts parts;
    for (const EventInfo& event : registered_events()) add_sent(parts, event);
    std::vector<const Route*> doors;
    for (const Route& route : routes)
        if (!route.event.empty()) doors.push_back(&route);
    std::ranges::sort(doors, {}, &Route::event);
    for (const Route* route : doors) add_received(parts, *route);

    const json::object document{
        {"asyncapi", "3.0.0"},
        {"info", json::object{{"title", "LiveShop events"},
                              {"version", version},
                              {"description",
                               "Socket.IO (Engine.IO 4) at /socket.io/, namespace \"/\". The handshake's "
                               "`auth` carries {\"token\": access token, \"tenant\": slug}."}}},
        {"defaultContentType", "application/json"},
        {"channels",
         json::object{{"events", json::object{{"address", "/socket.io/"}, {"messages", std::move(parts.channel)}}}}},
        {"operations", std::move(parts.operations)},
        {"components",
         json::object{{"messages", std::move(parts.messages)}, {"schemas", sorted(parts.schemas.named())}}}};
    return print_document(document);
}

}  // namespace liveshop
