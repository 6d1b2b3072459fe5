#include "platform/db/encode.hpp"

#include <fmt/format.h>

#include <cmath>

namespace liveshop::db {

void append_pg(std::string& out, double number) {
    if (std::isnan(number))
        out += "NaN";
    else if (std::isinf(number))
        out += number > 0 ? "Infinity" : "-Infinity";
    else
        fmt::format_to(std::back_inserter(out), "{}", number);
}

void append_pg(std::string& out, const Bytes& bytes) {
    out += "\\x";
    for (const char byte : bytes.value)
        fmt::format_to(std::back_inserter(out), "{:02x}", static_cast<unsigned char>(byte));
}

void append_pg_item(std::string& out, std::string_view item) {
    out += '"';
    for (const char c : item) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    out += '"';
}

}  // namespace liveshop::db
