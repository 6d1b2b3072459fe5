// A socket's life: who is let in, which rooms it is in, when it is too late, and what is said in its name when it goes.
#include "platform/tests/socket_bench.hpp"

namespace liveshop {
namespace {

using namespace std::chrono_literals;
using test::Person;
using test::SocketBench;
using test::SocketClient;

struct Room;
struct RoomOf {
    Id<Room> room_id;
};
BOOST_DESCRIBE_STRUCT(RoomOf, (), (room_id))
struct Nap {
    std::string name;
    double duration_s;
};
BOOST_DESCRIBE_STRUCT(Nap, (), (name, duration_s))

constexpr std::string_view prefix = "room:";

std::string name_of_caller(const Ctx& ctx) { return ctx.principal ? ctx.user().to_string() : "visitor"; }

awaitable<void> enter(Ctx& ctx, RoomOf in) {
    ctx.rooms_joined.push_back(std::string(prefix) + in.room_id.to_string());
    co_await ctx.tx.one(test::insert_thing, ctx.tenant, "enter " + name_of_caller(ctx));
}
awaitable<void> enter_slowly(Ctx& ctx, RoomOf in) {
    co_await ctx.tx.one(test::sleep_s, 0.3);
    co_await enter(ctx, in);
}
awaitable<void> enter_in_vain(Ctx& ctx, RoomOf in) {
    co_await enter(ctx, in);
    throw Fail(PlatformErrc::conflict);
}
awaitable<void> leave(Ctx& ctx, RoomOf in) {
    ctx.rooms_left.push_back(std::string(prefix) + in.room_id.to_string());
    co_await ctx.tx.one(test::insert_thing, ctx.tenant, "leave " + name_of_caller(ctx));
}
awaitable<void> nap(Ctx& ctx, Nap in) {
    co_await ctx.tx.one(test::insert_thing, ctx.tenant, in.name);
    co_await ctx.tx.one(test::sleep_s, in.duration_s);
}
awaitable<void> hang(Ctx& ctx) {
    boost::asio::steady_timer never(co_await boost::asio::this_coro::executor, std::chrono::hours(1));
    co_await ctx.tx.one(test::insert_thing, ctx.tenant, "hung");
    co_await never.async_wait(boost::asio::use_awaitable);
}

test::SocketBenchOptions options() {
    return {.routes = route_table(
                post<enter>("/rooms/{room_id}/enter").also_on("enter").by(anyone),
                post<enter_slowly>("/rooms/{room_id}/enter-slowly").also_on("enter_slowly").by(anyone),
                post<enter_in_vain>("/rooms/{room_id}/enter-in-vain").also_on("enter_in_vain").by(anyone),
                post<leave>("/rooms/{room_id}/leave").also_on("leave").by(anyone).limited({.count = 1, .per_s = 3600}),
                post<nap>("/nap").also_on("nap").by(anyone), post<hang>("/hang").also_on("hang").by(anyone)),
            .leaving = {{prefix, "leave", "room_id"}}};
}

const std::string room = "0190163d-8694-739b-aea5-966c26f8ad91";
const std::string of_room = R"({"room_id":")" + room + "\"}";

Timestamp after(std::chrono::microseconds time) { return {Timestamp::now().us + time.count()}; }

class SocketsSession : public testing::Test {
  protected:
    explicit SocketsSession(test::SocketBenchOptions with = options()) : bench(std::move(with)) {}

    std::size_t members() const { return bench.realtime.members(std::string(prefix) + room); }
    bool eventually_things(const std::string& names) const {
        return SocketBench::eventually([&] { return bench.door.things() == names; });
    }
    std::string outcome(SocketClient& client, std::string_view event, std::string_view input = of_room) {
        return SocketClient::outcome_of(client.ask(event, input));
    }

    SocketBench bench;
};

TEST_F(SocketsSession, LetsInWhoProvesItAndVisitors) {
    const Person person = bench.door.sign_in(), other = bench.door.sign_in(Role::customer, "other");
    const Person late = bench.door.sign_in(Role::customer, "test", after(-1us));
    bench.start();
    const auto opened = [&](const std::string& auth, std::string_view headers = "") {
        SocketClient client(bench.port());
        std::string answer = client.open(auth, headers);
        if (answer.starts_with("40{")) return std::string("let in");
        const std::string reason = client.frame().reason();  // it is closed
        EXPECT_EQ(json::value_to<std::string>(json::parse(answer.substr(2)).at("data").at("code")), reason);
        return reason;
    };
    const auto token = [](const Person& of, std::string_view more = "") {
        return fmt::format(R"({{"token":"{}"{}}})", of.token, more);
    };
    EXPECT_EQ(opened("{}"), "let in");
    EXPECT_EQ(opened(""), "let in");
    EXPECT_EQ(opened(token(person)), "let in");
    EXPECT_EQ(opened(token(other, R"(,"tenant":"other")")), "let in");
    EXPECT_EQ(opened(token(other), "X-Tenant: other\r\n"), "let in");
    EXPECT_EQ(opened(token(other)), "unauthenticated");
    EXPECT_EQ(opened(token(person, R"(,"tenant":"other")")), "unauthenticated");
    EXPECT_EQ(opened(token(late)), "token_expired");
    EXPECT_EQ(opened(R"({"token":"made up"})"), "unauthenticated");
    EXPECT_EQ(opened(R"({"token":5})"), "unauthenticated");
    EXPECT_EQ(opened(R"({"tenant":"nobody"})"), "tenant_unknown");
    EXPECT_EQ(bench.realtime.members(room_of_user(person.id)), 0U);  // all are gone again
}

TEST_F(SocketsSession, HearsItsTenantAndItself) {
    const Person person = bench.door.sign_in(), other = bench.door.sign_in(Role::customer, "other");
    bench.start();
    SocketClient client(bench.port()), visitor(bench.port()), stranger(bench.port());
    client.open_as(person);
    visitor.open();
    stranger.open(fmt::format(R"({{"token":"{}","tenant":"other"}})", other.token));
    bench.realtime.emit(room_of_tenant(person.tenant), "all", "1");
    bench.realtime.emit(room_of_user(person.id), "you", "2");
    bench.realtime.emit(room_of_tenant(other.tenant), "elsewhere", "3");
    EXPECT_EQ(client.frame().payload, R"(42["all",1])");
    EXPECT_EQ(client.frame().payload, R"(42["you",2])");
    EXPECT_EQ(visitor.frame().payload, R"(42["all",1])");
    EXPECT_EQ(stranger.frame().payload, R"(42["elsewhere",3])");
}

TEST_F(SocketsSession, IsInARoomFromTheCommitUntilItLeaves) {
    bench.start();
    SocketClient client(bench.port());
    client.open();
    EXPECT_EQ(outcome(client, "enter_in_vain"), "conflict");
    EXPECT_EQ(members(), 0U);
    EXPECT_EQ(outcome(client, "enter"), "ok");
    EXPECT_EQ(members(), 1U);
    EXPECT_EQ(outcome(client, "leave"), "ok");
    EXPECT_EQ(members(), 0U);
    EXPECT_EQ(bench.door.things(), "enter visitor,leave visitor");
}

TEST_F(SocketsSession, WhoGoesIsSignedOffWhateverHisRate) {
    const Person person = bench.door.sign_in();
    bench.door.database.execute("alter table things drop constraint things_name_key");
    bench.start();
    for (int i = 0; i < 3; ++i) {  // "leave" is taken once an hour from a client
        SocketClient visitor(bench.port()), client(bench.port());
        visitor.open();
        client.open_as(person);
        EXPECT_EQ(outcome(visitor, "enter"), "ok");
        EXPECT_EQ(outcome(client, "enter"), "ok");
        EXPECT_EQ(members(), 2U);
    }
    EXPECT_TRUE(SocketBench::eventually([&] {
        return bench.door.database.execute("select count(*) from things where name like 'leave%'") == "6";
    })) << bench.door.things();
    EXPECT_EQ(
        bench.door.database.execute("select count(*) from things where name = 'leave " + person.id.to_string() + "'"),
        "3");
    EXPECT_EQ(members(), 0U);
}

TEST_F(SocketsSession, WhoGoesWhileEnteringIsSignedOffToo) {
    bench.start();
    {
        SocketClient client(bench.port());
        client.open();
        client.send("enter_slowly", of_room);
        std::this_thread::sleep_for(50ms);
    }
    EXPECT_TRUE(eventually_things("enter visitor,leave visitor")) << bench.door.things();
    EXPECT_EQ(members(), 0U);
}

TEST_F(SocketsSession, EndsWithItsTokenAndWhatWaitsIsRefused) {
    const Person person = bench.door.sign_in(Role::customer, "test", after(400ms));
    bench.start();
    SocketClient client(bench.port()), visitor(bench.port());
    visitor.open();
    client.open_as(person);
    EXPECT_EQ(outcome(client, "enter"), "ok");
    client.send("nap", R"({"name":"napped","duration_s":0.6})");  // begun in time
    client.send("enter", of_room);                                // and this one when it is over
    EXPECT_EQ(SocketClient::outcome_of(client.answer()), "ok");
    EXPECT_EQ(SocketClient::outcome_of(client.answer()), "token_expired");
    const realtime::testing::ServerFrame end = client.frame();
    EXPECT_EQ(end.code(), 1008);
    EXPECT_EQ(end.reason(), "token_expired");
    const std::string id = person.id.to_string();
    EXPECT_TRUE(eventually_things(fmt::format("enter {0},leave {0},napped", id))) << bench.door.things();
    EXPECT_EQ(outcome(visitor, "enter"), "ok");
}

TEST_F(SocketsSession, TakesOnlySoManyRooms) {
    bench.start();
    SocketClient client(bench.port());
    client.open();
    bench.door.database.execute("alter table things drop constraint things_name_key");
    int entered = 0;
    std::string last;
    for (int i = 0; i < 64; ++i) {
        last = outcome(client, "enter", R"({"room_id":")" + Uuid::make().to_string() + "\"}");
        entered += last == "ok" ? 1 : 0;
        std::this_thread::sleep_for(20ms);  // below the rate of one socket
    }
    EXPECT_EQ(entered, 63);  // and its tenant's
    EXPECT_EQ(last, "rate_limited");
}

class SocketsTimeLimit : public SocketsSession {
  protected:
    SocketsTimeLimit() : SocketsSession(hasty()) {}
    static test::SocketBenchOptions hasty() {
        test::SocketBenchOptions with = options();
        with.event_time_limit = 1s;
        return with;
    }
};

TEST_F(SocketsTimeLimit, AnEventThatTakesTooLongIsGivenUpAndUndone) {
    bench.start();
    SocketClient client(bench.port());
    client.open();
    for (const auto& [event, input] :
         {std::pair("nap", R"({"name":"lost","duration_s":4})"), std::pair("hang", "{}")}) {
        const auto begun = std::chrono::steady_clock::now();
        const json::value ack = client.ask(event, input);
        EXPECT_LT(std::chrono::steady_clock::now() - begun, 3s);
        EXPECT_EQ(SocketClient::outcome_of(ack), "timed_out");
        EXPECT_EQ(ack.at("error").at("status"), 504);
    }
    EXPECT_EQ(outcome(client, "nap", R"({"name":"kept","duration_s":0})"), "ok");
    EXPECT_EQ(bench.door.things(), "kept");
}

TEST_F(SocketsTimeLimit, SigningOffMayTakeLonger) {
    bench.door.database.execute(
        "create function wait() returns trigger language plpgsql as $$ begin if new.name like 'leave%' then"
        " perform pg_sleep(1.5); end if; return new; end $$;"
        "create trigger wait before insert on things for each row execute function wait()");
    bench.start();
    {
        SocketClient client(bench.port());
        client.open();
        EXPECT_EQ(outcome(client, "enter"), "ok");
    }
    EXPECT_TRUE(eventually_things("enter visitor,leave visitor")) << bench.door.things();
}

}  // namespace
}  // namespace liveshop
