#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/describe.hpp>
#include <chrono>
#include <expected>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "platform/http/message.hpp"

namespace liveshop::http {
template <class T>
using awaitable = boost::asio::awaitable<T>;

/// What one client may take of this process and of the other side.
struct ClientLimits {
    std::size_t connections_per_origin_max = 8;
    std::size_t waiting_per_origin_max = 256;          ///< calls that wait for a connection; more are refused as `busy`
    std::size_t idle_connections_max = 32;             ///< kept open for the next call, over all origins
    std::size_t response_bytes_max = 1 << 20;          ///< of a body
    std::chrono::milliseconds connect_timeout{3'000};  ///< of one attempt, TLS included
    std::chrono::seconds idle_timeout{20};             ///< shorter than servers usually keep a connection
};

struct Call {
    std::string method = "GET";
    std::string url;  ///< absolute, http or https, without user information
    std::vector<Header> headers;
    std::string body;
    std::chrono::milliseconds timeout{10'000};  ///< from the call to the last byte of its answer
};

struct Answer {
    int status = 0;
    std::vector<Header> headers;
    std::string body;

    /// The first header of that name in any case, or empty.
    std::string_view header(std::string_view name) const;
};

enum class CallErrc {
    invalid_call,  ///< the URL or a header cannot be sent
    unresolved,    ///< the name has no address
    unreachable,   ///< no connection
    untrusted,     ///< the certificate is not valid for that host
    busy,          ///< too many calls to that origin already
    timeout,
    broken,  ///< the connection ended before the answer did
    response_too_large,
    response_malformed,
};
BOOST_DESCRIBE_ENUM(CallErrc, invalid_call, unresolved, unreachable, untrusted, busy, timeout, broken,
                    response_too_large, response_malformed)

/// Why there is no answer.
struct CallError {
    CallErrc code = CallErrc::broken;
    bool sent = false;   ///< the other side may have received the request, and carried it out
    std::string detail;  ///< for logs
};

/// HTTP/1.1 to other servers, over TCP or TLS (certificate and host name verified), with connections kept per origin.
/// One client a thread. A call is attempted again only while no byte of it was sent; redirects are answers.
class Client {
  public:
    /// `trusted_ca_pem` is trusted besides the system's authorities.
    explicit Client(boost::asio::io_context& io, ClientLimits limits = {}, std::string_view trusted_ca_pem = {});
    ~Client();
    Client(const Client&) = delete;

    awaitable<std::expected<Answer, CallError>> call(Call call);

    std::size_t idle_connections() const;

  private:
    struct Pool;  // shared with the calls under way
    std::shared_ptr<Pool> pool_;
};

}  // namespace liveshop::http
