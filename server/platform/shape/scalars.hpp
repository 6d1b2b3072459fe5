#pragma once
// A field's type carries its rule, so there are no validator files.
#include <compare>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace liveshop {

/// UTF-8 text of Min..Max code points, without NUL.
template <std::size_t Min, std::size_t Max>
struct Text {
    std::string value;
    friend auto operator<=>(const Text&, const Text&) = default;
};

/// A whole number within Lo..Hi.
template <std::int64_t Lo, std::int64_t Hi>
struct Int {
    std::int64_t value = Lo;
    friend auto operator<=>(const Int&, const Int&) = default;
};

/// An address as people type it: one @, a dot behind it, at most 254 characters; kept in lower case.
struct Email {
    std::string value;
    friend auto operator<=>(const Email&, const Email&) = default;
};

/// Lower-case letters, digits and single dashes between them, 1..100 characters.
struct Slug {
    std::string value;
    friend auto operator<=>(const Slug&, const Slug&) = default;
};

/// ISO 4217, three capital letters.
struct Currency {
    std::string value;
    friend auto operator<=>(const Currency&, const Currency&) = default;
};

/// Degrees, WGS 84.
struct Latitude {
    double value = 0;
};
struct Longitude {
    double value = 0;
};

/// Arithmetic on money left its range.
struct Overflow : std::overflow_error {
    using std::overflow_error::overflow_error;
};

/// Money in minor units of a currency named beside it. Every operation is checked and throws Overflow.
struct Amount {
    std::int64_t minor = 0;

    Amount& operator+=(Amount other);
    Amount& operator-=(Amount other);
    friend Amount operator+(Amount a, Amount b) { return a += b; }
    friend Amount operator-(Amount a, Amount b) { return a -= b; }
    friend Amount operator-(Amount a) { return Amount{} -= a; }
    friend Amount operator*(Amount a, std::int64_t quantity);
    friend auto operator<=>(const Amount&, const Amount&) = default;
};

/// `rate_bp` hundredths of a percent (0..10,000) of a non-negative amount, half a unit rounded up.
Amount share_of(Amount amount, std::int64_t rate_bp);

/// What a client may name as a price: 0 up to 99,999,999.99 of a currency with two decimals.
using Price = Int<0, 9'999'999'999>;

/// A point in time: microseconds since the Unix epoch, UTC; in JSON as RFC 3339 with a Z.
struct Timestamp {
    std::int64_t us = 0;

    static Timestamp now();
    /// RFC 3339 with Z or an offset, and PostgreSQL's form with a space and a short offset.
    static std::optional<Timestamp> parse(std::string_view text);
    std::string to_string() const;

    friend auto operator<=>(const Timestamp&, const Timestamp&) = default;
};

bool is_email(std::string_view text);
bool is_slug(std::string_view text);
bool is_currency(std::string_view text);
/// Number of code points, or nothing if the bytes are no UTF-8 or hold a NUL.
std::optional<std::size_t> text_length(std::string_view text);

}  // namespace liveshop
