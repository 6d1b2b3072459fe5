#pragma once
#include <expected>
#include <string>

#include "platform/access.hpp"
#include "platform/config/secret.hpp"
#include "platform/error.hpp"

namespace liveshop::identity {

/// A JWT (RFC 7519) signed with HMAC-SHA-256, good until `expires_at`. It proves tenant, user, role and session.
std::string sign_access_token(const Secret& secret, TenantId tenant, const Principal& principal, Timestamp expires_at);

/// Any text may come in. Refuses another algorithm, another tenant's token, what is malformed, forged or expired.
std::expected<Principal, PlatformErrc> verify_access_token(const Secret& secret, TenantId tenant,
                                                           std::string_view token, Timestamp now);

/// The first refresh token of a session: 256 random bits.
std::string make_refresh_token();
/// The one that follows `token`. It is derived, not drawn: two tabs that refresh at once get the same successor.
std::string next_refresh_token(const Secret& secret, std::string_view token);
/// What is stored of a refresh token (SHA-256).
std::string hash_of_token(std::string_view token);

}  // namespace liveshop::identity
