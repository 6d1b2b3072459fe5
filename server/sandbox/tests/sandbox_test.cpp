// The sandbox over sockets: pages, faults, and Stripe's own client library.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <boost/asio/ip/tcp.hpp>
#include <cstdio>

#include "platform/http/client.hpp"
#include "sandbox/tests/running_sandbox.hpp"
#include "sandbox/webhooks.hpp"
#include "tests/support/run.hpp"

namespace liveshop::sandbox {
namespace {

struct SandboxTest : testing::Test {
    ScratchFolder folder;
    boost::asio::io_context io{1};
    http::Client client{io};

    std::expected<http::Answer, http::CallError> call(std::string method, std::string url, std::string body = "",
                                                      std::chrono::milliseconds timeout = std::chrono::seconds(10)) {
        http::Call call{.method = std::move(method),
                        .url = std::move(url),
                        .headers = {{"Authorization", "Bearer " + std::string(Bank::secret_key)}},
                        .body = std::move(body),
                        .timeout = timeout};
        return test::run(io, client.call(std::move(call)));
    }
};

std::uint16_t free_port() {
    boost::asio::io_context io;
    boost::asio::ip::tcp::acceptor acceptor(io, {boost::asio::ip::address_v4::loopback(), 0});
    return acceptor.local_endpoint().port();
}

TEST_F(SandboxTest, StripesOwnClientLibraryWorks) {
    const std::uint16_t webhook_port = free_port();
    RunningSandbox sandbox(folder.path, webhook_port);
    const std::string script = (std::filesystem::path(__FILE__).parent_path() / "client" / "payments.mjs").string();
    const std::string command =
        "SANDBOX_PORT=" + std::to_string(sandbox.port()) + " SECRET_KEY=" + std::string(Bank::secret_key) +
        " PUBLISHABLE_KEY=" + std::string(Bank::publishable_key) + " WEBHOOK_PORT=" + std::to_string(webhook_port) +
        " WEBHOOK_SECRET=" + std::string(RunningSandbox::webhook_secret) + " node '" + script + "' 2>&1";
    FILE* node = popen(command.c_str(), "r");
    ASSERT_NE(node, nullptr);
    std::string output;
    std::array<char, 4096> piece;
    while (const std::size_t size = fread(piece.data(), 1, piece.size(), node)) output.append(piece.data(), size);
    const int status = pclose(node);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << output << "(e2e needs `npm ci`)";
    EXPECT_THAT(output, testing::HasSubstr("pass 10"));
}

TEST_F(SandboxTest, TheCardFrameMayBeFramedByTheShopOnly) {
    RunningSandbox sandbox(folder.path);
    const auto page = call("GET", sandbox.url() + "/elements/card?theme=dark");
    ASSERT_TRUE(page);
    EXPECT_EQ(page->status, 200);
    EXPECT_THAT(page->header("content-security-policy"),
                testing::HasSubstr("frame-ancestors http://localhost:8080 http://127.0.0.1:8080"));
    EXPECT_THAT(page->body, testing::HasSubstr("data-theme=\"dark\""));
    EXPECT_THAT(page->body, testing::Not(testing::HasSubstr(std::string(Bank::secret_key))));
    EXPECT_EQ(call("GET", sandbox.url() + "/elements/card.js")->status, 200);
    EXPECT_EQ(call("GET", sandbox.url() + "/elements/card.css")->header("content-type"), "text/css; charset=utf-8");
    std::string many;
    for (int i = 0; i < 101; ++i) many += "a=b&";
    EXPECT_EQ(call("GET", sandbox.url() + "/elements/card?" + many)->status, 400);
    EXPECT_EQ(call("GET", sandbox.url() + "/")->status, 200);
    EXPECT_EQ(call("GET", sandbox.url() + "/nothing")->status, 404);
    EXPECT_EQ(call("GET", sandbox.url() + "/challenge/pi_none?client_secret=x")->status, 404);
}

TEST_F(SandboxTest, WhatTheAnswerWasLostOfHasHappened) {
    RunningSandbox sandbox(folder.path);
    ASSERT_EQ(call("POST", sandbox.url() + "/sandbox/faults", R"({"next":"timeout"})")->status, 204);
    const auto lost = call("POST", sandbox.url() + "/v1/customers", "name=Ada", std::chrono::milliseconds(300));
    ASSERT_FALSE(lost);
    EXPECT_EQ(lost.error().code, http::CallErrc::timeout);
    EXPECT_TRUE(lost.error().sent);
    const auto events = call("GET", sandbox.url() + "/v1/events?type=customer.created");
    EXPECT_THAT(events->body, testing::HasSubstr("\"name\":\"Ada\""));
    EXPECT_EQ(call("POST", sandbox.url() + "/sandbox/faults", R"({"next":"earthquake"})")->status, 400);
    EXPECT_EQ(call("POST", sandbox.url() + "/sandbox/faults", "{")->status, 400);
}

TEST_F(SandboxTest, EventsThatWereNotTakenAreSentAfterARestart) {
    const std::uint16_t webhook_port = free_port();
    {
        RunningSandbox sandbox(folder.path, webhook_port);
        ASSERT_EQ(call("POST", sandbox.url() + "/v1/customers", "name=Ada")->status, 200);
    }
    boost::asio::ip::tcp::acceptor acceptor(io, {boost::asio::ip::address_v4::loopback(), webhook_port});
    RunningSandbox sandbox(folder.path, webhook_port);
    auto accept = [&]() -> boost::asio::awaitable<std::string> {
        auto socket = co_await acceptor.async_accept(boost::asio::use_awaitable);
        std::string received;
        while (received.find("customer.created") == received.npos)
            co_await boost::asio::async_read(socket, boost::asio::dynamic_buffer(received),
                                             boost::asio::transfer_at_least(1), boost::asio::use_awaitable);
        co_await boost::asio::async_write(
            socket, boost::asio::buffer(std::string_view("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")),
            boost::asio::use_awaitable);
        co_return received;
    };
    EXPECT_THAT(test::run(io, accept()), testing::HasSubstr("Stripe-Signature: t="));
}

TEST(StripeSignature, IsTheHmacOfTimeAndPayload) {
    // echo -n '1700000000.{"id":"evt_1"}' | openssl dgst -sha256 -hmac whsec_test
    EXPECT_EQ(stripe_signature(R"({"id":"evt_1"})", "whsec_test", 1'700'000'000),
              "t=1700000000,v1=c89214b5b5da833daed6f0b8c5bb6bd58cea9022bd80ccc78230f3942d632925");
}

TEST(Settings, WhatIsWrongIsSaid) {
    boost::asio::io_context io;
    Settings settings;
    EXPECT_THROW(Sandbox(io, settings), std::runtime_error);
    settings.stripe_secret_key = ForeignSecret("sk");
    settings.stripe_publishable_key.value = "pk";
    settings.sandbox_address = "localhost";
    EXPECT_THROW(Sandbox(io, settings), std::runtime_error);
}

}  // namespace
}  // namespace liveshop::sandbox
