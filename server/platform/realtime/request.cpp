#include "platform/realtime/request.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/beast/core/string.hpp>
#include <boost/json.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include "platform/realtime/identifiers.hpp"

namespace liveshop::realtime {
namespace {

namespace http = boost::beast::http;
namespace urls = boost::urls;

bool is_listed(std::string_view origin, const Settings& settings) {
    return std::ranges::any_of(settings.allowed_origins, [&](const auto& listed) {
        return listed != "*" && boost::beast::iequals(listed, origin);
    });
}

bool is_own_host(std::string_view origin, std::string_view host) {
    const auto scheme_end = origin.find("://");
    return scheme_end != std::string_view::npos && !host.empty() &&
           boost::beast::iequals(origin.substr(scheme_end + 3), host);
}

bool is_allowed(const HttpRequest& request, const Settings& settings) {
    const auto origin = request.find(http::field::origin);
    return origin == request.end() || std::ranges::count(settings.allowed_origins, "*") > 0 ||
           is_listed(origin->value(), settings) || is_own_host(origin->value(), request[http::field::host]);
}

std::string parameter(const urls::url_view& url, std::string_view name) {
    const auto params = url.params();
    const auto found = params.find(name);
    return found == params.end() ? std::string() : std::string((*found).value);
}

Refusal bad_request(std::string code, std::string message) {
    return {400, std::move(code), "Bad request: " + message, EngineError::bad_request};
}

}  // namespace

HttpAnswer answer_of(const Refusal& refusal) {
    HttpAnswer answer{.status = refusal.status, .content_type = "application/json", .body = {}, .headers = {}};
    answer.body = boost::json::serialize(boost::json::object{
        {"code", static_cast<int>(refusal.engine_error)}, {"message", refusal.message}, {"error", refusal.code}});
    if (refusal.status == 429 || refusal.status == 503) answer.headers.emplace_back("Retry-After", "5");
    if (refusal.status == 426)
        answer.headers.insert(answer.headers.end(), {{"Upgrade", "websocket"}, {"Sec-WebSocket-Version", "13"}});
    return answer;
}

Refusal session_unknown() {
    return {400, "session_unknown", "Session ID unknown: connect anew without sid", EngineError::session_unknown};
}

std::expected<EngineQuery, Refusal> parse_target(std::string_view target, std::string_view path) {
    const auto url = urls::parse_origin_form(target);
    if (!url) return std::unexpected(bad_request("bad_url", "the address of the request is not a valid URL"));
    const std::string asked = url->path();
    if (asked != path && asked + '/' != path)
        return std::unexpected(
            Refusal{404, "not_found", fmt::format("Realtime is at {}", path), EngineError::bad_request});
    if (parameter(*url, "EIO") != "4")
        return std::unexpected(Refusal{400, "unsupported_protocol_version", "Unsupported protocol version: use EIO=4",
                                       EngineError::unsupported_protocol_version});
    EngineQuery query{TransportName::polling, parameter(*url, "sid")};
    const std::string transport = parameter(*url, "transport");
    if (transport == "websocket")
        query.transport = TransportName::websocket;
    else if (transport != "polling")
        return std::unexpected(Refusal{400, "transport_unknown", "Transport unknown: use polling or websocket",
                                       EngineError::transport_unknown});
    if (!query.sid.empty() && !hub_index_of(query.sid)) return std::unexpected(session_unknown());
    return query;
}

std::expected<void, Refusal> check_origin(const HttpRequest& request, const Settings& settings) {
    if (is_allowed(request, settings)) return {};
    return std::unexpected(Refusal{403, "origin_forbidden", "Forbidden: this site may not open a connection here"});
}

std::vector<std::pair<std::string, std::string>> cors_headers(const HttpRequest& request, const Settings& settings) {
    const auto origin = request.find(http::field::origin);
    if (origin == request.end()) return {};
    std::vector<std::pair<std::string, std::string>> headers{{"Vary", "Origin"}};
    if (!is_allowed(request, settings)) return headers;
    headers.emplace_back("Access-Control-Allow-Origin", origin->value());
    if (is_listed(origin->value(), settings)) headers.emplace_back("Access-Control-Allow-Credentials", "true");
    return headers;
}

std::expected<EngineQuery, Refusal> check_polling(const HttpRequest& request, const Settings& settings) {
    if (const auto origin = check_origin(request, settings); !origin) return std::unexpected(origin.error());
    if (request.method() == http::verb::options) return EngineQuery{TransportName::polling, {}};
    auto query = parse_target(request.target(), settings.path);
    if (!query) return query;
    if (query->transport == TransportName::websocket)
        return std::unexpected(
            Refusal{426, "bad_upgrade", "Bad request: send Upgrade: websocket", EngineError::bad_request});
    if (query->sid.empty() && request.method() != http::verb::get)
        return std::unexpected(Refusal{400, "bad_handshake_method", "Bad handshake method: begin with GET",
                                       EngineError::bad_handshake_method});
    if (request.method() != http::verb::get && request.method() != http::verb::post)
        return std::unexpected(bad_request("bad_method", "use GET to receive and POST to send"));
    return query;
}

HttpAnswer answer_preflight() {
    return {.status = 204,
            .content_type = {},
            .body = {},
            .headers = {{"Access-Control-Allow-Methods", "GET, POST"},
                        {"Access-Control-Allow-Headers", "Content-Type, X-Tenant"},
                        {"Access-Control-Max-Age", "600"}}};
}

}  // namespace liveshop::realtime
