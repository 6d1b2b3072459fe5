#include "platform/sockets.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "platform/api/client_address.hpp"
#include "platform/log.hpp"
#include "platform/rooms.hpp"

namespace liveshop {
namespace {

std::string_view text_member(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains(name);
    return value && value->is_string() ? std::string_view(value->get_string()) : std::string_view{};
}

Caller caller_of(realtime::Session& session) { return std::any_cast<const Caller&>(session.data()); }

realtime::Identity identity_of(const Caller& caller, const realtime::Handshake& handshake) {
    realtime::Identity identity{
        .tenant = caller.tenant.to_string(), .user = "", .role = "", .address = handshake.remote_address};
    if (!caller.principal) return identity;
    identity.user = caller.principal->user.to_string();
    identity.role = name_of(caller.principal->role);
    if (caller.principal->session) identity.session = caller.principal->session->to_string();
    if (caller.principal->expires_at)
        identity.expires_at =
            std::chrono::system_clock::time_point(std::chrono::microseconds(caller.principal->expires_at->us));
    return identity;
}

// The address stays that of `identity`.
Caller caller_from(const realtime::Identity& identity) {
    Caller caller{.tenant = TenantId::parse(identity.tenant).value(),
                  .principal = std::nullopt,
                  .address = identity.address,
                  .request = nullptr};
    if (identity.user.empty()) return caller;
    caller.principal = Principal{UserId::parse(identity.user).value(), enum_named<Role>(identity.role).value()};
    caller.principal->session = Uuid::parse(identity.session);
    if (identity.expires_at) {
        const auto since_epoch = identity.expires_at->time_since_epoch();
        caller.principal->expires_at =
            Timestamp{std::chrono::duration_cast<std::chrono::microseconds>(since_epoch).count()};
    }
    return caller;
}

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
        if (const json::value* token = handshake.auth.if_contains("token"); token && !token->is_string())
            throw Fail(PlatformErrc::unauthenticated);
        const Caller caller = co_await api_().identify(host, tenant, text_member(handshake.auth, "token"));
        co_return identity_of(caller, handshake);
    } catch (const Fail& fail) {
        co_return std::unexpected(realtime::ConnectError{std::string(fail.row.code), std::string(fail.row.title)});
    } catch (const db::Error& error) {
        log::warning("socket not identified", {{"error", error.what()}});
        const ErrorRow row = describe_error(PlatformErrc::unavailable);
        co_return std::unexpected(realtime::ConnectError{std::string(row.code), std::string(row.title)});
    }
}

void SocketDoor::on_connect(realtime::Session& session) {
    Caller caller = caller_from(session.identity());
    caller.time_limit = event_time_limit_;
    bool joined = session.join(room_of_tenant(caller.tenant));
    if (caller.principal) joined = session.join(room_of_user(caller.principal->user)) && joined;
    if (caller.principal && caller.principal->session)
        joined = session.join(room_of_session(*caller.principal->session)) && joined;
    session.data() = std::move(caller);
    if (!joined) session.disconnect("rooms");
}

awaitable<json::value> SocketDoor::on_event(realtime::Session& session, std::string_view event,
                                            const json::array& args) {
    const Route* route = api_().route_of_event(event);
    if (!route) co_return refuse(PlatformErrc::not_found, "There is no such event");
    const Caller caller = caller_of(session);
    const json::value input = args.empty() ? json::value(json::object()) : args.front();
    const Reply reply = co_await api_().call(*route, caller, input);
    if (!session.connected()) {  // gone while it worked: it never got into the rooms that it would have left
        sign_off(caller, reply.rooms_joined);
        co_return nullptr;
    }
    for (const std::string& room : reply.rooms_joined)
        if (!session.join(room)) co_return refuse(PlatformErrc::rate_limited, "This connection is in too many rooms");
    for (const std::string& room : reply.rooms_left) session.leave(room);
    co_return acknowledge(reply);
}

void SocketDoor::on_disconnect(realtime::Session& session) { sign_off(caller_of(session), session.rooms()); }

void SocketDoor::sign_off(const Caller& caller, const std::vector<std::string>& rooms) {
    Caller gone = caller;
    gone.has_left = true;
    gone.address = {};  // the session's, which ends
    gone.time_limit.reset();
    for (const std::string& room : rooms)
        for (const LeavingRow& row : leaving_) {
            const Route* route = room.starts_with(row.prefix) ? api_().route_of_event(row.event) : nullptr;
            if (!route) continue;
            auto leave = [](Api& api, const Route& of, Caller by, json::value input) -> awaitable<void> {
                const Reply reply = co_await api.call(of, by, input);
                if (!reply.ok())
                    log::warning("a leaving client was not signed off", {{"route", of.name}, {"status", reply.status}});
            };
            json::object input{{row.member, room.substr(row.prefix.size())}};
            boost::asio::co_spawn(api_().io(), leave(api_(), *route, gone, std::move(input)), boost::asio::detached);
        }
}

std::string forwarded_address(const realtime::UpgradeRequest& request) {
    std::vector<http::HeaderView> headers;
    for (const auto& field : request) headers.push_back({field.name_string(), field.value()});
    return std::string(forwarded_address(headers));
}

}  // namespace liveshop
