// The polling transport and its upgrade, on real sockets, against clients that can misbehave.
#include "platform/realtime/polling.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "poll_client.hpp"
#include "raw_client.hpp"
#include "service.hpp"

namespace liveshop::realtime::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr std::string_view room = "demo:stream:1";
constexpr std::string_view join_room = R"(421["join",{"room":"demo:stream:1"}])";

TEST(Polling, OpensConnectsAndAcks) {
    TestService service;
    PollClient client(service->port());
    const auto open = json::parse(client.open().substr(1));
    EXPECT_EQ(open.at("sid").as_string().size(), 20U);
    EXPECT_EQ(json::serialize(open.at("upgrades")), R"(["websocket"])");
    EXPECT_EQ(open.at("pingInterval"), 25'000);
    EXPECT_EQ(open.at("maxPayload"), 65'536);
    EXPECT_EQ(client.post("40"), "ok");
    EXPECT_THAT(client.packet(), StartsWith(R"(40{"sid":")"));
    EXPECT_EQ(client.packet(), R"(42["welcome",{"id":1}])");
    EXPECT_EQ(client.post("421[\"echo\",1]\x1e"
                          "422[\"echo\",{\"a\":[\"é\"]}]"),
              "ok");
    EXPECT_EQ(client.packet(), "431[1]");
    EXPECT_EQ(client.packet(), R"(432[{"a":["é"]}])");
    EXPECT_EQ(service.realtime().totals().polling, 1U);
    EXPECT_EQ(service.realtime().totals().sessions, 1U);
}

TEST(Polling, GathersWhatWaitsInOneAnswer) {
    TestService service;
    PollClient client(service->port());
    client.connect();
    client.post(join_room);
    EXPECT_EQ(client.packet(), "431[true]");
    for (int i = 0; i < 3; ++i) service.realtime().emit(room, "said", fmt::to_string(i));
    std::this_thread::sleep_for(50ms);
    EXPECT_EQ(client.get().body,
              "42[\"said\",0]\x1e"
              "42[\"said\",1]\x1e"
              "42[\"said\",2]");
    auto waiting = client.begin_get();
    EXPECT_FALSE(waiting.is_answered(100ms));
    service.realtime().emit(room, "said", "3");
    EXPECT_EQ(waiting.answer().body, R"(42["said",3])");
}

// Every request may come to any thread; the session is on one.
TEST(Polling, FindsItsSessionFromEveryThread) {
    TestService service({}, {.threads = 3});
    PollClient first(service->port(0));
    first.connect();
    for (std::size_t thread = 0; thread < 6; ++thread) {
        PollClient other(service->port(thread % 3));
        const auto answer =
            other.ask("POST", first.query(), fmt::format(R"(42{}["echo","through {}"])", thread, thread));
        EXPECT_EQ(answer.body, "ok");
        EXPECT_EQ(PollClient(service->port((thread + 1) % 3)).ask("GET", first.query()).body,
                  fmt::format(R"(43{}["through {}"])", thread, thread));
    }
    EXPECT_EQ(service.realtime().totals().polling_accepted, 1U);
}

struct Refused {
    const char* what;
    std::string method, query, headers;
    unsigned status;
    int code;
    std::string error;
};

TEST(Polling, RefusesWithEnginesNumbersAndASentence) {
    TestService service;
    PollClient client(service->port());
    client.open();
    const std::vector<Refused> cases{
        {"no such transport", "GET", "EIO=4&transport=pigeon", "", 400, 0, "transport_unknown"},
        {"no transport", "GET", "EIO=4", "", 400, 0, "transport_unknown"},
        {"no such session", "GET", "EIO=4&transport=polling&sid=AAbcdefghijklmnopqrs", "", 400, 1, "session_unknown"},
        {"of a thread that is none", "GET", "EIO=4&transport=polling&sid=zzbcdefghijklmnopqrs", "", 400, 1,
         "session_unknown"},
        {"no sid at all", "POST", "EIO=4&transport=polling&sid=short", "", 400, 1, "session_unknown"},
        {"a handshake by POST", "POST", "EIO=4&transport=polling", "", 400, 2, "bad_handshake_method"},
        {"neither GET nor POST", "PUT", client.query(), "", 400, 3, "bad_method"},
        {"not upgraded", "GET", "EIO=4&transport=websocket", "", 426, 3, "bad_upgrade"},
        {"a malformed query", "GET", "EIO=4&transport=%zz", "", 400, 3, "bad_url"},
        {"another site", "GET", "EIO=4&transport=polling", "Origin: https://evil.example\r\n", 403, 4,
         "origin_forbidden"},
        {"another site's preflight", "OPTIONS", client.query(), "Origin: https://evil.example\r\n", 403, 4,
         "origin_forbidden"},
        {"an old client", "GET", "EIO=3&transport=polling", "", 400, 5, "unsupported_protocol_version"},
    };
    for (const auto& test : cases) {
        const auto answer = client.ask(test.method, test.query, "", test.headers);
        EXPECT_EQ(answer.status, test.status) << test.what;
        ASSERT_TRUE(answer.body.starts_with('{')) << test.what << ": " << answer.body;
        EXPECT_EQ(answer.code(), test.code) << test.what;
        EXPECT_EQ(answer.error(), test.error) << test.what;
        EXPECT_GT(answer.text("message").size(), 20U) << test.what;
        EXPECT_EQ(answer.header("Access-Control-Allow-Origin"), "") << test.what;
        EXPECT_EQ(answer.header("Cache-Control"), "no-store") << test.what;
    }
    EXPECT_EQ(client.post("40"), "ok");  // its session did not notice
}

TEST(Polling, LetsListedSitesReadAnswersAndNoOthers) {
    Settings settings;
    settings.allowed_origins = {"capacitor://localhost"};
    TestService service(settings);
    PollClient client(service->port());
    const auto from = [&](std::string_view origin, std::string_view method = "GET") {
        return client.ask(method, "EIO=4&transport=polling", "", fmt::format("Origin: {}\r\n", origin));
    };
    const auto app = from("capacitor://localhost");
    EXPECT_EQ(app.status, 200U);
    EXPECT_EQ(app.header("Access-Control-Allow-Origin"), "capacitor://localhost");
    EXPECT_EQ(app.header("Access-Control-Allow-Credentials"), "true");
    EXPECT_EQ(app.header("Vary"), "Origin");
    const auto preflight = from("capacitor://localhost", "OPTIONS");
    EXPECT_EQ(preflight.status, 204U);
    EXPECT_EQ(preflight.header("Access-Control-Allow-Methods"), "GET, POST");
    EXPECT_THAT(preflight.header("Access-Control-Allow-Headers"), HasSubstr("Content-Type"));
    const auto same_host = from("https://shop.example");
    EXPECT_EQ(same_host.status, 200U);
    EXPECT_EQ(same_host.header("Access-Control-Allow-Credentials"), "");
    EXPECT_EQ(from("https://evil.example").header("Access-Control-Allow-Origin"), "");

    settings.allowed_origins = {"*"};
    TestService open_to_all(settings);
    const auto anywhere = PollClient(open_to_all->port())
                              .ask("GET", "EIO=4&transport=polling", "", "Origin: https://anywhere.example\r\n");
    EXPECT_EQ(anywhere.header("Access-Control-Allow-Origin"), "https://anywhere.example");
    EXPECT_EQ(anywhere.header("Access-Control-Allow-Credentials"), "");
}

struct Bad {
    const char* what;
    std::string body;
    unsigned status;
    std::string error;
};

TEST(Polling, EndsWhoSendsGarbage) {
    TestService service;
    PollClient bystander(service->port());
    bystander.connect();
    const std::vector<Bad> cases{
        {"nothing", "", 400, "bad_payload"},
        {"an empty packet at the end", "421[\"echo\",1]\x1e", 400, "bad_payload"},
        {"an empty packet between",
         "3\x1e\x1e"
         "3",
         400, "bad_payload"},
        {"no base64", "b????", 400, "bad_payload"},
        {"base64 cut short", "bAAA", 400, "bad_payload"},
        {"not UTF-8", "42[\"a\",\"\xff\"]", 400, "bad_payload"},
        {"too much", std::string(65'537, '4'), 413, "payload_too_large"},
        {"an unknown packet", "9", 200, ""},
        {"an unknown Socket.IO packet", "49", 200, ""},
        {"a text where an attachment is due",
         "451-[\"a\"]\x1e"
         "3",
         200, ""},
        {"binary out of the blue", "bAAAA", 200, ""},
        {"a second CONNECT", "40", 200, ""},
        {"a ping from a client", "2", 200, ""},
    };
    for (const auto& test : cases) {
        PollClient client(service->port());
        client.connect();
        const auto answer = client.ask("POST", client.query(), test.body);
        EXPECT_EQ(answer.status, test.status) << test.what;
        if (test.status != 200) {
            EXPECT_EQ(answer.error(), test.error) << test.what;
        }
        std::string last;
        while (last != "1") last = client.packet();  // the session is closed
        EXPECT_EQ(client.get().code(), 1) << test.what;
        EXPECT_EQ(client.ask("POST", client.query(), "3").code(), 1) << test.what;
    }
    EXPECT_EQ(service.realtime().totals().disconnects_protocol_error, cases.size() - 1);  // binary is a refusal
    bystander.post(R"(421["echo",1])");
    EXPECT_EQ(bystander.packet(), "431[1]");
    EXPECT_TRUE(Service::eventually([&] { return service.disconnects().size() == cases.size(); }));
}

TEST(Polling, RefusesBinaryEventsAndStays) {
    TestService service;
    PollClient client(service->port());
    client.connect();
    client.post(
        "452-1[\"upload\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]\x1e"
        "bAQID\x1e"
        "bBA==");
    EXPECT_THAT(client.packet(), HasSubstr(R"("code":"binary_not_supported")"));
    client.post(R"(422["echo",1])");
    EXPECT_EQ(client.packet(), "432[1]");
}

TEST(Polling, TwoPollsAtOnceEndTheSession) {
    TestService service;
    PollClient client(service->port());
    client.connect();
    auto first = client.begin_get();
    EXPECT_FALSE(first.is_answered(50ms));
    const auto second = client.get();
    EXPECT_EQ(second.status, 400U);
    EXPECT_EQ(second.code(), 3);
    EXPECT_EQ(second.error(), "poll_overlap");
    EXPECT_EQ(first.answer().body, "1");
    EXPECT_EQ(client.get().code(), 1);
    EXPECT_TRUE(Service::eventually([&] { return service.disconnects().size() == 1; }));
    EXPECT_EQ(service.disconnects()[0].reason, "two polls at once");
}

TEST(Polling, PingsAndEndsWhoNeverPollsAgain) {
    Settings settings;
    settings.ping_interval = 60ms;
    settings.ping_timeout = 100ms;
    TestService service(settings);
    PollClient answering(service->port());
    answering.connect();
    PollClient silent(service->port());
    silent.connect();
    PollClient deaf(service->port());
    deaf.connect();
    std::thread listens([&] {  // but never answers a ping
        EXPECT_EQ(deaf.packet(), "2");
        EXPECT_EQ(deaf.packet(), "1");
    });
    for (int i = 0; i < 4; ++i) {
        EXPECT_EQ(answering.packet(), "2");
        answering.post("3");
    }
    listens.join();
    EXPECT_TRUE(Service::eventually([&] { return service.realtime().totals().disconnects_ping_timeout == 2; }));
    for (const auto& departure : service.disconnects()) EXPECT_EQ(departure.reason, "ping timeout");
    EXPECT_EQ(silent.get().code(), 1);
    answering.post(R"(421["echo",1])");
    EXPECT_EQ(answering.packet(), "431[1]");
}

TEST(Polling, EndsASlowPollerAtItsBound) {
    Settings settings;
    settings.queue_messages_max = 16;
    settings.close_timeout = 200ms;
    TestService service(settings);
    PollClient slow(service->port());
    slow.connect();
    slow.post(join_room);
    EXPECT_EQ(slow.packet(), "431[true]");
    for (int i = 0; i < 16; ++i) service.realtime().emit(room, "said", "1");
    std::this_thread::sleep_for(50ms);
    EXPECT_TRUE(service.disconnects().empty());
    service.realtime().emit(room, "said", "1");
    ASSERT_TRUE(Service::eventually([&] { return service.disconnects().size() == 1; }));
    EXPECT_EQ(service.disconnects()[0].reason, "slow");
    EXPECT_EQ(service.realtime().totals().disconnects_slow, 1U);
    EXPECT_EQ(slow.get().body, "1");
    EXPECT_EQ(slow.get().code(), 1);
    EXPECT_EQ(service.realtime().totals().connections, 0U);
}

TEST(Polling, DoesNotCallABurstOfOneTurnSlowWhileItPolls) {
    Settings settings;
    settings.queue_messages_max = 16;
    TestService service(settings);
    PollClient client(service->port());
    client.connect();
    client.post(join_room);
    EXPECT_EQ(client.packet(), "431[true]");
    auto waiting = client.begin_get();
    std::this_thread::sleep_for(50ms);
    asio::post(service->io(), [&] {
        for (int i = 0; i < 32; ++i) service.realtime().emit(room, "said", fmt::to_string(i));
    });
    client.take(waiting.answer());
    for (int i = 0; i < 32; ++i) ASSERT_EQ(client.packet(), fmt::format(R"(42["said",{}])", i));
}

TEST(Polling, RefusesEventsOverTheRateAndEndsAFlood) {
    Settings settings;
    settings.events_per_second = 0.001;
    settings.events_burst = 10;
    TestService service(settings);
    PollClient client(service->port());
    client.connect();  // one token
    std::string payload = R"(420["echo",true])";
    for (int i = 1; i < 15; ++i)
        payload += fmt::format(
            "\x1e"
            R"(42{}["echo",true])",
            i);
    EXPECT_EQ(client.post(payload), "ok");
    int granted = 0;
    for (int i = 0; i < 15; ++i) granted += client.packet().ends_with("[true]") ? 1 : 0;
    EXPECT_EQ(granted, 9);
    const auto answer = client.ask("POST", client.query(), payload);
    EXPECT_EQ(answer.status, 429U);
    EXPECT_EQ(answer.error(), "flooding");
    EXPECT_EQ(service.realtime().totals().disconnects_flooding, 1U);
}

TEST(Polling, EndsWithItsToken) {
    Settings settings;
    settings.close_timeout = 100ms;  // looks every 10 ms
    TestService service(settings);
    PollClient client(service->port());
    client.connect(R"(40{"good_for_ms":50})");
    EXPECT_EQ(client.packet(), "1");  // no Socket.IO DISCONNECT before it: the client comes back
    EXPECT_EQ(service.realtime().totals().disconnects_expired, 1U);
    PollClient refused(service->port());
    EXPECT_THAT(refused.connect(R"(40{"token":"wrong"})"), HasSubstr("token_invalid"));
    EXPECT_EQ(refused.packet(), "1");
}

// In one answer, the client library would act on the end before it reads why.
TEST(Polling, SaysGoodbyeInAnAnswerOfItsOwn) {
    TestService service;
    PollClient client(service->port());
    client.connect();
    client.post(R"(421["kick"])");
    EXPECT_EQ(client.get().body, "41");
    EXPECT_EQ(client.get().body, "1");
    EXPECT_EQ(client.get().code(), 1);
}

TEST(Polling, SaysGoodbyeInAShutdown) {
    TestService service({}, {.threads = 2});
    PollClient client(service->port(0));
    client.connect();
    auto waiting = PollRequest(service->port(1), PollClient::request("GET", client.query()));
    EXPECT_FALSE(waiting.is_answered(50ms));
    std::thread closing([&] { service->shutdown(2s); });
    EXPECT_EQ(waiting.answer().body, "1");
    closing.join();
    EXPECT_EQ(service.realtime().totals().connections, 0U);
    EXPECT_EQ(client.ask("GET", "EIO=4&transport=polling").status, 503U);
}

TEST(Polling, CountsAsAConnectionOfItsAddress) {
    Settings settings;
    settings.connections_per_address_max = 1;
    TestService service(settings);
    PollClient client(service->port());
    client.connect();
    const auto refused = client.ask("GET", "EIO=4&transport=polling");
    EXPECT_EQ(refused.status, 429U);
    EXPECT_EQ(refused.header("Retry-After"), "5");
    EXPECT_EQ(refused.error(), "address_full");
    client.post("41");
    EXPECT_EQ(client.packet(), "1");
    EXPECT_EQ(client.ask("GET", "EIO=4&transport=polling").status, 200U);
}

// The server goes while polls wait, on threads other than their sessions': nothing is touched afterwards.
TEST(Polling, TheServerMayGoAtAnyMoment) {
    for (int i = 0; i < 10; ++i) {
        auto service = std::make_unique<TestService>(Settings{}, ServiceOptions{.threads = 2});
        PollClient one((*service)->port(0));
        PollClient other((*service)->port(1));
        one.connect();
        other.connect();
        one.post(R"(421["wait",60000])");
        PollRequest across((*service)->port(1), PollClient::request("GET", one.query()));
        PollRequest back((*service)->port(0), PollClient::request("GET", other.query()));
        std::this_thread::sleep_for(5ms);
        if (i % 2 == 0) (*service)->end_contexts_first();
        service.reset();
    }
}

}  // namespace
}  // namespace liveshop::realtime::testing
