// Unpredictable names and numbers.
#pragma once
#include <openssl/rand.h>

#include <array>
#include <stdexcept>
#include <string>

#include "media/bytes.hpp"

namespace liveshop::media {

template <std::size_t N>
std::array<std::uint8_t, N> random_bytes() {
    std::array<std::uint8_t, N> bytes;
    if (RAND_bytes(bytes.data(), static_cast<int>(N)) != 1) throw std::runtime_error("OpenSSL has no random numbers");
    return bytes;
}

// Two hexadecimal digits for each of N random bytes.
template <std::size_t N>
std::string random_hex() {
    constexpr char digits[] = "0123456789abcdef";
    std::string text;
    for (auto byte : random_bytes<N>()) {
        text += digits[byte >> 4];
        text += digits[byte & 15];
    }
    return text;
}

inline std::uint32_t random_ssrc() { return get32(random_bytes<4>().data()) | 1; }

}  // namespace liveshop::media
