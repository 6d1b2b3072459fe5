#include "platform/db/decode.hpp"

#include <fmt/format.h>

namespace liveshop::db {
namespace {

template <class Number>
bool read_number(std::string_view text, Number& out) {
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, out);
    return error == std::errc{} && stop == end;
}

int nibble(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

}  // namespace

bool read_pg(std::string_view text, bool& out) {
    out = text == "t";
    return out || text == "f";
}

bool read_pg(std::string_view text, std::int64_t& out) { return read_number(text, out); }
bool read_pg(std::string_view text, int& out) { return read_number(text, out); }
bool read_pg(std::string_view text, double& out) { return read_number(text, out); }

bool read_pg(std::string_view text, Bytes& out) {
    if (!text.starts_with("\\x") || text.size() % 2 != 0) return false;
    text.remove_prefix(2);
    out.value.clear();
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const int high = nibble(text[i]);
        const int low = nibble(text[i + 1]);
        if (high < 0 || low < 0) return false;
        out.value += static_cast<char>(high << 4 | low);
    }
    return true;
}

bool read_pg(std::string_view text, Timestamp& out) {
    const std::optional<Timestamp> time = Timestamp::parse(text);
    if (time) out = *time;
    return time.has_value();
}

bool read_pg(std::string_view text, json::value& out) {
    boost::system::error_code error;
    out = json::parse(text, error);
    return !error;
}

std::optional<std::string> take_pg_item(std::string_view& rest) {
    std::string item;
    std::size_t at = 0;
    if (rest.starts_with('"')) {
        for (at = 1; at < rest.size() && rest[at] != '"'; ++at) {
            if (rest[at] == '\\') ++at;
            if (at < rest.size()) item += rest[at];
        }
        if (at >= rest.size()) return std::nullopt;
        ++at;
    } else {
        at = std::min(rest.find(','), rest.size());
        item = rest.substr(0, at);
        if (item.empty() || item == "NULL" || item.front() == '{') return std::nullopt;
    }
    if (at < rest.size() && rest[at] != ',') return std::nullopt;
    rest.remove_prefix(std::min(at + 1, rest.size()));
    return item;
}

void throw_mismatch(const PGresult* result, int column, std::string_view query, std::string_view why) {
    throw Error(sqlstate::datatype_mismatch, fmt::format("{}: column {} {}", query, PQfname(result, column), why));
}

void expect_columns(const PGresult* result, int expected, std::string_view query) {
    if (PQnfields(result) != expected)
        throw Error(sqlstate::datatype_mismatch,
                    fmt::format("{}: {} columns where {} are expected", query, PQnfields(result), expected));
}

}  // namespace liveshop::db
