#include "sandbox/form.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "platform/http/message.hpp"
#include "sandbox/refusal.hpp"

namespace liveshop::sandbox {
namespace {

bool is_index(std::string_view key) {
    return std::ranges::all_of(key, [](char c) { return c >= '0' && c <= '9'; });
}

/// The key of "metadata[key]" if `field` is a member of `name`.
std::optional<std::string_view> key_in(std::string_view field, std::string_view name) {
    if (!field.starts_with(name) || !field.ends_with(']')) return std::nullopt;
    field.remove_prefix(name.size());
    if (!field.starts_with('[')) return std::nullopt;
    return field.substr(1, field.size() - 2);
}

// "expand[0]" and "expand[]" are one parameter, and so are all keys of an open map.
bool matches(std::string_view field, std::string_view known) {
    if (field == known) return true;
    const std::size_t bracket = known.find('[');
    const std::string_view inside = bracket == known.npos ? std::string_view{} : known.substr(bracket);
    const std::optional<std::string_view> key = key_in(field, known.substr(0, bracket));
    if (!key || key->find_first_of("[]") != key->npos) return false;
    return (inside == "[]" && is_index(*key)) || (inside == "[*]" && !key->empty());
}

}  // namespace

Form Form::parse(std::string_view text) {
    auto fields = http::parse_form(text);
    if (!fields) throw Refusal{.message = "Invalid form encoding, or more than 100 parameters."};
    Form form;
    form.fields_ = std::move(*fields);
    return form;
}

std::optional<std::string> Form::text(std::string_view name) const {
    for (const auto& [field, value] : fields_)
        if (field == name && !value.empty()) return value;
    return std::nullopt;
}

std::optional<std::int64_t> Form::integer(std::string_view name) const {
    const std::optional<std::string> value = text(name);
    if (!value) return std::nullopt;
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(value->data(), value->data() + value->size(), number);
    if (error != std::errc{} || end != value->data() + value->size())
        throw invalid_parameter(name, "parameter_invalid_integer", fmt::format("Invalid integer: {}", *value));
    return number;
}

std::optional<bool> Form::boolean(std::string_view name) const {
    const std::optional<std::string> value = text(name);
    if (!value) return std::nullopt;
    if (*value != "true" && *value != "false")
        throw invalid_parameter(name, "parameter_invalid_boolean", fmt::format("Invalid boolean: {}", *value));
    return *value == "true";
}

std::vector<std::string> Form::list(std::string_view name) const {
    std::vector<std::string> values;
    for (const auto& [field, value] : fields_) {
        const std::optional<std::string_view> key = key_in(field, name);
        if (key && is_index(*key)) values.push_back(value);
    }
    return values;
}

std::vector<std::pair<std::string, std::string>> Form::map(std::string_view name) const {
    std::vector<std::pair<std::string, std::string>> pairs;
    for (const auto& [field, value] : fields_)
        if (const std::optional<std::string_view> key = key_in(field, name)) pairs.emplace_back(*key, value);
    return pairs;
}

std::string Form::required_text(std::string_view name) const {
    std::optional<std::string> value = text(name);
    if (!value) throw missing_parameter(name);
    return std::move(*value);
}

std::int64_t Form::required_integer(std::string_view name) const {
    const std::optional<std::int64_t> value = integer(name);
    if (!value) throw missing_parameter(name);
    return *value;
}

void Form::admit_only(const std::vector<std::string_view>& known) const {
    for (const auto& [field, value] : fields_) {
        const bool admitted = std::ranges::any_of(known, [&](std::string_view name) { return matches(field, name); });
        if (!admitted) throw unknown_parameter(field);
    }
}

std::string Form::canonical() const {
    auto sorted = fields_;
    std::ranges::sort(sorted);
    std::string out;
    for (const auto& [name, value] : sorted)
        fmt::format_to(std::back_inserter(out), "{}:{}={}:{}\n", name.size(), name, value.size(), value);
    return out;
}

}  // namespace liveshop::sandbox
