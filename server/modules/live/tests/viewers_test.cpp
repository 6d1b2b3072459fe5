#include "modules/live/tests/studio.hpp"

namespace liveshop::live {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class Viewers : public Studio {
  protected:
    std::string participants(std::string_view stream_id, std::string_view value) {
        return api.sql(
            fmt::format("select string_agg({}::text, ' ' order by joined_at, watch_duration_s)"
                        " from stream_participants where stream_id = '{}'",
                        value, stream_id));
    }
    /// As if everybody who watches had come that long before.
    void let_pass(int seconds) {
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
    const std::string hidden = go_live(R"(, "type": "private")");
    EXPECT_EQ(step(customer, hidden, "join").status, 200) << "who has the link may watch";
    const TestUser stranger = api.make_user(Role::customer, api.make_tenant("other"));
    EXPECT_EQ(code_of(step(stranger, hidden, "join")), "live.stream_not_found");
    EXPECT_EQ(code_of(step(stranger, hidden, "leave")), "live.stream_not_found");
    EXPECT_EQ(participants(hidden, "user_id"), customer.id.to_string());
}

TEST_F(Viewers, AreCountedAndTheHostIsNot) {
    const std::string id = go_live();
    EXPECT_THAT(rooms_joined(owner, "start_stream", id), ElementsAre(stream_room(id)));
    EXPECT_THAT(rooms_joined(owner, "join_stream", id), ElementsAre(stream_room(id)));
    tell_due();
    EXPECT_THAT(told("stream:viewers"), IsEmpty());
    EXPECT_THAT(rooms_joined(customer, "join_stream", id), UnorderedElementsAre(stream_room(id), audience_room(id)));
    EXPECT_EQ(api.call({"POST", path_of(id) + "/join", std::nullopt, "", ""}).status, 200);
    EXPECT_EQ(participants(id, "user_id"), customer.id.to_string()) << "a visitor is nobody we know";
}

TEST_F(Viewers, WatchOnceAtATimeAndTheTimeAddsUp) {
    const std::string id = go_live();
    for (int screen = 0; screen < 2; ++screen) EXPECT_EQ(step(customer, id, "join").status, 200);
    EXPECT_EQ(participants(id, "watch_duration_s"), "0");
    let_pass(60);
    EXPECT_EQ(step(customer, id, "leave").status, 204);
    EXPECT_EQ(participants(id, "watch_duration_s"), "60");
    EXPECT_EQ(step(customer, id, "leave").status, 204) << "gone already";
    EXPECT_EQ(column(id, "total_watch_time_s"), "60");

    EXPECT_EQ(step(customer, id, "join").status, 200);
    EXPECT_EQ(step(staff, id, "join").status, 200);
    let_pass(30);
    EXPECT_EQ(step(owner, id, "end").status, 200);
    EXPECT_EQ(participants(id, "left_at is not null"), "true true true");
    EXPECT_EQ(column(id, "total_watch_time_s"), "120");
    EXPECT_EQ(step(customer, id, "leave").status, 204) << "the page is closed after the end";
    EXPECT_EQ(column(id, "total_watch_time_s"), "120");
}

}  // namespace
}  // namespace liveshop::live
