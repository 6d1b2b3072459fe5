// The protocol on real sockets, against a client that can misbehave.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <latch>

#include "raw_client.hpp"
#include "service.hpp"

namespace liveshop::realtime::testing {
namespace {

using namespace std::chrono_literals;

std::string event(std::string_view name, std::string_view argument, std::string_view ack_id = "") {
    return fmt::format(R"(42{}["{}",{}])", ack_id, name, argument);
}

TEST(Protocol, OpensConnectsAndAcks) {
    TestService service;
    RawClient client(service->port());
    const auto open = json::parse(client.upgrade().substr(1));
    EXPECT_EQ(open.at("sid").as_string().size(), 20U);
    EXPECT_EQ(open.at("pingInterval"), 25'000);
    EXPECT_EQ(open.at("maxPayload"), 65'536);
    client.text(R"(40{"token":"right"})");
    const auto connected = json::parse(client.frame().payload.substr(2));
    EXPECT_NE(connected.at("sid"), open.at("sid"));  // the one is told to others, the other is not
    EXPECT_EQ(client.frame().payload, R"(42["welcome",{"id":1}])");
    client.text(event("echo", R"({"a":[1,2]})", "0"));
    EXPECT_EQ(client.frame().payload, R"(430[{"a":[1,2]}])");
    EXPECT_EQ(service.realtime().totals().sessions, 1U);
}

TEST(Protocol, TakesWhatCameWithTheRequest) {
    TestService service;
    RawClient client(service->port());
    client.write(RawClient::request() + client_frame(1, "40") + client_frame(1, event("echo", "7", "1")));
    EXPECT_TRUE(client.read_head().starts_with("HTTP/1.1 101 "));
    EXPECT_TRUE(client.frame().payload.starts_with("0{"));
    EXPECT_TRUE(client.frame().payload.starts_with("40{"));
    EXPECT_TRUE(client.frame().payload.starts_with("42"));
    EXPECT_EQ(client.frame().payload, "431[7]");
}

TEST(Protocol, AnswersEventsOfOneSessionInOrder) {
    TestService service;
    RawClient client(service->port());
    client.connect();
    client.write(client_frame(1, event("wait", "50", "1")) + client_frame(1, event("echo", "2", "2")) +
                 client_frame(1, event("echo", "3", "3")) + client_frame(9, "still here?"));
    EXPECT_EQ(client.frame().payload, "still here?");  // a pong does not wait for the handler
    EXPECT_EQ(client.frame().payload, R"(431["done"])");
    EXPECT_EQ(client.frame().payload, "432[2]");
    EXPECT_EQ(client.frame().payload, "433[3]");
}

struct Violation {
    const char* what;
    std::string bytes;  // sent after CONNECT was answered
    int close_code;
};

TEST(Protocol, ClosesWithTheRightCodeAndOthersDoNotNotice) {
    TestService service;
    RawClient bystander(service->port());
    bystander.connect();
    const std::vector<Violation> cases{
        {"an unmasked frame", "\x81\x01x", 1002},
        {"a message over the limit", client_frame(1, std::string(65'537, 'x')), 1009},
        {"text that is not UTF-8", client_frame(1, "42[\"a\",\"\xff\"]"), 1007},
        {"binary out of the blue", client_frame(2, "x"), 1003},
        {"an unknown Engine.IO packet", client_frame(1, "9"), 1008},
        {"an empty message", client_frame(1, ""), 1008},
        {"an Engine.IO ping from a client", client_frame(1, "2probe"), 1008},
        {"an unknown Socket.IO packet", client_frame(1, "49"), 1008},
        {"an event in another namespace", client_frame(1, R"(42/admin,["a"])"), 1008},
        {"a second CONNECT", client_frame(1, "40"), 1008},
        {"a CONNECT_ERROR", client_frame(1, "44{}"), 1008},
        {"a text where an attachment is due", client_frame(1, R"(451-["a"])") + client_frame(1, "3"), 1008},
        {"a close without a code", client_frame(8, ""), 1000},
        {"a close with a code of its own", client_frame(8, std::string("\x0f\xa0", 2)), 4000},
        {"a close with a forbidden code", client_frame(8, std::string("\x03\xed", 2)), 1002},
        {"an Engine.IO close", client_frame(1, "1"), 1000},
        {"a Socket.IO disconnect", client_frame(1, "41"), 1000},
    };
    for (const auto& test : cases) {
        RawClient client(service->port());
        client.connect();
        client.write(test.bytes);
        const auto answer = client.frame();
        EXPECT_EQ(answer.opcode, 8) << test.what;
        EXPECT_EQ(answer.code(), test.close_code) << test.what << ": " << answer.reason();
        EXPECT_TRUE(client.hung_up()) << test.what;
    }
    bystander.text(event("echo", "1", "1"));
    EXPECT_EQ(bystander.frame().payload, "431[1]");
    EXPECT_TRUE(Service::eventually([&] { return service.disconnects().size() == cases.size(); }));
}

TEST(Protocol, RefusesEventsItDoesNotUnderstandAndStays) {
    TestService service;
    RawClient client(service->port());
    client.connect();
    for (const auto* packet : {R"(421["a")", R"(421["disconnect"])", "421[]", R"(421["a","\ud800"])"}) {
        client.text(packet);
        EXPECT_TRUE(client.frame().payload.contains(R"("code":"bad_event")")) << packet;
    }
    client.write(client_frame(1, R"(452-1["upload",{"_placeholder":true,"num":0}])") + client_frame(2, "a") +
                 client_frame(2, "b"));
    EXPECT_TRUE(client.frame().payload.contains(R"("code":"binary_not_supported")"));
    client.text(event("echo", "1", "2"));
    EXPECT_EQ(client.frame().payload, "432[1]");
}

}  // namespace
}  // namespace liveshop::realtime::testing
