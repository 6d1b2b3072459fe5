#pragma once
// What a described type looks like from outside: its members and its enumerators, by name.
#include <boost/describe.hpp>
#include <boost/mp11.hpp>
#include <optional>
#include <string_view>
#include <type_traits>
#include <vector>

namespace liveshop {

template <class T>
concept Enum = std::is_enum_v<T> && boost::describe::has_describe_enumerators<T>::value;

template <class T>
concept Struct = std::is_class_v<T> && boost::describe::has_describe_members<T>::value;

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
template <class T>
inline constexpr bool is_vector = false;
template <class T>
inline constexpr bool is_vector<std::vector<T>> = true;

/// Calls `visit(name, pointer_to_member)` for each public member in order of declaration, bases first.
template <Struct T, class Visit>
constexpr void each_field(Visit visit) {
    using namespace boost::describe;
    boost::mp11::mp_for_each<describe_members<T, mod_public | mod_inherited>>(
        [&](auto member) { visit(member.name, member.pointer); });
}

/// An enumerator's spelling in JSON and SQL: its own, without the underscore that tells `public_` from a keyword.
constexpr std::string_view spelling(std::string_view enumerator) {
    if (enumerator.ends_with('_')) enumerator.remove_suffix(1);
    return enumerator;
}

/// Calls `visit(name, value)` for each enumerator in order of declaration.
template <Enum E, class Visit>
constexpr void each_value(Visit visit) {
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>(
        [&](auto enumerator) { visit(spelling(enumerator.name), enumerator.value); });
}

template <Enum E>
constexpr std::string_view name_of(E e) {
    return spelling(boost::describe::enum_to_string(e, "?"));
}

template <Enum E>
constexpr std::optional<E> enum_named(std::string_view name) {
    std::optional<E> found;
    each_value<E>([&](std::string_view candidate, E value) {
        if (candidate == name) found = value;
    });
    return found;
}

}  // namespace liveshop
