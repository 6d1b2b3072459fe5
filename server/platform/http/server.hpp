#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <string>

#include "platform/http/message.hpp"

namespace liveshop::http {
template <class T>
using awaitable = boost::asio::awaitable<T>;
using boost::asio::ip::tcp;

/// What one client may take. Times in seconds, sizes in bytes.
struct Limits {
    std::size_t header_bytes_max = 16 * 1024;
    std::size_t body_bytes_max = 1024 * 1024;
    std::size_t connections_max = 20'000;
    std::chrono::seconds idle_timeout{75};    ///< between requests of one connection
    std::chrono::seconds header_timeout{10};  ///< from a request's first byte to the end of its header
    std::chrono::seconds body_timeout{30};
    std::chrono::seconds write_timeout{30};
};

/// Another server on this machine that answers part of our paths.
struct Upstream {
    std::string unix_socket;  ///< path; if empty, loopback `port`
    std::uint16_t port = 0;
};

using Handler = std::function<awaitable<Response>(const Request&)>;
using UpgradeRequest = boost::beast::http::request<boost::beast::http::string_body>;
/// Takes over a connection that asked for another protocol; `rest` are bytes already read behind the header.
using OnUpgrade = std::function<void(tcp::socket, UpgradeRequest, std::string rest)>;
/// The upstream that answers a path, or nothing if we do.
using ChooseUpstream = std::function<const Upstream*(std::string_view path)>;
/// How many bytes a request may bring, where that is more than Limits say; asked only then.
using ChooseBodyLimit = std::function<std::size_t(std::string_view method, std::string_view path)>;

struct ServerCounters {
    std::uint64_t connections_accepted = 0, connections_refused = 0, requests = 0, bad_requests = 0;
};

class Connection;

/// HTTP/1.1 on one io_context: keep-alive, pipelining, limits on size and time. One server a thread, all on the same
/// port (SO_REUSEPORT); nothing is shared between them. It must outlive every run of its io_context, or its stop().
class Server {
  public:
    Server(boost::asio::io_context& io, tcp::endpoint endpoint, Limits limits, Handler handler);
    ~Server();
    Server(const Server&) = delete;

    void upgrades_to(OnUpgrade on_upgrade) { on_upgrade_ = std::move(on_upgrade); }
    void relays_to(ChooseUpstream choose) { choose_upstream_ = std::move(choose); }
    void takes_more_by(ChooseBodyLimit choose) { choose_body_limit_ = std::move(choose); }

    std::uint16_t port() const { return acceptor_.local_endpoint().port(); }
    std::size_t connections() const { return open_.size(); }
    const ServerCounters& counters() const { return counters_; }

    /// Stops listening, lets running requests finish for at most `grace`, then closes what is left. Afterwards nothing
    /// uses the server, unless a handler is still at work a second later.
    awaitable<void> stop(std::chrono::milliseconds grace);

  private:
    friend class Connection;
    awaitable<void> accept();
    awaitable<void> wait_until_empty(std::chrono::milliseconds limit);

    boost::asio::io_context& io_;
    tcp::acceptor acceptor_;
    Limits limits_;
    Handler handler_;
    OnUpgrade on_upgrade_;
    ChooseUpstream choose_upstream_;
    ChooseBodyLimit choose_body_limit_;
    std::list<std::shared_ptr<Connection>> open_;
    ServerCounters counters_;
    bool stopping_ = false;
};

}  // namespace liveshop::http
