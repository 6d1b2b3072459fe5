#include "up/readiness.hpp"

#include <fmt/format.h>

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <memory>
#include <string_view>

namespace liveshop::up {
namespace {

namespace asio = boost::asio;
using asio::awaitable;
using asio::ip::tcp;
using boost::system::error_code;

constexpr std::chrono::seconds patience{2};

// A connected socket, or nothing. What is then done with it fails once the 2 s are over.
template <class Protocol>
struct Attempt {
    explicit Attempt(const asio::any_io_executor& executor)
        : socket(std::make_shared<typename Protocol::socket>(executor)), timer(executor, patience) {
        timer.async_wait([weak = std::weak_ptr(socket)](error_code error) {
            error_code ignored;
            if (const auto late = weak.lock(); late && !error) late->close(ignored);
        });
    }
    std::shared_ptr<typename Protocol::socket> socket;
    asio::steady_timer timer;
};

tcp::endpoint endpoint_of(const std::string& text, std::uint16_t port) {
    asio::ip::address address = asio::ip::make_address(text);
    if (address.is_unspecified()) {
        if (address.is_v4())
            address = asio::ip::address_v4::loopback();
        else
            address = asio::ip::address_v6::loopback();
    }
    return {address, port};
}

template <class Protocol>
awaitable<bool> accepts(typename Protocol::endpoint endpoint) {
    const asio::any_io_executor executor = co_await asio::this_coro::executor;
    Attempt<Protocol> attempt(executor);
    error_code error;
    co_await attempt.socket->async_connect(endpoint, asio::redirect_error(asio::use_awaitable, error));
    co_return !error;
}

awaitable<bool> try_once(const Runs&) { co_return true; }

awaitable<bool> try_once(const AcceptsTcp& door) {
    const bool accepted = co_await accepts<tcp>(endpoint_of(door.address, door.port));
    co_return accepted;
}

awaitable<bool> try_once(const AcceptsUnix& door) {
    const bool accepted = co_await accepts<asio::local::stream_protocol>(door.path);
    co_return accepted;
}

awaitable<bool> try_once(const AnswersHttp& door) {
    const asio::any_io_executor executor = co_await asio::this_coro::executor;
    const tcp::endpoint endpoint = endpoint_of(door.address, door.port);
    Attempt<tcp> attempt(executor);
    error_code error;
    co_await attempt.socket->async_connect(endpoint, asio::redirect_error(asio::use_awaitable, error));
    if (error) co_return false;
    const std::string request =
        fmt::format("GET {} HTTP/1.1\r\nHost: localhost:{}\r\nConnection: close\r\n\r\n", door.path, door.port);
    co_await asio::async_write(*attempt.socket, asio::buffer(request),
                               asio::redirect_error(asio::use_awaitable, error));
    if (error) co_return false;
    std::array<char, 12> status{};  // "HTTP/1.1 200"
    co_await asio::async_read(*attempt.socket, asio::buffer(status), asio::redirect_error(asio::use_awaitable, error));
    const std::string_view line(status.data(), status.size());
    co_return !error && line.starts_with("HTTP/1.") && line.ends_with(" 200");
}

}  // namespace

awaitable<bool> is_ready(Readiness readiness) {
    try {
        const bool ready = co_await std::visit([](const auto& door) { return try_once(door); }, readiness);
        co_return ready;
    } catch (const std::exception&) {
        co_return false;  // an address that is none, a path too long for a socket
    }
}

}  // namespace liveshop::up
