#pragma once
// Every setting of every component: for `liveshop help config`, and to refuse what nobody knows.
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/config.hpp"

namespace liveshop::config {

/// Whether each member of T has a text of its own and no text is left over.
template <Struct T>
consteval bool helps_every_member() {
    const auto helps = setting_help(static_cast<const T*>(nullptr));
    std::size_t members = 0;
    bool complete = true;
    each_field<T>([&](std::string_view member, auto) {
        ++members;
        std::size_t texts = 0;
        for (const auto& [name, text] : helps) texts += member == name && !text.empty();
        complete = complete && texts == 1;
    });
    return complete && members == helps.size();
}

struct Setting {
    std::string component, name, type, default_text, help;
    bool secret = false;
    bool required = false;
    std::function<void(const Source&, std::vector<Fault>&)> check;  ///< adds what is wrong with a given value
};

class Catalog {
  public:
    /// Adds a struct of settings, which names its texts in `setting_help`. A name that is known already must mean the
    /// same: std::logic_error if its type or its default differs.
    template <Struct T>
    Catalog& add(std::string_view component, std::string_view prefix = "") {
        static_assert(helps_every_member<T>(), "setting_help() names each setting of the struct once, with a text");
        const T defaults{};
        const auto helps = setting_help(static_cast<const T*>(nullptr));
        each_field<T>([&](std::string_view member, auto pointer) {
            using Value = std::remove_cvref_t<decltype(defaults.*pointer)>;
            std::string name = std::string(prefix).append(member);
            std::string help;
            for (const auto& [helped, text] : helps)
                if (helped == member) help = text;
            const bool secret = Source::is_secret<Value>(name);
            add(Setting{.component = std::string(component),
                        .name = name,
                        .type = type_text(static_cast<const Value*>(nullptr)),
                        .default_text = secret ? "" : value_text(defaults.*pointer),
                        .help = std::move(help),
                        .secret = secret,
                        .required = must_be_given(defaults.*pointer),
                        .check = [name](const Source& source, std::vector<Fault>& faults) {
                            Value ignored{};
                            source.read_one(name, ignored, faults);
                        }});
        });
        return *this;
    }

    /// Throws Invalid with every given setting that nobody knows (naming the nearest that somebody does) and every
    /// value that is wrong. Whether something is missing is for the process that reads it to say.
    void check(const Source& source) const;

    /// The text of `liveshop help config`. Secrets' values are never in it.
    std::string help() const;

    const std::vector<Setting>& settings() const { return settings_; }

  private:
    void add(Setting setting);
    const Setting* find(std::string_view name) const;
    std::string suggestion(std::string_view name) const;

    std::vector<Setting> settings_;
};

/// Changes of one character (inserted, removed, replaced) that lead from one text to the other.
std::size_t edit_distance(std::string_view from, std::string_view to);

}  // namespace liveshop::config
