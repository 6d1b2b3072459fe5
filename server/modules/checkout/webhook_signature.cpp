#include "modules/checkout/webhook_signature.hpp"

#include <fmt/format.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <charconv>
#include <optional>
#include <string>

namespace liveshop::checkout {
namespace {

constexpr std::size_t signatures_max = 8;  // a secret that is being replaced makes two
constexpr std::size_t hex_length = 64;

std::string signature_of(std::string_view timestamp, std::string_view payload, std::string_view secret) {
    const std::string text = fmt::format("{}.{}", timestamp, payload);
    std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
    unsigned size = 0;
    const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
    if (!HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()), bytes, text.size(), mac.data(), &size))
        return {};
    std::string hex;
    for (unsigned i = 0; i < size; ++i) hex += fmt::format("{:02x}", mac[i]);
    return hex;
}

std::optional<std::int64_t> seconds_in(std::string_view text) {
    std::int64_t seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (error != std::errc{} || end != text.data() + text.size() || seconds < 0) return std::nullopt;
    return seconds;
}

}  // namespace

bool is_signed(std::string_view payload, std::string_view header, std::string_view secret, std::int64_t now_s) {
    if (secret.empty()) return false;
    std::string_view timestamp;
    std::array<std::string_view, signatures_max> given;
    std::size_t count = 0;
    while (!header.empty()) {
        const std::size_t comma = header.find(',');
        const std::string_view part = header.substr(0, comma);
        header = comma == header.npos ? std::string_view{} : header.substr(comma + 1);
        if (part.starts_with("t=")) timestamp = part.substr(2);
        if (part.starts_with("v1=") && count < signatures_max) given[count++] = part.substr(3);
    }
    const std::optional<std::int64_t> at_s = seconds_in(timestamp);
    if (!at_s || *at_s < now_s - webhook_tolerance_s || *at_s > now_s + webhook_tolerance_s) return false;
    const std::string expected = signature_of(timestamp, payload, secret);
    if (expected.size() != hex_length) return false;
    bool matches = false;
    for (std::size_t i = 0; i < count; ++i)
        matches |= given[i].size() == hex_length && CRYPTO_memcmp(given[i].data(), expected.data(), hex_length) == 0;
    return matches;
}

}  // namespace liveshop::checkout
