#pragma once
// What the type of a setting says about it: how its text is read, what is asked for, how its default is shown.
#include <fmt/format.h>

#include <chrono>
#include <concepts>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "platform/config/secret.hpp"
#include "platform/shape/decode.hpp"

namespace liveshop::config {

template <class T>
concept Whole = std::integral<T> && !std::same_as<T, bool>;

template <class T>
inline constexpr bool is_duration = false;
template <class Rep, class Period>
inline constexpr bool is_duration<std::chrono::duration<Rep, Period>> = true;

/// The least and the most a whole number of type T may be, as far as 64 signed bits go.
struct Range {
    std::int64_t least, most;
};
template <Whole T>
constexpr Range range_of() {
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    using Limits = std::numeric_limits<T>;
    if constexpr (std::cmp_greater(Limits::max(), most)) return {0, most};
    return {static_cast<std::int64_t>(Limits::min()), static_cast<std::int64_t>(Limits::max())};
}

/// "whole number from 0 to 65535"; a bound that is only the machine's is left out.
std::string whole_number_text(Range range);
/// Parts between commas, blanks around them removed; none of an empty text.
std::vector<std::string> split_list(std::string_view text);
/// Whether settings of this name are never shown, whatever their type.
bool is_secret_name(std::string_view name);

inline std::string type_text(const std::string*) { return "text"; }
inline std::string type_text(const bool*) { return "true or false"; }
inline std::string type_text(const double*) { return "number"; }
inline std::string type_text(const Slug*) { return "lower-case letters, digits and dashes"; }
inline std::string type_text(const Email*) { return "e-mail address"; }
inline std::string type_text(const Currency*) { return "currency code of three capital letters"; }
template <std::int64_t Lo, std::int64_t Hi>
std::string type_text(const Int<Lo, Hi>*) {
    return whole_number_text({Lo, Hi});
}
template <Whole T>
std::string type_text(const T*) {
    return whole_number_text(range_of<T>());
}
template <std::size_t Min, std::size_t Max>
std::string type_text(const Text<Min, Max>*) {
    return fmt::format("text of {} to {} characters", Min, Max);
}
template <std::size_t Min>
std::string type_text(const SecretText<Min>*) {
    return Min > 1 ? fmt::format("secret of at least {} characters", Min) : "secret";
}
template <class Rep, class Period>
std::string type_text(const std::chrono::duration<Rep, Period>*) {
    constexpr bool ms = std::is_same_v<Period, std::milli>;
    static_assert(ms || std::is_same_v<Period, std::ratio<1>>, "settings count seconds or milliseconds");
    return ms ? "whole number of milliseconds" : "whole number of seconds";
}
template <Enum E>
std::string type_text(const E*) {
    std::string names;
    each_value<E>([&](std::string_view name, E) { names += (names.empty() ? "" : ", ") + std::string(name); });
    return "one of: " + names;
}
// Behind all the others, which their items are of.
template <class T>
std::string type_text(const std::vector<T>*) {
    return "list, parted by commas: " + type_text(static_cast<const T*>(nullptr));
}
template <class T>
std::string type_text(const std::optional<T>*) {
    return type_text(static_cast<const T*>(nullptr));
}

/// A default as one would write it into the environment; empty where there is none.
template <class T>
std::string value_text(const T& value) {
    if constexpr (is_secret_type<T>) {
        return "";
    } else if constexpr (is_optional<T>) {
        return value ? value_text(*value) : "";
    } else if constexpr (is_vector<T>) {
        std::string list;
        for (const auto& item : value) list += (list.empty() ? "" : ",") + value_text(item);
        return list;
    } else if constexpr (is_duration<T>) {
        return std::to_string(value.count());
    } else if constexpr (Enum<T>) {
        return std::string(name_of(value));
    } else if constexpr (std::is_same_v<T, std::string>) {
        return value;
    } else if constexpr (std::is_arithmetic_v<T>) {
        return fmt::format("{}", value);
    } else {
        return value_text(value.value);
    }
}

/// Whether a default only says that somebody has to give a value: an empty secret, a text that may not be empty.
inline bool must_be_given(const Slug& value) { return value.value.empty(); }
inline bool must_be_given(const Email& value) { return value.value.empty(); }
inline bool must_be_given(const Currency& value) { return value.value.empty(); }
template <std::size_t Min>
bool must_be_given(const SecretText<Min>& value) {
    return value.empty();
}
template <std::size_t Min, std::size_t Max>
bool must_be_given(const Text<Min, Max>& value) {
    return Min > 0 && value.value.empty();
}
template <class T>
bool must_be_given(const T&) {
    return false;
}

/// Text of an environment variable as the JSON that a setting of type T is read from.
template <class T>
json::value json_of_setting(std::string_view text) {
    if constexpr (is_optional<T>)
        return json_of_setting<typename T::value_type>(text);
    else if constexpr (Whole<T> || is_duration<T>)
        return json_of_text<std::int64_t>(text);
    else
        return json_of_text<T>(text);
}

/// Reads one setting; `out` keeps its default where the value is refused.
template <class T>
void read_setting(Decoder& decoder, const json::value& v, T& out, const std::string& at) {
    const std::size_t faults_before = decoder.errors.size();
    T value{};
    if constexpr (is_secret_type<T>) {
        std::string text;
        decoder.read(v, text, at);
        if (text.size() < T::length_min)
            decoder.fail(at, fmt::format("must be at least {} characters long", T::length_min));
        value = T(std::move(text));
    } else if constexpr (is_optional<T>) {
        read_setting(decoder, v, value.emplace(), at);
    } else if constexpr (is_vector<T>) {
        json::array items;
        if (v.is_string())
            for (const std::string& part : split_list(v.get_string()))
                items.push_back(json_of_setting<typename T::value_type>(part));
        decoder.read(v.is_string() ? json::value(std::move(items)) : v, value, at);
    } else if constexpr (Whole<T>) {
        const Range range = range_of<T>();
        if (!v.is_int64() || v.get_int64() < range.least || v.get_int64() > range.most)
            decoder.fail(at, "must be a " + whole_number_text(range));
        else
            value = static_cast<T>(v.get_int64());
    } else if constexpr (is_duration<T>) {
        if (!v.is_int64() || v.get_int64() < 0 || v.get_int64() > 1'000'000'000)
            decoder.fail(at, "must be a " + type_text(&value) + ", from 0 to 1000000000");
        else
            value = T(static_cast<typename T::rep>(v.get_int64()));
    } else {
        decoder.read(v, value, at);
    }
    if (decoder.errors.size() == faults_before) out = std::move(value);
}

}  // namespace liveshop::config
