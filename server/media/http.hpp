// WHIP (RFC 9725) and WHEP over HTTP, and the server's health and metrics.
#pragma once
#include <boost/asio/io_context.hpp>

#include "media/router.hpp"
#include "media/unix_server.hpp"

namespace liveshop::media {

// Serves settings.http_socket. All three must outlive the server.
class HttpServer {
  public:
    HttpServer(boost::asio::io_context&, const Settings&, Router&);
    void stop() { server_.stop(); }

  private:
    boost::asio::awaitable<void> serve(std::shared_ptr<UnixStream>);

    const Settings& settings_;
    Router& router_;
    UnixServer server_;
};

}  // namespace liveshop::media
