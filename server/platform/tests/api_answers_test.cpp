// What a call is answered, whatever happens to it: status, headers, and nothing that is ours to know.
#include "platform/tests/door.hpp"

namespace liveshop {
namespace {

using test::Call;
using test::Door;
using test::outcome_of;
using test::ThingName;
using testing::HasSubstr;
using testing::Not;

struct FailWith {
    std::string state;
};
BOOST_DESCRIBE_STRUCT(FailWith, (), (state))

enum class Errc { name_taken };
constexpr ErrorRow describe_error(Errc) { return {409, "test.name_taken", "Another thing has this name"}; }

awaitable<test::Thing> make_thing(Ctx& ctx, ThingName in) {
    test::Thing thing = co_await ctx.tx.one(test::insert_thing, ctx.tenant, in.name.value);
    co_return thing;
}
awaitable<std::vector<std::string>> list_things(Ctx& ctx) {
    const std::string names = co_await ctx.tx.one(test::thing_names);
    co_return std::vector<std::string>{names};
}
awaitable<void> remove_things(Ctx& ctx) {
    ctx.response_headers.push_back({"X-Removed", "0"});
    co_return;
}
awaitable<void> fail_with(Ctx& ctx, FailWith in) { co_await ctx.tx.one(test::raise_state, in.state); }
awaitable<void> throw_words(Ctx&) {
    throw std::runtime_error("password=hunter2");
    co_return;
}
awaitable<void> throw_number(Ctx&) {
    throw 42;
    co_return;
}
awaitable<std::vector<std::string>> whose_request(Ctx& ctx) { co_return std::vector<std::string>{ctx.request_id}; }
awaitable<void> overflow(Ctx&) {
    static_cast<void>(Amount{std::numeric_limits<std::int64_t>::max()} + Amount{1});
    co_return;
}

std::vector<Route> routes() {
    return route_table(get<list_things>("/things").by(anyone), post<make_thing>("/things").by(anyone).creates(),
                       del<remove_things>("/things").by(admins), post<fail_with>("/fail").by(anyone),
                       post<throw_words>("/throw-words").by(anyone), post<throw_number>("/throw-number").by(anyone),
                       post<overflow>("/overflow").by(anyone), get<whose_request>("/whose-request").by(anyone));
}

class ApiAnswers : public testing::Test {
  protected:
    http::Response make(std::string name) { return door.send({"POST", "/things", R"({"name":")" + name + "\"}"}); }

    Door door{{.routes = routes(), .constraints = {{"things_name_key", describe_error(Errc::name_taken)}}}};
};

TEST_F(ApiAnswers, AnAddressThatIsNoneAndAMethodThatIsNotTaken) {
    for (const char* path : {"/nothing", "/things/", "//things", "/things/more", "/", "/%zz", "/things%2F"})
        EXPECT_EQ(outcome_of(door.send({"GET", path})), "404 not_found") << path;
    const http::Response put = door.send({"PUT", "/things", "{}"});
    EXPECT_EQ(outcome_of(put), "405 method_not_allowed");
    EXPECT_EQ(test::header_of(put, "Allow"), "DELETE, GET, HEAD, POST");
    EXPECT_EQ(test::header_of(door.send({"OPTIONS", "/fail"}), "Allow"), "POST");
    EXPECT_EQ(outcome_of(door.send({"HEAD", "/fail"})), "405 method_not_allowed");
}

TEST_F(ApiAnswers, HeadIsAnsweredAsGet) {
    ASSERT_EQ(make("one").status, 201);
    const http::Response head = door.send({"HEAD", "/things"});
    EXPECT_EQ(head.status, 200);
    EXPECT_EQ(head.body, R"(["one"])");  // the server sends its length and leaves it out
}

TEST_F(ApiAnswers, EveryAnswerHasARequestIdOfItsOwn) {
    std::set<std::string> ids;
    for (const Call& call : std::vector<Call>{{"GET", "/things"},
                                              {"GET", "/nothing"},
                                              {"PUT", "/things", "{}"},
                                              {"DELETE", "/things"},
                                              {"POST", "/things", "no JSON"},
                                              {"POST", "/throw-words"}}) {
        const std::string id = test::header_of(door.send(call), "X-Request-Id");
        EXPECT_TRUE(Uuid::parse(id)) << call.method << " " << call.path << " " << id;
        ids.insert(id);
    }
    EXPECT_EQ(ids.size(), 6U);
    const http::Response response = door.send({"GET", "/whose-request"});
    EXPECT_EQ(response.body, fmt::format(R"(["{}"])", test::header_of(response, "X-Request-Id")));
}

TEST_F(ApiAnswers, AnErrorOfTheDatabaseHasACodeAndNoWords) {
    const std::vector<std::pair<std::string, std::string>> expected{
        {"57014", "503 unavailable"},  // cancelled: the statement took too long
        {"57P01", "503 unavailable"}, {"53300", "503 unavailable"}, {"08006", "503 unavailable"},
        {"22012", "500 internal"},    {"42501", "500 internal"},    {"23514", "500 internal"},
    };
    for (const auto& [state, outcome] : expected) {
        const http::Response response = door.send({"POST", "/fail", fmt::format(R"({{"state":"{}"}})", state)});
        EXPECT_EQ(outcome_of(response), outcome) << state;
        EXPECT_THAT(response.body, Not(HasSubstr("words"))) << response.body;
        EXPECT_EQ(test::header_of(response, "Retry-After"), response.status == 503 ? "1" : "");
    }
}

TEST_F(ApiAnswers, AViolatedConstraintIsARefusalOfItsOwn) {
    EXPECT_EQ(outcome_of(make("one")), "201");
    const http::Response again = make("one");
    EXPECT_EQ(outcome_of(again), "409 test.name_taken");
    EXPECT_EQ(json::parse(again.body).at("title"), "Another thing has this name");
    EXPECT_EQ(door.things(), "one");
}

TEST_F(ApiAnswers, WhatAHandlerThrowsIsNeverShown) {
    for (const char* path : {"/throw-words", "/throw-number"}) {
        const http::Response response = door.send({"POST", path});
        EXPECT_EQ(outcome_of(response), "500 internal");
        EXPECT_THAT(response.body, Not(HasSubstr("hunter2")));
        EXPECT_FALSE(json::parse(response.body).as_object().contains("detail"));
    }
    EXPECT_EQ(outcome_of(door.send({"POST", "/overflow"})), "422 invalid");
}

TEST_F(ApiAnswers, WhoMayNotIsToldSo) {
    const Call remove{"DELETE", "/things"};
    const auto as = [&](const test::Person& person) {
        Call call = remove;
        call.token = person.token;
        return door.send(call);
    };
    EXPECT_EQ(outcome_of(door.send(remove)), "401 unauthenticated");
    EXPECT_EQ(outcome_of(as(door.sign_in(Role::customer))), "403 forbidden");
    const http::Response done = as(door.sign_in(Role::admin));
    EXPECT_EQ(done.status, 204);
    EXPECT_EQ(done.body, "");
    EXPECT_EQ(test::header_of(done, "X-Removed"), "0");
}

TEST_F(ApiAnswers, ATokenCountsForItsTenantUntilItExpires) {
    const auto with = [&](std::string token, std::string tenant) {
        return outcome_of(door.send({"GET", "/things", "", std::move(token), {{"X-Tenant", std::move(tenant)}}}));
    };
    const test::Person person = door.sign_in();
    EXPECT_EQ(with(person.token, "test"), "200");
    EXPECT_EQ(with(person.token, "other"), "401 unauthenticated");
    EXPECT_EQ(with(person.token, "nobody"), "404 tenant_unknown");
    EXPECT_EQ(with("made up", "test"), "401 unauthenticated");
    const test::Person late = door.sign_in(Role::customer, "test", Timestamp{Timestamp::now().us - 1});
    EXPECT_EQ(with(late.token, "test"), "401 token_expired");
}

TEST_F(ApiAnswers, EveryCallOfARouteIsObserved) {
    make("one");
    make("one");
    door.send({"POST", "/things", "no JSON"});
    door.send({"DELETE", "/things"});
    door.send({"GET", "/nothing"});
    EXPECT_THAT(door.observed,
                testing::ElementsAre("make_thing 201", "make_thing 409", "make_thing 400", "remove_things 401"));
}

}  // namespace
}  // namespace liveshop
