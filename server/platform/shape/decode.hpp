#pragma once
// JSON (and text from a path or a query) into described structs. Every fault is collected with its JSON pointer.
#include <boost/json.hpp>
#include <charconv>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include "platform/shape/described.hpp"
#include "platform/shape/id.hpp"
#include "platform/shape/scalars.hpp"

namespace liveshop {
namespace json = boost::json;

/// One fault of an input: where (RFC 6901) and what is asked for there.
struct FieldError {
    std::string pointer;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(FieldError, (), (pointer, reason))

/// The input does not fit its struct; answered with 422 and all faults.
struct Invalid : std::runtime_error {
    explicit Invalid(std::vector<FieldError> faults)
        : std::runtime_error("the input is not valid"), errors(std::move(faults)) {}
    std::vector<FieldError> errors;
};

/// Lists in a request hold at most this many items; what needs more is paged.
inline constexpr std::size_t list_items_max = 500;

class Decoder {
  public:
    std::vector<FieldError> errors;

    template <std::size_t Min, std::size_t Max>
    void read(const json::value& v, Text<Min, Max>& out, const std::string& at) {
        const std::string_view* text = string_at(v, at);
        if (!text) return;
        const std::optional<std::size_t> length = text_length(*text);
        if (!length || *length < Min || *length > Max)
            return fail(at, "must be text of " + std::to_string(Min) + " to " + std::to_string(Max) + " characters");
        out.value = *text;
    }
    template <std::int64_t Lo, std::int64_t Hi>
    void read(const json::value& v, Int<Lo, Hi>& out, const std::string& at) {
        read_integer(v, out.value, Lo, Hi, at);
    }
    template <class Of>
    void read(const json::value& v, Id<Of>& out, const std::string& at) {
        const std::string_view* text = string_at(v, at);
        if (!text) return;
        const std::optional<Id<Of>> id = Id<Of>::parse(*text);
        if (!id) return fail(at, "must be a UUID");
        out = *id;
    }
    template <Enum E>
    void read(const json::value& v, E& out, const std::string& at) {
        const std::optional<E> found = v.is_string() ? enum_named<E>(v.get_string()) : std::nullopt;
        if (found) {
            out = *found;
            return;
        }
        std::string names;
        each_value<E>([&](std::string_view name, E) { names += (names.empty() ? "" : ", ") + std::string(name); });
        fail(at, "must be one of: " + names);
    }
    template <class T>
    void read(const json::value& v, std::vector<T>& out, const std::string& at) {
        if (!v.is_array()) return fail(at, "must be a list");
        if (v.get_array().size() > list_items_max)
            return fail(at, "must have at most " + std::to_string(list_items_max) + " items");
        for (std::size_t i = 0; const json::value& item : v.get_array())
            read(item, out.emplace_back(), at + "/" + std::to_string(i++));
    }
    template <class T>
    void read(const json::value& v, std::optional<T>& out, const std::string& at) {
        if (!v.is_null()) read(v, out.emplace(), at);
    }
    template <Struct T>
    void read(const json::value& v, T& out, const std::string& at) {
        if (!v.is_object()) return fail(at, "must be an object");
        const json::object& object = v.get_object();
        std::size_t known = 0;
        each_field<T>([&](const char* name, auto member) {
            const json::value* field = object.if_contains(name);
            if (field) {
                ++known;
                read(*field, out.*member, at + "/" + name);
            } else if constexpr (!is_optional<std::remove_cvref_t<decltype(out.*member)>>) {
                fail(at + "/" + name, "is required");
            }
        });
        if (known != object.size()) fail_unknown<T>(object, at);
    }
    void read(const json::value& v, std::string& out, const std::string& at);
    void read(const json::value& v, std::int64_t& out, const std::string& at);
    void read(const json::value& v, bool& out, const std::string& at);
    void read(const json::value& v, double& out, const std::string& at);
    void read(const json::value& v, Email& out, const std::string& at);
    void read(const json::value& v, Slug& out, const std::string& at);
    void read(const json::value& v, Currency& out, const std::string& at);
    void read(const json::value& v, Latitude& out, const std::string& at);
    void read(const json::value& v, Longitude& out, const std::string& at);
    void read(const json::value& v, Amount& out, const std::string& at);
    void read(const json::value& v, Timestamp& out, const std::string& at);
    void read(const json::value& v, json::value& out, const std::string&) { out = v; }

    void fail(std::string pointer, std::string reason) { errors.push_back({std::move(pointer), std::move(reason)}); }

  private:
    const std::string_view* string_at(const json::value& v, const std::string& at);
    void read_integer(const json::value& v, std::int64_t& out, std::int64_t lo, std::int64_t hi, const std::string& at);
    void read_number(const json::value& v, double& out, double lo, double hi, const std::string& at);

    template <Struct T>
    void fail_unknown(const json::object& object, const std::string& at) {
        for (const auto& item : object) {
            bool known = false;
            each_field<T>([&](std::string_view name, auto) { known = known || name == std::string_view(item.key()); });
            if (!known) fail(at + "/" + std::string(item.key()), "is not a field of this request");
        }
    }
    std::string_view string_;
};

/// Throws Invalid with every fault.
template <class T>
T decode(const json::value& v) {
    T out{};
    Decoder decoder;
    decoder.read(v, out, "");
    if (!decoder.errors.empty()) throw Invalid(std::move(decoder.errors));
    return out;
}

/// Text of a path or a query as the JSON that a field of type T expects: numbers and booleans unquoted.
template <class T>
json::value json_of_text(std::string_view text) {
    if constexpr (is_optional<T>) {
        return json_of_text<typename T::value_type>(text);
    } else if constexpr (std::is_same_v<T, bool>) {
        if (text == "true" || text == "false") return text == "true";
    } else if constexpr (std::is_same_v<T, std::int64_t> ||
                         requires(T t) { []<std::int64_t L, std::int64_t H>(Int<L, H>) {}(t); }) {
        std::int64_t number = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (error == std::errc{} && end == text.data() + text.size()) return number;
    } else if constexpr (std::is_same_v<T, double> || std::is_same_v<T, Latitude> || std::is_same_v<T, Longitude>) {
        double number = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (error == std::errc{} && end == text.data() + text.size()) return number;
    }
    return json::string(text);
}

}  // namespace liveshop
