#pragma once
#include <chrono>
#include <functional>
#include <string_view>
#include <vector>

#include "platform/api/api.hpp"
#include "platform/metrics.hpp"
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
/// rate, transaction and errors; the ack is {ok: true, data} or {ok: false, error: problem}. Who enters a room by an
/// event hears, after the answer, what was said there since the event came in: nothing falls between what the answer
/// has read and the first event.
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
    void sign_off(Caller caller, const std::vector<std::string>& rooms, Timestamp left_at);

    std::function<Api&()> api_;
    std::vector<LeavingRow> leaving_;
    std::chrono::milliseconds event_time_limit_;
};

/// The client's address behind a trusted proxy, for Hub::accept; empty where the proxy says none.
std::string forwarded_address(const realtime::HttpRequest& request);

/// Whether a request is for the sockets: they poll before they upgrade, or if they cannot.
inline bool is_for_sockets(std::string_view path) { return path == "/socket.io/" || path == "/socket.io"; }
/// Answers one that polls; `hub` is the calling thread's.
awaitable<http::Response> answer_poll(realtime::Hub& hub, const http::Request& request, bool behind_proxy);

/// Shows what the sockets count, as liveshop_sockets_*, as long as the readings are kept.
std::vector<metrics::Reading> show_sockets(metrics::Registry& registry, const realtime::Realtime& realtime);

/// Everybody of a tenant who is connected: for what all pages show, such as who is live.
inline std::string room_of_tenant(TenantId tenant_id) { return "tenant:" + tenant_id.to_string(); }

}  // namespace liveshop
