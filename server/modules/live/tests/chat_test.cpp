#include "modules/live/tests/studio.hpp"

namespace liveshop::live {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Chat : public Studio {
  protected:
    Chat() : id(go_live()) { api.emissions().clear(); }

    std::vector<std::string> said(std::string_view query = "") {
        return each("content", "messages", get_as_visitor(fmt::format("{}/chat{}", path_of(id), query)));
    }
    /// Messages "1" to "n", a second apart.
    void write_messages(int n) {
        api.sql(
            fmt::format("insert into stream_messages (tenant_id, stream_id, user_id, user_name, content, created_at)"
                        " select '{}', '{}', '{}', 'Somebody', i::text, '2030-01-01T00:00:00Z'::timestamptz"
                        "        + i * interval '1 second' from generate_series(1, {}) i",
                        api.tenant_id().to_string(), id, customer.id.to_string(), n));
    }

    const std::string id;
};

TEST_F(Chat, IsHeardByTheRoomAndKept) {
    const http::Response answer = say(customer, id, "Is it dishwasher-safe? \\ud83c\\udf75");
    ASSERT_EQ(answer.status, 201) << answer.body;
    const json::value message = json_of(answer);
    EXPECT_EQ(message.at("user_id").as_string(), customer.id.to_string());
    EXPECT_EQ(message.at("user_name").as_string(), "Test customer");
    EXPECT_EQ(message.at("type").as_string(), "text");
    EXPECT_EQ(message.at("content").as_string(), "Is it dishwasher-safe? 🍵");
    ASSERT_THAT(api.emissions(), SizeIs(1));
    EXPECT_EQ(api.emissions()[0].event, "stream:message");
    EXPECT_EQ(api.emissions()[0].room, stream_room(id));
    EXPECT_EQ(json::parse(api.emissions()[0].payload), message);

    EXPECT_EQ(say(owner, id, "Yes").status, 201);
    EXPECT_THAT(said(), ElementsAre("Is it dishwasher-safe? 🍵", "Yes")) << "the oldest first";
    EXPECT_EQ(json_of(get_as_visitor(path_of(id) + "/chat")).at("messages").at(0), message);
}

TEST_F(Chat, HistoryIsTheNewestHundredOrThoseBefore) {
    write_messages(105);
    const std::vector<std::string> newest = said();
    ASSERT_THAT(newest, SizeIs(100));
    EXPECT_EQ(newest.front(), "6");
    EXPECT_EQ(newest.back(), "105");
    EXPECT_THAT(said("?before=2030-01-01T00:00:06Z"), ElementsAre("1", "2", "3", "4", "5"));
    EXPECT_THAT(said("?before=2030-01-01T00:00:01Z"), IsEmpty());
    EXPECT_THAT(faults_in(get_as_visitor(path_of(id) + "/chat?before=yesterday")), ElementsAre("/before"));
}

TEST_F(Chat, NeedsALiveStreamAndAName) {
    const auto path = [](const std::string& stream_id) { return path_of(stream_id) + "/chat"; };
    EXPECT_EQ(code_of(say(customer, plan(), "Hello")), "live.stream_not_live");
    EXPECT_EQ(code_of(say(customer, Uuid::make().to_string(), "Hello")), "live.stream_not_found");
    EXPECT_EQ(code_of(get_as_visitor(path(Uuid::make().to_string()))), "live.stream_not_found");
    EXPECT_EQ(code_of(api.call({"POST", path(id), std::nullopt, R"({"content": "Hello"})", ""})), "unauthenticated");
    EXPECT_EQ(say(customer, id, "Hello").status, 201);
    EXPECT_EQ(step(owner, id, "end").status, 200);
    EXPECT_EQ(code_of(say(customer, id, "Hello?")), "live.stream_not_live");
    EXPECT_THAT(said(), ElementsAre("Hello")) << "what was said stays readable";
    EXPECT_THAT(told("stream:message"), SizeIs(1));
}

TEST_F(Chat, EveryFaultIsNamed) {
    EXPECT_THAT(faults_in(say(customer, id, "")), ElementsAre("/content"));
    EXPECT_THAT(faults_in(say(customer, id, std::string(501, 'x'))), ElementsAre("/content"));
    EXPECT_THAT(faults_in(say(customer, id, "a \\u0000 b")), ElementsAre("/content"));
    EXPECT_THAT(faults_in(step(customer, id, "chat", R"({"content": "x", "type": "system"})")), ElementsAre("/type"));
    std::string long_one;
    for (int i = 0; i < 500; ++i) long_one += "é";
    EXPECT_EQ(say(customer, id, long_one).status, 201) << "characters, not bytes";
}

TEST_F(Chat, IsTwentyMessagesInTenSecondsAtMost) {
    std::vector<test::TestCall> calls(50, {"POST", path_of(id) + "/chat", customer, R"({"content": "Hello"})", ""});
    const auto begun = std::chrono::steady_clock::now();
    std::size_t sent = 0;
    for (const http::Response& answer : api.call_all(std::move(calls))) {
        sent += answer.status == 201;
        if (answer.status == 201) continue;
        EXPECT_EQ(answer.status, 429);
        EXPECT_EQ(code_of(answer), "rate_limited");
        EXPECT_EQ(std::ranges::count(answer.headers, "Retry-After", &http::Header::name), 1);
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
    EXPECT_GE(sent, 20U);
    EXPECT_LE(static_cast<double>(sent), 20 + 2 * took.count()) << "two more with each second";
    EXPECT_LT(sent, 50U);
    EXPECT_THAT(told("stream:message"), SizeIs(sent));
    EXPECT_EQ(say(staff, id, "Slow down, please").status, 201) << "others may go on";
}

TEST_F(Chat, OfAnotherTenantIsNotThere) {
    say(customer, id, "Hello");
    api.emissions().clear();
    const TenantId other = api.make_tenant("other");
    for (const Role role : {Role::customer, Role::admin}) {
        const TestUser stranger = api.make_user(role, other);
        EXPECT_EQ(code_of(api.get(path_of(id) + "/chat", stranger)), "live.stream_not_found");
        EXPECT_EQ(code_of(say(stranger, id, "Hello")), "live.stream_not_found");
        EXPECT_EQ(code_of(react(stranger, id, "heart")), "live.stream_not_found");
    }
    tell_due();
    EXPECT_THAT(api.emissions(), IsEmpty());
    EXPECT_THAT(said(), ElementsAre("Hello"));
}

TEST_F(Chat, ReactionsAreToldTogetherAndCounted) {
    for (const std::string_view kind : {"heart", "fire", "heart", "heart"})
        EXPECT_EQ(react(customer, id, kind).status, 204);
    EXPECT_EQ(api.call({"POST", path_of(id) + "/reactions", std::nullopt, R"({"kind": "wow"})", ""}).status, 204);
    EXPECT_THAT(api.emissions(), IsEmpty());
    tell_due();
    ASSERT_THAT(api.emissions(), SizeIs(1));
    EXPECT_EQ(api.emissions()[0].event, "stream:reaction");
    EXPECT_EQ(api.emissions()[0].room, stream_room(id));
    const json::value expected{{"stream_id", id},
                               {"counts", json::array{json::object{{"kind", "heart"}, {"count", 3}},
                                                      json::object{{"kind", "fire"}, {"count", 1}},
                                                      json::object{{"kind", "wow"}, {"count", 1}}}}};
    EXPECT_EQ(json::parse(api.emissions()[0].payload), expected);
    tell_due();
    EXPECT_THAT(api.emissions(), SizeIs(1)) << "each is told once";
    EXPECT_THAT(faults_in(react(customer, id, "hate")), ElementsAre("/kind"));
}

TEST_F(Chat, ReactionsNeedALiveStream) {
    EXPECT_EQ(code_of(react(customer, plan(), "heart")), "live.stream_not_live");
    EXPECT_EQ(code_of(react(customer, Uuid::make().to_string(), "heart")), "live.stream_not_found");
    tell_due();
    EXPECT_THAT(api.emissions(), IsEmpty());
}

}  // namespace
}  // namespace liveshop::live
