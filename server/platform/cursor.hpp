#pragma once
// Lists are read in pages: what a page ended with is told as a cursor, which the client sends back unread to get what
// comes after. It names the last row's place in the order, so that rows that come and go meanwhile neither repeat nor
// hide others.
#include <optional>
#include <string>

#include "platform/shape/decode.hpp"
#include "platform/shape/encode.hpp"

namespace liveshop {

/// As it comes in a request.
using Cursor = Text<1, 1000>;

/// base64url without padding (RFC 4648, 5).
std::string to_base64url(std::string_view bytes);
std::optional<std::string> from_base64url(std::string_view text);

template <Struct Place>
std::string write_cursor(const Place& last) {
    return to_base64url(to_json(last));
}

/// Nothing where there is none. Throws Invalid for what write_cursor<Place>() did not write.
template <Struct Place>
std::optional<Place> read_cursor(const std::optional<Cursor>& cursor) {
    if (!cursor) return std::nullopt;
    Place place{};
    Decoder decoder;
    boost::system::error_code failed;
    const std::optional<std::string> text = from_base64url(cursor->value);
    const json::value tree = text ? json::parse(*text, failed) : json::value();
    if (!failed) decoder.read(tree, place, "");
    if (failed || !decoder.errors.empty()) throw Invalid({{"/cursor", "must be a next_cursor of this list"}});
    return place;
}

}  // namespace liveshop
