#pragma once
// What the realtime layer asks of the rest of the server: who a client is, and what to do with its events.
#include <any>
#include <boost/asio/awaitable.hpp>
#include <boost/json.hpp>
#include <chrono>
#include <expected>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/realtime/request.hpp"

namespace liveshop::realtime {

template <class T>
using awaitable = boost::asio::awaitable<T>;

class Session;

// Who a session is, as the authenticator says; opaque to this layer.
struct Identity {
    std::string tenant;
    std::string user;  // empty for somebody anonymous
    std::string role;
    std::string address = {};  // of the client
    // When the proof of it expires: the connection is closed then, on which a client comes back with a fresh proof.
    std::optional<std::chrono::system_clock::time_point> expires_at = {};
    std::string session = {};  // the sign-in it belongs to, or empty
};

// What the authenticator may look at.
struct Handshake {
    boost::json::object auth;    // the client's `auth` option
    HttpRequest request;         // headers, cookies and query of the first request
    std::string remote_address;  // of the client
};

// Reaches the client as connect_error: error.message and error.data.code.
struct ConnectError {
    std::string code;
    std::string message;
};

// Somebody who is gone for good.
struct Departure {
    Identity identity;
    std::vector<std::string> rooms;  // the session was in
    std::string reason;
    std::chrono::system_clock::time_point at;  // when the connection ended
    std::any data;                             // the session's
};

// All of these run on the thread of a hub; but for on_disconnect, of the session's.
struct Handlers {
    std::function<awaitable<std::expected<Identity, ConnectError>>(const Handshake&)> authenticate;
    // The session was accepted: the place to join rooms. One that is recovered is in its rooms already and has its
    // data. May be empty.
    std::function<void(Session&)> on_connect;
    // The events of one session come one after the other, in order. What is returned answers the client's ack; what
    // is thrown is logged and answered with code "internal".
    std::function<awaitable<boost::json::value>(Session&, std::string_view event, const boost::json::array& args)>
        on_event;
    // Called once for every session that was accepted and not recovered, after its last on_event has returned: at once
    // when the client or the server ended it, else when the time to come back is over. May be empty.
    std::function<void(const Departure&)> on_disconnect;
};

// The ack of an event that was not carried out: {"ok": false, "error": {…}}, the error as in RFC 9457 with our `code`.
boost::json::value error_ack(int status, std::string_view code, std::string_view title);

}  // namespace liveshop::realtime
