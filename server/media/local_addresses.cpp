#include "media/local_addresses.hpp"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>

#include <array>
#include <memory>

namespace liveshop::media {
namespace {

constexpr std::size_t addresses_max = 8;

std::vector<std::string> local_addresses() {
    std::vector<std::string> result;
    ifaddrs* first = nullptr;
    if (getifaddrs(&first) == 0) {
        std::unique_ptr<ifaddrs, decltype(&freeifaddrs)> owned(first, freeifaddrs);
        for (auto* i = first; i && result.size() < addresses_max; i = i->ifa_next) {
            bool usable = (i->ifa_flags & IFF_UP) && !(i->ifa_flags & IFF_LOOPBACK);
            if (!usable || !i->ifa_addr || i->ifa_addr->sa_family != AF_INET) continue;
            std::array<char, INET_ADDRSTRLEN> text{};
            auto* address = reinterpret_cast<const sockaddr_in*>(i->ifa_addr);
            if (inet_ntop(AF_INET, &address->sin_addr, text.data(), text.size())) result.emplace_back(text.data());
        }
    }
    result.emplace_back("127.0.0.1");
    return result;
}

}  // namespace

std::vector<std::string> expand_local(const std::vector<std::string>& addresses) {
    std::vector<std::string> result;
    for (auto& address : addresses) {
        if (address != "local") {
            result.push_back(address);
            continue;
        }
        for (auto& local : local_addresses()) result.push_back(local);
    }
    return result;
}

}  // namespace liveshop::media
