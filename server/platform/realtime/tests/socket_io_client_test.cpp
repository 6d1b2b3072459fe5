// The proof of the protocol: the npm package socket.io-client, unmodified, in Node.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <array>
#include <boost/json.hpp>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "service.hpp"

namespace liveshop::realtime::testing {
namespace {

namespace fs = std::filesystem;

const fs::path source_folder = fs::path(__FILE__).parent_path();

// e2e/ of the checkout, or where the environment says socket.io-client is installed.
fs::path modules_folder() {
    if (const auto* folder = std::getenv("LIVESHOP_E2E_FOLDER")) return folder;
    return source_folder.parent_path().parent_path().parent_path().parent_path() / "e2e";
}

// A script of client/ under way; it prints lines of JSON.
class Client {
  public:
    Client(std::string_view script, std::string_view arguments)
        : output_(::popen(fmt::format("node '{}' '{}' {}", (source_folder / "client" / script).string(),
                                      modules_folder().string(), arguments)
                              .c_str(),
                          "r"),
                  ::pclose) {}

    json::value line() {
        std::string text;
        std::array<char, 4096> part;
        while (!text.ends_with('\n') && std::fgets(part.data(), part.size(), output_.get())) text += part.data();
        boost::system::error_code error;
        auto value = json::parse(text, error);
        EXPECT_FALSE(error) << "the client printed: " << text;
        return value;
    }

  private:
    std::unique_ptr<FILE, int (*)(FILE*)> output_;
};

struct Transports {
    std::string arguments;  // of the script
    std::string in_the_end;
};

class SocketIoClientOver : public ::testing::TestWithParam<Transports> {};

// On one port, so that any request of a client may come to any thread.
TEST_P(SocketIoClientOver, ConnectsAsksJoinsHearsAndIsRefused) {
    TestService service({}, {.threads = 3, .on_one_port = true});
    const auto port = service->port();
    const auto seen = Client("scenario.mjs", fmt::format("{} {} {}", port, port, GetParam().arguments)).line();
    ASSERT_TRUE(seen.is_object());
    auto expected = json::parse(R"({
        "id_length": 20,
        "welcome": {"id": 1},
        "echo": {"text": "Grüße 🛒", "list": [1, 2.5, null, true]},
        "long_echo_equal": true,
        "failed": {"ok": false, "error": {"type": "urn:liveshop:internal",
                                          "title": "Something went wrong on our side: try again",
                                          "status": 500, "code": "internal"}},
        "joined": [true, true],
        "said": ["hello room", "hello room"],
        "after_leaving": 0,
        "binary": {"ok": false, "error": {"type": "urn:liveshop:binary_not_supported",
                                          "title": "Send files to their endpoint, not in an event",
                                          "status": 415, "code": "binary_not_supported"}},
        "after_binary": "still here",
        "flood_refused": true,
        "flood_answered": true,
        "connect_error": {"message": "Sign in again", "data": {"code": "token_invalid"}},
        "other_namespace": {"message": "Invalid namespace", "data": {"code": "invalid_namespace"}},
        "kicked": "io server disconnect"
    })");
    expected.as_object().emplace("transport", GetParam().in_the_end);
    for (const auto& [key, value] : expected.as_object()) {
        EXPECT_EQ(json::serialize(seen.at(key)), json::serialize(value)) << key;
    }
    EXPECT_TRUE(Service::eventually([&] { return service.disconnects().size() == 2; }));
    EXPECT_EQ(service.realtime().members("demo:stream:1"), 0U);
}

// Connection state recovery: each event once and in order, whatever carries them.
TEST_P(SocketIoClientOver, GoesOnAfterAShortDisconnect) {
    TestService service({}, {.threads = 3, .on_one_port = true, .recovers = Recovers::yes});
    Client client("recover.mjs", fmt::format("{} {}", service->port(), GetParam().arguments));
    EXPECT_EQ(json::serialize(client.line()), R"({"recovered":true,"same_id":true,"heard":"0 1 2 3 4 5 6 7 8 9"})");
    EXPECT_EQ(service.realtime().totals().recoveries, 1U);
}

INSTANTIATE_TEST_SUITE_P(Transports, SocketIoClientOver,
                         ::testing::Values(Transports{"", "websocket"}, Transports{"polling", "polling"},
                                           Transports{"websocket", "websocket"},
                                           Transports{"websocket polling", "websocket"}),
                         [](const auto& test) {
                             auto name = test.param.arguments.empty() ? "by_default" : test.param.arguments;
                             std::ranges::replace(name, ' ', '_');
                             return name;
                         });

TEST(SocketIoClient, ComesBackAfterARestart) {
    auto service = std::make_unique<TestService>();
    const auto port = (*service)->port();
    Client client("restart.mjs", fmt::to_string(port));
    EXPECT_EQ(client.line(), "connected");
    (*service)->shutdown(std::chrono::seconds(2));
    service = nullptr;
    service = std::make_unique<TestService>(Settings{}, ServiceOptions{.port = port});
    const auto seen = client.line();
    ASSERT_TRUE(seen.is_object());
    EXPECT_EQ(json::serialize(seen),
              R"({"reason":"transport close","close_code":1001,"recovered":false,"same_id":false,"echo":"again"})");
}

TEST(SocketIoClient, ComesBackWithAFreshTokenWhenItsOwnExpires) {
    Settings settings;
    settings.close_timeout = std::chrono::milliseconds(100);  // looks every 10 ms
    TestService service(settings);
    Client client("renew.mjs", fmt::to_string(service->port()));
    EXPECT_EQ(json::serialize(client.line()),
              R"({"reason":"transport close","description":"token_expired","handshakes":2,"echo":"again"})");
}

TEST(SocketIoClient, StaysThroughPings) {
    Settings settings;
    settings.ping_interval = std::chrono::milliseconds(100);
    settings.ping_timeout = std::chrono::milliseconds(200);
    TestService service(settings);
    Client client("stay.mjs", fmt::format("{} 1000", service->port()));
    EXPECT_EQ(json::serialize(client.line()), R"({"disconnects":0,"echo":"still here"})");
    EXPECT_EQ(service.realtime().totals().disconnects_ping_timeout, 0U);
}

}  // namespace
}  // namespace liveshop::realtime::testing
