#include "platform/config.hpp"

#include <toml++/toml.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

namespace liveshop::config {
namespace {

constexpr std::string_view variable_prefix = "LIVESHOP_";
constexpr std::size_t file_bytes_max = 1024 * 1024;

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string variable_of(std::string_view setting) {
    std::string name(variable_prefix);
    std::ranges::transform(setting, std::back_inserter(name), upper);
    return name;
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

std::string list_of(const std::vector<Fault>& faults) {
    std::string text = "the configuration cannot be used:";
    for (const Fault& fault : faults) {
        text += fmt::format("\n  {}: {}", fault.name, fault.reason);
        if (!fault.origin.empty()) text += " (" + fault.origin + ")";
    }
    return text;
}

std::string read_file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) throw std::system_error(errno, std::generic_category());
    std::string text(file_bytes_max + 1, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (in.bad()) throw std::system_error(EIO, std::generic_category());
    text.resize(static_cast<std::size_t>(in.gcount()));
    if (text.size() > file_bytes_max) throw std::system_error(EFBIG, std::generic_category());
    return text;
}

// Nothing for a table, a date or a list of such: settings are flat.
std::optional<json::value> json_of(const toml::node& node) {
    if (const auto* text = node.as_string()) return json::value(text->get());
    if (const auto* number = node.as_integer()) return json::value(number->get());
    if (const auto* number = node.as_floating_point()) return json::value(number->get());
    if (const auto* truth = node.as_boolean()) return json::value(truth->get());
    const toml::array* array = node.as_array();
    if (!array) return std::nullopt;
    json::array items;
    for (const toml::node& item : *array) {
        std::optional<json::value> value = item.is_array() ? std::nullopt : json_of(item);
        if (!value) return std::nullopt;
        items.push_back(std::move(*value));
    }
    return json::value(std::move(items));
}

toml::table parse(std::string_view text, const std::string& file_name) {
    try {
        return toml::parse(text, file_name);
    } catch (const toml::parse_error& e) {
        throw Invalid({{file_name, fmt::format("line {}: {}", e.source().begin.line, e.description()), ""}});
    }
}

}  // namespace

Invalid::Invalid(std::vector<Fault> faults_) : std::runtime_error(list_of(faults_)), faults(std::move(faults_)) {}

std::string whole_number_text(Range range) {
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    if (range.most < most) return fmt::format("whole number from {} to {}", range.least, range.most);
    if (range.least > std::numeric_limits<std::int64_t>::min()) return fmt::format("whole number from {}", range.least);
    return "whole number";
}

std::vector<std::string> split_list(std::string_view text) {
    std::vector<std::string> parts;
    if (std::ranges::all_of(text, is_blank)) return parts;
    for (;;) {
        const std::size_t comma = std::min(text.find(','), text.size());
        std::string_view part = text.substr(0, comma);
        while (!part.empty() && is_blank(part.front())) part.remove_prefix(1);
        while (!part.empty() && is_blank(part.back())) part.remove_suffix(1);
        parts.emplace_back(part);
        if (comma == text.size()) return parts;
        text.remove_prefix(comma + 1);
    }
}

bool is_secret_name(std::string_view name) {
    return name.ends_with("_secret") || name.ends_with("_secret_key") || name.ends_with("_password");
}

Source::Source(std::string file_name, std::string_view toml, Variables variables)
    : file_name_(std::move(file_name)), variables_(std::move(variables)) {
    std::vector<Fault> faults;
    for (const auto& [key, node] : parse(toml, file_name_)) {
        const std::string origin = fmt::format("from {}, line {}", file_name_, node.source().begin.line);
        std::optional<json::value> value = json_of(node);
        if (value)
            file_.emplace(key.str(), Given{std::move(*value), false, origin});
        else
            faults.push_back(
                {std::string(key.str()), "must be a plain value or a list: there are no tables here", origin});
    }
    if (!faults.empty()) throw Invalid(std::move(faults));
}

Source Source::load(const std::string& file) {
    Variables variables;
    for (char** entry = environ; *entry; ++entry) {
        const std::string_view text = *entry;
        const std::size_t equals = text.find('=');
        if (text.starts_with(variable_prefix) && equals != text.npos)
            variables.emplace(text.substr(0, equals), text.substr(equals + 1));
    }
    std::string path = file;
    if (const auto named = variables.find("LIVESHOP_CONFIG"); path.empty() && named != variables.end())
        path = named->second;
    if (path.empty()) return Source("", "", std::move(variables));
    try {
        return Source(path, read_file(path), std::move(variables));
    } catch (const std::system_error& e) {
        throw Invalid({{path, "cannot be read: " + e.code().message(), ""}});
    }
}

std::optional<Given> Source::in_environment(const std::string& name) const {
    const std::string variable = variable_of(name);
    const auto found = variables_.find(variable);
    if (found == variables_.end() || found->second.empty()) return std::nullopt;
    return Given{json::value(found->second), true, "from environment " + variable};
}

std::optional<Given> Source::in_file(const std::string& name) const {
    const auto found = file_.find(name);
    if (found == file_.end()) return std::nullopt;
    return found->second;
}

std::optional<Given> Source::find(const std::string& name, bool secret, std::vector<Fault>& faults) const {
    for (const auto look : {&Source::in_environment, &Source::in_file}) {
        std::optional<Given> given = (this->*look)(name);
        const std::optional<Given> path = secret ? (this->*look)(name + "_file") : std::nullopt;
        if (given && path) {
            faults.push_back({name, fmt::format("is given twice: keep {} or {}_file", name, name), path->origin});
            return std::nullopt;
        }
        if (given) return given;
        if (!path) continue;
        try {
            if (!path->value.is_string()) throw std::system_error(EINVAL, std::generic_category());
            std::string text = read_file(std::string(path->value.get_string()));
            while (!text.empty() && is_blank(text.back())) text.pop_back();
            return Given{json::value(text), true, path->origin};
        } catch (const std::system_error& e) {
            faults.push_back({name + "_file", "names a file that cannot be read: " + e.code().message(), path->origin});
            return std::nullopt;
        }
    }
    return std::nullopt;
}

Fault Source::missing(const std::string& name, bool secret) {
    return {
        name,
        fmt::format("is required: set {0} in the configuration file or {1} in the environment{2}", name,
                    variable_of(name), secret ? fmt::format(" (or {0}_file, {1}_FILE)", name, variable_of(name)) : ""),
        ""};
}

std::vector<std::pair<std::string, std::string>> Source::given_names() const {
    std::vector<std::pair<std::string, std::string>> names;
    for (const auto& [name, given] : file_) names.emplace_back(name, given.origin);
    for (const auto& [variable, value] : variables_) {
        const std::string_view rest = std::string_view(variable).substr(variable_prefix.size());
        if (rest == "CONFIG" || rest.starts_with("DEV_") || rest.starts_with("TEST_")) continue;
        std::string name;
        std::ranges::transform(rest, std::back_inserter(name), lower);
        names.emplace_back(std::move(name), "from environment " + variable);
    }
    return names;
}

}  // namespace liveshop::config
