#include "platform/http/message.hpp"

#include <algorithm>
#include <charconv>

namespace liveshop::http {
namespace {

constexpr std::size_t form_fields_max = 100;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string_view trimmed(std::string_view text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text;
}

std::string_view cut(std::string_view& rest, char separator) {
    const std::size_t at = rest.find(separator);
    const std::string_view head = rest.substr(0, at);
    rest = at == rest.npos ? std::string_view{} : rest.substr(at + 1);
    return head;
}

}  // namespace

bool equals_ignoring_case(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view Request::header(std::string_view name) const {
    for (const HeaderView& header : headers)
        if (equals_ignoring_case(header.name, name)) return header.value;
    return {};
}

std::string_view Request::cookie(std::string_view name) const {
    std::string_view rest = header("cookie");
    while (!rest.empty()) {
        std::string_view value = cut(rest, ';');
        if (trimmed(cut(value, '=')) == name) return trimmed(value);
    }
    return {};
}

std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+' && plus_is_space) {
            out += ' ';
        } else if (text[i] != '%') {
            out += text[i];
        } else {
            unsigned byte = 0;
            if (i + 2 >= text.size()) return std::nullopt;
            const char* digits = text.data() + i + 1;
            const auto [end, error] = std::from_chars(digits, digits + 2, byte, 16);
            if (error != std::errc{} || end != digits + 2) return std::nullopt;
            out += static_cast<char>(byte);
            i += 2;
        }
    }
    return out;
}

std::optional<std::vector<std::pair<std::string, std::string>>> parse_form(std::string_view text) {
    std::vector<std::pair<std::string, std::string>> fields;
    while (!text.empty()) {
        std::string_view value = cut(text, '&');
        if (value.empty()) continue;
        const std::string_view name = cut(value, '=');
        std::optional<std::string> decoded_name = percent_decode(name, true);
        std::optional<std::string> decoded_value = percent_decode(value, true);
        if (!decoded_name || !decoded_value || fields.size() == form_fields_max) return std::nullopt;
        fields.emplace_back(std::move(*decoded_name), std::move(*decoded_value));
    }
    return fields;
}

}  // namespace liveshop::http
