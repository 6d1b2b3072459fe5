#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <chrono>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>

#include "platform/redis/address.hpp"
#include "platform/redis/resp.hpp"

namespace liveshop::redis {
namespace asio = boost::asio;
using asio::awaitable;

struct ConnectSettings {
    Address address;
    std::string trusted_ca_pem = {};                   ///< trusted besides the system's authorities
    std::chrono::milliseconds connect_timeout{3'000};  ///< name, connection, TLS and signing in together
    std::chrono::milliseconds answer_timeout{5'000};   ///< for one command to be written or answered
    std::chrono::milliseconds ping_interval{10'000};   ///< a connection without traffic is asked whether it is alive
    std::chrono::milliseconds retry_delay_max{3'000};
    ReplyLimits limits = {};
};

/// The connection cannot be made, or is of no use any more. `what()` never has a password in it.
struct Failure : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// One connection, over TCP, TLS or a Unix socket. At most one write and one read at a time; both throw Failure, and
/// the connection is then of no use. To be used from the thread that runs `io`.
class Connection {
  public:
    Connection(asio::io_context& io, const ConnectSettings& settings);

    /// Connects and signs in, in RESP3 where the server knows it.
    awaitable<void> open();
    awaitable<void> write(std::string_view bytes);
    awaitable<Value> read(std::chrono::milliseconds limit);
    /// Ends what is under way with a Failure.
    void close();

  private:
    using Plain = boost::beast::basic_stream<asio::generic::stream_protocol>;
    using Secure = asio::ssl::stream<Plain>;
    using Deadline = std::chrono::steady_clock::time_point;

    Plain& transport();
    awaitable<void> connect(Deadline until);
    awaitable<void> start_tls();
    awaitable<void> sign_in(Deadline until);
    awaitable<Value> ask(std::initializer_list<std::string_view> command, Deadline until);
    awaitable<Value> read_until(Deadline until);

    asio::io_context& io_;
    ConnectSettings settings_;
    asio::ssl::context tls_{asio::ssl::context::tls_client};
    std::variant<std::monostate, Plain, Secure> stream_;
    Parser parser_;
    std::array<char, 16 * 1024> received_;
};

}  // namespace liveshop::redis
