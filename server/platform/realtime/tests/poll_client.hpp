#pragma once
// A client of the polling transport that sends exactly the requests a test wants, each on a connection of its own.
#include <fmt/format.h>
#include <sys/socket.h>

#include <boost/asio.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <boost/json.hpp>
#include <deque>
#include <stdexcept>
#include <string>
#include <string_view>

#include "platform/realtime/engine_io.hpp"

namespace liveshop::realtime::testing {

namespace json = boost::json;

struct PollAnswer {
    unsigned status = 0;
    std::string body;
    boost::beast::http::fields headers;

    std::string header(std::string_view name) const { return std::string(headers[name]); }
    // Of a refusal.
    std::int64_t code() const { return json::parse(body).at("code").as_int64(); }
    std::string error() const { return text("error"); }
    std::string text(std::string_view member) const {
        return json::value_to<std::string>(json::parse(body).at(member));
    }
};

// One request under way; the answer may come later.
class PollRequest {
  public:
    PollRequest(std::uint16_t port, std::string_view text) : socket_(io_) {
        socket_.connect({boost::asio::ip::address_v4::loopback(), port});
        const timeval limit{.tv_sec = 10, .tv_usec = 0};
        ::setsockopt(socket_.native_handle(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        boost::asio::write(socket_, boost::asio::buffer(text));
    }
    PollAnswer answer() {
        boost::beast::flat_buffer buffer;
        boost::beast::http::response<boost::beast::http::string_body> response;
        boost::beast::http::read(socket_, buffer, response);
        return {response.result_int(), response.body(), response.base()};
    }
    // Whether an answer comes within this time.
    bool is_answered(std::chrono::milliseconds within) {
        const timeval limit{.tv_sec = within.count() / 1000, .tv_usec = within.count() % 1000 * 1000};
        fd_set set;
        FD_ZERO(&set);
        FD_SET(socket_.native_handle(), &set);
        auto left = limit;
        return ::select(socket_.native_handle() + 1, &set, nullptr, nullptr, &left) == 1;
    }
    boost::asio::ip::tcp::socket& socket() { return socket_; }

  private:
    boost::asio::io_context io_;
    boost::asio::ip::tcp::socket socket_;
};

class PollClient {
  public:
    explicit PollClient(std::uint16_t port) : port_(port) {}

    static std::string request(std::string_view method, std::string_view query, std::string_view body = "",
                               std::string_view headers = "") {
        return fmt::format(
            "{} /socket.io/?{} HTTP/1.1\r\nHost: shop.example\r\nContent-Type: text/plain;charset=UTF-8\r\n"
            "Content-Length: {}\r\nConnection: close\r\n{}\r\n{}",
            method, query, body.size(), headers, body);
    }
    PollAnswer ask(std::string_view method, std::string_view query, std::string_view body = "",
                   std::string_view headers = "") {
        return PollRequest(port_, request(method, query, body, headers)).answer();
    }

    // Begins a session; answers the open packet.
    std::string open() {
        const auto answer = ask("GET", "EIO=4&transport=polling");
        if (answer.status != 200) throw std::runtime_error(answer.body);
        sid_ = json::value_to<std::string>(json::parse(answer.body.substr(1)).at("sid"));
        return answer.body;
    }
    // Opens and connects; answers what CONNECT was answered. The test service's welcome is taken too.
    std::string connect(std::string_view packet = "40") {
        open();
        post(packet);
        auto answer = this->packet();
        if (answer.starts_with("40")) this->packet();
        return answer;
    }
    std::string query() const { return "EIO=4&transport=polling&sid=" + sid_; }
    std::string post(std::string_view payload) { return ask("POST", query(), payload).body; }
    PollAnswer get() { return ask("GET", query()); }
    PollRequest begin_get() { return {port_, request("GET", query())}; }
    // The next packet, asked for if none is left of the last answer.
    std::string packet() {
        while (packets_.empty()) take(get());
        auto packet = packets_.front();
        packets_.pop_front();
        return packet;
    }
    void take(const PollAnswer& answer) {
        if (answer.status != 200) throw std::runtime_error(answer.body);
        engine_io::PayloadReader reader(answer.body);
        while (const auto packet = reader.next()) packets_.emplace_back(*packet);
    }
    // The next packet of those that have come; empty if there is none.
    std::string left() {
        if (packets_.empty()) return {};
        return packet();
    }
    const std::string& sid() const { return sid_; }
    std::uint16_t port() const { return port_; }

  private:
    const std::uint16_t port_;
    std::string sid_;
    std::deque<std::string> packets_;
};

}  // namespace liveshop::realtime::testing
