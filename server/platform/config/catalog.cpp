#include "platform/config/catalog.hpp"

#include <algorithm>
#include <numeric>

namespace liveshop::config {
namespace {

std::string default_of(const Setting& setting) {
    if (setting.required) return ", required";
    return setting.default_text.empty() ? "" : ", default " + setting.default_text;
}

}  // namespace

std::size_t edit_distance(std::string_view from, std::string_view to) {
    std::vector<std::size_t> row(to.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < from.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < to.size(); ++j) {
            const std::size_t replaced = diagonal + (from[i] != to[j]);
            diagonal = row[j + 1];
            row[j + 1] = std::min({replaced, row[j] + 1, diagonal + 1});
        }
    }
    return row.back();
}

void Catalog::add(Setting setting) {
    const auto known = std::ranges::find(settings_, setting.name, &Setting::name);
    if (known != settings_.end()) {
        // Two components may ask different lengths of one secret: each is checked by whoever reads it.
        const bool same = known->type == setting.type && known->default_text == setting.default_text;
        if (!same && !(known->secret && setting.secret))
            throw std::logic_error(fmt::format("setting {} is declared twice and differently: {} and {}", setting.name,
                                               known->component, setting.component));
        known->required = known->required || setting.required;
        return;
    }
    settings_.push_back(std::move(setting));
}

const Setting* Catalog::find(std::string_view name) const {
    const auto found = std::ranges::find(settings_, name, &Setting::name);
    return found == settings_.end() ? nullptr : &*found;
}

std::string Catalog::suggestion(std::string_view name) const {
    std::string_view nearest;
    std::size_t least = std::max<std::size_t>(2, name.size() / 3) + 1;
    for (const Setting& setting : settings_) {
        const std::size_t distance = edit_distance(name.substr(0, 100), setting.name);
        if (distance >= least) continue;
        least = distance;
        nearest = setting.name;
    }
    return nearest.empty() ? "; `liveshop help config` lists all" : fmt::format("; did you mean {}?", nearest);
}

void Catalog::check(const Source& source) const {
    std::vector<Fault> faults;
    for (const auto& [name, origin] : source.given_names()) {
        const std::string_view secret_file = std::string_view(name).ends_with("_file")
                                                 ? std::string_view(name).substr(0, name.size() - 5)
                                                 : std::string_view();
        const Setting* secret = find(secret_file);
        if (!find(name) && !(secret && secret->secret))
            faults.push_back({name, "is not a setting" + suggestion(name), origin});
    }
    for (const Setting& setting : settings_) setting.check(source, faults);
    if (!faults.empty()) throw Invalid(std::move(faults));
}

std::string Catalog::help() const {
    std::string text =
        "Settings are read from a TOML file (--config FILE, else LIVESHOP_CONFIG) as flat keys, and from the "
        "environment\n"
        "as LIVESHOP_<NAME IN CAPITALS>, which wins. A secret may also be kept in a file of its own: <name>_file.\n";
    std::string_view component;
    for (const Setting& setting : settings_) {
        if (setting.component != component) text += fmt::format("\n{}\n", component = setting.component);
        text += fmt::format("  {:<30} {}{}\n  {:<30} {}\n", setting.name, setting.type, default_of(setting), "",
                            setting.help);
    }
    return text;
}

}  // namespace liveshop::config
