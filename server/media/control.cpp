#include "media/control.hpp"

#include <spdlog/spdlog.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/json.hpp>
#include <deque>

namespace liveshop::media {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;

constexpr std::size_t connections_max = 64, lines_max = 4096;

}  // namespace

// One connection and the lines waiting to be written to it. Its writer keeps it alive until they are out.
struct ControlServer::Connection : std::enable_shared_from_this<Connection> {
    explicit Connection(std::shared_ptr<UnixStream> s) : stream(std::move(s)) {}

    void push(const json::object& line) {
        if (lines.size() >= lines_max) {
            spdlog::warn("media: a control connection does not read its events and is closed");
            lines.clear();
            return stream->close();
        }
        lines.push_back(json::serialize(line) + "\n");
        if (!writing) asio::co_spawn(stream->get_executor(), write(shared_from_this()), asio::detached);
        writing = true;
    }

    static asio::awaitable<void> write(std::shared_ptr<Connection> self) {
        while (!self->lines.empty()) {
            auto line = std::move(self->lines.front());
            self->lines.pop_front();
            boost::system::error_code error;
            co_await asio::async_write(*self->stream, asio::buffer(line),
                                       asio::redirect_error(asio::use_awaitable, error));
            if (error) self->lines.clear();  // the reader sees the end, too
        }
        self->writing = false;
    }

    std::shared_ptr<UnixStream> stream;
    std::deque<std::string> lines;
    bool writing = false;
};

ControlServer::ControlServer(asio::io_context& io, const Settings& settings, Router& router)
    : router_(router),
      server_(io, settings.control_socket, connections_max, [this](auto stream) { return serve(std::move(stream)); }) {}

ControlServer::~ControlServer() = default;

void ControlServer::tell(const Event& event) {
    json::object line{
        {"event", event.event}, {"room", event.room}, {"session", event.session}, {"subject", event.subject}};
    if (!event.reason.empty()) line["reason"] = event.reason;
    for (auto* subscriber : subscribers_) subscriber->push(line);
}

asio::awaitable<void> ControlServer::serve(std::shared_ptr<UnixStream> stream) {
    auto connection = std::make_shared<Connection>(std::move(stream));
    std::string input;
    boost::system::error_code error;
    while (!error) {
        auto size =
            co_await asio::async_read_until(*connection->stream, asio::dynamic_buffer(input, control_line_size_max),
                                            '\n', asio::redirect_error(asio::use_awaitable, error));
        if (error == asio::error::not_found)
            connection->push({{"error",
                               {{"code", info(Errc::bad_request).code},
                                {"title", info(Errc::bad_request).title},
                                {"detail", "A command line has at most 4096 bytes."}}}});
        if (error) break;
        bool subscribe = false;
        connection->push(answer_command(std::string_view(input).substr(0, size - 1), router_, subscribe));
        if (subscribe) subscribers_.insert(connection.get());
        input.erase(0, size);
    }
    subscribers_.erase(connection.get());
}

}  // namespace liveshop::media
