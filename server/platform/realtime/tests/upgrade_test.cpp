#include "platform/realtime/upgrade.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <vector>

namespace liveshop::realtime {
namespace {

namespace http = boost::beast::http;

HttpRequest good_request() {
    HttpRequest request{http::verb::get, "/socket.io/?EIO=4&transport=websocket", 11};
    request.set(http::field::host, "shop.example:8443");
    request.set(http::field::upgrade, "websocket");
    request.set(http::field::connection, "keep-alive, Upgrade");
    request.set(http::field::sec_websocket_version, "13");
    request.set(http::field::sec_websocket_key, "dGhlIHNhbXBsZSBub25jZQ==");
    return request;
}

TEST(Upgrade, AnswersTheExampleOfTheRfc) {
    const auto accept = check_upgrade(good_request(), {});
    ASSERT_TRUE(accept);
    EXPECT_EQ(accept->accept, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    EXPECT_EQ(encode_switching_protocols(accept->accept),
              "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
              "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n");
}

struct Refused {
    std::function<void(HttpRequest&)> change;
    unsigned status;
    std::string code;
};

TEST(Upgrade, RefusesWithACodeAndASentence) {
    const auto header = [](http::field name, std::string value) {
        return [=](HttpRequest& request) { request.set(name, value); };
    };
    const auto target = [](std::string value) { return [=](HttpRequest& request) { request.target(value); }; };
    const std::vector<Refused> cases{
        {target("/socket.io/?EIO=3&transport=websocket"), 400, "unsupported_protocol_version"},
        {target("/socket.io/"), 400, "unsupported_protocol_version"},
        {target("/socket.io/?EIO=4&transport=polling"), 400, "transport_unknown"},
        {target("/socket.io/?EIO=4&transport=websocket&sid=abc"), 400, "session_unknown"},
        {target("/elsewhere/?EIO=4&transport=websocket"), 404, "not_found"},
        {target("/socket.io/%zz?EIO=4"), 400, "bad_url"},
        {[](HttpRequest& request) { request.method(http::verb::post); }, 400, "bad_upgrade"},
        {[](HttpRequest& request) { request.version(10); }, 400, "bad_upgrade"},
        {header(http::field::upgrade, "h2c"), 426, "bad_upgrade"},
        {header(http::field::connection, "close"), 426, "bad_upgrade"},
        {header(http::field::sec_websocket_version, "8"), 426, "bad_upgrade"},
        {header(http::field::sec_websocket_key, "short=="), 400, "bad_upgrade"},
        {header(http::field::sec_websocket_key, "dGhlIHNhbXBsZSBub25jZ***"), 400, "bad_upgrade"},
        {header(http::field::origin, "https://evil.example"), 403, "origin_forbidden"},
        {header(http::field::origin, "https://shop.example"), 403, "origin_forbidden"},
        {header(http::field::origin, "null"), 403, "origin_forbidden"},
    };
    for (const auto& test : cases) {
        auto request = good_request();
        test.change(request);
        const auto accept = check_upgrade(request, {});
        ASSERT_FALSE(accept) << test.code;
        EXPECT_EQ(accept.error().status, test.status) << test.code;
        EXPECT_EQ(accept.error().code, test.code) << test.code;
        EXPECT_FALSE(accept.error().message.empty());
    }
}

TEST(Upgrade, LetsInTheSameHostTheListedAndThoseWithoutAnOrigin) {
    auto request = good_request();
    EXPECT_TRUE(check_upgrade(request, {}));
    request.set(http::field::origin, "https://Shop.example:8443");
    EXPECT_TRUE(check_upgrade(request, {}));
    request.set(http::field::origin, "capacitor://localhost");
    EXPECT_FALSE(check_upgrade(request, {}));
    Settings settings;
    settings.allowed_origins = {"capacitor://localhost"};
    EXPECT_TRUE(check_upgrade(request, settings));
    settings.allowed_origins = {"*"};
    request.set(http::field::origin, "https://anywhere.example");
    EXPECT_TRUE(check_upgrade(request, settings));
}

TEST(Upgrade, RefusalsAreWholeResponses) {
    const auto response = encode_refusal({.status = 429, .code = "address_full", .message = "Too many \"x\""});
    EXPECT_TRUE(response.starts_with("HTTP/1.1 429 Too Many Requests\r\n")) << response;
    EXPECT_NE(response.find("Retry-After: 5\r\n"), std::string::npos);
    const auto body = response.substr(response.find("\r\n\r\n") + 4);
    EXPECT_EQ(body, R"({"code":4,"message":"Too many \"x\"","error":"address_full"})");
    EXPECT_NE(response.find("Content-Length: " + std::to_string(body.size()) + "\r\n"), std::string::npos);
}

}  // namespace
}  // namespace liveshop::realtime
