#include "modules/identity/password.hpp"

#include <argon2.h>
#include <openssl/rand.h>

#include <array>
#include <stdexcept>

namespace liveshop::identity {
namespace {

constexpr std::uint32_t passes = 2, memory_kib = 19 * 1024, lanes = 1;
constexpr std::size_t salt_size = 16, hash_size = 32, encoded_size = 128;

std::string hash_now(const std::string& password) {
    std::array<unsigned char, salt_size> salt;
    if (RAND_bytes(salt.data(), static_cast<int>(salt.size())) != 1)
        throw std::runtime_error("the system's random source failed");
    std::array<char, encoded_size> encoded{};
    const int result = argon2id_hash_encoded(passes, memory_kib, lanes, password.data(), password.size(), salt.data(),
                                             salt.size(), hash_size, encoded.data(), encoded.size());
    if (result != ARGON2_OK) throw std::runtime_error(argon2_error_message(result));
    return encoded.data();
}

}  // namespace

awaitable<std::string> PasswordHasher::hash(std::string password) {
    return threads_.run([password = std::move(password)] { return hash_now(password); });
}

awaitable<bool> PasswordHasher::matches(std::string encoded, std::string password) {
    return threads_.run([encoded = std::move(encoded), password = std::move(password)] {
        if (encoded.empty()) return hash_now(password).empty();
        return argon2id_verify(encoded.c_str(), password.data(), password.size()) == ARGON2_OK;
    });
}

}  // namespace liveshop::identity
