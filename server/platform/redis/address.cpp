#include "platform/redis/address.hpp"

#include <fmt/format.h>
#include <sys/un.h>

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <charconv>
#include <optional>

namespace liveshop::redis {
namespace {

constexpr std::uint16_t default_port = 6379;
constexpr int database_max = 1'000'000;
constexpr std::size_t socket_path_bytes_max = sizeof(sockaddr_un::sun_path) - 1;

template <class Number>
std::optional<Number> whole_number(std::string_view text, Number least, Number most) {
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || number < least || number > most)
        return std::nullopt;
    return number;
}

std::unexpected<std::string> must(std::string_view what) { return std::unexpected("must be " + std::string(what)); }

constexpr std::string_view form =
    "redis://[user:password@]host[:port][/database], the same with rediss:// for TLS, or "
    "unix://[user:password@]/path/to/socket[?db=database]; signs other than letters, digits and -._~ in the password "
    "are written as %XX";

std::expected<Address, std::string> read_tcp(const boost::urls::url_view& url, Address address) {
    if (url.host().empty() || url.has_query()) return must(form);
    address.host = url.host();
    if (address.host.starts_with('[')) address.host = address.host.substr(1, address.host.size() - 2);
    address.port = default_port;
    if (url.has_port() && !std::string_view(url.port()).empty()) {
        const auto port = whole_number<std::uint16_t>(url.port(), 1, 65535);
        if (!port) return must("an address with a port from 1 to 65535");
        address.port = *port;
    }
    const std::string path = url.path();
    if (path.empty() || path == "/") return address;
    const auto database = whole_number(std::string_view(path).substr(1), 0, database_max);
    if (!database) return must(form);
    address.database = *database;
    return address;
}

std::expected<Address, std::string> read_unix(const boost::urls::url_view& url, Address address) {
    address.unix_socket = url.path();
    const std::string& path = address.unix_socket;
    if (!url.host().empty() || url.has_port() || path.size() < 2 || path.find('\0') != path.npos) return must(form);
    if (path.size() > socket_path_bytes_max)
        return must(fmt::format("a path of at most {} bytes: Unix sockets take no longer", socket_path_bytes_max));
    if (!url.has_query()) return address;
    const std::string query = url.query();
    const auto database =
        query.starts_with("db=") ? whole_number(std::string_view(query).substr(3), 0, database_max) : std::nullopt;
    if (!database) return must(form);
    address.database = *database;
    return address;
}

}  // namespace

std::string Address::to_string() const {
    if (!unix_socket.empty()) return "unix://" + unix_socket;
    const std::string_view scheme = secure ? "rediss" : "redis";
    const bool is_ipv6 = host.find(':') != host.npos;
    return is_ipv6 ? fmt::format("{}://[{}]:{}", scheme, host, port) : fmt::format("{}://{}:{}", scheme, host, port);
}

std::expected<Address, std::string> parse_address(std::string_view text) {
    const auto parsed = boost::urls::parse_uri(text);
    if (!parsed) return must(form);
    const boost::urls::url_view url = *parsed;
    if (url.has_fragment()) return must(form);
    Address address{.secure = url.scheme() == "rediss", .user = url.user(), .password = url.password()};
    // A user alone would be signed in with an empty password; more likely it is a password without its colon.
    if (!address.user.empty() && address.password.empty()) return must(form);
    if (address.secure || url.scheme() == "redis") return read_tcp(url, std::move(address));
    if (url.scheme() == "unix") return read_unix(url, std::move(address));
    return must(form);
}

}  // namespace liveshop::redis
