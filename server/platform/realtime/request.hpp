#pragma once
// What Engine.IO's HTTP requests have in common, whichever transport they are for: their query, where they may come
// from, and what those hear that are refused.
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <expected>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/realtime/settings.hpp"

namespace liveshop::realtime {

using HttpRequest = boost::beast::http::request<boost::beast::http::string_body>;

struct HttpAnswer {
    unsigned status = 200;
    std::string content_type = "text/plain; charset=UTF-8";
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers;
};

// Engine.IO's own numbers of errors.
enum class EngineError {
    transport_unknown = 0,
    session_unknown = 1,
    bad_handshake_method = 2,
    bad_request = 3,
    forbidden = 4,
    unsupported_protocol_version = 5,
};

struct Refusal {
    unsigned status;
    std::string code;     // stable
    std::string message;  // what is wrong and what to do
    EngineError engine_error = EngineError::forbidden;
};

// {"code": Engine.IO's number, "message": …, "error": our code}
HttpAnswer answer_of(const Refusal& refusal);
Refusal session_unknown();

enum class TransportName { polling, websocket };

struct EngineQuery {
    TransportName transport;
    std::string sid;  // empty: a new session
};
// `path` is the address of realtime; whether the target ends in '/' does not matter.
std::expected<EngineQuery, Refusal> parse_target(std::string_view target, std::string_view path);

// Refuses a web page of a site that is neither listed nor the host that it asks.
std::expected<void, Refusal> check_origin(const HttpRequest& request, const Settings& settings);

// What a browser must read in an answer to hand it to a page of another origin (Fetch standard, "CORS protocol"); none
// for a site that is refused. Credentials, which a balancer's sticky cookie is, only to sites listed by name.
std::vector<std::pair<std::string, std::string>> cors_headers(const HttpRequest& request, const Settings& settings);

// A polling request, whose method it also checks. OPTIONS passes whatever the query.
std::expected<EngineQuery, Refusal> check_polling(const HttpRequest& request, const Settings& settings);
HttpAnswer answer_preflight();

}  // namespace liveshop::realtime
