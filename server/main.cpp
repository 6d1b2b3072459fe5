// The command line: one binary, one subcommand for each process of the platform.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <array>
#include <cstdio>
#include <exception>
#include <stdexcept>
#include <string>

#include "app/commands.hpp"
#include "app/program.hpp"
#include "media/media.hpp"
#include "media/settings_help.hpp"
#include "platform/config/catalog.hpp"
#include "platform/log.hpp"
#include "sandbox/sandbox.hpp"
#include "up/up.hpp"

namespace liveshop {
namespace {

constexpr std::string_view media_prefix = "media_";

config::Catalog catalog() {
    config::Catalog catalog = app::settings_catalog();
    catalog.add<up::Settings>("up").add<media::Settings>("media", media_prefix).add<sandbox::Settings>("sandbox");
    return catalog;
}

int up(const config::Source& source) { return up::run(source, app::demo_accounts); }

int media(const config::Source& source) {
    log::start(source.read<log::Settings>(), "media");
    const auto settings = source.read<media::Settings>(media_prefix);
    try {
        media::validate(settings);
    } catch (const std::invalid_argument& e) {  // its text begins with the setting's name
        throw std::runtime_error(std::string(media_prefix) + e.what());
    }
    return media::run(settings);
}

int sandbox(const config::Source& source) {
    log::start(source.read<log::Settings>(), "sandbox");
    return sandbox::run(source.read<sandbox::Settings>());
}

struct Command {
    const char* name;
    const char* text;
    int (*run)(const config::Source&);
};
constexpr std::array commands{
    Command{"up", "Start everything on this machine and keep it running", up},
    Command{"serve", "The API, the sockets and the way to the web app", app::serve},
    Command{"media", "The media server: WHIP in, WHEP out", media},
    Command{"work", "The worker: jobs and schedules", app::work},
    Command{"sandbox", "For development: payments, mail and SMS as the outside world answers", sandbox},
    Command{"migrate", "Bring the database's schema up to date", app::migrate},
    Command{"seed", "Write the demo tenant and print its accounts", app::seed},
};

int run(CLI::App& line, const std::string& config_file) {
    if (line.got_subcommand("version")) return std::puts(LIVESHOP_VERSION) < 0;
    if (line.got_subcommand("openapi")) return std::fputs(app::openapi().c_str(), stdout) < 0;
    if (line.got_subcommand("asyncapi")) return std::fputs(app::asyncapi().c_str(), stdout) < 0;
    if (const auto* help = line.get_subcommand("help"); help->parsed()) {
        // Its own help() would be that of the subcommand "help".
        const std::string text = help->got_subcommand("config")
                                     ? catalog().help()
                                     : line.get_formatter()->make_help(&line, "liveshop", CLI::AppFormatMode::Normal);
        return std::fputs(text.c_str(), stdout) < 0;
    }
    for (const Command& command : commands) {
        if (!line.got_subcommand(command.name)) continue;
        const config::Source source = config::Source::load(config_file);
        catalog().check(source);
        return command.run(source);
    }
    return 1;
}

}  // namespace
}  // namespace liveshop

int main(int argc, char** argv) {
    CLI::App line("LiveShop, a live-shopping platform.", "liveshop");
    std::string config_file;
    line.add_option("--config", config_file, "TOML file of settings (else LIVESHOP_CONFIG; see: liveshop help config)");
    line.require_subcommand(1);
    line.fallthrough();
    for (const liveshop::Command& command : liveshop::commands) line.add_subcommand(command.name, command.text);
    line.add_subcommand("openapi", "Print the OpenAPI document of the API");
    line.add_subcommand("asyncapi", "Print the AsyncAPI document of the socket events");
    line.add_subcommand("version", "Print the version");
    CLI::App* help = line.add_subcommand("help", "Print this help; `help config` lists every setting");
    help->add_subcommand("config", "List every setting with its type, default and meaning");
    try {
        line.parse(argc, argv);
        return liveshop::run(line, config_file);
    } catch (const CLI::ParseError& e) {
        return line.exit(e) == 0 ? 0 : 2;
    } catch (const std::exception& e) {
        fmt::print(stderr, "liveshop: {}\n", e.what());
        return 1;
    }
}
