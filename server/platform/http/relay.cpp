#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/rfc7230.hpp>
#include <boost/beast/http/write.hpp>

#include "platform/http/connection.hpp"

namespace liveshop::http {
namespace asio = boost::asio;
namespace beast = boost::beast;
using beast::http::field;
using boost::system::error_code;
using local = asio::local::stream_protocol;
using LocalStream = beast::basic_stream<local>;

namespace {

// RFC 9110, 7.6.1: these speak of one connection, not of the request.
void drop_hop_by_hop(auto& fields) {
    std::vector<std::string> named;
    for (const std::string_view name : beast::http::token_list(fields[field::connection])) named.emplace_back(name);
    for (const std::string& name : named) fields.erase(name);
    for (const field name :
         {field::connection, field::keep_alive, field::proxy_authenticate, field::proxy_authorization, field::te,
          field::trailer, field::upgrade, field::proxy_connection})
        fields.erase(name);
}

UpgradeRequest forwarded(const UpgradeRequest& request, std::string_view remote_address) {
    UpgradeRequest copy = request;
    drop_hop_by_hop(copy);
    copy.erase(field::expect);
    copy.set("X-Forwarded-For", remote_address);
    copy.set("X-Forwarded-Host", request[field::host]);
    copy.keep_alive(false);
    copy.prepare_payload();
    return copy;
}

// The answer goes to the client piece by piece, so that a page streams as it is rendered.
template <class Stream>
awaitable<bool> pass(Stream& upstream, const UpgradeRequest& request, beast::tcp_stream& client,
                     std::string_view remote_address, std::chrono::seconds timeout) {
    upstream.expires_after(timeout);
    UpgradeRequest copy = forwarded(request, remote_address);
    error_code error;
    co_await beast::http::async_write(upstream, copy, asio::redirect_error(asio::use_awaitable, error));
    if (error) throw UpstreamDown(error.message());

    beast::flat_buffer buffer;
    beast::http::response_parser<beast::http::buffer_body> parser;
    parser.body_limit(boost::none);
    if (request.method() == beast::http::verb::head) parser.skip(true);
    co_await beast::http::async_read_header(upstream, buffer, parser, asio::redirect_error(asio::use_awaitable, error));
    if (error) throw UpstreamDown(error.message());

    auto& response = parser.get();
    drop_hop_by_hop(response);
    const bool delimited = response.chunked() || response.has_content_length() || parser.is_done();
    response.keep_alive(delimited && request.keep_alive());
    beast::http::response_serializer<beast::http::buffer_body> serializer{response};
    std::array<char, 16 * 1024> piece;
    response.body().data = nullptr;
    response.body().more = !parser.is_done();
    client.expires_after(timeout);
    co_await beast::http::async_write_header(client, serializer, asio::use_awaitable);
    while (!serializer.is_done()) {
        auto& body = response.body();
        if (!parser.is_done()) {
            body.data = piece.data();
            body.size = piece.size();
            upstream.expires_after(timeout);
            co_await beast::http::async_read_some(upstream, buffer, parser,
                                                  asio::redirect_error(asio::use_awaitable, error));
            if (error && error != beast::http::error::need_buffer) throw boost::system::system_error(error);
            body.size = piece.size() - body.size;
            body.data = body.size > 0 ? piece.data() : nullptr;
            body.more = !parser.is_done();
            if (body.size == 0 && body.more) continue;  // an empty piece would end a chunked answer
        }
        client.expires_after(timeout);
        co_await beast::http::async_write(client, serializer, asio::redirect_error(asio::use_awaitable, error));
        if (error && error != beast::http::error::need_buffer) throw boost::system::system_error(error);
    }
    co_return response.keep_alive();
}

template <class Stream, class Endpoint>
awaitable<void> connect(Stream& stream, Endpoint endpoint) {
    stream.expires_after(std::chrono::seconds(2));
    error_code error;
    co_await stream.async_connect(endpoint, asio::redirect_error(asio::use_awaitable, error));
    if (error) throw UpstreamDown(error.message());
}

}  // namespace

awaitable<bool> relay(const Upstream& upstream, const UpgradeRequest& request, beast::tcp_stream& client,
                      std::string_view remote_address, std::chrono::seconds timeout) {
    const auto executor = client.get_executor();
    if (!upstream.unix_socket.empty()) {
        LocalStream stream(executor);
        co_await connect(stream, local::endpoint(upstream.unix_socket));
        const bool kept = co_await pass(stream, request, client, remote_address, timeout);
        co_return kept;
    }
    beast::tcp_stream stream(executor);
    co_await connect(stream, tcp::endpoint(asio::ip::address_v4::loopback(), upstream.port));
    const bool kept = co_await pass(stream, request, client, remote_address, timeout);
    co_return kept;
}

}  // namespace liveshop::http
