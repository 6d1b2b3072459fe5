#include "platform/realtime/upgrade.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/sha.h>

#include <algorithm>
#include <array>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/rfc7230.hpp>
#include <optional>

namespace liveshop::realtime {
namespace {

namespace http = boost::beast::http;

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

std::optional<Refusal> check_headers(const HttpRequest& request) {
    const auto refuse = [](unsigned status, std::string message) {
        return Refusal{status, "bad_upgrade", std::move(message), EngineError::bad_request};
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

}  // namespace

std::expected<Upgrade, Refusal> check_upgrade(const HttpRequest& request, const Settings& settings) {
    auto query = parse_target(request.target(), settings.path);
    if (!query) return std::unexpected(std::move(query.error()));
    if (query->transport != TransportName::websocket)
        return std::unexpected(Refusal{400, "transport_unknown", "Transport unknown: use transport=websocket",
                                       EngineError::transport_unknown});
    if (auto refusal = check_headers(request)) return std::unexpected(*std::move(refusal));
    if (auto origin = check_origin(request, settings); !origin) return std::unexpected(std::move(origin.error()));
    return Upgrade{accept_value(request[http::field::sec_websocket_key]), std::move(query->sid)};
}

std::string encode_switching_protocols(std::string_view accept) {
    return fmt::format(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
        "{}\r\n\r\n",
        accept);
}

std::string encode_refusal(const Refusal& refusal) {
    const HttpAnswer answer = answer_of(refusal);
    std::string headers;
    for (const auto& [name, value] : answer.headers) headers += fmt::format("{}: {}\r\n", name, value);
    return fmt::format(
        "HTTP/1.1 {} {}\r\nContent-Type: {}\r\nContent-Length: {}\r\nCache-Control: no-store\r\n{}"
        "Connection: close\r\n\r\n{}",
        answer.status, std::string_view(http::obsolete_reason(static_cast<http::status>(answer.status))),
        answer.content_type, answer.body.size(), headers, answer.body);
}

}  // namespace liveshop::realtime
