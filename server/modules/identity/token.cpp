#include "modules/identity/token.hpp"

#include <jwt.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

#include <array>
#include <cstdlib>
#include <memory>
#include <stdexcept>

namespace liveshop::identity {
namespace {

constexpr std::size_t token_length_max = 1024;
using Jwt = std::unique_ptr<jwt_t, decltype(&jwt_free)>;

std::string base64url(std::span<const std::uint8_t> bytes) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::string text;
    unsigned bits = 0;
    int count = 0;
    for (const std::uint8_t byte : bytes) {
        bits = bits << 8 | byte;
        for (count += 8; count >= 6; count -= 6) text += alphabet[bits >> (count - 6) & 63];
    }
    if (count > 0) text += alphabet[bits << (6 - count) & 63];
    return text;
}

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

}  // namespace

std::string sign_access_token(const Secret& secret, TenantId tenant, const Principal& principal, Timestamp expires_at) {
    jwt_t* raw = nullptr;
    if (jwt_new(&raw) != 0) throw std::bad_alloc();
    const Jwt jwt(raw, &jwt_free);
    const std::string role(name_of(principal.role));
    const std::string session = principal.session ? principal.session->to_string() : "";
    const std::string& key = secret.reveal();
    if (jwt_add_grant(raw, "sub", principal.user.to_string().c_str()) != 0 ||
        jwt_add_grant(raw, "tenant", tenant.to_string().c_str()) != 0 ||
        jwt_add_grant(raw, "role", role.c_str()) != 0 ||
        (principal.session && jwt_add_grant(raw, "sid", session.c_str()) != 0) ||
        jwt_add_grant_int(raw, "exp", expires_at.us / 1'000'000) != 0 ||
        jwt_set_alg(raw, JWT_ALG_HS256, bytes_of(key), static_cast<int>(key.size())) != 0)
        throw std::runtime_error("an access token could not be made");
    const std::unique_ptr<char, decltype(&std::free)> text(jwt_encode_str(raw), &std::free);
    if (!text) throw std::runtime_error("an access token could not be signed");
    return text.get();
}

std::expected<Principal, PlatformErrc> verify_access_token(const Secret& secret, TenantId tenant,
                                                           std::string_view token, Timestamp now) {
    const std::unexpected refused(PlatformErrc::unauthenticated);
    if (token.size() > token_length_max || token.find('\0') != token.npos) return refused;
    jwt_t* raw = nullptr;
    const std::string& key = secret.reveal();
    if (jwt_decode(&raw, std::string(token).c_str(), bytes_of(key), static_cast<int>(key.size())) != 0) return refused;
    const Jwt jwt(raw, &jwt_free);
    const auto grant = [&](const char* name) {
        const char* value = jwt_get_grant(raw, name);
        return std::string_view(value ? value : "");
    };
    const std::optional<UserId> user = UserId::parse(grant("sub"));
    const std::optional<TenantId> owner = TenantId::parse(grant("tenant"));
    const std::optional<Role> role = enum_named<Role>(grant("role"));
    if (jwt_get_alg(raw) != JWT_ALG_HS256 || !user || !role || owner != tenant) return refused;
    const std::int64_t expires_at_s = jwt_get_grant_int(raw, "exp");
    if (expires_at_s <= now.us / 1'000'000) return std::unexpected(PlatformErrc::token_expired);
    return Principal{*user, *role, Timestamp{expires_at_s * 1'000'000}, Uuid::parse(grant("sid"))};
}

std::string make_refresh_token() {
    std::array<std::uint8_t, 32> bytes;
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1)
        throw std::runtime_error("the system's random source failed");
    return base64url(bytes);
}

std::string next_refresh_token(const Secret& secret, std::string_view token) {
    const std::string message = "refresh token after " + std::string(token);
    std::array<std::uint8_t, 32> bytes;
    unsigned size = 0;
    const std::string& key = secret.reveal();
    if (!HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes_of(message), message.size(), bytes.data(),
              &size))
        throw std::runtime_error("a refresh token could not be derived");
    return base64url(bytes);
}

std::string hash_of_token(std::string_view token) {
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest;
    SHA256(bytes_of(token), token.size(), digest.data());
    return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

}  // namespace liveshop::identity
