// The kinds of media a room has, at most one track of each.
#pragma once
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace liveshop::media {

enum class Kind : unsigned char { audio, video };
inline constexpr std::array kinds = {Kind::audio, Kind::video};

constexpr std::string_view name(Kind kind) { return kind == Kind::audio ? "audio" : "video"; }
constexpr std::optional<Kind> parse_kind(std::string_view text) {
    for (auto kind : kinds)
        if (name(kind) == text) return kind;
    return {};
}

// One value per kind, without allocation.
template <class T>
class PerKind {
  public:
    T& operator[](Kind kind) { return values_[static_cast<std::size_t>(kind)]; }
    const T& operator[](Kind kind) const { return values_[static_cast<std::size_t>(kind)]; }
    auto begin() { return values_.begin(); }
    auto end() { return values_.end(); }
    auto begin() const { return values_.begin(); }
    auto end() const { return values_.end(); }

  private:
    std::array<T, kinds.size()> values_{};
};

}  // namespace liveshop::media
