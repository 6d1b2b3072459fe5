// An event and its endpoint are two doors to one handler: what one answers, the other does.
#include "platform/tests/socket_bench.hpp"

namespace liveshop {
namespace {

using test::Person;
using test::SocketBench;
using test::SocketClient;

struct Room;
struct SayIn {
    Id<Room> room_id;
    Text<1, 20> text;
};
BOOST_DESCRIBE_STRUCT(SayIn, (), (room_id, text))
struct FailWith {
    std::string how;
};
BOOST_DESCRIBE_STRUCT(FailWith, (), (how))

enum class Errc { said_already };
constexpr ErrorRow describe_error(Errc) { return {409, "test.said_already", "Say something new"}; }

// The same words may be said once.
awaitable<test::Thing> say(Ctx& ctx, SayIn in) {
    test::Thing said = co_await ctx.tx.one(test::insert_thing, ctx.tenant, in.text.value);
    ctx.emit(room_of_user(ctx.user()), "room:said", in);
    co_return said;
}
awaitable<void> fail(Ctx& ctx, FailWith in) {
    ctx.emit(room_of_tenant(ctx.tenant), "never", in);
    co_await ctx.tx.one(test::insert_thing, ctx.tenant, "lost");
    if (in.how == "throw") throw std::runtime_error("password=hunter2");
    if (in.how == "query") co_await ctx.tx.one(test::raise_state, "57014");
    throw Fail(PlatformErrc::conflict, "for a reason");
}
awaitable<void> knock(Ctx&) { co_return; }
awaitable<void> manage(Ctx&) { co_return; }

test::SocketBenchOptions options() {
    return {.routes = route_table(post<say>("/rooms/{room_id}/messages").also_on("room:say").creates(),
                                  post<fail>("/fail").also_on("fail").by(anyone),
                                  post<knock>("/knock").also_on("knock").by(anyone).limited({.count = 3, .per_s = 60}),
                                  post<manage>("/manage").also_on("manage").by(admins)),
            .constraints = {{"things_name_key", describe_error(Errc::said_already)}}};
}

constexpr std::string_view room = "0190163d-8694-739b-aea5-966c26f8ad91";

class SocketsDoor : public testing::Test {
  protected:
    SocketsDoor() : person(bench.door.sign_in()) { bench.start(); }

    // Sends it through both doors; what they answered, the refusal's request aside.
    struct Answers {
        std::string event, endpoint;
    };
    Answers both(SocketClient& client, const Person* who, std::string_view event, const std::string& input,
                 const std::string& path, const std::string& body) {
        const json::value ack = client.ask(event, input);
        const http::Response response = bench.post(path, body, who ? who->token : "");
        const json::value& said = ack.at("ok").as_bool() ? ack.at("data") : ack.at("error");
        EXPECT_EQ(ack.at("ok").as_bool(), response.status < 400);
        return {json::serialize(said), response.body.empty() ? "null" : response.body};
    }

    SocketBench bench{options()};
    const Person person;
};

TEST_F(SocketsDoor, RefusesAsTheEndpointDoes) {
    SocketClient client(bench.port()), visitor(bench.port());
    ASSERT_TRUE(client.open_as(person).starts_with("40"));
    ASSERT_TRUE(visitor.open().starts_with("40"));
    const std::string messages = fmt::format("/rooms/{}/messages", room);
    const auto in_room = [](std::string_view rest) { return fmt::format(R"({{"room_id":"{}"{}}})", room, rest); };
    client.ask("room:say", in_room(R"(,"text":"hello")"));
    client.frame();  // the event itself
    const std::vector<std::tuple<SocketClient*, std::string, std::string, std::string, std::string, std::string>> calls{
        {&client, "room:say", in_room(R"(,"text":"hello")"), messages, R"({"text":"hello"})", "test.said_already"},
        {&client, "room:say", in_room(""), messages, "{}", "invalid"},
        {&client, "room:say", in_room(R"(,"text":5,"more":1)"), messages, R"({"text":5,"more":1})", "invalid"},
        {&client, "room:say", R"({"room_id":"1","text":"a"})", "/rooms/1/messages", R"({"text":"a"})", "invalid"},
        {&visitor, "room:say", in_room(R"(,"text":"hello")"), messages, R"({"text":"hello"})", "unauthenticated"},
        {&client, "manage", "{}", "/manage", "{}", "forbidden"},
        {&client, "fail", R"({"how":"throw"})", "/fail", R"({"how":"throw"})", "internal"},
        {&client, "fail", R"({"how":"query"})", "/fail", R"({"how":"query"})", "unavailable"},
        {&client, "fail", R"({"how":"other"})", "/fail", R"({"how":"other"})", "conflict"}};
    for (const auto& [who, event, input, path, body, code] : calls) {
        const Answers answers = both(*who, who == &client ? &person : nullptr, event, input, path, body);
        EXPECT_EQ(answers.event, answers.endpoint);
        EXPECT_EQ(json::value_to<std::string>(json::parse(answers.event).at("code")), code) << answers.event;
        EXPECT_THAT(answers.event, testing::Not(testing::HasSubstr("hunter2")));
    }
    EXPECT_EQ(bench.door.things(), "hello");
}

TEST_F(SocketsDoor, AnswersAsTheEndpointDoesAndTellsAfterTheCommit) {
    SocketClient client(bench.port());
    client.open_as(person);
    client.send("room:say", fmt::format(R"({{"room_id":"{}","text":"one"}})", room));
    std::vector<std::string> packets{client.frame().payload, client.frame().payload};
    std::ranges::sort(packets);
    EXPECT_EQ(packets[0], fmt::format(R"(42["room:said",{{"room_id":"{}","text":"one"}}])", room));
    const json::value ack = json::parse(packets[1].substr(3)).as_array().at(0);
    EXPECT_EQ(ack.at("ok"), true);
    const http::Response response =
        bench.post(fmt::format("/rooms/{}/messages", room), R"({"text":"two"})", person.token);
    EXPECT_EQ(response.status, 201);
    const auto names = [](const json::value& value) {
        std::vector<std::string> names_;
        for (const auto& item : value.as_object()) names_.emplace_back(item.key());
        return names_;
    };
    EXPECT_EQ(names(ack.at("data")), names(json::parse(response.body)));
    EXPECT_EQ(bench.door.things(), "one,two");
    EXPECT_EQ(client.frame().payload, fmt::format(R"(42["room:said",{{"room_id":"{}","text":"two"}}])", room));
}

TEST_F(SocketsDoor, ARefusedEventLeavesNothing) {
    SocketClient client(bench.port());
    client.open_as(person);
    for (const char* how : {"throw", "query", "other"})
        EXPECT_NE(SocketClient::outcome_of(client.ask("fail", fmt::format(R"({{"how":"{}"}})", how))), "ok");
    EXPECT_EQ(client.ask("knock", "{}"), json::parse(R"({"ok":true,"data":null})"));  // and no "never" came before
    EXPECT_EQ(bench.door.things(), "");
}

TEST_F(SocketsDoor, BothDoorsShareOneRate) {
    SocketClient client(bench.port());
    client.open_as(person);
    EXPECT_EQ(SocketClient::outcome_of(client.ask("knock", "{}")), "ok");
    EXPECT_EQ(bench.post("/knock", "", person.token).status, 204);
    EXPECT_EQ(SocketClient::outcome_of(client.ask("knock", "{}")), "ok");
    EXPECT_EQ(SocketClient::outcome_of(client.ask("knock", "{}")), "rate_limited");
    EXPECT_EQ(bench.post("/knock", "", person.token).status, 429);
    EXPECT_EQ(bench.post("/knock", "").status, 204);  // a visitor
}

TEST_F(SocketsDoor, AVisitorDoesNotEscapeHisRateByConnectingAnew) {
    for (int i = 0; i < 3; ++i) {
        SocketClient client(bench.port());
        client.open();
        EXPECT_EQ(SocketClient::outcome_of(client.ask("knock", "{}")), "ok");
    }
    SocketClient client(bench.port());
    client.open();
    EXPECT_EQ(SocketClient::outcome_of(client.ask("knock", "{}")), "rate_limited");
    EXPECT_EQ(bench.post("/knock", "").status, 429);
}

TEST_F(SocketsDoor, WhatIsNoEventOfOursOrNoInput) {
    SocketClient client(bench.port());
    client.open_as(person);
    EXPECT_EQ(SocketClient::outcome_of(client.ask("no:such", "{}")), "not_found");
    for (const char* input : {"[]", "5", "null", "\"text\""})
        EXPECT_EQ(SocketClient::outcome_of(client.ask("room:say", input)), "invalid") << input;
    client.text(R"(425["knock"])");  // no input at all, for a handler without any
    EXPECT_EQ(client.frame().payload, R"(435[{"ok":true,"data":null}])");
}

TEST(SocketsBehindAProxy, CountVisitorsByTheAddressThatTheProxyNames) {
    test::SocketBenchOptions behind = options();
    behind.behind_proxy = true;
    behind.realtime.connections_per_address_max = 2;
    SocketBench bench(std::move(behind));
    bench.start();
    const auto knock_from = [&](std::string_view headers) {
        SocketClient client(bench.port());
        client.open("{}", headers);
        return SocketClient::outcome_of(client.ask("knock", "{}"));
    };
    for (int i = 0; i < 3; ++i) EXPECT_EQ(knock_from("X-Forwarded-For: 203.0.113.1\r\n"), "ok");
    EXPECT_EQ(knock_from("X-Forwarded-For: 203.0.113.9, 203.0.113.1\r\n"), "rate_limited");
    EXPECT_EQ(knock_from("X-Forwarded-For: 203.0.113.9\r\nX-Forwarded-For: 203.0.113.1\r\n"), "rate_limited");
    EXPECT_EQ(knock_from("X-Forwarded-For: 203.0.113.2\r\n"), "ok");
    // Connections are counted by it, too: not all by the proxy's.
    std::list<SocketClient> open;
    for (const char* address : {"203.0.113.3", "203.0.113.3", "203.0.113.4"})
        open.emplace_back(bench.port()).open("{}", fmt::format("X-Forwarded-For: {}\r\n", address));
    SocketClient third(bench.port());
    EXPECT_THROW(third.open("{}", "X-Forwarded-For: 203.0.113.3\r\n"), std::runtime_error);
}

}  // namespace
}  // namespace liveshop
