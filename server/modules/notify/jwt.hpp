#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/shape/scalars.hpp"

namespace liveshop::notify {

enum class JwtAlgorithm { es256, rs256 };

struct JwtClaims {
    std::vector<std::pair<std::string, std::string>> texts;
    Timestamp issued_at, expires_at;
};

/// A JWT (RFC 7519) signed with a private key in PEM. Throws std::runtime_error where the key does not fit.
std::string sign_jwt(JwtAlgorithm algorithm, const JwtClaims& claims, const std::string& key_pem);

}  // namespace liveshop::notify
