#include "modules/identity/password.hpp"

#include <argon2.h>
#include <openssl/rand.h>

#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <stdexcept>

#include "platform/error.hpp"

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

template <class Work>
auto PasswordHasher::run(Work work) -> awaitable<decltype(work())> {
    struct Place {  // given up on every way out
        std::atomic<int>& waiting;
        explicit Place(std::atomic<int>& w) : waiting(w) { ++waiting; }
        Place(const Place&) = delete;
        ~Place() { --waiting; }
    };
    const Place place(waiting_);
    if (waiting_ > waiting_max_) throw Fail(PlatformErrc::unavailable);
    auto task = [](Work job) -> awaitable<decltype(work())> { co_return job(); };
    auto result = co_await boost::asio::co_spawn(pool_, task(std::move(work)), boost::asio::use_awaitable);
    co_return result;
}

awaitable<std::string> PasswordHasher::hash(std::string password) {
    return run([password = std::move(password)] { return hash_now(password); });
}

awaitable<bool> PasswordHasher::matches(std::string encoded, std::string password) {
    return run([encoded = std::move(encoded), password = std::move(password)] {
        if (encoded.empty()) return hash_now(password).empty();
        return argon2id_verify(encoded.c_str(), password.data(), password.size()) == ARGON2_OK;
    });
}

}  // namespace liveshop::identity
