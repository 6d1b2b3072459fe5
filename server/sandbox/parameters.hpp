#pragma once
// What several endpoints read from a form, and how they answer lists.
#include <fmt/format.h>

#include "sandbox/form.hpp"
#include "sandbox/refusal.hpp"
#include "sandbox/store.hpp"

namespace liveshop::sandbox {

json::object metadata_of(const Form& form);

/// One of E's names; throws where it is another.
template <Enum E>
std::optional<E> choice(const Form& form, std::string_view name) {
    const std::optional<std::string> text = form.text(name);
    if (!text) return std::nullopt;
    const std::optional<E> value = enum_named<E>(*text);
    if (value) return value;
    std::string known;
    each_value<E>(
        [&](std::string_view candidate, E) { known += (known.empty() ? "" : ", ") + std::string(candidate); });
    throw invalid_parameter(name, "", fmt::format("Invalid {}: must be one of {}", name, known));
}

/// The same as text.
template <Enum E>
std::optional<std::string> choice_text(const Form& form, std::string_view name) {
    const std::optional<E> value = choice<E>(form, name);
    if (!value) return std::nullopt;
    return std::string(name_of(*value));
}

/// A page of Stripe's lists, newest first: `limit`, `starting_after`, `ending_before`. `render` leaves out what it
/// answers nothing for.
template <class T, class Render>
json::object page_of(std::span<const T> rows, const Form& form, std::string_view url, Render render) {
    const std::int64_t limit = form.integer("limit").value_or(10);
    if (limit < 1 || limit > 100)
        throw invalid_parameter("limit", "parameter_invalid_integer", "A page has 1 to 100 objects.");
    const std::optional<std::string> after = form.text("starting_after"), before = form.text("ending_before");
    json::array data;
    bool has_more = false, started = !after;
    for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
        if (before && row->id == *before) break;
        if (started) {
            std::optional<json::object> rendered = render(*row);
            if (!rendered) continue;
            has_more = std::ssize(data) == limit;
            if (has_more) break;
            data.push_back(std::move(*rendered));
        }
        started = started || row->id == *after;
    }
    return {{"object", "list"}, {"data", std::move(data)}, {"has_more", has_more}, {"url", url}};
}

}  // namespace liveshop::sandbox
