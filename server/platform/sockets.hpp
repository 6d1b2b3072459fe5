#pragma once
#include <chrono>
#include <functional>
#include <string_view>
#include <vector>

#include "platform/api/api.hpp"
#include "platform/realtime/realtime.hpp"

namespace liveshop {

/// What a client that goes away would have said: being in room `prefix`<id>, it is taken to send `event` {`member`:
/// id}.
struct LeavingRow {
    std::string_view prefix;
    std::string_view event;
    std::string_view member;
};

/// The sockets' door to the API: a socket event is a call of the route that names it, with the same struct, permission,
/// rate, transaction and errors; the ack is {ok: true, data} or {ok: false, error: problem}.
class SocketDoor {
  public:
    /// An event that takes longer is given up, as those behind it wait: within the 8 s that our clients wait for an
    /// ack.
    static constexpr std::chrono::milliseconds event_time_limit_default{7'000};

    /// `api` answers the calling thread's own.
    SocketDoor(std::function<Api&()> api, std::vector<LeavingRow> leaving,
               std::chrono::milliseconds event_time_limit = event_time_limit_default)
        : api_(std::move(api)), leaving_(std::move(leaving)), event_time_limit_(event_time_limit) {}

    realtime::Handlers handlers();

  private:
    awaitable<std::expected<realtime::Identity, realtime::ConnectError>> authenticate(
        const realtime::Handshake& handshake);
    void on_connect(realtime::Session& session);
    awaitable<json::value> on_event(realtime::Session& session, std::string_view event, const json::array& args);
    void on_disconnect(realtime::Session& session);
    void sign_off(const Caller& caller, const std::vector<std::string>& rooms);

    std::function<Api&()> api_;
    std::vector<LeavingRow> leaving_;
    std::chrono::milliseconds event_time_limit_;
};

/// The client's address behind a trusted proxy, for Hub::accept; empty where the proxy says none.
std::string forwarded_address(const realtime::UpgradeRequest& request);

/// Everybody of a tenant who is connected: for what all pages show, such as who is live.
inline std::string room_of_tenant(TenantId tenant_id) { return "tenant:" + tenant_id.to_string(); }

}  // namespace liveshop
