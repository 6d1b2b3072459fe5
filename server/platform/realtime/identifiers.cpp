#include "platform/realtime/identifiers.hpp"

#include <openssl/rand.h>

#include <array>
#include <span>
#include <stdexcept>

namespace liveshop::realtime {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::size_t hub_digits = 2;

void fill_randomly(std::span<unsigned char> bytes) {
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) throw std::runtime_error("no random bytes");
}

std::string digits_of(std::uint64_t number, std::size_t count) {
    std::string digits(count, alphabet[0]);
    for (std::size_t i = count; i-- > 0; number /= alphabet.size()) digits[i] = alphabet[number % alphabet.size()];
    return digits;
}

std::optional<std::uint64_t> number_of(std::string_view digits) {
    std::uint64_t number = 0;
    for (const char digit : digits) {
        const auto value = alphabet.find(digit);
        if (value == alphabet.npos) return std::nullopt;
        number = number * alphabet.size() + value;
    }
    return number;
}

}  // namespace

std::string random_id() {
    std::array<unsigned char, id_length> bytes{};
    fill_randomly(bytes);
    std::string id;
    for (const auto byte : bytes) id.push_back(alphabet[byte % alphabet.size()]);
    return id;
}

std::string random_sid(std::size_t hub_index) {
    return digits_of(hub_index, hub_digits) + random_id().substr(hub_digits);
}

std::optional<std::size_t> hub_index_of(std::string_view sid) {
    if (sid.size() != id_length) return std::nullopt;
    return number_of(sid.substr(0, hub_digits));
}

// 53 bits, which leaves as many positions again before nine characters do not hold them.
Position random_position() {
    std::array<unsigned char, sizeof(Position)> bytes{};
    fill_randomly(bytes);
    Position position = 0;
    for (const auto byte : bytes) position = position << 8 | byte;
    return (position >> 11) + 1;
}

std::string encode_offset(Position position) { return digits_of(position, offset_length); }

std::optional<Position> decode_offset(std::string_view offset) {
    if (offset.size() != offset_length) return std::nullopt;
    return number_of(offset);
}

}  // namespace liveshop::realtime
