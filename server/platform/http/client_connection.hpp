#pragma once
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <chrono>
#include <variant>

#include "platform/http/client.hpp"

namespace liveshop::http {

using Deadline = std::chrono::steady_clock::time_point;
using OutboundRequest = boost::beast::http::request<boost::beast::http::string_body>;

/// Ends a call; Client::call turns it into its result.
struct CallFailed {
    CallError error;
};

/// Where a call goes: what makes two calls share a connection.
struct Origin {
    bool secure = false;
    std::string host;  ///< a name or an address, without brackets
    std::uint16_t port = 0;

    friend auto operator<=>(const Origin&, const Origin&) = default;
};

/// One connection to one origin, plain or TLS. Everything below throws CallFailed.
class ClientConnection {
  public:
    ClientConnection(boost::asio::io_context& io, boost::asio::ssl::context& tls, const Origin& origin);

    awaitable<void> open(const std::vector<boost::asio::ip::tcp::endpoint>& endpoints, const Origin& origin,
                         Deadline until);
    awaitable<Answer> exchange(const OutboundRequest& request, std::size_t response_bytes_max, Deadline until);
    /// Whether another request may follow the last answer.
    bool reusable() const { return reusable_; }
    /// Whether the other side has kept quiet and the connection open since.
    bool still_open();

  private:
    using Plain = boost::beast::tcp_stream;
    using Secure = boost::asio::ssl::stream<boost::beast::tcp_stream>;

    Plain& transport();
    template <class Stream>
    awaitable<Answer> exchange_over(Stream& stream, const OutboundRequest& request, std::size_t response_bytes_max);

    std::variant<std::monostate, Plain, Secure> stream_;
    boost::beast::flat_buffer buffer_;
    bool reusable_ = false;
};

}  // namespace liveshop::http
