// LiveShop's realtime layer with the same two events as peer/server.mjs: join the room, say something to it.
// Usage: bench_realtime_server <port> [write delay in ms]

#include <boost/asio.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/json.hpp>
#include <cstdlib>

#include "platform/realtime/realtime.hpp"

namespace asio = boost::asio;
namespace http = boost::beast::http;
namespace json = boost::json;
namespace realtime = liveshop::realtime;
using asio::ip::tcp;

namespace {

asio::awaitable<void> hand_over(tcp::socket socket, realtime::Hub& hub) {
    boost::beast::flat_buffer buffer;
    realtime::HttpRequest request;
    boost::system::error_code error;
    co_await http::async_read(socket, buffer, request, asio::redirect_error(asio::use_awaitable, error));
    if (!error) hub.accept(std::move(socket), std::move(request), boost::beast::buffers_to_string(buffer.data()));
}

asio::awaitable<void> listen(asio::io_context& io, tcp::acceptor& acceptor, realtime::Hub& hub) {
    while (true) {
        tcp::socket socket = co_await acceptor.async_accept(asio::use_awaitable);
        asio::co_spawn(io, hand_over(std::move(socket), hub), asio::detached);
    }
}

realtime::awaitable<std::expected<realtime::Identity, realtime::ConnectError>> let_in(const realtime::Handshake&) {
    co_return realtime::Identity{.tenant = "bench", .user = "", .role = "viewer"};
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) return 2;
    asio::io_context io{1};
    realtime::Settings settings;
    settings.connections_per_address_max = settings.connections_max;  // one machine is the whole crowd here
    settings.events_per_second = settings.events_burst = 1e6;
    settings.write_delay = std::chrono::milliseconds(argc > 2 ? std::atoi(argv[2]) : 0);
    realtime::Realtime* realtime = nullptr;
    realtime::Handlers handlers;
    handlers.authenticate = let_in;
    handlers.on_event = [&realtime](realtime::Session& session, std::string_view event,
                                    const json::array& args) -> realtime::awaitable<json::value> {
        if (event == "join") co_return session.join("room");
        if (event == "say") realtime->emit("room", "said", json::serialize(args.at(0)));
        co_return nullptr;
    };
    realtime::Realtime service(std::move(settings), std::move(handlers));
    realtime = &service;
    auto& hub = service.add_hub(io);
    tcp::acceptor acceptor(io, {asio::ip::address_v4::loopback(), static_cast<std::uint16_t>(std::atoi(argv[1]))});
    asio::co_spawn(io, listen(io, acceptor, hub), asio::detached);
    asio::signal_set signals(io, SIGINT, SIGTERM);
    signals.async_wait([&io](auto, int) { io.stop(); });
    io.run();
}
