#include "up/up.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "media/media.hpp"
#include "platform/log.hpp"

namespace liveshop::up {
namespace {

constexpr std::string_view loopback = "127.0.0.1";

bool has_sandbox(const Settings& settings) { return settings.environment == Environment::development; }
bool has_web(const Settings& settings) { return !settings.web_directory.empty(); }

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    for (std::size_t at = 0; (at = text.find_first_not_of(' ', at)) != text.npos;) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        words.emplace_back(text.substr(at, end - at));
        at = end;
    }
    return words;
}

// The same binary, even where the file has been replaced by a newer build since.
Part own(const config::Source& source, std::string_view name, Readiness ready) {
    Command command{.arguments = {"liveshop", std::string(name)}, .program = "/proc/self/exe"};
    if (!source.file_name().empty()) {
        command.arguments.emplace_back("--config");
        command.arguments.push_back(source.file_name());
    }
    return {std::string(name), std::move(command), std::move(ready)};
}

Part web_app(const Settings& settings) {
    // Nothing of ours but what it needs: settings hold keys.
    Command command{.arguments = words_of(settings.web_command.value),
                    .directory = settings.web_directory,
                    .variables = {{"PORT", std::to_string(settings.web_port.value)},
                                  {"HOSTNAME", std::string(loopback)},
                                  {"NODE_ENV", "production"},
                                  {"LIVESHOP_API_URL", fmt::format("http://127.0.0.1:{}", settings.http_port.value)}},
                    .variables_withheld = "LIVESHOP_"};
    const auto port = static_cast<std::uint16_t>(settings.web_port.value);
    return {"web", std::move(command), AcceptsTcp{std::string(loopback), port}};
}

}  // namespace

std::vector<Part> parts_of(const config::Source& source) {
    const auto settings = source.read<Settings>();
    const auto media = source.read<media::Settings>("media_");
    std::vector<Part> parts;
    if (has_sandbox(settings)) {
        const auto port = static_cast<std::uint16_t>(settings.sandbox_port.value);
        parts.push_back(own(source, "sandbox", AcceptsTcp{settings.sandbox_address, port}));
    }
    parts.push_back(own(source, "media", AcceptsUnix{media.http_socket}));
    parts.push_back(own(source, "work", Runs{}));
    const auto http_port = static_cast<std::uint16_t>(settings.http_port.value);
    parts.push_back(own(source, "serve", AnswersHttp{settings.http_address, http_port, "/readyz"}));
    if (has_web(settings)) parts.push_back(web_app(settings));
    return parts;
}

std::vector<Port> ports_of(const config::Source& source) {
    const auto settings = source.read<Settings>();
    const auto media = source.read<media::Settings>("media_");
    std::vector<Port> ports;
    const auto add = [&](std::string setting, std::string_view address, std::int64_t number, bool udp = false) {
        ports.push_back({std::move(setting), std::string(address), static_cast<std::uint16_t>(number), udp});
    };
    add("http_port", settings.http_address, settings.http_port.value);
    if (has_web(settings)) add("web_port", loopback, settings.web_port.value);
    if (has_sandbox(settings)) add("sandbox_port", settings.sandbox_address, settings.sandbox_port.value);
    add("media_udp_port", media.udp_address, media.udp_port, true);
    return ports;
}

int run(const config::Source& source, const std::function<std::string()>& demo_accounts) {
    const auto settings = source.read<Settings>();
    const auto log_settings = source.read<log::Settings>();
    log::start(log_settings, "up");
    const std::string taken = ports_taken(ports_of(source));
    if (!taken.empty()) {
        fmt::print(stderr, "liveshop up: {}\n", taken);
        return 1;
    }
    const bool bare = log::format_of(log_settings) == log::Format::json;
    // A process that drains needs its time, and a little to put things away.
    const Timing timing{.stop_grace = std::chrono::seconds(settings.drain_timeout_s.value + 2)};
    return supervise(parts_of(source), timing, bare, [&] {
        fmt::print("LiveShop runs at {}\n", settings.public_url);
        if (settings.environment == Environment::development && demo_accounts) fmt::print("{}", demo_accounts());
        std::fflush(stdout);
    });
}

}  // namespace liveshop::up
