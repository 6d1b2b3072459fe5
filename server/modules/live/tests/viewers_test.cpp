#include "modules/live/tests/studio.hpp"

namespace liveshop::live {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class Viewers : public Studio {
  protected:
    std::string participants(std::string_view stream_id, std::string_view value) {
        tell_due();  // who came is written down by then
        return api.sql(
            fmt::format("select string_agg({}::text, ' ' order by joined_at, watch_duration_s)"
                        " from stream_participants where stream_id = '{}'",
                        value, stream_id));
    }
    /// So many seconds, and what the test itself took.
    static void expect_about(std::int64_t seconds, std::int64_t wanted) {
        EXPECT_GE(seconds, wanted);
        EXPECT_LE(seconds, wanted + 8);
    }
    std::int64_t total_of(const std::string& stream_id) { return std::stoll(column(stream_id, "total_watch_time_s")); }
    /// As if everybody who watches had come that long before.
    void let_pass(int seconds) {
        tell_due();
        api.sql(
            fmt::format("update stream_participants set joined_at = joined_at - interval '{} seconds'"
                        " where left_at is null",
                        seconds));
    }
};

TEST_F(Viewers, GetTheVideoTheCountAndThePins) {
    const std::string id = go_live(), mug = add_product(owner, store_id, "Mug"),
                      cup = add_product(owner, store_id, "Cup");
    pin(id, mug);
    pin(id, cup);
    sockets[audience_room(id)] = 12;
    sockets[stream_room(id)] = 13;
    const http::Response joined = step(customer, id, "join");
    ASSERT_EQ(joined.status, 200) << joined.body;
    const json::value watching = json_of(joined);
    EXPECT_EQ(watching.at("stream").at("id").as_string(), id);
    EXPECT_EQ(watching.at("whep_url").as_string(), "/whep/" + id);
    EXPECT_EQ(watching.at("viewer_count").as_int64(), 12);
    EXPECT_THAT(each("name", "pinned_products", joined), ElementsAre("Cup", "Mug")) << "the newest pin first";
}

TEST_F(Viewers, JoinWhatIsLive) {
    const std::string id = plan();
    const auto code = [&](std::string_view stream_id) {
        return code_of(step(customer, std::string(stream_id), "join"));
    };
    EXPECT_EQ(code(id), "live.stream_not_live");
    set_status(id, "cancelled");
    EXPECT_EQ(code(id), "live.stream_over");
    set_status(id, "ended");
    EXPECT_EQ(code(id), "live.stream_over");
    EXPECT_EQ(code(Uuid::make().to_string()), "live.stream_not_found");
    const std::string shown = go_live();
    const TestUser stranger = api.make_user(Role::customer, api.make_tenant("other"));
    EXPECT_EQ(code_of(step(stranger, shown, "join")), "live.stream_not_found");
    EXPECT_EQ(step(customer, shown, "join").status, 200);
    EXPECT_EQ(step(stranger, shown, "leave").status, 204) << "and nothing happens";
    tell_due();
    EXPECT_EQ(participants(shown, "user_id::text || ' ' || (left_at is null)"), customer.id.to_string() + " true");
}

TEST_F(Viewers, AreCountedAndTheHostIsNot) {
    const std::string id = go_live();
    for (const TestUser& who : {owner, staff, admin}) {
        EXPECT_THAT(rooms_joined(who, "start_stream", id), ElementsAre(stream_room(id), hosts_room(id)));
        EXPECT_THAT(rooms_joined(who, "join_stream", id), ElementsAre(stream_room(id), hosts_room(id)));
    }
    tell_due();
    EXPECT_THAT(told("stream:viewers"), IsEmpty());
    EXPECT_THAT(rooms_joined(customer, "join_stream", id),
                UnorderedElementsAre(stream_room(id), audience_room(id), screens_room(id, customer)));
    EXPECT_THAT(rooms_joined(other_owner, "join_stream", id),
                UnorderedElementsAre(stream_room(id), audience_room(id), screens_room(id, other_owner)));
    EXPECT_EQ(api.call({"POST", path_of(id) + "/join", std::nullopt, "", ""}).status, 200);
    EXPECT_EQ(participants(id, "user_id"), customer.id.to_string() + " " + other_owner.id.to_string())
        << "a visitor is nobody we know";
}

TEST_F(Viewers, WatchOnceAtATimeAndTheTimeAddsUp) {
    const std::string id = go_live();
    for (int screen = 0; screen < 2; ++screen) EXPECT_EQ(step(customer, id, "join").status, 200);
    EXPECT_EQ(participants(id, "watch_duration_s"), "0");
    let_pass(60);
    EXPECT_EQ(step(customer, id, "leave").status, 204);
    tell_due();
    expect_about(std::stoll(participants(id, "watch_duration_s")), 60);
    EXPECT_EQ(step(customer, id, "leave").status, 204) << "gone already";
    tell_due();
    const std::int64_t first_time_s = total_of(id);
    expect_about(first_time_s, 60);

    EXPECT_EQ(step(customer, id, "join").status, 200);
    EXPECT_EQ(step(other_owner, id, "join").status, 200);
    let_pass(30);
    EXPECT_EQ(step(owner, id, "end").status, 200);
    EXPECT_EQ(participants(id, "left_at is not null"), "true true true");
    const std::int64_t total_s = total_of(id);
    expect_about(total_s, first_time_s + 60);
    EXPECT_EQ(step(customer, id, "leave").status, 204) << "the page is closed after the end";
    tell_due();
    EXPECT_EQ(total_of(id), total_s);
}

// Two tabs are one person, who goes with the last of them.
TEST_F(Viewers, OnTwoScreensAreSignedOffWithTheSecond) {
    const std::string id = go_live(), room = screens_room(id, customer);
    for (int screen = 0; screen < 2; ++screen) EXPECT_EQ(step(customer, id, "join").status, 200);
    sockets[room] = 2;
    let_pass(10);
    EXPECT_EQ(step(customer, id, "leave").status, 204);
    tell_due();  // its socket is still in the room
    sockets[room] = 1;
    for (int second = 0; second < 10; ++second) tell_due();
    EXPECT_EQ(participants(id, "left_at is null"), "true") << "one goes on watching";

    let_pass(50);
    EXPECT_EQ(step(customer, id, "leave").status, 204);
    tell_due();
    EXPECT_EQ(participants(id, "left_at is null"), "true") << "the socket leaves its rooms after the call";
    sockets[room] = 0;
    api.sql("update stream_participants set joined_at = joined_at - interval '5 seconds'");  // as time passes
    tell_due();
    EXPECT_EQ(participants(id, "left_at is not null"), "true");
    expect_about(std::stoll(participants(id, "watch_duration_s")),
                 65);  // of when they left, not of when it was noticed
    expect_about(total_of(id), 65);
}

TEST_F(Viewers, WhoComesBackAtOnceHasNotLeft) {
    const std::string id = go_live();
    step(customer, id, "join");
    sockets[screens_room(id, customer)] = 1;
    step(customer, id, "leave");
    step(customer, id, "join");
    for (int second = 0; second < 10; ++second) tell_due();
    EXPECT_EQ(participants(id, "left_at is null"), "true");
}

TEST_F(Viewers, AreListedForTheHostWithWhatTheyDid) {
    const std::string id = go_live();
    const TestUser other = api.make_user(Role::customer);
    step(customer, id, "join");
    let_pass(100);
    step(customer, id, "leave");
    tell_due();
    step(customer, id, "join");
    step(other, id, "join");
    let_pass(20);
    for (const std::string_view text : {"Hello", "Nice"}) EXPECT_EQ(say(customer, id, text).status, 201);
    for (int i = 0; i < 3; ++i) react(other, id, "heart");
    api.call({"POST", path_of(id) + "/reactions", std::nullopt, R"({"kind": "wow"})", ""});
    tell_due();

    const json::value all = look(owner, path_of(id) + "/participants");
    ASSERT_EQ(all.at("participants").as_array().size(), 2U);
    const json::value &first = all.at("participants").at(0), &second = all.at("participants").at(1);
    EXPECT_EQ(first.at("user_id").as_string(), customer.id.to_string());
    EXPECT_EQ(first.at("name").as_string(), "Test customer");
    EXPECT_TRUE(first.at("is_watching").as_bool());
    expect_about(first.at("watch_duration_s").as_int64(), 120);  // both times
    EXPECT_EQ(first.at("messages_count").as_int64(), 2);
    EXPECT_EQ(second.at("reactions_count").as_int64(), 3);
    EXPECT_FALSE(all.as_object().contains("next_cursor"));
    const json::value page = look(owner, path_of(id) + "/participants?limit=1");
    EXPECT_EQ(page.at("participants").at(0).at("user_id"), first.at("user_id"));
    const std::string cursor(page.at("next_cursor").as_string());
    EXPECT_EQ(
        look(owner, path_of(id) + "/participants?limit=1&cursor=" + cursor).at("participants").at(0).at("user_id"),
        second.at("user_id"));
    EXPECT_THAT(faults_in(api.get(path_of(id) + "/participants?cursor=1", owner)), ElementsAre("/cursor"));
    EXPECT_EQ(code_of(api.get(path_of(id) + "/participants", customer)), "forbidden");
    EXPECT_EQ(code_of(api.get(path_of(id) + "/participants", other_owner)), "catalog.not_your_store");
    EXPECT_EQ(code_of(api.get(path_of(Uuid::make().to_string()) + "/participants", owner)), "live.stream_not_found");

    sockets[audience_room(id)] = 2;
    audience.changed(api.tenant_id(), StreamId::parse(id).value());
    tell_due();
    EXPECT_EQ(step(owner, id, "end").status, 200);
    const json::value summary = look(owner, path_of(id) + "/summary");
    EXPECT_EQ(summary.at("participants_count").as_int64(), 2);
    EXPECT_EQ(summary.at("messages_count").as_int64(), 2);
    EXPECT_EQ(summary.at("reactions_count").as_int64(), 4) << "the visitor's, too";
    EXPECT_EQ(summary.at("stream").at("peak_viewers").as_int64(), 2);
    expect_about(summary.at("stream").at("total_watch_time_s").as_int64(), 140);
    EXPECT_EQ(code_of(api.get(path_of(id) + "/summary", other_owner)), "catalog.not_your_store");
}

}  // namespace
}  // namespace liveshop::live
