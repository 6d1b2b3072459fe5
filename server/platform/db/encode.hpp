#pragma once
// C++ values as PostgreSQL's text format.
#include <boost/container/small_vector.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "platform/db/error.hpp"
#include "platform/db/types.hpp"
#include "platform/shape/encode.hpp"

namespace liveshop::db {

/// Appends without a NUL check; Arguments makes that.
inline void append_pg(std::string& out, std::string_view text) { out += text; }
inline void append_pg(std::string& out, const std::string& text) { out += text; }
inline void append_pg(std::string& out, bool value) { out += value ? 't' : 'f'; }
inline void append_pg(std::string& out, std::int64_t number) { write_json(out, number); }
inline void append_pg(std::string& out, int number) { write_json(out, number); }
/// Shortest form that reads back the same; NaN and Infinity by their names.
void append_pg(std::string& out, double number);
void append_pg(std::string& out, const Bytes& bytes);
inline void append_pg(std::string& out, const Email& v) { out += v.value; }
inline void append_pg(std::string& out, const Slug& v) { out += v.value; }
inline void append_pg(std::string& out, const Currency& v) { out += v.value; }
inline void append_pg(std::string& out, Latitude v) { append_pg(out, v.value); }
inline void append_pg(std::string& out, Longitude v) { append_pg(out, v.value); }
inline void append_pg(std::string& out, Amount v) { write_json(out, v.minor); }
inline void append_pg(std::string& out, Timestamp v) { out += v.to_string(); }
template <std::size_t Min, std::size_t Max>
void append_pg(std::string& out, const Text<Min, Max>& v) {
    out += v.value;
}
template <std::int64_t Lo, std::int64_t Hi>
void append_pg(std::string& out, Int<Lo, Hi> v) {
    write_json(out, v.value);
}
template <class Of>
void append_pg(std::string& out, const Id<Of>& v) {
    out += v.to_string();
}
template <Enum E>
void append_pg(std::string& out, E v) {
    out += name_of(v);
}
inline void append_pg(std::string& out, const json::value& v) { write_json(out, v); }
template <class T>
void append_pg(std::string& out, const std::vector<T>& v) {
    write_json(out, v);
}
template <Struct T>
void append_pg(std::string& out, const T& v) {
    write_json(out, v);
}

/// One item of an array literal, quoted and escaped.
void append_pg_item(std::string& out, std::string_view item);

template <class T>
void append_pg(std::string& out, const Array<T>& array) {
    out += '{';
    std::string text;
    for (bool first = true; const T& item : array.items) {
        if (!first) out += ',';
        first = false;
        text.clear();
        append_pg(text, item);
        append_pg_item(out, text);
    }
    out += '}';
}

/// The arguments of one statement, one behind the other, each ended by a NUL. An empty optional is NULL.
class Arguments {
  public:
    Arguments() = default;

    /// Throws Error 22021 for text with a NUL in it, which PostgreSQL cannot hold.
    template <class... Args>
    static Arguments of(const Args&... args) {
        Arguments list;
        (list.add(args), ...);
        return list;
    }

    std::size_t size() const { return starts_.size(); }
    /// The text of argument `i`, or nullptr for NULL.
    const char* at(std::size_t i) const { return starts_[i] == null ? nullptr : bytes_.data() + starts_[i]; }

  private:
    static constexpr std::size_t null = static_cast<std::size_t>(-1);

    template <class T>
    void add(const T& value) {
        if constexpr (is_optional<T>) {
            if (value)
                add(*value);
            else
                starts_.push_back(null);
        } else {
            const std::size_t start = bytes_.size();
            append_pg(bytes_, value);
            if (bytes_.find('\0', start) != std::string::npos)
                throw Error(sqlstate::untranslatable_value, "an argument holds a NUL character");
            bytes_ += '\0';
            starts_.push_back(start);
        }
    }

    std::string bytes_;
    boost::container::small_vector<std::size_t, 8> starts_;
};

}  // namespace liveshop::db
