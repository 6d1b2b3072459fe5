#pragma once
#include <cstddef>
#include <string>
#include <utility>

namespace liveshop {

/// A key or a password of at least `Min` bytes. It has no way into a log, a JSON text or a format string; whoever
/// needs it says so by `reveal()`.
template <std::size_t Min>
class SecretText {
  public:
    static constexpr std::size_t length_min = Min;

    SecretText() = default;
    explicit SecretText(std::string text) : text_(std::move(text)) {}

    const std::string& reveal() const { return text_; }
    bool empty() const { return text_.empty(); }

  private:
    std::string text_;
};

/// What tokens and grants are signed with: 256 bits, as HS256 wants them (RFC 7518, 3.2).
using Secret = SecretText<32>;
/// What somebody else chose the length of: a provider's key, a connection string with a password in it.
using ForeignSecret = SecretText<1>;

template <class T>
inline constexpr bool is_secret_type = false;
template <std::size_t Min>
inline constexpr bool is_secret_type<SecretText<Min>> = true;

}  // namespace liveshop
