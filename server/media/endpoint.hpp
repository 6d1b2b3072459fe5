// A UDP address, IPv4 or IPv6.
#pragma once
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "media/bytes.hpp"

namespace liveshop::media {

// Holds either a sockaddr_in or a sockaddr_in6 in the latter's space; unused bytes are zero.
class Endpoint {
  public:
    Endpoint() = default;
    // Nothing when `address` is not a literal IPv4 or IPv6 address.
    static std::optional<Endpoint> parse(std::string_view address, std::uint16_t port) {
        Endpoint result;
        std::string text(address);
        sockaddr_in v4{};
        if (inet_pton(AF_INET, text.c_str(), &v4.sin_addr) == 1) {
            v4.sin_family = AF_INET;
            v4.sin_port = htons(port);
            std::memcpy(&result.storage_, &v4, sizeof v4);
            return result;
        }
        if (inet_pton(AF_INET6, text.c_str(), &result.storage_.sin6_addr) != 1) return {};
        result.storage_.sin6_family = AF_INET6;
        result.storage_.sin6_port = htons(port);
        return result;
    }

    int family() const { return storage_.sin6_family; }
    std::uint16_t port() const { return ntohs(storage_.sin6_port); }  // at the same place in both forms
    sockaddr* native() { return reinterpret_cast<sockaddr*>(&storage_); }
    const sockaddr* native() const { return reinterpret_cast<const sockaddr*>(&storage_); }
    socklen_t size() const { return family() == AF_INET ? sizeof(sockaddr_in) : sizeof(sockaddr_in6); }
    static constexpr socklen_t capacity() { return sizeof(sockaddr_in6); }

    // The address as 4 or 16 bytes in network order; an IPv4-mapped IPv6 address gives its 4 bytes.
    Bytes address() const {
        if (family() == AF_INET) return raw().subspan(offsetof(sockaddr_in, sin_addr), 4);
        auto v6 = raw().subspan(offsetof(sockaddr_in6, sin6_addr), 16);
        return IN6_IS_ADDR_V4MAPPED(&storage_.sin6_addr) ? v6.last(4) : v6;
    }

    bool operator==(const Endpoint& other) const {
        return std::memcmp(&storage_, &other.storage_, sizeof storage_) == 0;
    }
    std::size_t hash() const { return std::hash<std::string_view>()(as_text(raw())); }

  private:
    Bytes raw() const { return {reinterpret_cast<const std::uint8_t*>(&storage_), sizeof storage_}; }

    sockaddr_in6 storage_{};
};

struct EndpointHash {
    std::size_t operator()(const Endpoint& endpoint) const { return endpoint.hash(); }
};

}  // namespace liveshop::media
