#include "platform/redis/connection.hpp"

#include <openssl/ssl.h>

#include <algorithm>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <memory>
#include <vector>

#include "platform/shape/described.hpp"

namespace liveshop::redis {
namespace {

using asio::ip::tcp;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;
using Endpoint = asio::generic::stream_protocol::endpoint;

constexpr std::string_view client_name = "liveshop";

void check(const error_code& error, std::string_view doing) {
    if (!error) return;
    const bool late = error == boost::beast::error::timeout || error == asio::error::timed_out;
    throw Failure(std::string(doing) + ": " + (late ? "no answer in time" : error.message()));
}

// The first word of an error says its kind. The rest is not for logs: an old server repeats the command it does not
// know with its arguments, which here are the password.
std::string code_of(std::string_view error) {
    const std::string_view code = error.substr(0, std::min<std::size_t>(error.find(' '), 32));
    const bool plain = !code.empty() && std::ranges::all_of(code, [](char c) { return c >= 'A' && c <= 'Z'; });
    return plain ? std::string(code) : "an error";
}

// getaddrinfo cannot be interrupted: at the deadline its answer is no longer waited for.
awaitable<std::vector<Endpoint>> resolve(asio::io_context& io, const Address& address, Clock::time_point until) {
    if (!address.unix_socket.empty())
        co_return std::vector<Endpoint>{asio::local::stream_protocol::endpoint(address.unix_socket)};
    error_code error;
    const asio::ip::address literal = asio::ip::make_address(address.host, error);
    if (!error) co_return std::vector<Endpoint>{tcp::endpoint(literal, address.port)};

    struct Lookup {
        tcp::resolver resolver;
        asio::steady_timer done;
        error_code error = asio::error::timed_out;
        std::vector<Endpoint> endpoints;
    };
    const auto lookup = std::make_shared<Lookup>(tcp::resolver(io), asio::steady_timer(io, until));
    lookup->resolver.async_resolve(address.host, std::to_string(address.port),
                                   [lookup](const error_code& failed, const tcp::resolver::results_type& results) {
                                       lookup->error = failed;
                                       for (const auto& entry : results) lookup->endpoints.push_back(entry.endpoint());
                                       lookup->done.cancel();
                                   });
    co_await lookup->done.async_wait(asio::redirect_error(asio::use_awaitable, error));
    check(lookup->error, "looking up its name");
    co_return lookup->endpoints;
}

}  // namespace

Connection::Connection(asio::io_context& io, const ConnectSettings& settings)
    : io_(io), settings_(settings), parser_(settings.limits) {
    if (!settings_.address.secure) {
        stream_.emplace<Plain>(io);
        return;
    }
    tls_.set_default_verify_paths();
    SSL_CTX_set_min_proto_version(tls_.native_handle(), TLS1_2_VERSION);
    if (!settings_.trusted_ca_pem.empty()) tls_.add_certificate_authority(asio::buffer(settings_.trusted_ca_pem));
    stream_.emplace<Secure>(Plain(io), tls_);
}

Connection::Plain& Connection::transport() {
    Secure* secure = std::get_if<Secure>(&stream_);
    return secure ? secure->next_layer() : std::get<Plain>(stream_);
}

void Connection::close() { transport().close(); }

awaitable<void> Connection::open() {
    const Deadline until = Clock::now() + settings_.connect_timeout;
    co_await connect(until);
    co_await sign_in(until);
}

awaitable<void> Connection::connect(Deadline until) {
    const std::vector<Endpoint> endpoints = co_await resolve(io_, settings_.address, until);
    error_code error = asio::error::host_not_found;
    for (const Endpoint& endpoint : endpoints) {
        transport().expires_at(until);
        co_await transport().async_connect(endpoint, asio::redirect_error(asio::use_awaitable, error));
        if (!error || error == asio::error::operation_aborted) break;
        transport().close();
    }
    check(error, "connecting");
    if (settings_.address.unix_socket.empty()) {
        error_code ignored;  // slower without, no more
        transport().socket().set_option(tcp::no_delay(true), ignored);
    }
    if (settings_.address.secure) co_await start_tls();
}

awaitable<void> Connection::start_tls() {
    Secure& secure = std::get<Secure>(stream_);
    const std::string& host = settings_.address.host;
    error_code error;
    asio::ip::make_address(host, error);
    if (error) SSL_set_tlsext_host_name(secure.native_handle(), host.c_str());
    secure.set_verify_mode(asio::ssl::verify_peer);
    secure.set_verify_callback(asio::ssl::host_name_verification(host));
    co_await secure.async_handshake(asio::ssl::stream_base::client, asio::redirect_error(asio::use_awaitable, error));
    check(error, "starting TLS");
}

// A server before Redis 6 does not know HELLO: it speaks RESP2, and takes AUTH.
awaitable<void> Connection::sign_in(Deadline until) {
    const std::string& password = settings_.address.password;
    const std::string user = settings_.address.user.empty() ? "default" : settings_.address.user;
    Value answer;
    if (password.empty())
        answer = co_await ask({"HELLO", "3", "SETNAME", client_name}, until);
    else
        answer = co_await ask({"HELLO", "3", "AUTH", user, password, "SETNAME", client_name}, until);
    if (answer.kind != Kind::error) co_return;
    const bool knows_hello = !answer.text.starts_with("ERR unknown command") && !answer.text.starts_with("NOPROTO");
    if (knows_hello) throw Failure("signing in: refused with " + code_of(answer.text));
    if (password.empty()) co_return;
    if (settings_.address.user.empty())
        answer = co_await ask({"AUTH", password}, until);
    else
        answer = co_await ask({"AUTH", user, password}, until);
    if (answer.kind == Kind::error) throw Failure("signing in: refused with " + code_of(answer.text));
}

awaitable<Value> Connection::ask(std::initializer_list<std::string_view> command, Deadline until) {
    std::string bytes;
    append_command(bytes, command);
    co_await write(bytes);
    Value answer = co_await read_until(until);
    co_return answer;
}

awaitable<void> Connection::write(std::string_view bytes) {
    error_code error;
    transport().expires_after(settings_.answer_timeout);
    auto token = asio::redirect_error(asio::use_awaitable, error);
    if (Secure* secure = std::get_if<Secure>(&stream_))
        co_await asio::async_write(*secure, asio::buffer(bytes), token);
    else
        co_await asio::async_write(std::get<Plain>(stream_), asio::buffer(bytes), token);
    check(error, "writing");
}

awaitable<Value> Connection::read(std::chrono::milliseconds limit) {
    Value value = co_await read_until(Clock::now() + limit);
    co_return value;
}

awaitable<Value> Connection::read_until(Deadline until) {
    for (;;) {
        std::expected<std::optional<Value>, ParseError> next = parser_.next();
        if (!next)
            throw Failure("reading: what came is no answer of a Redis (" + std::string(name_of(next.error())) + ")");
        if (*next) co_return std::move(**next);
        error_code error;
        std::size_t size = 0;
        transport().expires_at(until);
        auto token = asio::redirect_error(asio::use_awaitable, error);
        if (Secure* secure = std::get_if<Secure>(&stream_))
            size = co_await secure->async_read_some(asio::buffer(received_), token);
        else
            size = co_await std::get<Plain>(stream_).async_read_some(asio::buffer(received_), token);
        check(error, "reading");
        parser_.feed({received_.data(), size});
    }
}

}  // namespace liveshop::redis
