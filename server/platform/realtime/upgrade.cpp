#include "platform/realtime/upgrade.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/sha.h>

#include <algorithm>
#include <array>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/rfc7230.hpp>
#include <boost/json.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <optional>

namespace liveshop::realtime {
namespace {

namespace http = boost::beast::http;
namespace urls = boost::urls;

std::string base64(std::string_view bytes) {
    std::string text(4 * ((bytes.size() + 2) / 3), '\0');
    EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), reinterpret_cast<const unsigned char*>(bytes.data()),
                    static_cast<int>(bytes.size()));
    return text;
}

// RFC 6455 section 4.2.2: the proof that this server speaks WebSocket.
std::string accept_value(std::string_view key) {
    const std::string text = fmt::format("{}258EAFA5-E914-47DA-95CA-C5AB0DC85B11", key);
    std::string digest(SHA_DIGEST_LENGTH, '\0');
    SHA1(reinterpret_cast<const unsigned char*>(text.data()), text.size(),
         reinterpret_cast<unsigned char*>(digest.data()));
    return base64(digest);
}

// The base64 of 16 bytes.
bool valid_key(std::string_view key) {
    const auto in_alphabet = [](unsigned char c) { return std::isalnum(c) != 0 || c == '+' || c == '/'; };
    return key.size() == 24 && key.ends_with("==") && std::ranges::all_of(key.substr(0, 22), in_alphabet);
}

bool allowed_origin(const UpgradeRequest& request, const Settings& settings) {
    const auto found = request.find(http::field::origin);
    if (found == request.end()) return true;
    const std::string_view origin = found->value();
    const auto& allowed = settings.allowed_origins;
    const auto matches = [&](std::string_view entry) { return entry == "*" || boost::beast::iequals(entry, origin); };
    if (std::ranges::any_of(allowed, matches)) return true;
    const auto scheme_end = origin.find("://");
    const std::string_view host = request[http::field::host];
    return scheme_end != std::string_view::npos && !host.empty() &&
           boost::beast::iequals(origin.substr(scheme_end + 3), host);
}

std::optional<UpgradeRefusal> check_headers(const UpgradeRequest& request) {
    const auto refuse = [](unsigned status, std::string message) {
        return UpgradeRefusal{status, "bad_upgrade", std::move(message), 3};
    };
    if (request.method() != http::verb::get || request.version() != 11)
        return refuse(400, "A WebSocket begins with GET and HTTP/1.1");
    if (!http::token_list(request[http::field::upgrade]).exists("websocket") ||
        !http::token_list(request[http::field::connection]).exists("upgrade"))
        return refuse(426, "Connect with a WebSocket client, such as socket.io-client");
    if (request[http::field::sec_websocket_version] != "13")
        return refuse(426, "Use version 13 of the WebSocket protocol");
    if (!valid_key(request[http::field::sec_websocket_key]))
        return refuse(400, "Sec-WebSocket-Key must be 16 bytes in base64");
    return std::nullopt;
}

std::optional<UpgradeRefusal> check_query(std::string_view target, std::string_view path) {
    const auto url = urls::parse_origin_form(target);
    if (!url) return UpgradeRefusal{400, "bad_url", "The address of the request is not a valid URL", 3};
    if (url->path() != path) return UpgradeRefusal{404, "not_found", fmt::format("Realtime is at {}", path), 3};
    const auto value = [&](std::string_view name) -> std::string {
        const auto params = url->params();
        const auto found = params.find(name);
        return found == params.end() ? std::string() : std::string((*found).value);
    };
    if (value("EIO") != "4")
        return UpgradeRefusal{400, "unsupported_protocol_version", "Unsupported protocol version: use EIO=4", 5};
    if (value("transport") != "websocket")
        return UpgradeRefusal{400, "transport_unknown", "Transport unknown: use transport=websocket", 0};
    if (!value("sid").empty())
        return UpgradeRefusal{400, "session_unknown", "Session ID unknown: connect anew without sid", 1};
    return std::nullopt;
}

}  // namespace

std::expected<std::string, UpgradeRefusal> check_upgrade(const UpgradeRequest& request, const Settings& settings) {
    if (auto refusal = check_query(request.target(), settings.path)) return std::unexpected(*std::move(refusal));
    if (auto refusal = check_headers(request)) return std::unexpected(*std::move(refusal));
    if (!allowed_origin(request, settings))
        return std::unexpected(UpgradeRefusal{403, "origin_forbidden", "This site may not open a connection here", 4});
    return accept_value(request[http::field::sec_websocket_key]);
}

std::string encode_switching_protocols(std::string_view accept) {
    return fmt::format(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
        "{}\r\n\r\n",
        accept);
}

std::string encode_refusal(const UpgradeRefusal& refusal) {
    const auto body = boost::json::serialize(
        boost::json::object{{"code", refusal.engine_code}, {"message", refusal.message}, {"error", refusal.code}});
    const auto reason = http::obsolete_reason(static_cast<http::status>(refusal.status));
    std::string extra;
    if (refusal.status == 426) extra = "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n";
    if (refusal.status == 429 || refusal.status == 503) extra = "Retry-After: 5\r\n";
    return fmt::format(
        "HTTP/1.1 {} {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nCache-Control: no-store\r\n{}"
        "Connection: close\r\n\r\n{}",
        refusal.status, std::string_view(reason), body.size(), extra, body);
}

}  // namespace liveshop::realtime
