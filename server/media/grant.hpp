// Grants: short-lived permissions to publish to or view one room, signed by the API and checked by the media server.
// On the wire a grant is a JWT (RFC 7519) with HMAC-SHA-256 and no other algorithm.
#pragma once
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace liveshop::media {

enum class Action { publish, view };

struct Grant {
    std::string room;
    Action action = Action::view;
    std::string subject;                  // opaque to the media server; comes back in its events
    std::int64_t expires_at_s = 0;        // seconds since 1970, exclusive
    std::optional<int> max_bitrate_kbps;  // publish: the most the publisher is asked to send; 1..100000
    bool record = false;                  // publish: what is sent is recorded
};

enum class GrantError {
    invalid,  // not a grant of ours: malformed, another algorithm, wrong signature, a claim missing or of another type
    expired,
};

// The compact serialisation. Throws std::invalid_argument when the secret has less than 32 bytes.
std::string sign(const Grant&, std::string_view secret);

// `token` comes from outside and may be anything; `now_s` is seconds since 1970.
std::expected<Grant, GrantError> verify(std::string_view token, std::string_view secret, std::int64_t now_s);

}  // namespace liveshop::media
