#pragma once
#include <charconv>

#include "platform/shape/decode.hpp"

namespace liveshop::live {

struct Cursor;
using RowId = Id<Cursor>;

/// Where the next page of a list begins: behind the row with this sort key and id. On the wire "<key>.<id>".
struct Cursor {
    std::int64_t key = 0;
    RowId id;

    std::string to_string() const { return std::to_string(key) + "." + id.to_string(); }

    /// Throws Invalid unless it is one that was given out.
    template <std::size_t Min, std::size_t Max>
    static std::optional<Cursor> parse(const std::optional<Text<Min, Max>>& text) {
        if (!text) return std::nullopt;
        const std::string_view whole = text->value;
        const std::size_t dot = whole.find('.');
        Cursor cursor;
        const char* const end = whole.data() + std::min(dot, whole.size());
        const auto [read_to, error] = std::from_chars(whole.data(), end, cursor.key);
        const std::optional<RowId> id = RowId::parse(dot == whole.npos ? std::string_view{} : whole.substr(dot + 1));
        if (error != std::errc{} || read_to != end || !id)
            throw Invalid({{"/cursor", "must be the next_cursor of the page before"}});
        cursor.id = *id;
        return cursor;
    }
};

/// Takes the row too many off a list that was asked for one row more than the page has; answers the next cursor.
template <class Row, class CursorOf>
std::optional<std::string> next_cursor(std::vector<Row>& rows, std::int64_t limit, CursorOf cursor_of) {
    if (rows.size() <= static_cast<std::size_t>(limit)) return std::nullopt;
    rows.resize(static_cast<std::size_t>(limit));
    return cursor_of(rows.back()).to_string();
}

inline constexpr std::int64_t page_rows = 50;

}  // namespace liveshop::live
