// A server on a Unix stream socket: accepts, bounds the number of connections, and ends them gracefully.
#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <functional>
#include <memory>
#include <set>
#include <string>

namespace liveshop::media {

using UnixStream = boost::beast::basic_stream<boost::asio::local::stream_protocol>;

class UnixServer {
  public:
    // One connection: it ends when the coroutine does. Exceptions end it too, and are logged unless the peer went away.
    using Serve = std::function<boost::asio::awaitable<void>(std::shared_ptr<UnixStream>)>;

    // A socket file left behind by a process that ended is replaced. Throws std::runtime_error when the path is in use,
    // too long or not allowed. Only the owner may connect.
    UnixServer(boost::asio::io_context&, const std::string& path, std::size_t connections_max, Serve);
    ~UnixServer();

    // Accepts no more, and lets connections see the end of their input once what was asked is answered.
    void stop();

  private:
    boost::asio::awaitable<void> accept();
    boost::asio::awaitable<void> serve(std::shared_ptr<UnixStream>);

    std::string path_;
    std::size_t connections_max_;
    Serve serve_;
    boost::asio::local::stream_protocol::acceptor acceptor_;
    std::set<UnixStream*> connections_;
};

}  // namespace liveshop::media
