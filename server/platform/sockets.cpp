#include "platform/sockets.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/mp11/algorithm.hpp>

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

Timestamp timestamp_of(std::chrono::system_clock::time_point time) {
    return {std::chrono::duration_cast<std::chrono::microseconds>(time.time_since_epoch()).count()};
}

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
    if (identity.expires_at) caller.principal->expires_at = timestamp_of(*identity.expires_at);
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
            .on_disconnect =
                [this](const realtime::Departure& gone) {
                    sign_off(caller_from(gone.identity), gone.rooms, timestamp_of(gone.at));
                }};
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
    const realtime::Position before = session.position();
    const Reply reply = co_await api_().call(*route, caller, input);
    if (!session.connected()) {  // gone while it worked: it never got into the rooms that it would have left
        const std::vector<std::string> entered = session.rooms();
        std::vector<std::string> missed = reply.rooms_joined;
        std::erase_if(missed, [&](const std::string& room) { return std::ranges::count(entered, room) > 0; });
        sign_off(caller, missed, Timestamp::now());
        co_return nullptr;
    }
    for (const std::string& room : reply.rooms_joined) {
        const realtime::Joined joined = session.join(room, before);
        if (joined == realtime::Joined::too_many_rooms)
            co_return refuse(PlatformErrc::rate_limited, "This connection is in too many rooms");
        if (joined == realtime::Joined::too_late)
            co_return refuse(PlatformErrc::unavailable, "Too much happened there meanwhile");
    }
    for (const std::string& room : reply.rooms_left) session.leave(room);
    co_return acknowledge(reply);
}

void SocketDoor::sign_off(Caller caller, const std::vector<std::string>& rooms, Timestamp left_at) {
    caller.left_at = left_at;
    caller.address = {};  // the session's, which ends
    caller.time_limit.reset();
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
            boost::asio::co_spawn(api_().io(), leave(api_(), *route, caller, std::move(input)), boost::asio::detached);
        }
}

std::string forwarded_address(const realtime::HttpRequest& request) {
    std::vector<http::HeaderView> headers;
    for (const auto& field : request) headers.push_back({field.name_string(), field.value()});
    return std::string(forwarded_address(headers));
}

awaitable<http::Response> answer_poll(realtime::Hub& hub, const http::Request& request, bool behind_proxy) {
    realtime::HttpRequest message(boost::beast::http::string_to_verb(request.method),
                                  fmt::format("{}?{}", request.path, request.query), 11, std::string(request.body));
    for (const http::HeaderView& header : request.headers) message.insert(header.name, header.value);
    std::string address(request.remote_address);
    if (behind_proxy)
        if (std::string forwarded = forwarded_address(message); !forwarded.empty()) address = std::move(forwarded);
    realtime::HttpAnswer answer = co_await hub.poll(std::move(message), std::move(address));
    http::Response response{.status = static_cast<int>(answer.status),
                            .content_type = std::move(answer.content_type),
                            .body = std::move(answer.body),
                            .headers = {{"X-Content-Type-Options", "nosniff"}}};
    for (auto& [name, value] : answer.headers) response.headers.push_back({std::move(name), std::move(value)});
    co_return response;
}

std::vector<metrics::Reading> show_sockets(metrics::Registry& registry, const realtime::Realtime& realtime) {
    using realtime::Totals;
    constexpr std::string_view gauges[] = {"connections", "sessions", "rooms", "memberships", "polling"};
    std::vector<metrics::Reading> readings;
    boost::mp11::mp_for_each<boost::describe::describe_members<Totals, boost::describe::mod_public>>([&](auto member) {
        const std::string name = "liveshop_sockets_" + std::string(member.name);
        const metrics::Read read = [&realtime, pointer = member.pointer] {
            return static_cast<double>(realtime.totals().*pointer);
        };
        if (std::ranges::count(gauges, std::string_view(member.name)) > 0)
            readings.push_back(registry.gauge_of(name, "Of sockets, now", read));
        else
            readings.push_back(registry.counter_of(name + "_total", "Of sockets, since the start", read));
    });
    readings.push_back(registry.gauge_of("liveshop_sockets_suspended", "Sessions whose clients may come back",
                                         [&realtime] { return static_cast<double>(realtime.suspended()); }));
    return readings;
}

}  // namespace liveshop
