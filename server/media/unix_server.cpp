#include "media/unix_server.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/error.hpp>
#include <stdexcept>

namespace liveshop::media {
namespace {

namespace asio = boost::asio;
using Protocol = asio::local::stream_protocol;

void remove_stale(asio::io_context& io, const std::string& path) {
    struct stat found{};
    if (lstat(path.c_str(), &found) != 0) return;
    if (!S_ISSOCK(found.st_mode)) throw std::runtime_error(fmt::format("{} exists and is not a socket", path));
    Protocol::socket probe(io);
    boost::system::error_code error;
    probe.connect(Protocol::endpoint(path), error);
    if (!error) throw std::runtime_error(fmt::format("{} is in use by another process", path));
    unlink(path.c_str());
}

Protocol::acceptor listen(asio::io_context& io, const std::string& path) {
    constexpr std::size_t path_size_max = sizeof(sockaddr_un::sun_path) - 1;
    if (path.empty() || path.size() > path_size_max)
        throw std::runtime_error(fmt::format("{}: a socket path has 1 to {} bytes", path, path_size_max));
    remove_stale(io, path);
    Protocol::acceptor acceptor(io, Protocol());
    auto previous = umask(S_IRWXG | S_IRWXO);
    boost::system::error_code error;
    acceptor.bind(Protocol::endpoint(path), error);
    umask(previous);
    if (error) throw std::runtime_error(fmt::format("{}: {}", path, error.message()));
    acceptor.listen();
    return acceptor;
}

bool peer_went_away(const boost::system::error_code& error) {
    return error == asio::error::eof || error == asio::error::connection_reset || error == asio::error::broken_pipe ||
           error == asio::error::operation_aborted || error == boost::beast::error::timeout;
}

}  // namespace

UnixServer::UnixServer(asio::io_context& io, const std::string& path, std::size_t connections_max, Serve serve)
    : path_(path), connections_max_(connections_max), serve_(std::move(serve)), acceptor_(listen(io, path)) {
    asio::co_spawn(io, accept(), asio::detached);
}

UnixServer::~UnixServer() { stop(); }

void UnixServer::stop() {
    if (!acceptor_.is_open()) return;
    boost::system::error_code ignored;  // nothing else can be done about a descriptor that will not close
    acceptor_.close(ignored);
    unlink(path_.c_str());
    for (auto* connection : connections_) connection->socket().shutdown(Protocol::socket::shutdown_receive, ignored);
}

asio::awaitable<void> UnixServer::accept() {
    auto executor = co_await asio::this_coro::executor;
    while (acceptor_.is_open()) {
        boost::system::error_code error;
        auto socket = co_await acceptor_.async_accept(asio::redirect_error(asio::use_awaitable, error));
        if (!acceptor_.is_open()) co_return;
        if (error) {  // out of descriptors, most likely: connections that end make room
            spdlog::warn("media: {} cannot accept: {}", path_, error.message());
            asio::steady_timer pause(executor, std::chrono::milliseconds(100));
            co_await pause.async_wait(asio::use_awaitable);
            continue;
        }
        if (connections_.size() >= connections_max_) continue;  // closes it
        asio::co_spawn(executor, serve(std::make_shared<UnixStream>(std::move(socket))), asio::detached);
    }
}

asio::awaitable<void> UnixServer::serve(std::shared_ptr<UnixStream> stream) {
    if (!acceptor_.is_open()) co_return;  // stopped since it was accepted
    connections_.insert(stream.get());
    try {
        co_await serve_(stream);
    } catch (const boost::system::system_error& failure) {
        if (!peer_went_away(failure.code())) spdlog::warn("media: {}: {}", path_, failure.what());
    } catch (const std::exception& failure) {
        spdlog::error("media: {}: {}", path_, failure.what());
    }
    connections_.erase(stream.get());
}

}  // namespace liveshop::media
