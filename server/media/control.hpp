// Control of the media server over a Unix socket: newline-delimited JSON, one command and one answer a line.
#pragma once
#include <boost/asio/io_context.hpp>
#include <boost/json/value.hpp>
#include <memory>
#include <set>
#include <string>
#include <string_view>

#include "media/router.hpp"
#include "media/unix_server.hpp"

namespace liveshop::media {

inline constexpr std::size_t control_line_size_max = 4096, control_answer_size_max = 16 << 20;

// {"id": 7, "command": "close_room", "room": "a"} is answered {"id": 7, "result": {…}} or
// {"id": 7, "error": {"code": …, "title": …, "detail": …}}. The id is any JSON value and may be left out. `subscribe`
// becomes true on "subscribe". Never throws on account of the line.
boost::json::object answer_command(std::string_view line, Router&, bool& subscribe);

class ControlServer {
  public:
    ControlServer(boost::asio::io_context&, const Settings&, Router&);
    ~ControlServer();
    // Tells every connection that subscribed. One that does not read is closed.
    void tell(const Event&);
    void stop() { server_.stop(); }

  private:
    struct Connection;
    boost::asio::awaitable<void> serve(std::shared_ptr<UnixStream>);

    Router& router_;
    std::set<Connection*> subscribers_;
    UnixServer server_;
};

}  // namespace liveshop::media
