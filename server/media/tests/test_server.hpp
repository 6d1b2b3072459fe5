// A media server on a thread of its own, with sockets in a fresh folder, and plain HTTP and control clients.
#pragma once
#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <boost/json.hpp>
#include <cstdlib>
#include <filesystem>
#include <future>
#include <optional>
#include <thread>

#include "media/clock.hpp"
#include "media/grant.hpp"
#include "media/server.hpp"
#include "media/whip.hpp"

namespace liveshop::media {

inline constexpr std::string_view test_secret = "a secret of the tests, 32 bytes or more";

inline std::string fresh_folder() {
    std::string path = (std::filesystem::temp_directory_path() / "media-test-XXXXXX").string();
    if (!mkdtemp(path.data())) throw std::runtime_error("cannot make a folder for the test");
    return path;
}

class TestServer {
  public:
    explicit TestServer(Settings s = {}) : folder(fresh_folder()), settings(std::move(s)) {
        settings.udp_address = "127.0.0.1";
        settings.udp_port = 0;
        settings.candidate_addresses = {"127.0.0.1"};
        settings.http_socket = folder + "/http.sock";
        settings.control_socket = folder + "/control.sock";
        settings.recordings_directory = folder + "/recordings";
        settings.grant_secret = test_secret;
        server.emplace(io, settings);
        thread = std::thread([this] { io.run(); });
    }
    ~TestServer() {
        boost::asio::post(io, [this] { server->stop(); });
        thread.join();
        server.reset();
        std::filesystem::remove_all(folder);
    }

    // Runs on the server's thread and gives its result.
    template <class Function>
    auto on_thread(Function function) {
        std::packaged_task<decltype(function(server->router()))()> task([&] { return function(server->router()); });
        auto result = task.get_future();
        boost::asio::post(io, [&] { task(); });
        return result.get();
    }
    Counters counters() {
        return on_thread([](Router& router) { return router.counters(); });
    }
    std::uint16_t udp_port() {
        return on_thread([](Router& router) { return router.udp_port(); });
    }

    std::string folder;
    Settings settings;
    boost::asio::io_context io{1};
    std::optional<Server> server;
    std::thread thread;
};

inline std::string grant_for(std::string room, Action action, std::int64_t valid_s = 60, bool record = false) {
    return sign({.room = std::move(room),
                 .action = action,
                 .subject = "tester",
                 .expires_at_s = unix_now_s() + valid_s,
                 .max_bitrate_kbps = {},
                 .record = record},
                test_secret);
}

// One request on a connection of its own.
inline HttpResponse http_request(const TestServer& server, boost::beast::http::verb method, std::string_view target,
                                 const std::vector<std::pair<std::string, std::string>>& headers = {},
                                 std::string body = {}) {
    boost::asio::io_context io;
    boost::asio::local::stream_protocol::socket socket(io);
    socket.connect(server.settings.http_socket);
    HttpRequest request{method, target, 11};
    request.set("Host", "media");
    for (auto& [name, value] : headers) request.set(name, value);
    request.body() = std::move(body);
    request.prepare_payload();
    boost::system::error_code refused_while_sending;  // as with a body that is too large: the answer says why
    boost::beast::http::write(socket, request, refused_while_sending);
    boost::beast::flat_buffer buffer;
    HttpResponse response;
    boost::beast::http::read(socket, buffer, response);
    return response;
}

// A connection to the control socket.
class ControlConnection {
  public:
    explicit ControlConnection(const TestServer& server) : socket_(io_) {
        socket_.connect(server.settings.control_socket);
    }
    void send(std::string_view text) { boost::asio::write(socket_, boost::asio::buffer(text)); }
    boost::json::object read() {
        auto size = boost::asio::read_until(socket_, boost::asio::dynamic_buffer(input_), '\n');
        auto value = boost::json::parse(std::string_view(input_).substr(0, size - 1));
        input_.erase(0, size);
        return value.as_object();
    }
    boost::json::object ask(std::string_view line) {
        send(std::string(line) + "\n");
        return read();
    }

  private:
    boost::asio::io_context io_;
    boost::asio::local::stream_protocol::socket socket_;
    std::string input_;
};

// Waits until the condition holds, at most five seconds.
template <class Condition>
bool eventually(Condition condition) {
    auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(5);
    while (!condition()) {
        if (std::chrono::steady_clock::now() > deadline) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return true;
}

}  // namespace liveshop::media
