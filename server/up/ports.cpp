#include "up/ports.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/udp.hpp>

namespace liveshop::up {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

template <class Protocol>
error_code try_to_bind(const asio::ip::address& address, std::uint16_t number) {
    asio::io_context io;
    const typename Protocol::endpoint endpoint(address, number);
    typename Protocol::socket socket(io);
    error_code error;
    socket.open(endpoint.protocol(), error);
    // Past a connection's TIME_WAIT, but not past a listener: for that both would have to share by SO_REUSEPORT.
    if constexpr (std::is_same_v<Protocol, asio::ip::tcp>)
        if (!error) socket.set_option(asio::socket_base::reuse_address(true), error);
    if (!error) socket.bind(endpoint, error);
    if constexpr (std::is_same_v<Protocol, asio::ip::tcp>)
        if (!error) {
            asio::ip::tcp::acceptor acceptor(io, endpoint.protocol(), socket.release());
            acceptor.listen(1, error);
        }
    return error;
}

std::string sentence(const Port& port) {
    std::string variable = "LIVESHOP_" + port.setting;
    std::ranges::transform(variable, variable.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    const std::string change = fmt::format("set {} ({})", port.setting, variable);
    if (port.number == 0) return fmt::format("{} is 0: {} to the port to listen on.", port.setting, change);
    error_code error;
    const asio::ip::address address = asio::ip::make_address(port.address, error);
    if (error) return fmt::format("{} is no IP address to listen on with {}.", port.address, port.setting);
    error =
        port.udp ? try_to_bind<asio::ip::udp>(address, port.number) : try_to_bind<asio::ip::tcp>(address, port.number);
    if (!error) return "";
    const std::string where = fmt::format("{} port {} on {}", port.udp ? "UDP" : "TCP", port.number, port.address);
    if (error == asio::error::address_in_use)
        return fmt::format("{} is taken by another program: stop that one, or {} to a free port.", where, change);
    if (error == asio::error::access_denied)
        return fmt::format("{} may not be used by this user: {} to 1024 or more.", where, change);
    return fmt::format("{} cannot be used ({}): {} or the address beside it.", where, error.message(), change);
}

}  // namespace

std::string ports_taken(const std::vector<Port>& ports) {
    std::string sentences;
    for (const Port& port : ports) {
        const std::string said = sentence(port);
        if (!said.empty()) sentences += (sentences.empty() ? "" : "\n") + said;
    }
    return sentences;
}

}  // namespace liveshop::up
