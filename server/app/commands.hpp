#pragma once
// The subcommands of `liveshop` that run the platform's own processes. Each returns the exit status.
#include <string>

#include "platform/config.hpp"

namespace liveshop::app {

/// The API, the sockets, the files, and the way to the web app and the media server.
int serve(const config::Source& source);
/// The jobs.
int work(const config::Source& source);
/// Brings the schema up to date.
int migrate(const config::Source& source);
/// Demo data, written once; clearly demo.
int seed(const config::Source& source);
/// The demo tenant's accounts, a line each.
std::string demo_accounts();

}  // namespace liveshop::app
