#pragma once
#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace liveshop {

/// A UUID (RFC 9562) without a meaning of its own; `Id<Of>` gives it one.
struct Uuid {
    std::array<std::uint8_t, 16> bytes{};

    /// Accepts the 36-character form in either case, nothing else.
    static std::optional<Uuid> parse(std::string_view text);
    /// Version 7: ordered by time, so that rows inserted together lie together in an index.
    static Uuid make();
    std::string to_string() const;

    friend auto operator<=>(const Uuid&, const Uuid&) = default;
};

/// The id of an `Of`. `Of` is a tag or the struct itself and need not be complete.
template <class Of>
struct Id {
    Uuid value;

    static std::optional<Id> parse(std::string_view text) {
        std::optional<Uuid> uuid = Uuid::parse(text);
        if (!uuid) return std::nullopt;
        return Id{*uuid};
    }
    static Id make() { return {Uuid::make()}; }
    std::string to_string() const { return value.to_string(); }

    friend auto operator<=>(const Id&, const Id&) = default;
};

struct Tenant;
struct User;
using TenantId = Id<Tenant>;
using UserId = Id<User>;

}  // namespace liveshop

template <>
struct std::hash<liveshop::Uuid> {
    std::size_t operator()(const liveshop::Uuid& uuid) const noexcept {
        return std::hash<std::string_view>{}({reinterpret_cast<const char*>(uuid.bytes.data()), uuid.bytes.size()});
    }
};
template <class Of>
struct std::hash<liveshop::Id<Of>> {
    std::size_t operator()(const liveshop::Id<Of>& id) const noexcept { return std::hash<liveshop::Uuid>{}(id.value); }
};
