#pragma once
// Messages that only the browser can read: RFC 8291 over RFC 8188, aes128gcm.
#include "modules/notify/ec_key.hpp"

namespace liveshop::notify {

/// What a browser gives out to encrypt to it.
struct PushKeys {
    std::string p256dh;  ///< an uncompressed point of P-256, 65 bytes
    std::string auth;    ///< 16 bytes
};

/// From base64url, as PushSubscription.toJSON() has them: any text may come in. Nothing unless they are a point of the
/// curve and 16 bytes.
std::optional<PushKeys> read_push_keys(std::string_view p256dh, std::string_view auth);

/// The most that a push service has to carry, less what encryption adds (RFC 8291, 4).
inline constexpr std::size_t push_text_max = 3993;

/// The body of a push message with `Content-Encoding: aes128gcm`. Throws std::length_error beyond push_text_max, and
/// std::invalid_argument for keys that are none.
std::string encrypt_push(const PushKeys& keys, std::string_view text);
/// The same with a key pair and a salt of 16 bytes that somebody else has drawn: for the RFC's own example.
std::string encrypt_push(const PushKeys& keys, std::string_view text, const EcKey& sender, std::string_view salt);

}  // namespace liveshop::notify
