#include "up/readiness.hpp"

#include <gtest/gtest.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "up/tests/processes.hpp"

namespace liveshop::up {
namespace {

using asio::ip::tcp;

class Door : public testing::Test {
  protected:
    bool ready(const Readiness& readiness) {
        std::optional<bool> answer;
        asio::co_spawn(io, is_ready(readiness), [&](const std::exception_ptr& error, bool is) {
            if (!error) answer = is;
            io.stop();
        });
        io.restart();
        io.run_for(std::chrono::seconds(10));
        EXPECT_TRUE(answer);
        return answer.value_or(false);
    }
    std::uint16_t port() const { return acceptor.local_endpoint().port(); }

    // Answers one connection with these bytes.
    static awaitable<void> answer(tcp::acceptor& acceptor, std::string text) {
        tcp::socket socket = co_await acceptor.async_accept(asio::use_awaitable);
        co_await asio::async_write(socket, asio::buffer(text), asio::use_awaitable);
    }

    asio::io_context io;
    tcp::acceptor acceptor{io, tcp::endpoint(asio::ip::address_v4::loopback(), 0)};
};

TEST_F(Door, TcpAccepts) {
    EXPECT_TRUE(ready(AcceptsTcp{"127.0.0.1", port()}));
    EXPECT_TRUE(ready(AcceptsTcp{"0.0.0.0", port()}));
    const std::uint16_t was = port();
    acceptor.close();
    EXPECT_FALSE(ready(AcceptsTcp{"127.0.0.1", was}));
    EXPECT_FALSE(ready(AcceptsTcp{"no address", was}));
}

TEST_F(Door, UnixAccepts) {
    const Folder folder;
    EXPECT_FALSE(ready(AcceptsUnix{folder / "socket"}));
    const asio::local::stream_protocol::acceptor door(io, folder / "socket");
    EXPECT_TRUE(ready(AcceptsUnix{folder / "socket"}));
    EXPECT_FALSE(ready(AcceptsUnix{std::string(500, 'x')}));
}

TEST_F(Door, HttpAnswers200) {
    const std::pair<const char*, bool> answers[] = {{"HTTP/1.1 200 OK\r\n\r\n", true},
                                                    {"HTTP/1.1 503 Service Unavailable\r\n\r\n", false},
                                                    {"HTTP/1.1 2", false},
                                                    {"SSH-2.0-OpenSSH 200", false}};
    for (const auto& [text, expected] : answers) {
        asio::co_spawn(io, answer(acceptor, text), asio::detached);
        EXPECT_EQ(ready(AnswersHttp{"127.0.0.1", port(), "/readyz"}), expected) << text;
    }
}

TEST_F(Door, SilenceIsNoAnswerAndDoesNotHoldUp) {
    const auto started = std::chrono::steady_clock::now();
    EXPECT_FALSE(ready(AnswersHttp{"127.0.0.1", port(), "/readyz"}));
    EXPECT_LT(std::chrono::steady_clock::now() - started, std::chrono::seconds(5));
}

}  // namespace
}  // namespace liveshop::up
