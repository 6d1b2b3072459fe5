#include "platform/api/document.hpp"

#include <map>

namespace liveshop {
namespace {

void print(std::string& out, const json::value& value, std::size_t indent) {
    const std::string margin(indent + 2, ' ');
    if (value.is_object() && !value.get_object().empty()) {
        out += "{\n";
        for (std::size_t i = 0; const auto& item : value.get_object()) {
            if (i++) out += ",\n";
            out += margin + json::serialize(item.key()) + ": ";
            print(out, item.value(), indent + 2);
        }
        out += "\n" + std::string(indent, ' ') + "}";
    } else if (value.is_array() && !value.get_array().empty()) {
        out += "[\n";
        for (std::size_t i = 0; const json::value& item : value.get_array()) {
            if (i++) out += ",\n";
            out += margin;
            print(out, item, indent + 2);
        }
        out += "\n" + std::string(indent, ' ') + "]";
    } else {
        out += json::serialize(value);
    }
}

}  // namespace

std::string print_document(const json::value& document) {
    std::string out;
    print(out, document, 0);
    return out + "\n";
}

json::object sorted(const json::object& object) {
    std::map<std::string, json::value> members;
    for (const auto& item : object) members.emplace(item.key(), item.value());
    return {members.begin(), members.end()};
}

}  // namespace liveshop
