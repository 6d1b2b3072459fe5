#include "platform/http/client_connection.hpp"

#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>

namespace liveshop::http {
namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

constexpr std::uint32_t header_bytes_max = 32 * 1024;
constexpr int interim_answers_max = 8;  // 1xx before the answer itself

CallFailed failure(const error_code& error, bool sent, CallErrc otherwise) {
    if (error == beast::error::timeout) return {{CallErrc::timeout, sent, "no answer in time"}};
    if (error == beast::http::error::body_limit || error == beast::http::error::header_limit)
        return {{CallErrc::response_too_large, sent, error.message()}};
    const bool is_syntax = error.category() == make_error_code(beast::http::error::bad_version).category() &&
                           error != beast::http::error::end_of_stream && error != beast::http::error::partial_message;
    return {{is_syntax ? CallErrc::response_malformed : otherwise, sent, error.message()}};
}

bool is_address(const std::string& host) {
    error_code error;
    asio::ip::make_address(host, error);
    return !error;
}

}  // namespace

ClientConnection::ClientConnection(asio::io_context& io, asio::ssl::context& tls, const Origin& origin) {
    if (origin.secure)
        stream_.emplace<Secure>(beast::tcp_stream(io), tls);
    else
        stream_.emplace<Plain>(io);
}

beast::tcp_stream& ClientConnection::transport() {
    Secure* secure = std::get_if<Secure>(&stream_);
    return secure ? secure->next_layer() : std::get<Plain>(stream_);
}

awaitable<void> ClientConnection::open(const std::vector<tcp::endpoint>& endpoints, const Origin& origin,
                                       Deadline until) {
    error_code error;
    transport().expires_at(until);
    co_await transport().async_connect(endpoints, asio::redirect_error(asio::use_awaitable, error));
    if (error) throw failure(error, false, CallErrc::unreachable);
    transport().socket().set_option(tcp::no_delay(true), error);

    Secure* secure = std::get_if<Secure>(&stream_);
    if (!secure) co_return;
    SSL* ssl = secure->native_handle();
    if (!is_address(origin.host)) SSL_set_tlsext_host_name(ssl, origin.host.c_str());
    secure->set_verify_mode(asio::ssl::verify_peer);
    secure->set_verify_callback(asio::ssl::host_name_verification(origin.host));
    co_await secure->async_handshake(asio::ssl::stream_base::client, asio::redirect_error(asio::use_awaitable, error));
    if (!error) co_return;
    const long verdict = SSL_get_verify_result(ssl);
    if (verdict != X509_V_OK) throw CallFailed{{CallErrc::untrusted, false, X509_verify_cert_error_string(verdict)}};
    throw failure(error, false, CallErrc::unreachable);
}

awaitable<Answer> ClientConnection::exchange(const OutboundRequest& request, std::size_t response_bytes_max,
                                             Deadline until) {
    transport().expires_at(until);
    reusable_ = false;
    if (Secure* secure = std::get_if<Secure>(&stream_)) {
        Answer answer = co_await exchange_over(*secure, request, response_bytes_max);
        co_return answer;
    }
    Answer answer = co_await exchange_over(std::get<Plain>(stream_), request, response_bytes_max);
    co_return answer;
}

template <class Stream>
awaitable<Answer> ClientConnection::exchange_over(Stream& stream, const OutboundRequest& request,
                                                  std::size_t response_bytes_max) {
    error_code error;
    const std::size_t written =
        co_await beast::http::async_write(stream, request, asio::redirect_error(asio::use_awaitable, error));
    if (error) throw failure(error, written > 0, CallErrc::broken);

    using Parser = beast::http::response_parser<beast::http::string_body>;
    std::optional<Parser> parser;
    for (int answers = 0;; ++answers) {
        if (answers > interim_answers_max)
            throw CallFailed{{CallErrc::response_malformed, true, "too many interim answers"}};
        parser.emplace();
        parser->header_limit(header_bytes_max);
        parser->body_limit(response_bytes_max);
        if (request.method() == beast::http::verb::head) parser->skip(true);
        co_await beast::http::async_read(stream, buffer_, *parser, asio::redirect_error(asio::use_awaitable, error));
        if (error) throw failure(error, true, CallErrc::broken);
        if (parser->get().result_int() >= 200) break;
    }
    reusable_ = parser->keep_alive() && buffer_.size() == 0;
    transport().expires_never();

    auto message = parser->release();
    Answer answer{.status = static_cast<int>(message.result_int()), .headers = {}, .body = std::move(message.body())};
    for (const auto& field : message)
        answer.headers.push_back({std::string(field.name_string()), std::string(field.value())});
    co_return answer;
}

bool ClientConnection::still_open() {
    tcp::socket& socket = transport().socket();
    std::array<char, 1> byte;
    error_code error;
    socket.non_blocking(true, error);
    if (error) return false;
    socket.receive(asio::buffer(byte), tcp::socket::message_peek, error);
    return error == asio::error::would_block;
}

}  // namespace liveshop::http
