#include "platform/http/connection.hpp"

#include <fmt/format.h>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/websocket/rfc6455.hpp>

#include "platform/error.hpp"

namespace liveshop::http {
namespace asio = boost::asio;
namespace beast = boost::beast;
using boost::system::error_code;

namespace {

// Written once a second at most: formatting it per response would cost more than the header.
std::string_view date_header() {
    thread_local std::time_t last = 0;
    thread_local std::string text;
    const std::time_t now = std::time(nullptr);
    if (now != last) {
        std::tm utc{};
        gmtime_r(&now, &utc);
        std::array<char, 40> buffer;
        const std::size_t size = std::strftime(buffer.data(), buffer.size(), "%a, %d %b %Y %H:%M:%S GMT", &utc);
        text.assign(buffer.data(), size);
        last = now;
    }
    return text;
}

std::string_view reason_of(int status) {
    return beast::http::obsolete_reason(beast::http::int_to_status(static_cast<unsigned>(status)));
}

}  // namespace

Connection::Connection(Server& server, tcp::socket socket)
    : server_(server), stream_(std::move(socket)), buffer_(server.limits_.header_bytes_max * 2) {
    error_code error;
    const tcp::endpoint remote = stream_.socket().remote_endpoint(error);
    if (!error) remote_address_ = remote.address().to_string();
}

void Connection::finish() {
    finishing_ = true;
    if (!answering_) close();
}

void Connection::close() {
    error_code ignored;
    stream_.socket().shutdown(tcp::socket::shutdown_both, ignored);
    stream_.close();
}

awaitable<void> Connection::run() {
    try {
        Next next = Next::keep;
        while (next == Next::keep && !finishing_) {
            RequestParser parser;
            parser.header_limit(static_cast<std::uint32_t>(server_.limits_.header_bytes_max));
            parser.body_limit(boost::none);  // until its header says what it is for
            const bool readable = co_await read_header(parser);
            if (!readable) co_return;
            answering_ = true;
            next = co_await answer(parser);
            answering_ = false;
        }
        if (next != Next::gone) close();
    } catch (const boost::system::system_error&) {
        // The client went away, stalled or sent what is no HTTP: nobody is left to tell.
    }
}

awaitable<bool> Connection::read_header(RequestParser& parser) {
    error_code error;
    if (buffer_.size() == 0) {
        stream_.expires_after(server_.limits_.idle_timeout);
        const auto space = buffer_.prepare(std::min<std::size_t>(8192, buffer_.max_size()));
        const std::size_t size =
            co_await stream_.async_read_some(space, asio::redirect_error(asio::use_awaitable, error));
        if (error) co_return false;
        buffer_.commit(size);
    }
    stream_.expires_after(server_.limits_.header_timeout);
    co_await beast::http::async_read_header(stream_, buffer_, parser, asio::redirect_error(asio::use_awaitable, error));
    if (!error && limit_body(parser)) co_return true;
    ++server_.counters_.bad_requests;
    if (error == beast::http::error::header_limit)
        co_await refuse(431, "header_too_large", "The request's header is too large");
    else if (!error)
        co_await refuse(413, "too_large", "The request is larger than is allowed here");
    else if (error.category() == beast::http::make_error_code(beast::http::error::bad_method).category() &&
             error != beast::http::error::end_of_stream && error != beast::http::error::partial_message)
        co_await refuse(400, "bad_request", "This is not an HTTP/1.1 request");
    co_return false;
}

// Answers whether the body may come: one that says it is too long is refused before it is read.
bool Connection::limit_body(RequestParser& parser) const {
    std::size_t limit = server_.limits_.body_bytes_max;
    const std::uint64_t length = parser.content_length().value_or(0);
    if ((length > limit || parser.chunked()) && server_.choose_body_limit_) {
        const std::string_view target = parser.get().target();
        limit = std::max(limit,
                         server_.choose_body_limit_(parser.get().method_string(), target.substr(0, target.find('?'))));
    }
    parser.body_limit(limit);
    return length <= limit;
}

awaitable<Connection::Next> Connection::answer(RequestParser& parser) {
    ++server_.counters_.requests;
    if (beast::websocket::is_upgrade(parser.get()) && server_.on_upgrade_) {
        stream_.expires_never();
        std::string rest(static_cast<const char*>(buffer_.data().data()), buffer_.size());
        server_.on_upgrade_(stream_.release_socket(), parser.release(), std::move(rest));
        co_return Next::gone;
    }
    if (!parser.is_done()) {
        // A longer one has as much more time.
        const std::uint64_t length = parser.content_length().value_or(0);
        const auto times = static_cast<int>(length / server_.limits_.body_bytes_max) + 1;
        stream_.expires_after(server_.limits_.body_timeout * times);
        if (equals_ignoring_case(parser.get()[beast::http::field::expect], "100-continue")) {
            constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
            co_await asio::async_write(stream_, asio::buffer(go_on), asio::use_awaitable);
        }
        error_code error;
        co_await beast::http::async_read(stream_, buffer_, parser, asio::redirect_error(asio::use_awaitable, error));
        if (error == beast::http::error::body_limit) {
            co_await refuse(413, "too_large", "The request is larger than is allowed here");
            co_return Next::close;
        }
        if (error) co_return Next::close;
    }
    const Next next = co_await respond(parser.get());
    co_return next;
}

awaitable<Connection::Next> Connection::respond(const UpgradeRequest& message) {
    const std::string_view target = message.target();
    const std::size_t question = target.find('?');
    Request request{.method = message.method_string(),
                    .path = target.substr(0, question),
                    .query = question == target.npos ? std::string_view{} : target.substr(question + 1),
                    .body = message.body(),
                    .headers = {},
                    .remote_address = remote_address_};
    const bool keep_alive = message.keep_alive() && !server_.stopping_;
    stream_.expires_never();
    if (const Upstream* upstream = server_.choose_upstream_ ? server_.choose_upstream_(request.path) : nullptr) {
        bool down = false;
        try {
            const bool kept =
                co_await relay(*upstream, message, stream_, remote_address_, server_.limits_.write_timeout);
            co_return kept&& keep_alive ? Next::keep : Next::close;
        } catch (const UpstreamDown&) {
            down = true;
        }
        if (down)
            co_await refuse(503, "unavailable",
                            "This part of the service is starting or restarting: try again in a moment",
                            message.method() == beast::http::verb::head);
        co_return Next::close;
    }
    std::vector<HeaderView> headers;
    headers.reserve(16);
    for (const auto& field : message) headers.push_back({field.name_string(), field.value()});
    request.headers = headers;
    const Response response = co_await server_.handler_(request);
    const bool kept = keep_alive && !server_.stopping_;
    co_await write(response, kept, message.method() == beast::http::verb::head);
    co_return kept ? Next::keep : Next::close;
}

awaitable<void> Connection::write(const Response& response, bool keep_alive, bool head_only) {
    out_.clear();
    fmt::format_to(std::back_inserter(out_), "HTTP/1.1 {} {}\r\nDate: {}\r\n", response.status,
                   reason_of(response.status), date_header());
    const bool bodiless = response.status == 204 || response.status == 304;
    if (!bodiless)
        fmt::format_to(std::back_inserter(out_), "Content-Type: {}\r\nContent-Length: {}\r\n", response.content_type,
                       response.body.size());
    for (const Header& header : response.headers)
        fmt::format_to(std::back_inserter(out_), "{}: {}\r\n", header.name, header.value);
    out_ += keep_alive ? "\r\n" : "Connection: close\r\n\r\n";
    stream_.expires_after(server_.limits_.write_timeout);
    const bool with_body = !head_only && !bodiless;
    const std::array<asio::const_buffer, 2> parts{
        asio::buffer(out_), asio::buffer(response.body.data(), with_body ? response.body.size() : 0)};
    co_await asio::async_write(stream_, parts, asio::use_awaitable);
}

awaitable<void> Connection::refuse(int status, std::string_view code, std::string_view title, bool head_only) {
    const Response response{.status = status,
                            .content_type = "application/problem+json",
                            .body = problem_json({status, code, title}),
                            .headers = {}};
    co_await write(response, false, head_only);
    // What the client still sends would turn our close into a reset that discards the answer.
    error_code ignored;
    stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
    stream_.expires_after(std::chrono::seconds(1));
    std::array<char, 4096> discarded;
    std::size_t budget = 16 << 20;
    while (!ignored && budget > 0) {
        const std::size_t size = co_await stream_.async_read_some(asio::buffer(discarded),
                                                                  asio::redirect_error(asio::use_awaitable, ignored));
        budget -= std::min(budget, size);
    }
}

}  // namespace liveshop::http
