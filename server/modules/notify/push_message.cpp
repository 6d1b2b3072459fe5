#include "modules/notify/push_message.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <array>
#include <stdexcept>

#include "modules/notify/base64url.hpp"

namespace liveshop::notify {
namespace {

constexpr std::size_t salt_length = 16, auth_length = 16, key_length = 16, nonce_length = 12, tag_length = 16;
constexpr std::uint32_t record_size = 4096;

using std::string_view_literals::operator""sv;

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

std::string hmac_sha256(std::string_view key, std::string_view text) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned length = 0;
    if (!HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes_of(text), text.size(), digest.data(),
              &length))
        throw std::runtime_error("HMAC failed");
    return {reinterpret_cast<const char*>(digest.data()), length};
}

// HKDF (RFC 5869) with SHA-256 for at most one block of output.
std::string derive(std::string_view salt, std::string_view secret, std::string_view info, std::size_t length) {
    const std::string key = hmac_sha256(salt, secret);
    return hmac_sha256(key, std::string(info) + '\x01').substr(0, length);
}

std::string seal(std::string_view key, std::string_view nonce, std::string_view text) {
    const std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> context(EVP_CIPHER_CTX_new(),
                                                                                  &EVP_CIPHER_CTX_free);
    std::string out(text.size() + tag_length, '\0');
    unsigned char* const to = reinterpret_cast<unsigned char*>(out.data());
    int length = 0, rest = 0;
    const bool done =
        context && EVP_EncryptInit_ex(context.get(), EVP_aes_128_gcm(), nullptr, bytes_of(key), bytes_of(nonce)) == 1 &&
        EVP_EncryptUpdate(context.get(), to, &length, bytes_of(text), static_cast<int>(text.size())) == 1 &&
        EVP_EncryptFinal_ex(context.get(), to + length, &rest) == 1 &&
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, static_cast<int>(tag_length), to + length + rest) == 1;
    if (!done) throw std::runtime_error("AES-128-GCM failed");
    return out;
}

// RFC 8188, 2.1
std::string header_of(std::string_view salt, std::string_view key_id) {
    std::string header(salt);
    for (int shift = 24; shift >= 0; shift -= 8) header += static_cast<char>(record_size >> shift & 0xFF);
    header += static_cast<char>(key_id.size());
    header += key_id;
    return header;
}

}  // namespace

std::optional<PushKeys> read_push_keys(std::string_view p256dh, std::string_view auth) {
    const std::optional<std::string> point = decode_base64url(p256dh), secret = decode_base64url(auth);
    if (!point || !secret || secret->size() != auth_length || !EcKey::from_point(*point)) return std::nullopt;
    return PushKeys{*point, *secret};
}

std::string encrypt_push(const PushKeys& keys, std::string_view text) {
    std::string salt(salt_length, '\0');
    if (RAND_bytes(reinterpret_cast<unsigned char*>(salt.data()), static_cast<int>(salt.size())) != 1)
        throw std::runtime_error("no random bytes");
    return encrypt_push(keys, text, EcKey::generate(), salt);
}

std::string encrypt_push(const PushKeys& keys, std::string_view text, const EcKey& sender, std::string_view salt) {
    if (text.size() > push_text_max) throw std::length_error("the push message is too long");
    const std::optional<EcKey> receiver = EcKey::from_point(keys.p256dh);
    if (!receiver) throw std::invalid_argument("the browser's key is no point of P-256");
    const std::string sender_point = sender.point();
    const std::string key_info = std::string("WebPush: info\0"sv) + keys.p256dh + sender_point;  // RFC 8291, 3.3
    const std::string secret = derive(keys.auth, sender.shared_secret(*receiver), key_info, 32);
    const std::string key = derive(salt, secret, "Content-Encoding: aes128gcm\0"sv, key_length);  // RFC 8188, 2.2
    const std::string nonce = derive(salt, secret, "Content-Encoding: nonce\0"sv, nonce_length);
    return header_of(salt, sender_point) + seal(key, nonce, std::string(text) + '\x02');  // the last record
}

}  // namespace liveshop::notify
