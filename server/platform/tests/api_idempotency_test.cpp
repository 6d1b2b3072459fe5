// Idempotency-Key: a request that is sent again works once and is answered as it was the first time.
#include "platform/tests/door.hpp"

namespace liveshop {
namespace {

using test::Call;
using test::Door;
using test::outcome_of;
using test::ThingName;
using testing::ElementsAre;
using testing::UnorderedElementsAre;

enum class Errc { name_taken, too_busy };
constexpr ErrorRow describe_error(Errc e) {
    if (e == Errc::too_busy) return {429, "test.too_busy", "Wait a moment"};
    return {409, "test.name_taken", "Another thing has this name"};
}

int times_called = 0;
bool is_outage = false;  // what the handlers meet

awaitable<test::Thing> make_thing(Ctx& ctx, ThingName in) {
    ++times_called;
    test::Thing thing = co_await ctx.tx.one(test::insert_thing, ctx.tenant, in.name.value);
    ctx.emit("things", "made", thing);
    if (is_outage) throw Fail(PlatformErrc::unavailable);
    co_return thing;
}
awaitable<test::Thing> make_slowly(Ctx& ctx, ThingName in) {
    test::Thing thing = co_await make_thing(ctx, std::move(in));
    co_await test::pause(std::chrono::milliseconds(200));
    co_return thing;
}
awaitable<void> meet_others(Ctx& ctx) {
    ++times_called;
    if (is_outage) co_await ctx.tx.one(test::raise_state, "40001");
}
awaitable<void> be_too_fast(Ctx&) {
    if (++times_called == 1) throw Fail(Errc::too_busy);
    co_return;
}

std::vector<Route> routes() {
    return route_table(post<make_thing>("/things").creates().idempotent(),
                       post<make_slowly>("/slow-things").creates().idempotent(),
                       post<meet_others>("/meet-others").idempotent(), post<be_too_fast>("/too-fast").idempotent());
}

class ApiIdempotency : public testing::Test {
  protected:
    ApiIdempotency() {
        times_called = 0;
        is_outage = false;
    }
    Call call(std::string body, std::string key, std::string path = "/things") const {
        return {"POST", std::move(path), std::move(body), person.token, {{"Idempotency-Key", std::move(key)}}};
    }
    http::Response make(std::string name, std::string key) {
        return door.send(call(R"({"name":")" + name + "\"}", std::move(key)));
    }
    // As if so much time had passed.
    void age(const char* interval) {
        door.database.execute(
            fmt::format("update idempotency_keys set created_at = created_at - interval '{}'", interval));
    }

    Door door{{.routes = routes(), .constraints = {{"things_name_key", describe_error(Errc::name_taken)}}}};
    test::Person person = door.sign_in();
};

TEST_F(ApiIdempotency, TheFirstAnswerIsGivenAgainAndTheWorkDoneOnce) {
    const http::Response first = make("tea", "a");
    const http::Response again = make("tea", "a");
    EXPECT_EQ(first.status, 201);
    EXPECT_EQ(again.status, 201);
    EXPECT_EQ(again.body, first.body);
    EXPECT_EQ(test::header_of(first, "Idempotent-Replayed"), "");
    EXPECT_EQ(test::header_of(again, "Idempotent-Replayed"), "true");
    EXPECT_NE(test::header_of(again, "X-Request-Id"), test::header_of(first, "X-Request-Id"));
    EXPECT_EQ(times_called, 1);
    EXPECT_EQ(door.emissions.size(), 1U);
    EXPECT_EQ(outcome_of(make("tea", "b")), "409 test.name_taken");  // another key is another call
    EXPECT_EQ(door.things(), "tea");
}

TEST_F(ApiIdempotency, ARefusalIsGivenAgainToo) {
    make("tea", "a");
    const http::Response refused = make("tea", "b");
    door.database.execute("delete from things");
    const http::Response again = make("tea", "b");
    EXPECT_EQ(outcome_of(refused), "409 test.name_taken");
    EXPECT_EQ(again.body, refused.body);
    EXPECT_EQ(times_called, 2);
    EXPECT_EQ(outcome_of(door.send(call("{}", "c"))), "422 invalid");
    EXPECT_EQ(test::header_of(door.send(call("{}", "c")), "Idempotent-Replayed"), "true");
}

TEST_F(ApiIdempotency, AFaultOfOursMayBeTriedAgain) {
    is_outage = true;
    EXPECT_EQ(outcome_of(make("tea", "a")), "503 unavailable");
    EXPECT_EQ(outcome_of(door.send(call("", "b", "/meet-others"))), "409 conflict");
    EXPECT_EQ(door.emissions.size(), 0U);
    is_outage = false;
    EXPECT_EQ(make("tea", "a").status, 201);
    EXPECT_EQ(door.send(call("", "b", "/meet-others")).status, 204);
    times_called = 0;
    EXPECT_EQ(outcome_of(door.send(call("", "c", "/too-fast"))), "429 test.too_busy");
    EXPECT_EQ(door.send(call("", "c", "/too-fast")).status, 204);
}

TEST_F(ApiIdempotency, AKeyBelongsToOneRequest) {
    make("tea", "a");
    EXPECT_EQ(outcome_of(make("milk", "a")), "422 idempotency_key_reused");
    EXPECT_EQ(outcome_of(door.send(call(R"({"name":"tea"})", "a", "/slow-things"))), "422 idempotency_key_reused");
    EXPECT_EQ(door.send(call(R"( { "name" : "tea" } )", "a")).status, 201);  // the same, written otherwise
    EXPECT_EQ(times_called, 1);
}

TEST_F(ApiIdempotency, AKeyBelongsToOneUser) {
    const std::string id = test::text_of(make("tea", "a"), "id");
    person = door.sign_in();
    EXPECT_EQ(outcome_of(make("milk", "a")), "201");
    person = door.sign_in(Role::customer, "other");
    Call elsewhere = call(R"({"name":"tea"})", "a");
    elsewhere.headers.push_back({"X-Tenant", "other"});
    const http::Response response = door.send(elsewhere);
    EXPECT_EQ(response.status, 201) << response.body;
    EXPECT_NE(test::text_of(response, "id"), id);
    EXPECT_EQ(door.things(), "milk,tea,tea");
}

TEST_F(ApiIdempotency, OfTwoAtOnceOneWorks) {
    const Call twice = call(R"({"name":"tea"})", "a", "/slow-things");
    std::vector<std::string> outcomes;
    for (const http::Response& response : door.send_all({twice, twice})) outcomes.push_back(outcome_of(response));
    EXPECT_THAT(outcomes, UnorderedElementsAre("201", "409 idempotency_key_in_use"));
    EXPECT_EQ(door.send(twice).status, 201);
    EXPECT_EQ(times_called, 1);
    EXPECT_EQ(door.things(), "tea");
}

TEST_F(ApiIdempotency, AClaimLeftByADeadProcessIsTakenOverAfterAMinute) {
    make("tea", "a");
    door.database.execute("delete from things; update idempotency_keys set status_code = null, response = null");
    age("50 seconds");
    EXPECT_EQ(outcome_of(make("tea", "a")), "409 idempotency_key_in_use");
    age("11 seconds");
    EXPECT_EQ(outcome_of(make("milk", "a")), "422 idempotency_key_reused");
    EXPECT_EQ(outcome_of(make("tea", "a")), "201");
    EXPECT_EQ(door.things(), "tea");
}

TEST_F(ApiIdempotency, WorkWhoseClaimWasTakenOverIsNotCommitted) {
    const Call slow = call(R"({"name":"tea"})", "a", "/slow-things");
    http::Response late;
    auto both = [&]() -> test::asio::awaitable<void> {
        bool done = false;
        test::asio::co_spawn(
            door.io, [&]() -> test::asio::awaitable<void> { co_await test::pause(std::chrono::milliseconds(50)); },
            [&](std::exception_ptr) {
                age("61 seconds");  // and somebody takes it over
                door.database.execute("update idempotency_keys set created_at = now()");
                done = true;
            });
        late = co_await door.answer(slow);
        EXPECT_TRUE(done);
    };
    test::run(door.io, both());
    EXPECT_EQ(outcome_of(late), "409 idempotency_key_in_use");
    EXPECT_EQ(door.things(), "");
    EXPECT_TRUE(door.emissions.empty());
    EXPECT_EQ(door.database.execute("select status_code is null from idempotency_keys"), "t");
}

TEST_F(ApiIdempotency, AnAnswerIsKeptForADay) {
    make("tea", "a");
    age("23 hours 59 minutes");
    EXPECT_EQ(test::header_of(make("tea", "a"), "Idempotent-Replayed"), "true");
    age("2 minutes");
    EXPECT_EQ(outcome_of(make("milk", "a")), "201");
    EXPECT_EQ(test::header_of(make("milk", "a"), "Idempotent-Replayed"), "true");
    EXPECT_EQ(door.things(), "milk,tea");
}

TEST_F(ApiIdempotency, OldAnswersAreForgottenInEveryTenant) {
    make("tea", "a");
    person = door.sign_in(Role::customer, "other");
    Call elsewhere = call(R"({"name":"tea"})", "b");
    elsewhere.headers.push_back({"X-Tenant", "other"});
    EXPECT_EQ(door.send(elsewhere).status, 201);
    age("25 hours");
    person = door.sign_in();
    make("milk", "c");
    test::run(door.io, forget_old_answers(*door.pool));
    EXPECT_EQ(door.database.execute("select string_agg(key, ',') from idempotency_keys"), "c");
}

TEST_F(ApiIdempotency, AKeyHasALimitAndAVisitorHasNone) {
    EXPECT_EQ(make("tea", std::string(100, 'k')).status, 201);
    const http::Response response = make("milk", std::string(101, 'k'));
    EXPECT_EQ(outcome_of(response), "422 invalid");
    EXPECT_THAT(test::faults_of(response), ElementsAre("/headers/Idempotency-Key: must be at most 100 characters"));
    EXPECT_EQ(door.things(), "tea");
}

}  // namespace
}  // namespace liveshop
