#pragma once
// JSON Schema (2020-12, as OpenAPI 3.1 uses it) of the same types that decode and encode.
#include <boost/json.hpp>
#include <map>
#include <stdexcept>
#include <string>

#include "platform/shape/described.hpp"
#include "platform/shape/id.hpp"
#include "platform/shape/scalars.hpp"

namespace liveshop {
namespace json = boost::json;

/// The unqualified name of a type, as its schema is named: `liveshop::checkout::Order` is "Order".
template <class T>
std::string type_name() {
    std::string_view text = __PRETTY_FUNCTION__;  // "... [T = liveshop::checkout::Order]"
    const std::size_t begin = text.find("T = ") + 4;
    text = text.substr(begin, text.rfind(']') - begin);
    return std::string(text.substr(text.rfind(':') + 1));
}

/// Collects the named schemas of a document; `of<T>()` answers a reference or an inline schema.
class Schemas {
  public:
    template <class T>
    json::value of() {
        return write(static_cast<T*>(nullptr));
    }
    const json::object& named() const { return named_; }

  private:
    template <std::size_t L, std::size_t H>
    json::value write(Text<L, H>*) {
        return json::object{{"type", "string"}, {"minLength", L}, {"maxLength", H}};
    }
    template <std::int64_t L, std::int64_t H>
    json::value write(Int<L, H>*) {
        return json::object{{"type", "integer"}, {"minimum", L}, {"maximum", H}};
    }
    template <class Of>
    json::value write(Id<Of>*) {
        return json::object{{"type", "string"}, {"format", "uuid"}};
    }
    template <class T>
    json::value write(std::vector<T>*) {
        return json::object{{"type", "array"}, {"items", of<T>()}};
    }
    template <class T>
    json::value write(std::optional<T>*) {
        return of<T>();
    }
    json::value write(std::string*) { return json::object{{"type", "string"}}; }
    json::value write(std::int64_t*) { return json::object{{"type", "integer"}, {"format", "int64"}}; }
    json::value write(bool*) { return json::object{{"type", "boolean"}}; }
    json::value write(double*) { return json::object{{"type", "number"}}; }
    json::value write(Email*) { return json::object{{"type", "string"}, {"format", "email"}, {"maxLength", 254}}; }
    json::value write(Slug*) {
        return json::object{{"type", "string"}, {"pattern", "^[a-z0-9]+(-[a-z0-9]+)*$"}, {"maxLength", 100}};
    }
    json::value write(Currency*) { return json::object{{"type", "string"}, {"pattern", "^[A-Z]{3}$"}}; }
    json::value write(Latitude*) { return json::object{{"type", "number"}, {"minimum", -90}, {"maximum", 90}}; }
    json::value write(Longitude*) { return json::object{{"type", "number"}, {"minimum", -180}, {"maximum", 180}}; }
    json::value write(Amount*) {
        return json::object{{"type", "integer"}, {"format", "int64"}, {"description", "Minor units of the currency"}};
    }
    json::value write(Timestamp*) { return json::object{{"type", "string"}, {"format", "date-time"}}; }
    json::value write(json::value*) { return json::object{}; }

    template <Enum E>
    json::value write(E*) {
        return reference<E>([] {
            json::array names;
            each_value<E>([&](std::string_view name, E) { names.emplace_back(name); });
            return json::object{{"type", "string"}, {"enum", std::move(names)}};
        });
    }
    template <Struct T>
    json::value write(T*) {
        return reference<T>([this] {
            json::object properties;
            json::array required;
            each_field<T>([&](const char* name, auto member) {
                using Field = std::remove_cvref_t<decltype(std::declval<T>().*member)>;
                properties.emplace(name, of<Field>());
                if constexpr (!is_optional<Field>) required.emplace_back(name);
            });
            json::object schema{{"type", "object"}, {"properties", std::move(properties)}};
            if (!required.empty()) schema.emplace("required", std::move(required));
            schema.emplace("additionalProperties", false);
            return schema;
        });
    }
    // Two types of one name would silently share a schema: refused when the document is written.
    template <class T, class Make>
    json::value reference(Make make) {
        const std::string name = type_name<T>();
        const std::string_view identity = __PRETTY_FUNCTION__;
        const auto [entry, added] = owners_.emplace(name, identity);
        if (!added && entry->second != identity) throw std::logic_error("two types are named " + name);
        if (added) {
            json::object schema = make();
            named_.emplace(name, std::move(schema));
        }
        return json::object{{"$ref", "#/components/schemas/" + name}};
    }

    json::object named_;
    std::map<std::string, std::string> owners_;
};

}  // namespace liveshop
