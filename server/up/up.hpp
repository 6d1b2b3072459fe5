#pragma once
// `liveshop up`: the whole platform on one machine, in the foreground.
#include <functional>
#include <string>
#include <vector>

#include "platform/config.hpp"
#include "platform/environment.hpp"
#include "up/ports.hpp"
#include "up/supervisor.hpp"

namespace liveshop::up {

struct Settings {
    Environment environment = Environment::production;
    std::string http_address = "127.0.0.1";
    Int<0, 65535> http_port{8080};
    std::string public_url = "http://localhost:8080";
    Text<1, 1000> web_command{"node server.js"};
    std::string web_directory;
    Int<0, 65535> web_port{3000};
    std::string sandbox_address = "127.0.0.1";
    Int<0, 65535> sandbox_port{8280};
    Int<0, 300> drain_timeout_s{5};
};
BOOST_DESCRIBE_STRUCT(Settings, (),
                      (environment, http_address, http_port, public_url, web_command, web_directory, web_port,
                       sandbox_address, sandbox_port, drain_timeout_s))

constexpr auto setting_help(const Settings*) {
    return std::array{
        config::Help{"environment", "Development also runs the sandbox and shows the demo accounts."},
        config::Help{"http_address", "IP address the server listens on; 0.0.0.0 is every IPv4 address of the machine."},
        config::Help{"http_port", "Port of the server: the one address of the platform."},
        config::Help{"public_url", "The address as people type it: scheme, host, and port if it is not the usual one."},
        config::Help{"web_command", "Starts the web app: a program and its arguments between blanks, without a shell."},
        config::Help{"web_directory",
                     "Folder of the built web app, where web_command runs; without one, none is started."},
        config::Help{"web_port", "Port of the web app on the loopback address, behind the server."},
        config::Help{"sandbox_address", "IP address the sandbox listens on."},
        config::Help{"sandbox_port", "Port of the sandbox."},
        config::Help{"drain_timeout_s", "How long requests and sockets may take to end when the server stops"},
    };
}

/// What is started under this configuration, in order.
std::vector<Part> parts_of(const config::Source& source);
/// The ports those parts will listen on.
std::vector<Port> ports_of(const config::Source& source);

/// Runs everything until it is told to stop. Once all is ready, the address is written to stdout, and in development
/// what `demo_accounts` answers, if it is given. Returns the exit status.
int run(const config::Source& source, const std::function<std::string()>& demo_accounts = {});

}  // namespace liveshop::up
