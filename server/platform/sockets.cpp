#include "platform/sockets.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "platform/log.hpp"
#include "platform/rooms.hpp"

namespace liveshop {
namespace {

std::string_view text_member(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains(name);
    return value && value->is_string() ? std::string_view(value->get_string()) : std::string_view{};
}

Caller caller_of(realtime::Session& session) { return std::any_cast<const Caller&>(session.data()); }

json::value acknowledge(const Reply& reply) {
    json::value body = reply.body.empty() ? json::value(nullptr) : json::parse(reply.body);
    if (reply.ok()) return json::object{{"ok", true}, {"data", std::move(body)}};
    return json::object{{"ok", false}, {"error", std::move(body)}};
}

json::value refuse(PlatformErrc e, std::string_view detail) {
    return json::object{{"ok", false}, {"error", json::parse(problem_json(describe_error(e), detail))}};
}

}  // namespace

realtime::Handlers SocketDoor::handlers() {
    return {.authenticate = [this](const realtime::Handshake& handshake) { return authenticate(handshake); },
            .on_connect = [this](realtime::Session& session) { on_connect(session); },
            .on_event = [this](realtime::Session& session, std::string_view event,
                               const json::array& args) { return on_event(session, event, args); },
            .on_disconnect = [this](realtime::Session& session, std::string_view) { on_disconnect(session); }};
}

awaitable<std::expected<realtime::Identity, realtime::ConnectError>> SocketDoor::authenticate(
    const realtime::Handshake& handshake) {
    std::string_view tenant = text_member(handshake.auth, "tenant");
    if (tenant.empty()) tenant = handshake.request["X-Tenant"];
    const std::string_view host = handshake.request[boost::beast::http::field::host];
    try {
        const Caller caller = co_await api_().identify(host, tenant, text_member(handshake.auth, "token"));
        realtime::Identity identity{.tenant = caller.tenant.to_string(), .user = "", .role = ""};
        if (caller.principal) {
            identity.user = caller.principal->user.to_string();
            identity.role = name_of(caller.principal->role);
        }
        co_return identity;
    } catch (const Fail& fail) {
        co_return std::unexpected(realtime::ConnectError{std::string(fail.row.code), std::string(fail.row.title)});
    } catch (const db::Error& error) {
        log::warning("socket not identified", {{"error", error.what()}});
        const ErrorRow row = describe_error(PlatformErrc::unavailable);
        co_return std::unexpected(realtime::ConnectError{std::string(row.code), std::string(row.title)});
    }
}

void SocketDoor::on_connect(realtime::Session& session) {
    const realtime::Identity& identity = session.identity();
    Caller caller{.tenant = TenantId::parse(identity.tenant).value(),
                  .principal = std::nullopt,
                  .address = {},
                  .request = nullptr};
    bool joined = session.join(room_of_tenant(caller.tenant));
    if (!identity.user.empty()) {
        caller.principal = Principal{UserId::parse(identity.user).value(), enum_named<Role>(identity.role).value()};
        joined = session.join(room_of_user(caller.principal->user)) && joined;
    }
    session.data() = std::move(caller);
    if (!joined) session.disconnect("rooms");
}

awaitable<json::value> SocketDoor::on_event(realtime::Session& session, std::string_view event,
                                            const json::array& args) {
    const Route* route = api_().route_of_event(event);
    if (!route) co_return refuse(PlatformErrc::not_found, "There is no such event");
    Caller caller = caller_of(session);
    const std::string address = session.id();  // a visitor's calls are counted by connection
    caller.address = address;
    const json::value input = args.empty() ? json::value(json::object()) : args.front();
    Reply reply = co_await api_().call(*route, caller, input);
    for (const std::string& room : reply.rooms_joined)
        if (!session.join(room)) co_return refuse(PlatformErrc::rate_limited, "This connection is in too many rooms");
    for (const std::string& room : reply.rooms_left) session.leave(room);
    co_return acknowledge(reply);
}

void SocketDoor::on_disconnect(realtime::Session& session) {
    for (const std::string& room : session.rooms())
        for (const LeavingRow& row : leaving_) {
            const Route* route = room.starts_with(row.prefix) ? api_().route_of_event(row.event) : nullptr;
            if (!route) continue;
            auto leave = [](Api& api, const Route& of, Caller caller, json::value input) -> awaitable<void> {
                caller.address = "gone";
                const Reply reply = co_await api.call(of, caller, input);
                if (!reply.ok())
                    log::warning("a leaving client was not signed off", {{"route", of.name}, {"status", reply.status}});
            };
            json::object input{{row.member, room.substr(row.prefix.size())}};
            boost::asio::co_spawn(api_().io(), leave(api_(), *route, caller_of(session), std::move(input)),
                                  boost::asio::detached);
        }
}

}  // namespace liveshop
