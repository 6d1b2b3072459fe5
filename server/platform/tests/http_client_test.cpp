#include <fmt/format.h>
#include <gtest/gtest.h>

#include "platform/http/client.hpp"
#include "platform/http/server.hpp"
#include "platform/tests/peer.hpp"
#include "tests/support/run.hpp"

namespace liveshop::http {
namespace {

using namespace std::chrono_literals;
using test::Peer;
using test::tcp;
using Result = std::expected<Answer, CallError>;

constexpr std::string_view ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

struct HttpClientTest : testing::Test {
    boost::asio::io_context io{1};
    Client client{io};

    Result get(std::string url, std::chrono::milliseconds timeout = 5s) {
        return test::run(io, client.call({.url = std::move(url), .headers = {}, .body = {}, .timeout = timeout}));
    }
    /// Starts the calls at once and answers when the last has ended.
    std::vector<Result> together(Client& with, const std::vector<Call>& calls) {
        std::vector<Result> results;
        auto all = [&]() -> awaitable<void> {
            for (const Call& call : calls)
                boost::asio::co_spawn(io, with.call(call), [&](std::exception_ptr thrown, Result result) {
                    EXPECT_FALSE(thrown);
                    results.push_back(std::move(result));
                });
            while (results.size() < calls.size()) co_await test::pause(1ms);
        };
        test::run(io, all());
        return results;
    }
    Call call_to(std::string url) { return {.url = std::move(url), .headers = {}, .body = {}, .timeout = 3s}; }
};

TEST_F(HttpClientTest, KeepsTheConnectionForTheNextCall) {
    std::vector<std::string> seen;
    Server server(io, {boost::asio::ip::address_v4::loopback(), 0}, {},
                  [&](const Request& request) -> awaitable<Response> {
                      seen.push_back(fmt::format("{} {}?{} {} {}", request.method, request.path, request.query,
                                                 request.header("x-mark"), request.body));
                      co_return Response{.status = 201, .body = "{}", .headers = {{"X-Answer", "42"}}};
                  });
    const std::string url = fmt::format("http://127.0.0.1:{}", server.port());
    for (int i = 0; i < 3; ++i) {
        const Result answer = test::run(
            io, client.call(
                    {.method = "POST", .url = url + "/a%20b?c=d", .headers = {{"X-Mark", "here"}}, .body = "body"}));
        ASSERT_TRUE(answer) << answer.error().detail;
        EXPECT_EQ(answer->status, 201);
        EXPECT_EQ(answer->header("x-answer"), "42");
        EXPECT_EQ(answer->body, "{}");
    }
    EXPECT_EQ(get(url).value().status, 201) << "a URL without a path";
    EXPECT_EQ(seen[0], "POST /a%20b?c=d here body");
    EXPECT_EQ(seen[3], "GET /?  ");
    EXPECT_EQ(server.counters().connections_accepted, 1U);
    EXPECT_EQ(client.idle_connections(), 1U);
}

TEST_F(HttpClientTest, ConnectionsPerOriginAreBounded) {
    std::size_t most = 0, now = 0;
    Peer peer(io, [&](tcp::socket socket) -> awaitable<void> {
        for (;;) {
            co_await test::read_until(socket, "\r\n\r\n");
            most = std::max(most, ++now);
            co_await test::pause(20ms);
            --now;
            co_await test::write_text(socket, ok);
        }
    });
    Client bounded(io, {.connections_per_origin_max = 2});
    const std::vector<Result> results = together(bounded, std::vector<Call>(6, call_to(peer.url())));
    for (const Result& result : results) EXPECT_TRUE(result);
    EXPECT_EQ(most, 2U);
    EXPECT_EQ(peer.connections, 2);
}

TEST_F(HttpClientTest, WhoWaitsTooLongOrInTooLongALineIsRefusedUnsent) {
    Peer peer(io, [](tcp::socket socket) -> awaitable<void> {
        co_await test::read_until(socket, "\r\n\r\n");
        co_await test::pause(400ms);
        co_await test::write_text(socket, ok);
    });
    Client bounded(io, {.connections_per_origin_max = 1, .waiting_per_origin_max = 1});
    std::vector<Call> calls(3, call_to(peer.url()));
    calls[1].timeout = 50ms;
    const std::vector<Result> results = together(bounded, calls);
    ASSERT_EQ(results.size(), 3U);
    int refused = 0;
    for (const Result& result : results) {
        if (result) continue;
        ++refused;
        EXPECT_EQ(result.error().code, CallErrc::busy);
        EXPECT_FALSE(result.error().sent);
    }
    EXPECT_EQ(refused, 2);
    EXPECT_EQ(peer.connections, 1);
}

TEST_F(HttpClientTest, TheDeadlineIsOfTheWholeCall) {
    Peer silent(io, [](tcp::socket socket) -> awaitable<void> { co_await test::read_all(socket); });
    Peer dripping(io, [](tcp::socket socket) -> awaitable<void> {
        co_await test::read_until(socket, "\r\n\r\n");
        for (const char& c : std::string_view("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")) {
            co_await test::write_text(socket, std::string_view(&c, 1));
            co_await test::pause(50ms);
        }
    });
    for (const std::string& url : {silent.url(), dripping.url()}) {
        const auto start = std::chrono::steady_clock::now();
        const Result result = get(url, 200ms);
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().code, CallErrc::timeout);
        EXPECT_TRUE(result.error().sent);
        EXPECT_LT(std::chrono::steady_clock::now() - start, 1500ms);
    }
}

TEST_F(HttpClientTest, NobodyListensUntilTheSecondAttempt) {
    const std::uint16_t port = test::closed_port(io);
    const Result refused = get(fmt::format("http://127.0.0.1:{}/", port), 250ms);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, CallErrc::unreachable);
    EXPECT_FALSE(refused.error().sent);

    std::unique_ptr<Peer> late;
    boost::asio::steady_timer timer(io, 50ms);
    timer.async_wait([&](auto) { late = std::make_unique<Peer>(io, test::always(std::string(ok)), port); });
    EXPECT_TRUE(get(fmt::format("http://127.0.0.1:{}/", port)));
}

TEST_F(HttpClientTest, WhatWasSentIsNeverRepeated) {
    Peer peer(io, [](tcp::socket socket) -> awaitable<void> {
        co_await test::read_until(socket, "\r\n\r\n");  // and closes
    });
    const Result result = get(peer.url());
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, CallErrc::broken);
    EXPECT_TRUE(result.error().sent);
    EXPECT_EQ(peer.connections, 1);
}

TEST_F(HttpClientTest, AConnectionClosedMeanwhileIsNotUsed) {
    Peer peer(io, [](tcp::socket socket) -> awaitable<void> {
        co_await test::read_until(socket, "\r\n\r\n");
        co_await test::write_text(socket, ok);  // promises to stay, and closes
    });
    for (int i = 1; i <= 3; ++i) {
        EXPECT_TRUE(get(peer.url()));
        test::run(io, test::pause(20ms));
        EXPECT_EQ(peer.connections, i);
    }
}

TEST_F(HttpClientTest, AConnectionThatSpeaksUnaskedIsNotUsed) {
    Peer peer(io, test::always(std::string(ok) + "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil"));
    EXPECT_EQ(get(peer.url()).value().body, "ok");
    EXPECT_EQ(get(peer.url()).value().body, "ok");
    EXPECT_EQ(peer.connections, 2);
}

TEST_F(HttpClientTest, ConnectionCloseIsObeyed) {
    Peer peer(io, test::always("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"));
    EXPECT_TRUE(get(peer.url()));
    EXPECT_EQ(client.idle_connections(), 0U);
}

TEST_F(HttpClientTest, IdleConnectionsAreBoundedOverAllOrigins) {
    Client bounded(io, {.idle_connections_max = 2});
    std::vector<std::unique_ptr<Peer>> peers;
    for (int i = 0; i < 4; ++i) {
        peers.push_back(std::make_unique<Peer>(io, test::always(std::string(ok))));
        EXPECT_TRUE(test::run(io, bounded.call(call_to(peers.back()->url()))));
    }
    EXPECT_EQ(bounded.idle_connections(), 2U);
}

TEST_F(HttpClientTest, AnswersAreLimitedInSize) {
    Client small(io, {.response_bytes_max = 100});
    const std::string body(101, 'x');
    for (const std::string& answer :
         {"HTTP/1.1 200 OK\r\nContent-Length: 101\r\n\r\n" + body,
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n65\r\n" + body + "\r\n0\r\n\r\n",
          "HTTP/1.1 200 OK\r\nX: " + std::string(40'000, 'x') + "\r\n\r\n"}) {
        Peer peer(io, test::always(answer));
        const Result result = test::run(io, small.call(call_to(peer.url())));
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().code, CallErrc::response_too_large);
    }
    Peer peer(io, test::always("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n" + body.substr(1)));
    EXPECT_TRUE(test::run(io, small.call(call_to(peer.url()))));
}

TEST_F(HttpClientTest, AnswersInEveryFraming) {
    const std::vector<std::pair<std::string, std::string>> framings{
        {"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + std::string(ok), "ok"},
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nT: x\r\n\r\n", "abcde"},
        {"HTTP/1.1 204 No Content\r\n\r\n", ""},
        {"HTTP/1.1 302 Found\r\nLocation: http://elsewhere.example/\r\nContent-Length: 0\r\n\r\n", ""},
    };
    for (const auto& [text, body] : framings) {
        Peer peer(io, test::always(text));
        const Result answer = get(peer.url());
        ASSERT_TRUE(answer) << text << answer.error().detail;
        EXPECT_EQ(answer->body, body);
    }
    Peer until_close(io, [](tcp::socket socket) -> awaitable<void> {
        co_await test::read_until(socket, "\r\n\r\n");
        co_await test::write_text(socket, "HTTP/1.0 200 OK\r\n\r\nall of it");
    });
    EXPECT_EQ(get(until_close.url()).value().body, "all of it");
    Peer head(io, test::always("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"));
    const Result answer = test::run(io, client.call({.method = "HEAD", .url = head.url(), .headers = {}, .body = {}}));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->header("content-length"), "1000");
}

TEST_F(HttpClientTest, WhatIsNoHttpIsMalformed) {
    std::string interim;
    for (int i = 0; i < 100; ++i) interim += "HTTP/1.1 100 Continue\r\n\r\n";
    for (const std::string& text : {std::string("SSH-2.0-OpenSSH\r\n\r\n"), std::string("HTTP/9.9 200 OK\r\n\r\n"),
                                    std::string("HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n"),
                                    std::string("HTTP/1.1 200 OK\r\nno colon\r\n\r\n"), interim}) {
        Peer peer(io, test::always(text));
        const Result result = get(peer.url());
        ASSERT_FALSE(result) << text;
        EXPECT_EQ(result.error().code, CallErrc::response_malformed) << text;
    }
}

TEST_F(HttpClientTest, WhatCannotBeSentIsRefused) {
    for (const char* url :
         {"", "/path", "ftp://host/", "http://", "http:///path", "http://user:pass@host/", "http://host:99999/",
          "http://host:0/", "http://ho st/", "http://host/a b", "javascript:0"}) {
        const Result result = get(url);
        ASSERT_FALSE(result) << url;
        EXPECT_EQ(result.error().code, CallErrc::invalid_call) << url;
    }
    Peer peer(io, test::always(std::string(ok)));
    for (const Header& header : {Header{"X", "a\r\nEvil: yes"}, Header{"X\r\nEvil", "a"}, Header{"", "a"},
                                 Header{"X", std::string("a\0b", 3)}, Header{"X Y", "a"}}) {
        const Result result = test::run(io, client.call({.url = peer.url(), .headers = {header}, .body = {}}));
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().code, CallErrc::invalid_call);
    }
    EXPECT_EQ(test::run(io, client.call({.method = "FROB", .url = peer.url(), .headers = {}, .body = {}})).error().code,
              CallErrc::invalid_call);
    EXPECT_EQ(peer.connections, 0);
}

TEST_F(HttpClientTest, NamesAreResolvedAndUnknownOnesSaid) {
    Peer peer(io, test::always(std::string(ok)));
    EXPECT_TRUE(get(peer.url("http", "localhost")));
    const Result result = get("http://no-such-host.invalid/");
    ASSERT_FALSE(result);
    EXPECT_TRUE(result.error().code == CallErrc::unresolved || result.error().code == CallErrc::timeout);
    EXPECT_FALSE(result.error().sent);
}

struct HttpClientTlsTest : HttpClientTest {
    std::string asked_for;  // the server name of the last handshake
    boost::asio::ssl::context tls{boost::asio::ssl::context::tls_server};

    Peer::Part secured(const test::Certificate& certificate) {
        tls.use_private_key(boost::asio::buffer(certificate.key_pem), boost::asio::ssl::context::pem);
        tls.use_certificate_chain(boost::asio::buffer(certificate.certificate_pem));
        return [this](tcp::socket socket) -> awaitable<void> {
            boost::asio::ssl::stream<tcp::socket> stream(std::move(socket), tls);
            co_await stream.async_handshake(boost::asio::ssl::stream_base::server, boost::asio::use_awaitable);
            const char* name = SSL_get_servername(stream.native_handle(), TLSEXT_NAMETYPE_host_name);
            asked_for = name ? name : "";
            for (;;) {
                co_await test::read_until(stream, "\r\n\r\n");
                co_await test::write_text(stream, ok);
            }
        };
    }
};

TEST_F(HttpClientTlsTest, TrustsTheRightCertificateAndNamesTheHost) {
    const auto certificate = test::Certificate::make("DNS:localhost,IP:127.0.0.1");
    Peer peer(io, secured(certificate));
    Client trusting(io, {}, certificate.certificate_pem);
    for (int i = 0; i < 2; ++i) {
        const Result answer = test::run(io, trusting.call(call_to(peer.url("https", "localhost"))));
        ASSERT_TRUE(answer) << answer.error().detail;
        EXPECT_EQ(answer->body, "ok");
    }
    EXPECT_EQ(asked_for, "localhost");
    EXPECT_EQ(peer.connections, 1) << "a TLS connection is kept too";
    ASSERT_TRUE(test::run(io, trusting.call(call_to(peer.url("https")))));
    EXPECT_EQ(asked_for, "") << "an address is no server name (RFC 6066, 3)";
}

TEST_F(HttpClientTlsTest, RefusesAStrangersCertificateAndAnotherHosts) {
    const auto certificate = test::Certificate::make("DNS:elsewhere.example");
    Peer peer(io, secured(certificate));
    const Result stranger = get(peer.url("https", "localhost"));
    ASSERT_FALSE(stranger);
    EXPECT_EQ(stranger.error().code, CallErrc::untrusted);
    EXPECT_FALSE(stranger.error().sent);
    Client trusting(io, {}, certificate.certificate_pem);
    const Result other_host = test::run(io, trusting.call(call_to(peer.url("https", "localhost"))));
    ASSERT_FALSE(other_host);
    EXPECT_EQ(other_host.error().code, CallErrc::untrusted);
}

TEST_F(HttpClientTlsTest, APlainServerIsUnreachableByTls) {
    Peer peer(io, [](tcp::socket socket) -> awaitable<void> {
        co_await test::write_text(socket, "HTTP/1.1 400 Bad Request\r\n\r\n");
        co_await test::read_all(socket);
    });
    const Result result = get(peer.url("https"), 2s);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, CallErrc::unreachable);
}

}  // namespace
}  // namespace liveshop::http
