// Client of the media server's control socket, for the rest of the platform.
#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <functional>
#include <stdexcept>
#include <string>

namespace liveshop::media {

// The media server refused the command, or what it said is not an answer.
class ControlError : public std::runtime_error {
  public:
    ControlError(std::string code, const std::string& detail) : std::runtime_error(detail), code(std::move(code)) {}
    std::string code;  // "media.unknown_command", …
};

// One command and its "result", as {"command": "close_room", "room": "…"}. Throws ControlError when it is refused and
// boost::system::system_error when the server cannot be reached or does not answer within 5 s.
boost::asio::awaitable<boost::json::value> call(std::string path, boost::json::object command);

// First calls `on_rooms` with the "result" of the command subscribe, the rooms as they are now; then `on_event` with
// each event, until the connection ends, which is thrown as boost::system::system_error. Cancel to stop.
boost::asio::awaitable<void> subscribe(std::string path, std::function<void(const boost::json::value&)> on_rooms,
                                       std::function<void(const boost::json::object&)> on_event);

}  // namespace liveshop::media
