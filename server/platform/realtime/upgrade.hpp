#pragma once
// The door: which HTTP requests become a WebSocket (RFC 6455 section 4.2, Engine.IO's query), and what the others hear.
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <expected>
#include <string>
#include <string_view>

#include "platform/realtime/settings.hpp"

namespace liveshop::realtime {

using UpgradeRequest = boost::beast::http::request<boost::beast::http::string_body>;

struct UpgradeRefusal {
    unsigned status;
    std::string code;     // stable; Engine.IO's own errors keep its number in `engine_code`
    std::string message;  // what is wrong and what to do
    int engine_code = 4;  // Engine.IO's "forbidden"; 0 transport unknown, 1 sid unknown, 3 bad request, 5 version
};

// The Sec-WebSocket-Accept value of an acceptable request.
std::expected<std::string, UpgradeRefusal> check_upgrade(const UpgradeRequest& request, const Settings& settings);

// Whole HTTP responses.
std::string encode_switching_protocols(std::string_view accept);
std::string encode_refusal(const UpgradeRefusal& refusal);

}  // namespace liveshop::realtime
