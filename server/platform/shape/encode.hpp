#pragma once
// Described structs straight into JSON text, without a tree in between. An empty optional member is left out.
#include <boost/json.hpp>
#include <charconv>
#include <cmath>
#include <string>

#include "platform/shape/described.hpp"
#include "platform/shape/id.hpp"
#include "platform/shape/scalars.hpp"

namespace liveshop {

/// Appends `text` quoted and escaped (RFC 8259, 7).
void write_json(std::string& out, std::string_view text);

inline void write_json(std::string& out, const std::string& text) { write_json(out, std::string_view(text)); }
inline void write_json(std::string& out, const char* text) { write_json(out, std::string_view(text)); }
inline void write_json(std::string& out, bool value) { out += value ? "true" : "false"; }
void write_json(std::string& out, std::int64_t number);
inline void write_json(std::string& out, int number) { write_json(out, static_cast<std::int64_t>(number)); }
void write_json(std::string& out, double number);
void write_json(std::string& out, const boost::json::value& value);
inline void write_json(std::string& out, const Email& v) { write_json(out, v.value); }
inline void write_json(std::string& out, const Slug& v) { write_json(out, v.value); }
inline void write_json(std::string& out, const Currency& v) { write_json(out, v.value); }
inline void write_json(std::string& out, Latitude v) { write_json(out, v.value); }
inline void write_json(std::string& out, Longitude v) { write_json(out, v.value); }
inline void write_json(std::string& out, Amount v) { write_json(out, v.minor); }
inline void write_json(std::string& out, Timestamp v) { write_json(out, v.to_string()); }
template <std::size_t L, std::size_t H>
void write_json(std::string& out, const Text<L, H>& v) {
    write_json(out, v.value);
}
template <std::int64_t L, std::int64_t H>
void write_json(std::string& out, Int<L, H> v) {
    write_json(out, v.value);
}
template <class Of>
void write_json(std::string& out, const Id<Of>& v) {
    write_json(out, v.to_string());
}
template <Enum E>
void write_json(std::string& out, E v) {
    write_json(out, name_of(v));
}
template <class T>
void write_json(std::string& out, const std::optional<T>& v);
template <class T>
void write_json(std::string& out, const std::vector<T>& v);

template <Struct T>
void write_json(std::string& out, const T& in) {
    out += '{';
    bool first = true;
    each_field<T>([&](std::string_view name, auto member) {
        if constexpr (is_optional<std::remove_cvref_t<decltype(in.*member)>>)
            if (!(in.*member)) return;
        if (!first) out += ',';
        first = false;
        out += '"';
        out += name;
        out += "\":";
        write_json(out, in.*member);
    });
    out += '}';
}

template <class T>
void write_json(std::string& out, const std::optional<T>& v) {
    if (v)
        write_json(out, *v);
    else
        out += "null";
}

template <class T>
void write_json(std::string& out, const std::vector<T>& v) {
    out += '[';
    for (std::size_t i = 0; i < v.size(); ++i) {
        if (i) out += ',';
        write_json(out, v[i]);
    }
    out += ']';
}

template <class T>
std::string to_json(const T& v) {
    std::string out;
    write_json(out, v);
    return out;
}

}  // namespace liveshop
