// What answers at the address of Redis is no Redis, or an old one.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "platform/redis/publisher.hpp"
#include "platform/redis/subscriber.hpp"
#include "platform/redis/tests/redis_server.hpp"
#include "tests/support/run.hpp"

namespace liveshop::redis {
namespace {

using namespace std::chrono_literals;
using Local = asio::local::stream_protocol;

// Listens on a Unix socket and lets `answer` say what is sent back to each piece received; empty closes.
class Peer {
  public:
    using Answer = std::function<std::string(std::string_view received)>;

    Peer(asio::io_context& io, const std::string& path, Answer answer)
        : acceptor_(io, Local::endpoint(path)), answer_(std::move(answer)) {
        accept();
    }
    ~Peer() {
        std::filesystem::remove(acceptor_.local_endpoint().path());
        for (const auto& socket : sockets_) socket->close();
    }
    std::size_t accepted() const { return sockets_.size(); }

  private:
    void accept() {
        acceptor_.async_accept([this](boost::system::error_code error, Local::socket socket) {
            if (error) return;
            sockets_.push_back(std::make_shared<Local::socket>(std::move(socket)));
            asio::co_spawn(acceptor_.get_executor(), serve(sockets_.back(), answer_), asio::detached);
            accept();
        });
    }
    static awaitable<void> serve(std::shared_ptr<Local::socket> socket, Answer answer) {
        std::array<char, 4096> received;
        for (;;) {
            boost::system::error_code error;
            const auto token = [&] { return asio::redirect_error(asio::use_awaitable, error); };
            const std::size_t size = co_await socket->async_read_some(asio::buffer(received), token());
            if (error) co_return;
            const std::string back = answer({received.data(), size});
            if (back.empty()) co_return socket->close();
            co_await asio::async_write(*socket, asio::buffer(back), token());
            if (error) co_return;
        }
    }

    Local::acceptor acceptor_;
    Answer answer_;
    std::vector<std::shared_ptr<Local::socket>> sockets_;
};

class PeerTest : public testing::Test {
  protected:
    template <class Condition>
    void wait_until(Condition condition) {
        test::run(io, [&]() -> awaitable<void> {
            while (!condition()) co_await test::pause(1ms);
        }());
    }
    ConnectSettings settings(std::string_view who = "") const {
        return {.address = parse_address("unix://" + std::string(who) + path).value(),
                .connect_timeout = 200ms,
                .answer_timeout = 200ms,
                .ping_interval = 100ms,
                .retry_delay_max = 50ms};
    }
    std::string failure_of(awaitable<void> work) {
        try {
            test::run(io, std::move(work));
        } catch (const Failure& failure) {
            return failure.what();
        }
        return "none";
    }

    asio::io_context io;
    test::TemporaryFolder folder;
    std::string path = (folder.path() / "redis.sock").string();
};

TEST_F(PeerTest, AServerBeforeRedis6IsSpokenToInResp2) {
    std::vector<std::string> asked;
    const Peer peer(io, path, [&](std::string_view received) -> std::string {
        asked.emplace_back(received);
        if (received.find("HELLO") != received.npos)
            return "-ERR unknown command `HELLO`, with args beginning with: `3`, `AUTH`, `default`, `hunter2`, \r\n";
        if (received.find("AUTH") != received.npos) return "+OK\r\n";
        return "*3\r\n$9\r\nsubscribe\r\n$6\r\nevents\r\n:1\r\n*3\r\n$7\r\nmessage\r\n$6\r\nevents\r\n$2\r\nhi\r\n";
    });
    std::vector<std::string> heard;
    Subscriber subscriber(io, settings(":hunter2@"), "events",
                          [&](std::string_view message) { heard.emplace_back(message); });
    subscriber.start();
    wait_until([&] { return heard.size() == 1; });
    EXPECT_EQ(heard.front(), "hi");
    EXPECT_EQ(asked.at(1), "*2\r\n$4\r\nAUTH\r\n$7\r\nhunter2\r\n");
}

TEST_F(PeerTest, APasswordThatAnErrorRepeatsIsNotPassedOn) {
    for (const std::string error : {"-ERR AUTH default hunter2 is wrong\r\n", "-hunter2\r\n"}) {
        const Peer peer(io, path, [&](std::string_view) { return error; });
        Connection connection(io, settings(":hunter2@"));
        const std::string failure = failure_of(connection.open());
        EXPECT_THAT(failure, testing::HasSubstr("signing in"));
        EXPECT_THAT(failure, testing::Not(testing::HasSubstr("hunter2")));
    }
}

TEST_F(PeerTest, NobodyThereAndNobodyAnsweringEndInTime) {
    Connection to_nobody(io, settings());
    EXPECT_THAT(failure_of(to_nobody.open()), testing::HasSubstr("connecting: "));

    const Local::acceptor silent(io, Local::endpoint(path));
    Connection to_the_silent(io, settings());
    const auto before = std::chrono::steady_clock::now();
    EXPECT_EQ(failure_of(to_the_silent.open()), "reading: no answer in time");
    EXPECT_LT(std::chrono::steady_clock::now() - before, 2s);
}

TEST_F(PeerTest, AnAnswerThatNeverEndsDoesNotExtendTheTime) {
    const Peer peer(io, path, [](std::string_view) { return "$1000\r\n"; });
    Connection connection(io, settings());
    EXPECT_EQ(failure_of(connection.open()), "reading: no answer in time");
}

TEST_F(PeerTest, WhateverThePeerSaysBothEndsLiveOnAndWorkOnceItIsARedis) {
    std::mt19937 random(2);
    const auto noise = [&] {
        std::string bytes(1 + random() % 3'000, '\0');
        for (char& byte : bytes) byte = static_cast<char>(random());
        return bytes;
    };
    std::string attributes;
    for (int i = 0; i < 20'000; ++i) attributes += "|0\r\n";
    const std::string confirmation = ">3\r\n+subscribe\r\n+events\r\n:1\r\n";
    const std::vector<Peer::Answer> answers{
        [](std::string_view) { return ""; },
        [&](std::string_view) { return noise(); },
        [](std::string_view) { return "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"; },
        [&](std::string_view) { return attributes; },
        [](std::string_view) { return std::string(100'000, '*'); },
        [](std::string_view) { return "*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n:1\r\n"; },
        [](std::string_view) { return "+OK\r\n:1\r\n_\r\n*0\r\n>0\r\n"; },
        [&](std::string_view received) { return received.find("HELLO") != received.npos ? "+OK\r\n" : noise(); },
        [&](std::string_view received) {
            return received.find("HELLO") != received.npos ? "+OK\r\n" : confirmation + noise();
        },
        [&](std::string_view received) {
            return received.find("HELLO") != received.npos
                       ? "+OK\r\n"
                       : confirmation + ">3\r\n+message\r\n*0\r\n_\r\n>3\r\n_\r\n_\r\n_\r\n*1\r\n+message\r\n";
        }};
    std::vector<std::string> heard;
    int opened = 0;
    Subscriber subscriber(
        io, settings(), "events", [&](std::string_view message) { heard.emplace_back(message); }, [&] { ++opened; });
    Publisher publisher(io, settings(), "events");
    for (std::size_t i = 0; i < answers.size(); ++i) {
        const Peer peer(io, path, answers[i]);
        if (i == 0) {
            subscriber.start();
            publisher.start();
        }
        wait_until([&] { return peer.accepted() >= 2; });
        test::run(io, test::pause(50ms));
    }
    EXPECT_EQ(heard, std::vector<std::string>());
    opened = 0;
    const test::RedisServer server;
    std::filesystem::create_symlink(server.socket(), path);
    wait_until([&] { return opened == 1; });
    publisher.publish("at last");
    wait_until([&] { return heard.size() == 1; });
    EXPECT_EQ(heard.front(), "at last");
}

}  // namespace
}  // namespace liveshop::redis
