#include "media/grant.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <boost/json.hpp>
#include <stdexcept>

#include "media/bytes.hpp"

namespace liveshop::media {
namespace {

namespace json = boost::json;

constexpr std::size_t token_size_max = 4096, secret_size_min = 32;
constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
using Mac = std::array<std::uint8_t, 32>;

// Base64url without padding (RFC 7515, section 2).
std::string encode(std::string_view plain) {
    std::string text;
    std::uint32_t bits = 0;
    unsigned count = 0;
    for (auto byte : as_bytes(plain)) {
        bits = bits << 8 | byte;
        for (count += 8; count >= 6; count -= 6) text += alphabet[bits >> (count - 6) & 63];
    }
    if (count) text += alphabet[bits << (6 - count) & 63];
    return text;
}

std::optional<std::string> decode(std::string_view text) {
    if (text.size() % 4 == 1) return {};
    std::string plain;
    std::uint32_t bits = 0;
    unsigned count = 0;
    for (char c : text) {
        auto value = alphabet.find(c);
        if (value == alphabet.npos) return {};
        bits = bits << 6 | static_cast<std::uint32_t>(value);
        count += 6;
        if (count < 8) continue;
        count -= 8;
        plain += static_cast<char>(bits >> count & 255);
    }
    return plain;
}

Mac hmac(std::string_view secret, std::string_view signed_part) {
    Mac mac{};
    unsigned size = 0;
    auto data = as_bytes(signed_part);
    if (!HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()), data.data(), data.size(), mac.data(),
              &size))
        throw std::runtime_error("HMAC-SHA-256 is not available");
    return mac;
}

std::optional<json::object> decode_object(std::string_view part) {
    auto text = decode(part);
    if (!text) return {};
    boost::system::error_code error;
    auto value = json::parse(*text, error);
    if (error || !value.is_object()) return {};
    return std::move(value.get_object());
}

const json::string* text_claim(const json::object& claims, std::string_view name) {
    auto* value = claims.if_contains(name);
    return value ? value->if_string() : nullptr;
}

std::optional<std::int64_t> number_claim(const json::object& claims, std::string_view name) {
    auto* value = claims.if_contains(name);
    auto* number = value ? value->if_int64() : nullptr;
    if (!number) return {};
    return *number;
}

std::optional<Grant> read_claims(const json::object& claims) {
    auto* audience = text_claim(claims, "aud");
    auto* room = text_claim(claims, "room");
    auto* action = text_claim(claims, "action");
    auto* subject = text_claim(claims, "sub");
    auto expires = number_claim(claims, "exp");
    if (!audience || *audience != "media" || !room || room->empty() || !action || !subject || !expires) return {};
    if (*action != "publish" && *action != "view") return {};
    Grant grant{.room = std::string(*room),
                .action = *action == "publish" ? Action::publish : Action::view,
                .subject = std::string(*subject),
                .expires_at_s = *expires,
                .max_bitrate_kbps = {},
                .record = false};
    if (auto* record = claims.if_contains("record")) {
        if (!record->is_bool()) return {};
        grant.record = record->get_bool();
    }
    if (claims.contains("max_bitrate_kbps")) {
        auto limit = number_claim(claims, "max_bitrate_kbps");
        if (!limit || *limit < 1 || *limit > 100'000) return {};
        grant.max_bitrate_kbps = static_cast<int>(*limit);
    }
    return grant;
}

}  // namespace

std::string sign(const Grant& grant, std::string_view secret) {
    if (secret.size() < secret_size_min) throw std::invalid_argument("grant_secret: needs 32 bytes or more");
    json::object claims{{"aud", "media"},
                        {"room", grant.room},
                        {"action", grant.action == Action::publish ? "publish" : "view"},
                        {"sub", grant.subject},
                        {"exp", grant.expires_at_s}};
    if (grant.max_bitrate_kbps) claims["max_bitrate_kbps"] = *grant.max_bitrate_kbps;
    if (grant.record) claims["record"] = true;
    auto token = encode(R"({"alg":"HS256","typ":"JWT"})") + "." + encode(json::serialize(claims));
    return token + "." + encode(as_text(hmac(secret, token)));
}

std::expected<Grant, GrantError> verify(std::string_view token, std::string_view secret, std::int64_t now_s) {
    auto invalid = std::unexpected(GrantError::invalid);
    auto first = token.find('.'), last = token.rfind('.');
    if (token.size() > token_size_max || first == token.npos || first == last || secret.size() < secret_size_min)
        return invalid;
    auto signature = decode(token.substr(last + 1));
    auto mac = hmac(secret, token.substr(0, last));
    if (!signature || signature->size() != mac.size() || CRYPTO_memcmp(signature->data(), mac.data(), mac.size()) != 0)
        return invalid;
    auto header = decode_object(token.substr(0, first));
    auto* algorithm = header ? text_claim(*header, "alg") : nullptr;
    if (!algorithm || *algorithm != "HS256") return invalid;
    auto claims = decode_object(token.substr(first + 1, last - first - 1));
    auto grant = claims ? read_claims(*claims) : std::nullopt;
    if (!grant) return invalid;
    if (grant->expires_at_s <= now_s) return std::unexpected(GrantError::expired);
    return *std::move(grant);
}

}  // namespace liveshop::media
