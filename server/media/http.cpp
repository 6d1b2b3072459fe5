#include "media/http.hpp"

#include <spdlog/spdlog.h>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include "media/whip.hpp"

namespace liveshop::media {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;

constexpr auto idle_time_max = std::chrono::seconds(60), request_time_max = std::chrono::seconds(10);
constexpr std::size_t connections_max = 512, header_size_max = 16 * 1024;
using Parser = http::request_parser<http::string_body>;

HttpResponse respond_safely(const HttpRequest& request, const Settings& settings, Router& router) {
    try {
        return respond(request, settings, router);
    } catch (const std::exception& failure) {
        spdlog::error("media: {} {}: {}", std::string_view(request.method_string()), std::string_view(request.target()),
                      failure.what());
        return problem(request, {Errc::internal, "Try again; if it persists, the server's log says why."});
    }
}

asio::awaitable<void> write(UnixStream& stream, HttpResponse response, bool keep_alive) {
    response.keep_alive(keep_alive);
    response.prepare_payload();
    stream.expires_after(request_time_max);
    co_await http::async_write(stream, response, asio::use_awaitable);
}

std::optional<Refusal> refusal_of(const boost::system::error_code& error) {
    if (error == http::error::body_limit) return Refusal{Errc::offer_too_large, "An offer has at most 64 KiB."};
    if (error.category() == make_error_code(http::error::bad_method).category() &&
        error != http::error::end_of_stream && error != http::error::partial_message)
        return Refusal{Errc::bad_request, "This is not HTTP/1.1 as the server understands it."};
    return {};
}

}  // namespace

HttpServer::HttpServer(asio::io_context& io, const Settings& settings, Router& router)
    : settings_(settings),
      router_(router),
      server_(io, settings.http_socket, connections_max, [this](auto stream) { return serve(std::move(stream)); }) {}

asio::awaitable<void> HttpServer::serve(std::shared_ptr<UnixStream> connection) {
    auto& stream = *connection;
    beast::flat_buffer buffer;
    for (;;) {
        Parser parser;
        parser.body_limit(sdp::size_max);
        parser.header_limit(header_size_max);
        boost::system::error_code error;
        stream.expires_after(idle_time_max);
        co_await http::async_read_header(stream, buffer, parser, asio::redirect_error(asio::use_awaitable, error));
        if (!error) {
            stream.expires_after(request_time_max);
            co_await http::async_read(stream, buffer, parser, asio::redirect_error(asio::use_awaitable, error));
        }
        if (error) {
            if (auto refusal = refusal_of(error)) co_await write(stream, problem(parser.get(), *refusal), false);
            co_return;
        }
        bool keep_alive = parser.get().keep_alive();
        co_await write(stream, respond_safely(parser.get(), settings_, router_), keep_alive);
        if (!keep_alive) co_return;
    }
}

}  // namespace liveshop::media
