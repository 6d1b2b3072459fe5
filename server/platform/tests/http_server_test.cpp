#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "platform/http/server.hpp"
#include "platform/tests/peer.hpp"
#include "tests/support/run.hpp"

namespace liveshop::http {
namespace {

using namespace std::chrono_literals;
using test::tcp;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

struct HttpServerTest : testing::Test {
    boost::asio::io_context io{1};
    std::optional<Server> server;
    std::vector<std::string> seen;  // "METHOD path body"

    void start(Limits limits = {}) {
        server.emplace(io, tcp::endpoint(boost::asio::ip::address_v4::loopback(), 0), limits,
                       [this](const Request& request) -> awaitable<Response> {
                           seen.push_back(fmt::format("{} {} {}", request.method, request.path, request.body));
                           if (request.path == "/slow") co_await test::pause(200ms);
                           if (request.path == "/throws") throw std::runtime_error("a fault of the handler");
                           if (request.path == "/none") co_return Response{.status = 204, .body = {}, .headers = {}};
                           co_return Response{.content_type = "text/plain",
                                              .body = "at " + std::string(request.path),
                                              .headers = {{"X-Remote", std::string(request.remote_address)}}};
                       });
    }
    void TearDown() override {
        if (server) test::run(io, server->stop(0ms));
        io.restart();
        io.poll();
    }
    awaitable<tcp::socket> connect() {
        tcp::socket socket(io);
        co_await socket.async_connect({boost::asio::ip::address_v4::loopback(), server->port()},
                                      boost::asio::use_awaitable);
        co_return socket;
    }
    /// Sends `text`, says that no more comes, and answers all that comes back until the server closes.
    std::string exchange(std::string text, bool half_close = true) {
        auto talk = [&]() -> awaitable<std::string> {
            tcp::socket socket = co_await connect();
            co_await test::write_text(socket, text);
            if (half_close) socket.shutdown(tcp::socket::shutdown_send);
            std::string answer = co_await test::read_all(socket);
            co_return answer;
        };
        return test::run(io, talk());
    }
};

std::size_t count(std::string_view text, std::string_view part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++found;
    return found;
}

TEST_F(HttpServerTest, KeepsTheConnectionAndAnswersPipelinedRequestsInOrder) {
    start();
    const std::string answers = exchange(
        "GET /slow?x=1 HTTP/1.1\r\nHost: a\r\n\r\n"
        "POST /b HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody"
        "GET /c HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_THAT(seen, testing::ElementsAre("GET /slow ", "POST /b body", "GET /c "));
    const std::size_t first = answers.find("at /slow"), second = answers.find("at /b"), third = answers.find("at /c");
    EXPECT_TRUE(first < second && second < third && third != answers.npos) << answers;
    EXPECT_EQ(server->counters().connections_accepted, 1U);
    EXPECT_THAT(answers, HasSubstr("X-Remote: 127.0.0.1\r\n"));
    EXPECT_THAT(answers, testing::ContainsRegex("Date: [A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} "));
}

TEST_F(HttpServerTest, ClosesWhenAskedToAndForOldClients) {
    start();
    for (const char* request : {"GET /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\nGET /b HTTP/1.1\r\n\r\n",
                                "GET /a HTTP/1.0\r\n\r\nGET /b HTTP/1.0\r\n\r\n"}) {
        const std::string answers = exchange(request, false);
        EXPECT_EQ(count(answers, "HTTP/1.1 200"), 1U) << answers;
        EXPECT_THAT(answers, HasSubstr("Connection: close\r\n"));
    }
}

TEST_F(HttpServerTest, HeadHasTheHeaderAndNoBody) {
    start();
    const std::string answer = exchange("HEAD /a HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_THAT(answer, HasSubstr("Content-Length: 5\r\n"));
    EXPECT_THAT(answer, EndsWith("\r\n\r\n"));
    EXPECT_THAT(exchange("GET /none HTTP/1.1\r\nHost: a\r\n\r\n"), testing::Not(HasSubstr("Content-Length")));
}

TEST_F(HttpServerTest, ReadsChunkedBodiesAndSaysGoOn) {
    start();
    const std::string answer = exchange(
        "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n4;x=y\r\ndefg\r\n0\r\n\r\n");
    EXPECT_EQ(seen.at(0), "POST /a abcdefg");
    auto expecting = [&]() -> awaitable<std::string> {
        tcp::socket socket = co_await connect();
        co_await test::write_text(socket,
                                  "POST /a HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
        std::string interim = co_await test::read_until(socket, "\r\n\r\n");
        co_await test::write_text(socket, "ok");
        socket.shutdown(tcp::socket::shutdown_send);
        co_await test::read_all(socket);
        co_return interim;
    };
    EXPECT_THAT(test::run(io, expecting()), StartsWith("HTTP/1.1 100 Continue"));
    EXPECT_EQ(seen.at(1), "POST /a ok");
}

TEST_F(HttpServerTest, LimitsHeaderAndBody) {
    start({.header_bytes_max = 1000, .body_bytes_max = 100});
    const std::string many(2000, 'x');
    const std::string header = exchange("GET / HTTP/1.1\r\nHost: a\r\nX: " + many + "\r\n\r\n");
    EXPECT_THAT(header, StartsWith("HTTP/1.1 431"));
    EXPECT_THAT(header, HasSubstr("\"code\":\"header_too_large\""));
    EXPECT_THAT(exchange("GET /" + many + " HTTP/1.1\r\n\r\n"), StartsWith("HTTP/1.1 431"));
    const std::string body(101, 'x');
    for (const std::string& request :
         {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 101\r\n\r\n" + body,
          std::string("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 18446744073709551615\r\n\r\n"),
          "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n65\r\n" + body + "\r\n0\r\n\r\n"}) {
        const std::string answer = exchange(request);
        EXPECT_THAT(answer, StartsWith("HTTP/1.1 413")) << request;
        EXPECT_THAT(answer, HasSubstr("\"code\":\"too_large\""));
    }
    EXPECT_TRUE(seen.empty());
    EXPECT_THAT(exchange("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n" + body.substr(1)),
                StartsWith("HTTP/1.1 200"));
}

TEST_F(HttpServerTest, TheRefusalOfALargeBodyArrives) {
    start({.body_bytes_max = 100});
    const std::string answer =
        exchange("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 500000\r\n\r\n" + std::string(500'000, 'x'));
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 413")) << "not lost in a reset";
}

TEST_F(HttpServerTest, TakesMoreWhereItIsChosen) {
    start({.body_bytes_max = 100});
    server->takes_more_by([](std::string_view method, std::string_view path) -> std::size_t {
        return method == "PUT" && path == "/large" ? 200 : 0;
    });
    const auto sized = [](std::string_view target, std::size_t size) {
        return fmt::format("{} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{}", target, size,
                           std::string(size, 'x'));
    };
    EXPECT_THAT(exchange(sized("PUT /large?x=1", 200)), StartsWith("HTTP/1.1 200"));
    EXPECT_THAT(seen.at(0), EndsWith(" " + std::string(200, 'x')));
    EXPECT_THAT(exchange(sized("PUT /large", 201)), StartsWith("HTTP/1.1 413"));
    EXPECT_THAT(exchange(sized("POST /large", 101)), StartsWith("HTTP/1.1 413"));
    EXPECT_THAT(exchange(sized("PUT /other", 101)), StartsWith("HTTP/1.1 413"));
    EXPECT_THAT(exchange(sized("PUT /other", 100)), StartsWith("HTTP/1.1 200"));
    const auto chunked = [](std::string_view path, int size) {
        return fmt::format("PUT {} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{}\r\n0\r\n\r\n",
                           path, size, std::string(static_cast<std::size_t>(size), 'x'));
    };
    EXPECT_THAT(exchange(chunked("/large", 200)), StartsWith("HTTP/1.1 200"));
    EXPECT_THAT(exchange(chunked("/large", 201)), StartsWith("HTTP/1.1 413"));
    EXPECT_THAT(exchange(chunked("/other", 101)), StartsWith("HTTP/1.1 413"));
}

TEST_F(HttpServerTest, ALongBodyThatIsTooLongIsRefusedBeforeItComes) {
    start({.body_bytes_max = 100});
    server->takes_more_by([](std::string_view, std::string_view) -> std::size_t { return 200; });
    EXPECT_THAT(exchange("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 201\r\n\r\n", false),
                StartsWith("HTTP/1.1 413"));
    EXPECT_TRUE(seen.empty());
}

TEST_F(HttpServerTest, GarbageIsRefusedAndNobodyElseNotices) {
    start();
    for (const std::string& garbage :
         {std::string("\x16\x03\x01\x02\x00\x01\x00", 7) + "\r\n\r\n", std::string("GET\r\n\r\n"),
          std::string("GET / HTTP/2.0\r\n\r\n"), std::string("GET / HTTP/1.1\r\nno colon\r\n\r\n"),
          std::string("GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n"),
          std::string("GET / HTTP/1.1\r\nX: a\0b\r\n\r\n", 26),
          std::string("POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"),
          std::string("POST / HTTP/1.1\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")}) {
        EXPECT_THAT(exchange(garbage), StartsWith("HTTP/1.1 400")) << garbage;
    }
    EXPECT_TRUE(seen.empty());
    EXPECT_EQ(server->counters().bad_requests, 8U);
    EXPECT_EQ(exchange(""), "");
    EXPECT_EQ(exchange("GET / HT"), "") << "left in the middle: nobody to tell";
    EXPECT_EQ(exchange("GET /throws HTTP/1.1\r\nHost: a\r\n\r\n"), "");
    EXPECT_THAT(exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n"), StartsWith("HTTP/1.1 200"));
}

TEST_F(HttpServerTest, SlowClientsAreLeft) {
    start({.idle_timeout = 1s, .header_timeout = 1s, .body_timeout = 1s});
    auto dawdle = [&](std::string_view text) -> awaitable<std::chrono::milliseconds> {
        tcp::socket socket = co_await connect();
        const auto start = std::chrono::steady_clock::now();
        if (!text.empty()) co_await test::write_text(socket, text);
        co_await test::read_all(socket);
        co_return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start);
    };
    for (const std::string_view text :
         {std::string_view(""), std::string_view("GET / HTTP/1.1\r\nHos"),
          std::string_view("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc")}) {
        const std::chrono::milliseconds taken = test::run(io, dawdle(text));
        EXPECT_GE(taken, 900ms) << text;
        EXPECT_LE(taken, 5s) << text;
    }
    EXPECT_TRUE(seen.empty());
}

TEST_F(HttpServerTest, WhoDoesNotReadTheAnswerIsLeft) {
    server.emplace(io, tcp::endpoint(boost::asio::ip::address_v4::loopback(), 0), Limits{.write_timeout = 1s},
                   [](const Request&) -> awaitable<Response> {
                       co_return Response{.body = std::string(64 << 20, 'x'), .headers = {}};
                   });
    auto stare = [&]() -> awaitable<void> {
        tcp::socket socket = co_await connect();
        co_await test::write_text(socket, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        for (int i = 0; i < 100 && (i < 10 || server->connections() > 0); ++i) co_await test::pause(50ms);
    };
    test::run(io, stare());
    EXPECT_EQ(server->connections(), 0U);
}

TEST_F(HttpServerTest, MoreConnectionsThanAllowedAreClosed) {
    start({.connections_max = 2});
    auto crowd = [&]() -> awaitable<void> {
        tcp::socket first = co_await connect();
        tcp::socket second = co_await connect();
        tcp::socket third = co_await connect();
        const std::string refused = co_await test::read_all(third);
        EXPECT_EQ(refused, "");
        co_await test::write_text(first, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        const std::string served = co_await test::read_until(first, "at /");
        EXPECT_THAT(served, StartsWith("HTTP/1.1 200"));
    };
    test::run(io, crowd());
    EXPECT_EQ(server->counters().connections_refused, 1U);
}

TEST_F(HttpServerTest, StoppingLetsRunningRequestsFinish) {
    start();
    auto last = [&]() -> awaitable<void> {
        tcp::socket idle = co_await connect();
        tcp::socket busy = co_await connect();
        co_await test::write_text(busy, "GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
        co_await test::pause(50ms);
        co_await server->stop(5s);
        EXPECT_EQ(server->connections(), 0U);
        const std::string answer = co_await test::read_all(busy);
        EXPECT_THAT(answer, HasSubstr("at /slow"));
        EXPECT_THAT(answer, HasSubstr("Connection: close\r\n"));
        const std::string nothing = co_await test::read_all(idle);
        EXPECT_EQ(nothing, "");
    };
    test::run(io, last());
}

TEST_F(HttpServerTest, StoppingEndsAfterItsGrace) {
    start({.body_timeout = 30s});
    auto stubborn = [&]() -> awaitable<void> {
        tcp::socket half = co_await connect();
        co_await test::write_text(half, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc");
        co_await test::pause(50ms);
        const auto start = std::chrono::steady_clock::now();
        co_await server->stop(200ms);
        EXPECT_LT(std::chrono::steady_clock::now() - start, 2s);
        EXPECT_EQ(server->connections(), 0U) << "nothing uses the server once stop() is done";
    };
    test::run(io, stubborn());
}

TEST_F(HttpServerTest, HandsOverAnUpgradeWithWhatFollowsIt) {
    start();
    std::optional<tcp::socket> taken;
    std::string target, rest;
    server->upgrades_to([&](tcp::socket socket, UpgradeRequest request, std::string behind) {
        target = std::string(request.target());
        rest = std::move(behind);
        taken = std::move(socket);
    });
    auto upgrade = [&]() -> awaitable<void> {
        tcp::socket socket = co_await connect();
        co_await test::write_text(socket,
                                  "GET /socket.io/?EIO=4 HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: "
                                  "websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
                                  "dGhlIHNhbXBsZSBub25jZQ==\r\n\r\nfirst bytes");
        for (int i = 0; i < 100 && !taken; ++i) co_await test::pause(10ms);
        if (!taken) co_return;
        co_await test::write_text(*taken, "hello");
        taken->close();
        const std::string answer = co_await test::read_all(socket);
        EXPECT_EQ(answer, "hello");
    };
    test::run(io, upgrade());
    ASSERT_TRUE(taken);
    EXPECT_EQ(target, "/socket.io/?EIO=4");
    EXPECT_EQ(rest, "first bytes");
    EXPECT_EQ(server->connections(), 0U);
    EXPECT_TRUE(seen.empty());
}

struct HttpRelayTest : HttpServerTest {
    Upstream upstream;
    std::string received;  // by the upstream

    void relay_to(std::uint16_t port) {
        start();
        upstream.port = port;
        server->relays_to([this](std::string_view path) { return path.starts_with("/api") ? nullptr : &upstream; });
    }
    /// Notes the request and answers `text`.
    test::Peer::Part answering(std::string text) {
        return [this, text = std::move(text)](tcp::socket socket) -> awaitable<void> {
            received = co_await test::read_until(socket, "\r\n\r\n");
            co_await test::write_text(socket, text);
        };
    }
};

TEST_F(HttpRelayTest, PassesRequestAndAnswerOn) {
    test::Peer peer(io,
                    answering("HTTP/1.1 203 Fine\r\nContent-Length: 5\r\nX-Powered-By: test\r\nKeep-Alive: x\r\n\r\n"
                              "hello"));
    relay_to(peer.port());
    const std::string answers = exchange(
        "GET /page?a=b HTTP/1.1\r\nHost: shop.example\r\nX-Forwarded-For: 6.6.6.6\r\nConnection: keep-alive, X-Hop\r\n"
        "X-Hop: 1\r\nCookie: c=d\r\n\r\n"
        "GET /api/x HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_THAT(received, StartsWith("GET /page?a=b HTTP/1.1\r\n"));
    EXPECT_THAT(received, HasSubstr("Host: shop.example\r\n"));
    EXPECT_THAT(received, HasSubstr("X-Forwarded-For: 127.0.0.1\r\n"));
    EXPECT_THAT(received, HasSubstr("X-Forwarded-Host: shop.example\r\n"));
    EXPECT_THAT(received, HasSubstr("Cookie: c=d\r\n"));
    EXPECT_THAT(received, testing::Not(HasSubstr("6.6.6.6")));
    EXPECT_THAT(received, testing::Not(HasSubstr("X-Hop")));
    EXPECT_THAT(answers, StartsWith("HTTP/1.1 203"));
    EXPECT_THAT(answers, HasSubstr("X-Powered-By: test\r\n"));
    EXPECT_THAT(answers, testing::Not(HasSubstr("Keep-Alive: x")));
    EXPECT_THAT(answers, HasSubstr("hello"));
    EXPECT_THAT(answers, EndsWith("at /api/x")) << "the client's connection was kept";
}

TEST_F(HttpRelayTest, StreamsAsItComes) {
    bool may_end = false;
    test::Peer peer(io, [&](tcp::socket socket) -> awaitable<void> {
        co_await test::read_until(socket, "\r\n\r\n");
        co_await test::write_text(socket, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n");
        while (!may_end) co_await test::pause(5ms);
        co_await test::write_text(socket, "6\r\nsecond\r\n0\r\n\r\n");
    });
    relay_to(peer.port());
    auto watch = [&]() -> awaitable<std::string> {
        tcp::socket socket = co_await connect();
        co_await test::write_text(socket, "GET /page HTTP/1.1\r\nHost: a\r\n\r\n");
        std::string answer = co_await test::read_until(socket, "first");
        may_end = true;
        socket.shutdown(tcp::socket::shutdown_send);
        answer += co_await test::read_all(socket);
        co_return answer;
    };
    const std::string answer = test::run(io, watch(), 5s);
    EXPECT_THAT(answer, HasSubstr("second"));
    EXPECT_THAT(answer, EndsWith("0\r\n\r\n"));
}

TEST_F(HttpRelayTest, LargeAnswersComeWhole) {
    const std::string body = [] {
        std::string text;
        for (int i = 0; i < 200'000; ++i) text += static_cast<char>('a' + i % 26);
        return text;
    }();
    test::Peer sized(io, answering(fmt::format("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{}", body.size(), body)));
    relay_to(sized.port());
    EXPECT_THAT(exchange("GET /a HTTP/1.1\r\nHost: a\r\n\r\n"), EndsWith(body));
    test::Peer until_close(io, answering("HTTP/1.1 200 OK\r\n\r\n" + body));
    upstream.port = until_close.port();
    EXPECT_THAT(exchange("GET /a HTTP/1.1\r\nHost: a\r\n\r\n", false), EndsWith(body));
    test::Peer empty(io, answering("HTTP/1.1 304 Not Modified\r\nETag: x\r\n\r\n"));
    upstream.port = empty.port();
    EXPECT_THAT(exchange("GET /a HTTP/1.1\r\nHost: a\r\n\r\n"), HasSubstr("ETag: x"));
    test::Peer head(io, answering("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n"));
    upstream.port = head.port();
    EXPECT_THAT(exchange("HEAD /a HTTP/1.1\r\nHost: a\r\n\r\n"), HasSubstr("Content-Length: 7"));
}

TEST_F(HttpRelayTest, PassesBodiesOn) {
    test::Peer peer(io, [&](tcp::socket socket) -> awaitable<void> {
        received = co_await test::read_until(socket, "abcdefg");
        co_await test::write_text(socket, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    });
    relay_to(peer.port());
    exchange("POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n");
    EXPECT_THAT(received, HasSubstr("Content-Length: 7\r\n"));
    EXPECT_THAT(received, testing::Not(HasSubstr("Transfer-Encoding")));
}

TEST_F(HttpRelayTest, WithoutItsUpstreamItSaysSo) {
    const std::uint16_t port = test::closed_port(io);
    relay_to(port);
    const std::string answer = exchange("GET /page HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 503"));
    EXPECT_THAT(answer, HasSubstr("\"code\":\"unavailable\""));
    test::Peer silent(io, [](tcp::socket socket) -> awaitable<void> {
        co_await test::read_until(socket, "\r\n\r\n");  // and closes
    });
    upstream.port = silent.port();
    EXPECT_THAT(exchange("GET /page HTTP/1.1\r\nHost: a\r\n\r\n"), StartsWith("HTTP/1.1 503"));
    const std::string head = exchange("HEAD /page HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_THAT(head, StartsWith("HTTP/1.1 503"));
    EXPECT_THAT(head, EndsWith("\r\n\r\n")) << "HEAD has no body, not even in a refusal";
    EXPECT_THAT(exchange("GET /api/x HTTP/1.1\r\nHost: a\r\n\r\n"), EndsWith("at /api/x"));
}

TEST_F(HttpRelayTest, AnAnswerThatBreaksOffIsNotCompleted) {
    test::Peer peer(io, answering("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this"));
    relay_to(peer.port());
    const std::string answer = exchange("GET /page HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_THAT(answer, HasSubstr("Content-Length: 100"));
    EXPECT_THAT(answer, EndsWith("only this"));
}

TEST_F(HttpRelayTest, ReachesAnUpstreamOnAUnixSocket) {
    std::string folder = (std::filesystem::temp_directory_path() / "liveshop-http-XXXXXX").string();
    ASSERT_NE(mkdtemp(folder.data()), nullptr);
    {
        using local = boost::asio::local::stream_protocol;
        local::acceptor acceptor(io, local::endpoint(folder + "/socket"));
        auto serve = [&]() -> awaitable<void> {
            local::socket socket = co_await acceptor.async_accept(boost::asio::use_awaitable);
            co_await test::read_until(socket, "\r\n\r\n");
            co_await test::write_text(socket, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nby a file.");
        };
        boost::asio::co_spawn(io, serve(), boost::asio::detached);
        relay_to(0);
        upstream.unix_socket = folder + "/socket";
        EXPECT_THAT(exchange("GET /page HTTP/1.1\r\nHost: a\r\n\r\n"), EndsWith("by a file."));
    }
    std::filesystem::remove_all(folder);
    EXPECT_THAT(exchange("GET /page HTTP/1.1\r\nHost: a\r\n\r\n"), StartsWith("HTTP/1.1 503"));
}

}  // namespace
}  // namespace liveshop::http
