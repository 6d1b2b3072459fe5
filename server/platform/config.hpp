#pragma once
// Settings: one flat name space for all components, from a TOML file and from the environment, which wins.
//
//   struct Settings { Int<0, 65535> http_port{8080}; Secret token_secret; };
//   BOOST_DESCRIBE_STRUCT(Settings, (), (http_port, token_secret))
//   constexpr auto setting_help(const Settings*) {
//       return std::array{config::Help{"http_port", "Port of …"}, config::Help{"token_secret", "Signs …"}};
//   }
//
// The value in the struct is the default; a Secret, or a Text that may not be empty, has none and must be given.
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "platform/config/setting.hpp"
#include "platform/shape/described.hpp"

namespace liveshop::config {

/// What a setting is for, in a sentence.
struct Help {
    std::string_view name, text;
};

/// A setting that is wrong: its name, what is asked for, and where the value came from (empty if from nowhere).
struct Fault {
    std::string name, reason, origin;
};

/// The configuration cannot be used; `what()` lists every fault, one a line.
struct Invalid : std::runtime_error {
    explicit Invalid(std::vector<Fault> faults);
    std::vector<Fault> faults;
};

/// A value as it was given.
struct Given {
    json::value value;  ///< a string if it came from the environment or from a secret's file
    bool is_text = false;
    std::string origin;  ///< "from environment LIVESHOP_HTTP_PORT", "from liveshop.toml, line 3"
};

using Variables = std::map<std::string, std::string, std::less<>>;

class Source {
  public:
    /// `toml` is the text of the file called `file_name`; `variables` are those of the environment, by their whole
    /// names. Throws Invalid where the file is no TOML or has tables. An empty variable counts as not set.
    Source(std::string file_name, std::string_view toml, Variables variables);
    /// Reads `file`, else the file named by LIVESHOP_CONFIG, else none; and this process's environment.
    static Source load(const std::string& file = "");

    /// Fills one struct. `prefix` stands before each member's name: media's `udp_port` is `media_udp_port`. Throws
    /// Invalid with everything that is wrong or missing.
    template <Struct T>
    T read(std::string_view prefix = "") const {
        T out{};
        std::vector<Fault> faults;
        each_field<T>([&](std::string_view name, auto member) {
            const std::string setting = std::string(prefix).append(name);
            if (!read_one(setting, out.*member, faults) && must_be_given(out.*member))
                faults.push_back(missing(setting, is_secret<std::remove_cvref_t<decltype(out.*member)>>(setting)));
        });
        if (!faults.empty()) throw Invalid(std::move(faults));
        return out;
    }

    /// Reads one setting if it is given, and answers whether it is; a wrong one is added to `faults`.
    template <class T>
    bool read_one(const std::string& name, T& out, std::vector<Fault>& faults) const {
        const std::size_t faults_before = faults.size();
        const std::optional<Given> given = find(name, is_secret<T>(name), faults);
        if (!given) return faults.size() != faults_before;
        Decoder decoder;
        const bool convert = given->is_text && !is_secret_type<T>;
        read_setting(decoder, convert ? json_of_setting<T>(given->value.get_string()) : given->value, out, name);
        for (FieldError& error : decoder.errors)
            faults.push_back({std::move(error.pointer), std::move(error.reason), given->origin});
        return true;
    }

    /// Names of all that is given, with where: settings of the file, and LIVESHOP_ variables as settings. Those that
    /// belong to the scripts around us (LIVESHOP_CONFIG, LIVESHOP_DEV_…, LIVESHOP_TEST_…) are left out.
    std::vector<std::pair<std::string, std::string>> given_names() const;

    /// The file's name, empty if there is none: children are started with the same.
    const std::string& file_name() const { return file_name_; }

    template <class T>
    static bool is_secret(std::string_view name) {
        return is_secret_type<T> || is_secret_name(name);
    }

  private:
    std::optional<Given> find(const std::string& name, bool secret, std::vector<Fault>& faults) const;
    std::optional<Given> in_environment(const std::string& name) const;
    std::optional<Given> in_file(const std::string& name) const;
    static Fault missing(const std::string& name, bool secret);

    std::string file_name_;
    std::map<std::string, Given, std::less<>> file_;
    Variables variables_;
};

}  // namespace liveshop::config
