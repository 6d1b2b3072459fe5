#pragma once
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
/// transaction and errors; the ack is {ok: true, data} or {ok: false, error: problem}.
class SocketDoor {
  public:
    /// `api` answers the calling thread's own.
    SocketDoor(std::function<Api&()> api, std::vector<LeavingRow> leaving)
        : api_(std::move(api)), leaving_(std::move(leaving)) {}

    realtime::Handlers handlers();

  private:
    awaitable<std::expected<realtime::Identity, realtime::ConnectError>> authenticate(
        const realtime::Handshake& handshake);
    void on_connect(realtime::Session& session);
    awaitable<json::value> on_event(realtime::Session& session, std::string_view event, const json::array& args);
    void on_disconnect(realtime::Session& session);

    std::function<Api&()> api_;
    std::vector<LeavingRow> leaving_;
};

/// Everybody of a tenant who is connected: for what all pages show, such as who is live.
inline std::string room_of_tenant(TenantId tenant_id) { return "tenant:" + tenant_id.to_string(); }

}  // namespace liveshop
