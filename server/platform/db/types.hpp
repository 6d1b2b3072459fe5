#pragma once
// Which PostgreSQL type a C++ type stands for.
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "platform/shape/decode.hpp"

namespace liveshop::db {

/// bytea: raw bytes.
struct Bytes {
    std::string value;
    friend auto operator<=>(const Bytes&, const Bytes&) = default;
};

/// A one-dimensional array without nulls (`uuid[]`, `text[]`, `bigint[]` …), as in `where id = any($1)`.
/// A plain std::vector is a jsonb list.
template <class T>
struct Array {
    std::vector<T> items;
    friend auto operator<=>(const Array&, const Array&) = default;
};

enum class Kind { text, integer, floating, boolean, uuid, timestamp, json, bytes };
BOOST_DESCRIBE_ENUM(Kind, text, integer, floating, boolean, uuid, timestamp, json, bytes)

/// What verify() compares with the server's type.
struct Type {
    Kind kind = Kind::text;
    bool array = false;
    bool ruled = false;  ///< the range is a rule kept elsewhere (Int<Lo, Hi>), not the limit of the C++ type
    std::int64_t lo = std::numeric_limits<std::int64_t>::min();  ///< of integers
    std::int64_t hi = std::numeric_limits<std::int64_t>::max();
};

template <class T>
struct TypeOf {  // structs, vectors and json::value
    static_assert(Struct<T> || is_vector<T> || std::is_same_v<T, json::value>,
                  "this type has no PostgreSQL counterpart");
    static constexpr Type type{Kind::json};
};
template <>
struct TypeOf<std::string> {
    static constexpr Type type{Kind::text};
};
template <>
struct TypeOf<Email> : TypeOf<std::string> {};
template <>
struct TypeOf<Slug> : TypeOf<std::string> {};
template <>
struct TypeOf<Currency> : TypeOf<std::string> {};
template <std::size_t Min, std::size_t Max>
struct TypeOf<Text<Min, Max>> : TypeOf<std::string> {};
template <Enum E>
struct TypeOf<E> : TypeOf<std::string> {};
template <>
struct TypeOf<bool> {
    static constexpr Type type{Kind::boolean};
};
template <>
struct TypeOf<std::int64_t> {
    static constexpr Type type{Kind::integer};
};
template <>
struct TypeOf<int> {
    static constexpr Type type{Kind::integer, false, false, std::numeric_limits<int>::min(),
                               std::numeric_limits<int>::max()};
};
template <std::int64_t Lo, std::int64_t Hi>
struct TypeOf<Int<Lo, Hi>> {
    static constexpr Type type{Kind::integer, false, true, Lo, Hi};
};
template <>
struct TypeOf<Amount> : TypeOf<std::int64_t> {};
template <>
struct TypeOf<double> {
    static constexpr Type type{Kind::floating};
};
template <>
struct TypeOf<Latitude> : TypeOf<double> {};
template <>
struct TypeOf<Longitude> : TypeOf<double> {};
template <class Of>
struct TypeOf<Id<Of>> {
    static constexpr Type type{Kind::uuid};
};
template <>
struct TypeOf<Timestamp> {
    static constexpr Type type{Kind::timestamp};
};
template <>
struct TypeOf<Bytes> {
    static constexpr Type type{Kind::bytes};
};
template <class T>
struct TypeOf<std::optional<T>> : TypeOf<T> {};
template <class T>
struct TypeOf<Array<T>> {
    static_assert(!TypeOf<T>::type.array && TypeOf<T>::type.kind != Kind::json && !is_optional<T>);
    static constexpr Type type{TypeOf<T>::type.kind, true, TypeOf<T>::type.ruled, TypeOf<T>::type.lo,
                               TypeOf<T>::type.hi};
};

}  // namespace liveshop::db
