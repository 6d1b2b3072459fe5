// What a session may do, for how long, and what becomes of it.
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

std::string join(RawClient& client, std::string_view room) {
    client.text(event("join", fmt::format(R"({{"room":"{}"}})", room), "1"));
    return client.frame_but_ping().payload;
}

TEST(Session, EndsWhoDoesNotConnectInTime) {
    Settings settings;
    settings.handshake_timeout = 50ms;
    TestService service(settings);
    RawClient silent(service->port());
    silent.upgrade();
    const auto answer = silent.frame();
    EXPECT_EQ(answer.code(), 1008);
    EXPECT_EQ(answer.reason(), "handshake timeout");
    RawClient early(service->port());
    early.upgrade();
    early.text(event("echo", "1", "1"));
    EXPECT_EQ(early.frame().code(), 1008);
    EXPECT_EQ(service.realtime().totals().disconnects_handshake_timeout, 1U);
    EXPECT_TRUE(service.disconnects().empty());  // nobody was ever let in
}

TEST(Session, TellsAClientWhyItIsNotLetIn) {
    TestService service;
    RawClient client(service->port());
    EXPECT_EQ(client.connect(R"(40{"token":"wrong"})"),
              R"(44{"message":"Sign in again","data":{"code":"token_invalid"}})");
    EXPECT_EQ(client.frame().reason(), "token_invalid");
    RawClient garbage(service->port());
    garbage.upgrade();
    garbage.text("40[1]");
    EXPECT_EQ(garbage.frame().code(), 1008);
}

TEST(Session, PingsAndEndsWhoDoesNotAnswer) {
    Settings settings;
    settings.ping_interval = 60ms;
    settings.ping_timeout = 60ms;
    TestService service(settings);
    RawClient answering(service->port());
    answering.connect();
    RawClient deaf(service->port());
    deaf.connect();
    for (int i = 0; i < 4; ++i) {
        EXPECT_EQ(answering.frame().payload, "2");
        answering.text("3");
    }
    EXPECT_EQ(deaf.frame().payload, "2");
    EXPECT_TRUE(deaf.hung_up());
    EXPECT_EQ(service.realtime().totals().disconnects_ping_timeout, 1U);
    EXPECT_EQ(service.disconnects().front().reason, "ping timeout");
}

TEST(Session, EndsWhenItsIdentityExpiresAndTheEventInHandIsAnswered) {
    Settings settings;
    settings.close_timeout = 100ms;  // looks every 10 ms
    TestService service(settings);
    RawClient lasting(service->port());
    lasting.connect(R"(40{"good_for_ms":60000})");
    RawClient idle(service->port());
    idle.connect(R"(40{"good_for_ms":50})");
    const ServerFrame end = idle.frame();  // no Socket.IO DISCONNECT before it: the client comes back
    EXPECT_EQ(end.code(), 1008);
    EXPECT_EQ(end.reason(), "token_expired");
    RawClient busy(service->port());
    busy.connect(R"(40{"good_for_ms":50})");
    busy.text(event("wait", "300", "1"));
    EXPECT_EQ(busy.frame().payload, R"(431["done"])");
    EXPECT_EQ(busy.frame().reason(), "token_expired");
    lasting.text(event("echo", "true", "1"));
    EXPECT_EQ(lasting.frame().payload, "431[true]");
    EXPECT_EQ(service.realtime().totals().disconnects_expired, 2U);
}

TEST(Session, RefusesEventsOverTheRateAndEndsAFlood) {
    Settings settings;
    settings.events_per_second = 0.001;
    settings.events_burst = 10;
    TestService service(settings);
    RawClient client(service->port());
    client.connect();  // one token
    std::string bytes;
    for (int i = 0; i < 15; ++i) bytes += client_frame(1, event("echo", "true", fmt::to_string(i)));
    client.write(bytes);
    std::map<std::string, int> answers;
    for (int i = 0; i < 15; ++i) {
        const auto payload = client.frame().payload;
        ++answers[payload.substr(payload.find('['))];
    }
    EXPECT_EQ(answers["[true]"], 9);
    EXPECT_EQ(answers.rbegin()->first.find("rate_limited") != std::string::npos ? answers.rbegin()->second : 0, 6);
    client.write(bytes);
    ServerFrame last = client.frame();
    while (last.opcode != 8) last = client.frame();
    EXPECT_EQ(last.code(), 1008);
    EXPECT_EQ(last.reason(), "flooding");
    EXPECT_EQ(service.realtime().totals().disconnects_flooding, 1U);
}

TEST(Session, CountsControlFramesAndFragmentsAsEvents) {
    Settings settings;
    settings.events_per_second = 0.001;
    settings.events_burst = 10;
    TestService service(settings);
    for (const auto& frame : {client_frame(10, ""), client_frame(1, "", false)}) {
        RawClient client(service->port());
        client.connect();
        std::string bytes = frame;
        const auto more = frame == client_frame(10, "") ? frame : client_frame(0, "", false);
        for (int i = 0; i < 30; ++i) bytes += more;
        client.write(bytes);
        EXPECT_EQ(client.frame().reason(), "flooding");
    }
}

TEST(Session, KeepsOnlySoManyEventsWaiting) {
    Settings settings;
    settings.events_waiting_max = 3;
    TestService service(settings);
    RawClient client(service->port());
    client.connect();
    client.text(event("wait", "100", "1"));
    std::string bytes;
    for (int i = 2; i < 8; ++i) bytes += client_frame(1, event("echo", "true", fmt::to_string(i)));
    std::this_thread::sleep_for(20ms);  // the first is being handled by now, and no longer waits
    client.write(bytes);
    int refused = 0;
    for (int i = 0; i < 7; ++i) refused += client.frame().payload.find("too_many_waiting") != std::string::npos ? 1 : 0;
    EXPECT_EQ(refused, 3);
}

TEST(Session, LimitsRoomsOfASession) {
    Settings settings;
    settings.rooms_per_session_max = 2;
    TestService service(settings);
    RawClient client(service->port());
    client.connect();
    EXPECT_EQ(join(client, "a"), "431[true]");
    EXPECT_EQ(join(client, "b"), "431[true]");
    EXPECT_EQ(join(client, "c"), "431[false]");
    EXPECT_EQ(join(client, "b"), "431[true]");  // it is in already
    EXPECT_EQ(service.realtime().members("c"), 0U);
}

TEST(Session, LimitsConnectionsOfAnAddressAndInAll) {
    Settings settings;
    settings.connections_per_address_max = 2;
    TestService service(settings);
    RawClient one(service->port());
    one.connect();
    {
        RawClient two(service->port());
        two.connect();
        RawClient three(service->port());
        three.write(RawClient::request());
        EXPECT_TRUE(three.read_head().starts_with("HTTP/1.1 429 "));
        EXPECT_NE(three.read_all().find("address_full"), std::string::npos);
    }
    EXPECT_TRUE(Service::eventually([&] { return service.realtime().totals().connections == 1; }));
    RawClient four(service->port());
    EXPECT_TRUE(four.connect().starts_with("40"));

    Settings small;
    small.connections_max = 1;
    TestService other(small);
    RawClient first(other->port());
    first.connect();
    RawClient second(other->port());
    second.write(RawClient::request());
    EXPECT_TRUE(second.read_head().starts_with("HTTP/1.1 503 "));
}

TEST(Session, SaysInHttpWhyItDoesNotUpgrade) {
    TestService service;
    RawClient client(service->port());
    client.write(RawClient::request("/socket.io/?EIO=3&transport=websocket"));
    EXPECT_TRUE(client.read_head().starts_with("HTTP/1.1 400 "));
    EXPECT_NE(client.read_all().find(R"("code":5)"), std::string::npos);
    RawClient evil(service->port());
    evil.write(RawClient::request(RawClient::target, "Origin: https://evil.example\r\n"));
    EXPECT_TRUE(evil.read_head().starts_with("HTTP/1.1 403 "));
}

TEST(Session, ManagesRoomsFromAnyThread) {
    TestService service({}, {.threads = 2});
    RawClient viewer(service->port(0));
    RawClient banned(service->port(1));
    viewer.connect();
    banned.connect();
    for (auto* client : {&viewer, &banned}) join(*client, "demo:stream:1");
    join(banned, "demo:user:9");
    EXPECT_EQ(service.realtime().members("demo:stream:1"), 2U);

    service.realtime().evict("demo:user:9", "demo:stream:1");
    EXPECT_TRUE(Service::eventually([&] { return service.realtime().members("demo:stream:1") == 1; }));
    service.realtime().emit("demo:stream:1", "said", R"("viewers only")");
    EXPECT_EQ(viewer.frame().payload, R"(42["said","viewers only"])");

    service.realtime().disconnect("demo:user:9", "banned");
    EXPECT_EQ(banned.frame().payload, "41");
    const auto goodbye = banned.frame();
    EXPECT_EQ(goodbye.code(), 1000);
    EXPECT_EQ(goodbye.reason(), "banned");
    ASSERT_TRUE(Service::eventually([&] { return service.disconnects().size() == 1; }));
    EXPECT_EQ(service.disconnects()[0].reason, "banned");
    EXPECT_EQ(service.disconnects()[0].rooms, (std::vector<std::string>{"demo:user:9"}));
}

TEST(Session, TellsOfADisconnectAfterTheLastHandler) {
    TestService service;
    {
        RawClient client(service->port());
        client.connect();
        join(client, "demo:stream:1");
        client.text(event("wait", "80", "1"));
        std::this_thread::sleep_for(20ms);
    }
    EXPECT_TRUE(Service::eventually([&] { return service.realtime().members("demo:stream:1") == 0; }));
    EXPECT_TRUE(service.disconnects().empty());
    EXPECT_TRUE(Service::eventually([&] { return service.disconnects().size() == 1; }));
    EXPECT_EQ(service.disconnects()[0].rooms, (std::vector<std::string>{"demo:stream:1"}));
}

}  // namespace
}  // namespace liveshop::realtime::testing
