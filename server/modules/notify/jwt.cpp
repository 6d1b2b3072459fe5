#include "modules/notify/jwt.hpp"

#include <jwt.h>

#include <cstdlib>
#include <memory>
#include <stdexcept>

namespace liveshop::notify {

std::string sign_jwt(JwtAlgorithm algorithm, const JwtClaims& claims, const std::string& key_pem) {
    jwt_t* raw = nullptr;
    if (jwt_new(&raw) != 0) throw std::bad_alloc();
    const std::unique_ptr<jwt_t, decltype(&jwt_free)> jwt(raw, &jwt_free);
    const auto add = [raw](int code) {
        if (code != 0) throw std::runtime_error("a JWT could not be made");
        return raw;
    };
    for (const auto& [name, text] : claims.texts) add(jwt_add_grant(raw, name.c_str(), text.c_str()));
    add(jwt_add_grant_int(raw, "iat", claims.issued_at.us / 1'000'000));
    add(jwt_add_grant_int(raw, "exp", claims.expires_at.us / 1'000'000));
    const jwt_alg_t by = algorithm == JwtAlgorithm::es256 ? JWT_ALG_ES256 : JWT_ALG_RS256;
    add(jwt_set_alg(raw, by, reinterpret_cast<const unsigned char*>(key_pem.data()), static_cast<int>(key_pem.size())));
    const std::unique_ptr<char, decltype(&std::free)> text(jwt_encode_str(raw), &std::free);
    if (!text) throw std::runtime_error("a JWT could not be signed: is the key a private key in PEM?");
    return text.get();
}

}  // namespace liveshop::notify
