#pragma once
// PostgreSQL's text format as C++ values.
#include <libpq-fe.h>

#include <charconv>
#include <memory>
#include <string>
#include <string_view>

#include "platform/db/error.hpp"
#include "platform/db/types.hpp"

namespace liveshop::db {

struct ResultDeleter {
    void operator()(PGresult* result) const noexcept { PQclear(result); }
};
using Result = std::unique_ptr<PGresult, ResultDeleter>;

/// Each read_pg answers whether `text` is a value of the type.
inline bool read_pg(std::string_view text, std::string& out) {
    out = text;
    return true;
}
bool read_pg(std::string_view text, bool& out);
bool read_pg(std::string_view text, std::int64_t& out);
bool read_pg(std::string_view text, int& out);
bool read_pg(std::string_view text, double& out);
bool read_pg(std::string_view text, Bytes& out);
bool read_pg(std::string_view text, Timestamp& out);
bool read_pg(std::string_view text, json::value& out);
inline bool read_pg(std::string_view text, Email& out) { return read_pg(text, out.value); }
inline bool read_pg(std::string_view text, Slug& out) { return read_pg(text, out.value); }
inline bool read_pg(std::string_view text, Currency& out) { return read_pg(text, out.value); }
inline bool read_pg(std::string_view text, Latitude& out) { return read_pg(text, out.value); }
inline bool read_pg(std::string_view text, Longitude& out) { return read_pg(text, out.value); }
inline bool read_pg(std::string_view text, Amount& out) { return read_pg(text, out.minor); }
/// The length of text is a rule for what comes in from outside; what is stored is taken as it is.
template <std::size_t Min, std::size_t Max>
bool read_pg(std::string_view text, Text<Min, Max>& out) {
    return read_pg(text, out.value);
}
template <std::int64_t Lo, std::int64_t Hi>
bool read_pg(std::string_view text, Int<Lo, Hi>& out) {
    return read_pg(text, out.value) && out.value >= Lo && out.value <= Hi;
}
template <class Of>
bool read_pg(std::string_view text, Id<Of>& out) {
    const std::optional<Id<Of>> id = Id<Of>::parse(text);
    if (id) out = *id;
    return id.has_value();
}
template <Enum E>
bool read_pg(std::string_view text, E& out) {
    const std::optional<E> value = enum_named<E>(text);
    if (value) out = *value;
    return value.has_value();
}

template <class T>
concept JsonShaped = Struct<T> || is_vector<T>;

/// Throws Invalid where the JSON does not fit.
template <JsonShaped T>
bool read_pg(std::string_view text, T& out) {
    json::value tree;
    if (!read_pg(text, tree)) return false;
    out = decode<T>(tree);
    return true;
}

/// Takes the next item of the array literal `rest` (without its braces); nothing if it is none or NULL.
std::optional<std::string> take_pg_item(std::string_view& rest);

template <class T>
bool read_pg(std::string_view text, Array<T>& out) {
    if (text.size() < 2 || text.front() != '{' || text.back() != '}') return false;
    text = text.substr(1, text.size() - 2);
    while (!text.empty()) {
        const std::optional<std::string> item = take_pg_item(text);
        if (!item || !read_pg(*item, out.items.emplace_back())) return false;
    }
    return true;
}

/// Throws Error 42804 that names the query and the column.
[[noreturn]] void throw_mismatch(const PGresult* result, int column, std::string_view query, std::string_view why);

template <class T>
void read_cell(const PGresult* result, int line, int column, T& out, std::string_view query) {
    if (PQgetisnull(result, line, column)) {
        if constexpr (is_optional<T>) {
            out.reset();
            return;
        } else {
            throw_mismatch(result, column, query, "is null, but its member is not optional");
        }
    }
    const std::string_view text(PQgetvalue(result, line, column),
                                static_cast<std::size_t>(PQgetlength(result, line, column)));
    bool fits = false;
    try {
        if constexpr (is_optional<T>)
            fits = read_pg(text, out.emplace());
        else
            fits = read_pg(text, out);
    } catch (const Invalid& invalid) {
        const FieldError& first = invalid.errors.front();
        throw_mismatch(result, column, query, first.pointer + " " + first.reason);
    }
    if (!fits) throw_mismatch(result, column, query, "does not fit its member");
}

/// One line of a result as a described struct, its columns being the members in order, or as its only column.
template <class Row>
Row read_row(const PGresult* result, int line, std::string_view query) {
    Row row{};
    if constexpr (Struct<Row>) {
        int column = 0;
        each_field<Row>([&](std::string_view, auto member) { read_cell(result, line, column++, row.*member, query); });
    } else {
        read_cell(result, line, 0, row, query);
    }
    return row;
}

template <class Row>
constexpr int column_count() {
    int count = 0;
    if constexpr (Struct<Row>)
        each_field<Row>([&](std::string_view, auto) { ++count; });
    else
        count = 1;
    return count;
}

/// Throws Error 42804 unless the result has `expected` columns.
void expect_columns(const PGresult* result, int expected, std::string_view query);

template <class Row>
std::vector<Row> read_rows(const PGresult* result, std::string_view query) {
    expect_columns(result, column_count<Row>(), query);
    const int lines = PQntuples(result);
    std::vector<Row> rows;
    rows.reserve(static_cast<std::size_t>(lines));
    for (int line = 0; line < lines; ++line) rows.push_back(read_row<Row>(result, line, query));
    return rows;
}

}  // namespace liveshop::db
