#pragma once
// A WebSocket client that sends exactly the bytes a test wants, and so can misbehave.
#include <fmt/format.h>
#include <sys/socket.h>

#include <algorithm>
#include <boost/asio.hpp>
#include <boost/json.hpp>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace liveshop::realtime::testing {

struct ServerFrame {
    int opcode;
    std::string payload;
    // Of a close frame.
    int code() const { return (static_cast<unsigned char>(payload[0]) << 8) | static_cast<unsigned char>(payload[1]); }
    std::string reason() const { return payload.substr(2); }
};

// A client's frame: masked, of any opcode and any claimed kind.
inline std::string client_frame(int opcode, std::string_view payload, bool final = true) {
    std::string frame{static_cast<char>((final ? 0x80 : 0) | opcode)};
    const auto length = payload.size();
    const auto append = [&](std::size_t bytes) {
        for (std::size_t i = bytes; i-- > 0;) frame.push_back(static_cast<char>((length >> (8 * i)) & 0xff));
    };
    if (length <= 125) {
        frame.push_back(static_cast<char>(0x80 | length));
    } else if (length <= 0xffff) {
        frame.push_back(static_cast<char>(0xfe));
        append(2);
    } else {
        frame.push_back(static_cast<char>(0xff));
        append(8);
    }
    const std::string_view mask = "\x37\xfa\x21\x3d";
    frame.append(mask);
    for (std::size_t i = 0; i < length; ++i) frame.push_back(static_cast<char>(payload[i] ^ mask[i % 4]));
    return frame;
}

// What a limited client throws when it has had all that it may.
struct Cut {};

class RawClient {
  public:
    static constexpr std::string_view target = "/socket.io/?EIO=4&transport=websocket";

    explicit RawClient(std::uint16_t port, int receive_buffer_bytes = 0) : socket_(io_) {
        socket_.open(boost::asio::ip::tcp::v4());
        if (receive_buffer_bytes > 0)
            socket_.set_option(boost::asio::socket_base::receive_buffer_size(receive_buffer_bytes));
        socket_.connect({boost::asio::ip::address_v4::loopback(), port});
        const timeval limit{.tv_sec = 10, .tv_usec = 0};
        ::setsockopt(socket_.native_handle(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    }

    void write(std::string_view bytes) { boost::asio::write(socket_, boost::asio::buffer(bytes)); }
    void text(std::string_view packet) { write(client_frame(1, packet)); }

    static std::string request(std::string_view target_ = target, std::string_view extra = "") {
        return fmt::format(
            "GET {} HTTP/1.1\r\nHost: shop.example\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{}\r\n",
            target_, extra);
    }
    // Upgrades, and returns Engine.IO's open packet.
    std::string upgrade() {
        write(request());
        const auto head = read_head();
        if (!head.starts_with("HTTP/1.1 101 ")) throw std::runtime_error(head);
        return frame().payload;
    }
    // Upgrades and connects; returns the answer to CONNECT. The test service's welcome is taken too.
    std::string connect(std::string_view packet = "40") {
        auto answer = begin(packet);
        if (answer.starts_with("40")) frame();
        return answer;
    }
    // The same, and leaves the welcome.
    std::string begin(std::string_view packet = "40") {
        upgrade();
        return begin_over(packet);
    }
    std::string begin_over(std::string_view packet) {
        text(packet);
        auto answer = frame().payload;
        if (!answer.starts_with("40{")) return answer;
        const auto body = boost::json::parse(std::string_view(answer).substr(2)).as_object();
        id_ = boost::json::value_to<std::string>(body.at("sid"));
        if (const auto* pid = body.if_contains("pid")) pid_ = boost::json::value_to<std::string>(*pid);
        return answer;
    }
    // What the client library says to have the session back.
    std::string claim(std::string_view more = "") const {
        return fmt::format(R"(40{{"pid":"{}"{}{}}})", pid_,
                           offset_.empty() ? "" : fmt::format(R"(,"offset":"{}")", offset_), more);
    }
    // What an earlier connection of this client knew.
    void take_over(const RawClient& before) {
        id_ = before.id_;
        pid_ = before.pid_;
        take_over_offset(before);
    }
    void take_over_offset(const RawClient& before) { offset_ = before.offset_; }
    const std::string& id() const { return id_; }
    const std::string& pid() const { return pid_; }
    const std::string& offset() const { return offset_; }

    // Receives so many bytes more, and then throws Cut.
    void limit(std::size_t bytes) { budget_ = bytes; }

    std::string read_head() {
        std::size_t end = 0;
        while ((end = received_.find("\r\n\r\n")) == std::string::npos) more();
        auto head = received_.substr(0, end + 4);
        received_.erase(0, end + 4);
        return head;
    }
    // Everything until the server hangs up.
    std::string read_all() {
        while (more_or_end()) continue;
        return received_;
    }
    ServerFrame frame() {
        while (true) {
            if (auto frame = take_frame()) {
                if (!pid_.empty() && frame->payload.starts_with("42[")) take_offset(frame->payload);
                return *frame;
            }
            more();
        }
    }
    // The next frame that is no Engine.IO ping.
    ServerFrame frame_but_ping() {
        while (true) {
            auto next = frame();
            if (next.payload != "2") return next;
        }
    }
    bool hung_up() { return !more_or_end(); }
    boost::asio::ip::tcp::socket& socket() { return socket_; }

  private:
    void more() {
        if (!more_or_end()) throw std::runtime_error("the server hung up");
    }
    bool more_or_end() {
        char buffer[65536];
        if (budget_ == 0) throw Cut{};
        const auto count = ::recv(socket_.native_handle(), buffer, std::min(sizeof buffer, budget_), 0);
        if (count > 0 && budget_ != unlimited) budget_ -= static_cast<std::size_t>(count);
        if (count < 0 && errno != ECONNRESET) throw std::runtime_error("nothing came");
        if (count > 0) received_.append(buffer, static_cast<std::size_t>(count));
        return count > 0;
    }
    std::optional<ServerFrame> take_frame() {
        const auto at = [&](std::size_t i) { return static_cast<unsigned char>(received_[i]); };
        if (received_.size() < 2) return std::nullopt;
        std::size_t header = 2;
        std::size_t length = at(1);
        if (length > 127) throw std::runtime_error("a masked frame from the server");
        const std::size_t extended = length == 127 ? 8 : length == 126 ? 2 : 0;
        if (received_.size() < 2 + extended) return std::nullopt;
        if (extended > 0) length = 0;
        for (std::size_t i = 0; i < extended; ++i) length = (length << 8) | at(2 + i);
        header += extended;
        if (received_.size() < header + length) return std::nullopt;
        ServerFrame frame{at(0) & 0x0f, received_.substr(header, length)};
        received_.erase(0, header + length);
        return frame;
    }

    // The last argument of every event where sessions are recovered.
    void take_offset(std::string& event) {
        constexpr std::size_t argument_length = 12;  // ,"offset"
        const auto argument = event.substr(event.size() - 1 - argument_length, argument_length);
        if (!argument.starts_with(",\"") || !argument.ends_with('"')) throw std::runtime_error("no offset: " + event);
        offset_ = argument.substr(2, argument_length - 3);
        event.erase(event.size() - 1 - argument_length, argument_length);
    }

    static constexpr std::size_t unlimited = static_cast<std::size_t>(-1);
    boost::asio::io_context io_;
    boost::asio::ip::tcp::socket socket_;
    std::string received_;
    std::size_t budget_ = unlimited;
    std::string id_, pid_, offset_;
};

}  // namespace liveshop::realtime::testing
