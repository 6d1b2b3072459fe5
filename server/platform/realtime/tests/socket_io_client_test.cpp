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

// Runs a script of client/ and returns the JSON it prints.
json::value run_client(std::string_view script, std::string_view arguments) {
    const auto command = fmt::format("node '{}' '{}' {}", (source_folder / "client" / script).string(),
                                     modules_folder().string(), arguments);
    std::unique_ptr<FILE, int (*)(FILE*)> output(::popen(command.c_str(), "r"), ::pclose);
    std::string text;
    std::array<char, 4096> part;
    while (const auto count = std::fread(part.data(), 1, part.size(), output.get())) text.append(part.data(), count);
    boost::system::error_code error;
    auto value = json::parse(text, error);
    EXPECT_FALSE(error) << command << " printed: " << text;
    return value;
}

TEST(SocketIoClient, ConnectsAsksJoinsHearsAndIsRefused) {
    Settings settings;
    settings.events_per_second = 20;
    TestService service(settings, 2);
    const auto seen = run_client("scenario.mjs", fmt::format("{} {}", service->port(0), service->port(1)));
    ASSERT_TRUE(seen.is_object());
    const auto expected = json::parse(R"({
        "id_length": 20,
        "welcome": {"id": 1},
        "transport": "websocket",
        "echo": {"text": "Grüße 🛒", "list": [1, 2.5, null, true]},
        "long_echo_equal": true,
        "failed": {"error": {"code": "internal", "message": "Something went wrong on our side: try again"}},
        "joined": [true, true],
        "said": ["hello room", "hello room"],
        "after_leaving": 0,
        "binary": {"error": {"code": "binary_not_supported",
                             "message": "Send files to their endpoint, not in an event"}},
        "after_binary": "still here",
        "flood_refused": true,
        "flood_answered": true,
        "connect_error": {"message": "Sign in again", "data": {"code": "token_invalid"}},
        "other_namespace": {"message": "Invalid namespace", "data": {"code": "invalid_namespace"}},
        "kicked": "io server disconnect"
    })");
    for (const auto& [key, value] : expected.as_object()) {
        EXPECT_EQ(json::serialize(seen.at(key)), json::serialize(value)) << key;
    }
    EXPECT_TRUE(Service::eventually([&] { return service.disconnects().size() == 2; }));
    EXPECT_EQ(service.realtime().members("demo:stream:1"), 0U);
}

}  // namespace
}  // namespace liveshop::realtime::testing
