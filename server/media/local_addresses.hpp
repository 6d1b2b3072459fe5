// The addresses of this machine.
#pragma once
#include <string>
#include <vector>

namespace liveshop::media {

// Candidate addresses with each "local" replaced by the machine's own: IPv4 addresses of interfaces that are up, then
// 127.0.0.1. Browsers on the same machine reach the server only by one that is not the loopback's.
std::vector<std::string> expand_local(const std::vector<std::string>& addresses);

}  // namespace liveshop::media
