// The media server as a process of its own, for e2e/media: settings come as --name=value.
#include <boost/describe.hpp>
#include <boost/mp11/algorithm.hpp>
#include <cstdio>
#include <span>
#include <string>
#include <string_view>

#include "media/media.hpp"

namespace {

using liveshop::media::Settings;

void assign(std::string& member, std::string_view value) { member = value; }
void assign(bool& member, std::string_view value) { member = value == "true"; }
void assign(int& member, std::string_view value) { member = std::stoi(std::string(value)); }
void assign(std::uint16_t& member, std::string_view value) {
    member = static_cast<std::uint16_t>(std::stoi(std::string(value)));
}
void assign(std::vector<std::string>& member, std::string_view value) { member = {std::string(value)}; }

bool set(Settings& settings, std::string_view name, std::string_view value) {
    bool found = false;
    boost::mp11::mp_for_each<boost::describe::describe_members<Settings, boost::describe::mod_public>>(
        [&](auto member) {
            if (name != member.name) return;
            assign(settings.*member.pointer, value);
            found = true;
        });
    return found;
}

}  // namespace

int main(int argc, char** argv) {
    Settings settings;
    for (std::string_view argument : std::span(argv, static_cast<std::size_t>(argc)).subspan(1)) {
        auto equals = argument.find('=');
        if (!argument.starts_with("--") || equals == argument.npos ||
            !set(settings, argument.substr(2, equals - 2), argument.substr(equals + 1))) {
            std::fprintf(stderr, "media_process: not a setting: %.*s\n", static_cast<int>(argument.size()),
                         argument.data());
            return 2;
        }
    }
    return liveshop::media::run(settings);
}
