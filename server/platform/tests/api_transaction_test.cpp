// One call, one transaction: what is committed, what is tried again, and when events leave.
#include "platform/jobs/jobs.hpp"
#include "platform/tests/door.hpp"

namespace liveshop {
namespace {

using test::Call;
using test::Door;
using test::outcome_of;
using test::ThingName;
using testing::ElementsAre;
using testing::IsEmpty;

struct Colliding {
    std::string state;
    std::int64_t times = 0;
};
BOOST_DESCRIBE_STRUCT(Colliding, (), (state, times))
struct TwoNames {
    std::string first, second;
};
BOOST_DESCRIBE_STRUCT(TwoNames, (), (first, second))

inline const db::Query<std::int64_t(std::string)> touch_thing{
    "test.touch_thing", "update things set name = name where name = $1 returning 1::bigint"};

int times_called = 0;
std::string fault;  // what happens at the end of the handlers

void end() {
    if (fault == "fail") throw Fail(PlatformErrc::forbidden);
    if (fault == "throw") throw std::runtime_error("a fault of the handler");
}

awaitable<void> make_thing(Ctx& ctx, ThingName in) {
    const test::Thing thing = co_await ctx.tx.one(test::insert_thing, ctx.tenant, in.name.value);
    ctx.emit("things", "made", thing.name);
    co_await jobs::enqueue(ctx, "test.count", in);
    end();
}
awaitable<void> make_in_two_steps(Ctx& ctx, ThingName in) {
    const test::Thing thing = co_await ctx.tx.one(test::insert_thing, ctx.tenant, in.name.value);
    ctx.emit("things", "first", thing.name);
    co_await jobs::enqueue(ctx, "test.count", in);
    co_await ctx.commit();
    const test::Thing other = co_await ctx.tx.one(test::insert_thing, ctx.tenant, in.name.value + " too");
    ctx.emit("things", "second", other.name);
    end();
}
// Collides with others so many times.
awaitable<void> collide(Ctx& ctx, Colliding in) {
    const std::string name = fmt::format("try {}", ++times_called);
    const test::Thing thing = co_await ctx.tx.one(test::insert_thing, ctx.tenant, name);
    ctx.emit("things", "made", thing.name);
    if (times_called <= in.times) co_await ctx.tx.one(test::raise_state, in.state);
}
awaitable<void> commit_and_collide(Ctx& ctx) {
    ++times_called;
    const test::Thing thing = co_await ctx.tx.one(test::insert_thing, ctx.tenant, "kept");
    ctx.emit("things", "made", thing.name);
    co_await ctx.commit();
    co_await ctx.tx.one(test::raise_state, "40001");
}
awaitable<void> touch_both(Ctx& ctx, TwoNames in) {
    ++times_called;
    co_await ctx.tx.one(touch_thing, in.first);
    co_await test::pause(std::chrono::milliseconds(100));
    co_await ctx.tx.one(touch_thing, in.second);
}
awaitable<void> write_by_reading(Ctx& ctx) { co_await ctx.tx.one(test::insert_thing, ctx.tenant, "written"); }
awaitable<std::vector<std::string>> list_things(Ctx& ctx) {
    const std::string names = co_await ctx.tx.one(test::thing_names);
    co_return std::vector<std::string>{names};
}

std::vector<Route> routes() {
    return route_table(post<make_thing>("/things").by(anyone), post<make_in_two_steps>("/two-steps").by(anyone),
                       post<collide>("/collide").by(anyone), post<commit_and_collide>("/commit-and-collide").by(anyone),
                       post<touch_both>("/touch-both").by(anyone), get<write_by_reading>("/write").by(anyone),
                       get<list_things>("/things").by(anyone));
}

class ApiTransaction : public testing::Test {
  protected:
    ApiTransaction() {
        times_called = 0;
        fault.clear();
    }
    http::Response post(std::string path, std::string body = "") {
        return door.send({"POST", std::move(path), std::move(body)});
    }
    std::string jobs() const { return door.database.execute("select count(*) from jobs"); }

    Door door{{.routes = routes()}};
};

TEST_F(ApiTransaction, EventsLeaveAndTheWorkerIsWokenAfterTheCommit) {
    door.deliver = [&](const Emission&) { EXPECT_EQ(door.things(), "tea"); };  // another session sees it
    EXPECT_EQ(post("/things", R"({"name":"tea"})").status, 204);
    EXPECT_THAT(door.emissions, ElementsAre(R"(things made "tea")"));
    EXPECT_EQ(door.wakes, 1);
    EXPECT_EQ(jobs(), "1");
}

TEST_F(ApiTransaction, NothingIsLeftOfACallThatFails) {
    for (const auto& [why, outcome] : {std::pair("fail", "403 forbidden"), std::pair("throw", "500 internal")}) {
        fault = why;
        EXPECT_EQ(outcome_of(post("/things", R"({"name":"tea"})")), outcome);
    }
    EXPECT_EQ(door.things(), "");
    EXPECT_EQ(jobs(), "0");
    EXPECT_THAT(door.emissions, IsEmpty());
    EXPECT_EQ(door.wakes, 0);
}

TEST_F(ApiTransaction, ACommitThatFailsIsAFailure) {
    door.database.execute(
        "alter table things drop constraint things_name_key;"
        "alter table things add constraint things_name_key unique (tenant_id, name) deferrable initially deferred");
    EXPECT_EQ(post("/things", R"({"name":"tea"})").status, 204);
    EXPECT_EQ(outcome_of(post("/things", R"({"name":"tea"})")), "500 internal");  // said at the commit
    EXPECT_EQ(door.things(), "tea");
    EXPECT_EQ(door.emissions.size(), 1U);
    EXPECT_EQ(door.wakes, 1);
}

TEST_F(ApiTransaction, WhatWasCommittedOnTheWayStaysAndIsTold) {
    fault = "throw";
    EXPECT_EQ(outcome_of(post("/two-steps", R"({"name":"tea"})")), "500 internal");
    EXPECT_EQ(door.things(), "tea");
    EXPECT_THAT(door.emissions, ElementsAre(R"(things first "tea")"));
    EXPECT_EQ(door.wakes, 1);
    EXPECT_EQ(jobs(), "1");
    fault.clear();
    EXPECT_EQ(post("/two-steps", R"({"name":"milk"})").status, 204);
    EXPECT_EQ(door.things(), "milk,milk too,tea");
}

TEST_F(ApiTransaction, ACollisionIsTriedAgainThreeTimesInAll) {
    for (const char* state : {"40001", "40P01"}) {
        times_called = 0;
        door.emissions.clear();
        door.database.execute("delete from things");
        EXPECT_EQ(post("/collide", fmt::format(R"({{"state":"{}","times":2}})", state)).status, 204);
        EXPECT_EQ(times_called, 3);
        EXPECT_EQ(door.things(), "try 3");
        EXPECT_THAT(door.emissions, ElementsAre(R"(things made "try 3")"));
    }
    times_called = 0;
    door.database.execute("delete from things");
    EXPECT_EQ(outcome_of(post("/collide", R"({"state":"40001","times":3})")), "409 conflict");
    EXPECT_EQ(times_called, 3);
    EXPECT_EQ(door.things(), "");
    times_called = 0;
    EXPECT_EQ(outcome_of(post("/collide", R"({"state":"23505","times":1})")), "500 internal");  // no collision
    EXPECT_EQ(times_called, 1);
}

TEST_F(ApiTransaction, WhatHasCommittedIsNotDoneAgain) {
    EXPECT_EQ(outcome_of(post("/commit-and-collide")), "409 conflict");
    EXPECT_EQ(times_called, 1);
    EXPECT_EQ(door.things(), "kept");
    EXPECT_EQ(door.emissions.size(), 1U);
}

TEST_F(ApiTransaction, OfTwoThatDeadlockBothSucceed) {
    post("/things", R"({"name":"a"})");
    post("/things", R"({"name":"b"})");
    const std::vector<http::Response> responses =
        door.send_all({{"POST", "/touch-both", R"({"first":"a","second":"b"})"},
                       {"POST", "/touch-both", R"({"first":"b","second":"a"})"}});
    for (const http::Response& response : responses) EXPECT_EQ(response.status, 204) << response.body;
    EXPECT_GE(times_called, 3);
}

TEST_F(ApiTransaction, AReadingRouteCannotWrite) {
    EXPECT_EQ(outcome_of(door.send({"GET", "/write"})), "500 internal");
    EXPECT_EQ(door.things(), "");
}

TEST_F(ApiTransaction, SeesItsTenantAlone) {
    post("/things", R"({"name":"tea"})");
    EXPECT_EQ(door.send({"POST", "/things", R"({"name":"milk"})", "", {{"X-Tenant", "other"}}}).status, 204);
    EXPECT_EQ(door.send({"GET", "/things"}).body, R"(["tea"])");
    EXPECT_EQ(door.send({"GET", "/things", "", "", {{"X-Tenant", "other"}}}).body, R"(["milk"])");
    EXPECT_EQ(door.things(), "milk,tea");
}

}  // namespace
}  // namespace liveshop
