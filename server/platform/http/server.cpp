#include "platform/http/server.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "platform/http/connection.hpp"

namespace liveshop::http {
namespace asio = boost::asio;

Server::Server(asio::io_context& io, tcp::endpoint endpoint, Limits limits, Handler handler)
    : io_(io), acceptor_(io), limits_(limits), handler_(std::move(handler)) {
    acceptor_.open(endpoint.protocol());
    acceptor_.set_option(tcp::acceptor::reuse_address(true));
    using reuse_port = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;
    acceptor_.set_option(reuse_port(true));
    acceptor_.bind(endpoint);
    acceptor_.listen(asio::socket_base::max_listen_connections);
    asio::co_spawn(io_, accept(), asio::detached);
}

Server::~Server() {
    for (const auto& connection : open_) connection->close();
}

awaitable<void> Server::accept() {
    asio::steady_timer pause(io_);
    while (acceptor_.is_open()) {
        boost::system::error_code error;
        tcp::socket socket = co_await acceptor_.async_accept(asio::redirect_error(asio::use_awaitable, error));
        if (error == asio::error::operation_aborted) co_return;
        if (error) {  // out of descriptors, most likely: let some close
            pause.expires_after(std::chrono::milliseconds(50));
            co_await pause.async_wait(asio::use_awaitable);
            continue;
        }
        if (open_.size() >= limits_.connections_max) {
            ++counters_.connections_refused;
            continue;  // closes it
        }
        ++counters_.connections_accepted;
        socket.set_option(tcp::no_delay(true), error);
        const auto entry = open_.insert(open_.end(), std::make_shared<Connection>(*this, std::move(socket)));
        asio::co_spawn(
            io_, [connection = *entry] { return connection->run(); },
            [this, entry](std::exception_ptr) { open_.erase(entry); });
    }
}

awaitable<void> Server::stop(std::chrono::milliseconds grace) {
    stopping_ = true;
    boost::system::error_code ignored;
    acceptor_.close(ignored);
    for (const auto& connection : open_) connection->finish();
    co_await wait_until_empty(grace);
    for (const auto& connection : open_) connection->close();
    co_await wait_until_empty(std::chrono::seconds(1));
}

awaitable<void> Server::wait_until_empty(std::chrono::milliseconds limit) {
    asio::steady_timer timer(io_);
    const auto deadline = std::chrono::steady_clock::now() + limit;
    while (!open_.empty() && std::chrono::steady_clock::now() < deadline) {
        timer.expires_after(std::chrono::milliseconds(10));
        co_await timer.async_wait(asio::use_awaitable);
    }
}

}  // namespace liveshop::http
