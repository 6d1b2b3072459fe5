// The whole media server on an io_context: router, WHIP and WHEP, control.
#pragma once
#include "media/control.hpp"
#include "media/http.hpp"

namespace liveshop::media {

class Server {
  public:
    // Throws std::invalid_argument for a wrong setting, std::runtime_error when an address or path cannot be had.
    Server(boost::asio::io_context&, const Settings&);

    // Closes every peer with a DTLS close_notify, takes no more connections and lets those there are end: the
    // io_context runs out of work once their answers are written.
    void stop();

    Router& router() { return router_; }

  private:
    const Settings settings_;
    Router router_;
    HttpServer http_;
    ControlServer control_;
};

}  // namespace liveshop::media
