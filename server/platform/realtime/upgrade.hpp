#pragma once
// The door of WebSockets: which HTTP requests become one (RFC 6455 section 4.2), and what the others hear.
#include <expected>
#include <string>
#include <string_view>

#include "platform/realtime/request.hpp"

namespace liveshop::realtime {

struct Upgrade {
    std::string accept;  // the Sec-WebSocket-Accept value
    std::string sid;     // of the polling session that goes on over it, or empty
};
std::expected<Upgrade, Refusal> check_upgrade(const HttpRequest& request, const Settings& settings);

// Whole HTTP responses.
std::string encode_switching_protocols(std::string_view accept);
std::string encode_refusal(const Refusal& refusal);

}  // namespace liveshop::realtime
