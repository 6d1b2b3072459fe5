#pragma once
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace liveshop::redis {

/// Where a Redis is, and who we are to it.
struct Address {
    bool secure = false;  ///< TLS, with the certificate and the host's name verified
    std::string host;     ///< a name or an address, without brackets; empty on a Unix socket
    std::uint16_t port = 0;
    std::string unix_socket;  ///< path; empty if over TCP
    std::string user;         ///< empty: Redis' user `default`
    std::string password;     ///< empty: none is sent
    int database = 0;

    /// Without user and password: for logs.
    std::string to_string() const;
};

/// Reads redis://[[user]:password@]host[:port][/database], rediss:// for TLS, and
/// unix://[[user]:password@]/path/to/socket[?db=database]. The port is 6379 if none is named; user and password are
/// percent-decoded. The error is what the address must be, and never has any of it in it.
std::expected<Address, std::string> parse_address(std::string_view url);

}  // namespace liveshop::redis
