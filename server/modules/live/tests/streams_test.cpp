#include <set>

#include "modules/live/tests/studio.hpp"

namespace liveshop::live {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class Streams : public Studio {
  protected:
    media::Grant grant_in(const json::value& answer) {
        const auto now_s = Timestamp::now().us / 1'000'000;
        const auto grant = media::verify(answer.at("grant").as_string(), grant_secret, now_s);
        EXPECT_TRUE(grant.has_value());
        return grant.value_or(media::Grant{});
    }
    std::vector<std::string> listed(std::string_view query, std::optional<TestUser> who = {}) {
        return each("id", "streams", api.call({"GET", fmt::format("/streams{}", query), who, "", ""}));
    }
};

TEST_F(Streams, ArePlannedListedAndChanged) {
    const http::Response planned = api.post(
        "/streams", staff,
        fmt::format(R"({{"store_id": "{}", "title": "Mugs", "scheduled_at": "2031-01-31T18:30:00+01:00"}})", store_id));
    ASSERT_EQ(planned.status, 201) << planned.body;
    const json::value stream = json_of(planned);
    const std::string id(stream.at("id").as_string());
    EXPECT_EQ(stream.at("status").as_string(), "scheduled");
    EXPECT_EQ(stream.at("type").as_string(), "public");
    EXPECT_EQ(stream.at("host_id").as_string(), staff.id.to_string());
    EXPECT_EQ(stream.at("store_name").as_string(), "Store mugs");
    EXPECT_EQ(Timestamp::parse(stream.at("scheduled_at").as_string()), Timestamp::parse("2031-01-31T17:30:00Z"));
    EXPECT_FALSE(stream.as_object().contains("started_at"));
    EXPECT_EQ(json_of(get_as_visitor(path_of(id))), stream);

    const http::Response changed = api.put(path_of(id), owner, R"({"title": "Cups", "description": "Big ones"})");
    json::value expected = stream;
    expected.as_object()["title"] = "Cups";
    expected.as_object()["description"] = "Big ones";
    EXPECT_EQ(json_of(changed), expected);
    EXPECT_EQ(told("stream:update").size(), 1U);

    const std::string shown = go_live(), hidden = go_live(R"(, "type": "private")");
    EXPECT_THAT(listed(""), ElementsAre(shown)) << "private ones are found by their link only";
    EXPECT_THAT(listed("?status=scheduled"), ElementsAre(id));
    EXPECT_THAT(listed("?status=ended"), IsEmpty());
    EXPECT_THAT(listed("?store_id=" + open_store(other_owner, "cups")), IsEmpty());
    EXPECT_EQ(code_of(get_as_visitor(path_of(hidden))), "live.stream_not_found");
    EXPECT_THAT(faults_in(get_as_visitor("/streams?status=over")), ElementsAre("/status"));
    EXPECT_THAT(faults_in(get_as_visitor("/streams/1")), ElementsAre("/stream_id"));
}

TEST_F(Streams, TheBusiestIsListedFirst) {
    const std::string quiet = go_live(), busy = go_live(), latest = go_live();
    api.sql(fmt::format("update live_streams set viewer_count = 7 where id = '{}'", busy));
    EXPECT_THAT(listed(""), ElementsAre(busy, latest, quiet));
}

TEST_F(Streams, EveryFaultIsNamed) {
    EXPECT_THAT(faults_in(api.post("/streams", owner,
                                   R"({"store_id": 1, "title": "", "scheduled_at": "tomorrow", "type": "secret",
                                       "status": "live"})")),
                UnorderedElementsAre("/store_id", "/title", "/scheduled_at", "/type", "/status"));
    EXPECT_THAT(faults_in(api.put(path_of(plan()), owner, R"({"title": 1, "status": "cancelled"})")),
                UnorderedElementsAre("/title", "/status"));
    EXPECT_THAT(faults_in(step(customer, "none", "leave")), ElementsAre("/stream_id"));
}

TEST_F(Streams, OnlyTheStoresOwnPeopleRunThem) {
    const std::string id = plan(), product_id = add_product(owner, store_id, "Mug");
    const std::string pin_body = fmt::format(R"({{"product_id": "{}"}})", product_id);
    const std::string stream_body = fmt::format(R"({{"store_id": "{}", "title": "Mugs"}})", store_id);
    const auto codes = [&](std::optional<TestUser> who) {
        std::set<std::string> all;
        for (const auto& [method, path, body] :
             std::vector<std::array<std::string, 3>>{{"PUT", path_of(id), R"({"title": "Taken over"})"},
                                                     {"POST", path_of(id) + "/start", ""},
                                                     {"POST", path_of(id) + "/end", ""},
                                                     {"POST", path_of(id) + "/cancel", ""},
                                                     {"GET", path_of(id) + "/invites", ""},
                                                     {"POST", path_of(id) + "/invites", ""},
                                                     {"GET", path_of(id) + "/product-requests", ""},
                                                     {"PUT", path_of(id) + "/pins", R"({"product_ids": []})"},
                                                     {"DELETE", path_of(id) + "/recording", ""},
                                                     {"POST", path_of(id) + "/pin", pin_body},
                                                     {"DELETE", path_of(id) + "/pin/" + product_id, ""}})
            all.insert(code_of(api.call({method, path, who, body, ""})));
        return all;
    };
    const TestUser stranger = api.make_user(Role::store_owner, api.make_tenant("other"));
    EXPECT_THAT(codes(other_owner), ElementsAre("catalog.not_your_store"));
    EXPECT_THAT(codes(customer), ElementsAre("forbidden"));
    EXPECT_THAT(codes(std::nullopt), ElementsAre("unauthenticated"));
    EXPECT_THAT(codes(stranger), ElementsAre("live.stream_not_found"));
    EXPECT_EQ(code_of(api.post("/streams", other_owner, stream_body)), "catalog.not_your_store");
    EXPECT_EQ(code_of(api.post("/streams", stranger, stream_body)), "catalog.store_not_found");
    EXPECT_EQ(code_of(api.get(path_of(id), stranger)), "live.stream_not_found");
    EXPECT_THAT(listed("?status=scheduled", stranger), IsEmpty());
    dismiss(store_id, staff);
    EXPECT_THAT(codes(staff), ElementsAre("catalog.not_your_store"));
    EXPECT_EQ(column(id, "status"), "scheduled");
    EXPECT_TRUE(api.emissions().empty());
    EXPECT_EQ(code_of(step(owner, Uuid::make().to_string(), "start")), "live.stream_not_found");
}

TEST_F(Streams, GoLiveOnceAndEndOnce) {
    const std::string id = plan();
    EXPECT_EQ(code_of(step(owner, id, "end")), "live.stream_not_live");
    const json::value started = json_of(step(owner, id, "start"));
    EXPECT_EQ(started.at("stream").at("status").as_string(), "live");
    EXPECT_TRUE(started.at("stream").as_object().contains("started_at"));
    EXPECT_EQ(started.at("whip_url").as_string(), "/whip/" + id);
    ASSERT_EQ(told("stream:start").size(), 1U);
    EXPECT_EQ(told("stream:start")[0].room, tenant_room());
    EXPECT_EQ(json::parse(told("stream:start")[0].payload), started.at("stream"));

    const http::Response returned = step(staff, id, "start");
    ASSERT_EQ(returned.status, 200) << "the host is back after a reload";
    EXPECT_EQ(json_of(returned).at("stream"), started.at("stream"));
    EXPECT_EQ(grant_in(json_of(returned)).subject, staff.id.to_string());
    EXPECT_EQ(told("stream:start").size(), 1U);

    const json::value ended = json_of(step(staff, id, "end"));
    EXPECT_EQ(ended.at("status").as_string(), "ended");
    EXPECT_TRUE(ended.as_object().contains("ended_at"));
    ASSERT_EQ(told("stream:end").size(), 1U);
    EXPECT_EQ(told("stream:end")[0].room, tenant_room());
    EXPECT_EQ(json::parse(told("stream:end")[0].payload), ended);
    EXPECT_EQ(json_of(step(owner, id, "end")), ended);
    EXPECT_EQ(told("stream:end").size(), 1U);
    EXPECT_EQ(api.sql("select count(*) from jobs where kind = 'live.close_room'"), "1");
    EXPECT_EQ(code_of(step(owner, id, "start")), "live.stream_over");
    EXPECT_EQ(api.emissions().size(), 2U);
}

TEST_F(Streams, ACancelledOneNeitherStartsNorEnds) {
    const std::string id = plan();
    set_status(id, "cancelled");
    EXPECT_EQ(code_of(step(owner, id, "start")), "live.stream_over");
    EXPECT_EQ(code_of(step(owner, id, "end")), "live.stream_not_live");
    EXPECT_TRUE(api.emissions().empty());
}

// Two tabs, two people: whoever asks is answered, and everybody else is told once.
TEST_F(Streams, OfManyStartsAndEndsAtOnceOneIsTold) {
    for (int round = 0; round < 5; ++round) {
        const std::string id = plan();
        for (const std::string move : {"start", "end"}) {
            api.emissions().clear();
            std::vector<test::TestCall> calls(4, {"POST", path_of(id) + "/" + move, owner, "", ""});
            calls[1].user = calls[3].user = staff;
            for (const http::Response& answer : api.call_all(std::move(calls))) EXPECT_EQ(answer.status, 200);
            EXPECT_EQ(told("stream:" + move).size(), 1U) << move;
            EXPECT_EQ(api.emissions().size(), 1U);
        }
        EXPECT_EQ(api.sql(fmt::format("select count(*) from jobs where kind = 'live.close_room'"
                                      " and payload->>'stream_id' = '{}'",
                                      id)),
                  "1");
    }
}

TEST_F(Streams, AStartAgainstAnEndLeavesNobodyOnAir) {
    for (int round = 0; round < 5; ++round) {
        const std::string id = go_live();
        const std::vector<http::Response> answers = api.call_all(
            {{"POST", path_of(id) + "/end", owner, "", ""}, {"POST", path_of(id) + "/start", staff, "", ""}});
        EXPECT_EQ(answers[0].status, 200);
        if (answers[1].status != 200) EXPECT_EQ(code_of(answers[1]), "live.stream_over");
        EXPECT_EQ(column(id, "status"), "ended");
    }
}

TEST_F(Streams, APrivateOneIsToldToThoseWhoWatchAlone) {
    const std::string id = go_live(R"(, "type": "private")");
    EXPECT_TRUE(api.emissions().empty());
    EXPECT_EQ(step(customer, id, "join", fmt::format(R"({{"invite": "{}"}})", invite_to(id))).status, 200);
    EXPECT_EQ(step(owner, id, "end").status, 200);
    ASSERT_EQ(api.emissions().size(), 1U);
    EXPECT_EQ(api.emissions()[0].event, "stream:end");
    EXPECT_EQ(api.emissions()[0].room, stream_room(id));
}

TEST_F(Streams, GrantsAreForOneRoomOneActionAndAShortTime) {
    settings.media_grant_ttl_s.value = 90;
    const std::string id = plan();
    const std::int64_t before_s = Timestamp::now().us / 1'000'000;
    const json::value started = json_of(step(owner, id, "start")), joined = json_of(step(customer, id, "join"));
    const json::value visited = json_of(api.call({"POST", path_of(id) + "/join", std::nullopt, "", ""}));
    const std::int64_t after_s = Timestamp::now().us / 1'000'000;

    const media::Grant publishing = grant_in(started), viewing = grant_in(joined);
    EXPECT_EQ(publishing.action, media::Action::publish);
    EXPECT_EQ(publishing.subject, owner.id.to_string());
    EXPECT_EQ(viewing.action, media::Action::view) << "a viewer cannot publish";
    EXPECT_EQ(viewing.subject, customer.id.to_string());
    EXPECT_EQ(grant_in(visited).action, media::Action::view);
    EXPECT_EQ(grant_in(visited).subject, "visitor");
    for (const media::Grant& grant : {publishing, viewing}) {
        EXPECT_EQ(grant.room, id);
        EXPECT_GE(grant.expires_at_s, before_s + 90);
        EXPECT_LE(grant.expires_at_s, after_s + 90);
    }
    const std::string_view token = started.at("grant").as_string();
    EXPECT_EQ(media::verify(token, grant_secret, after_s + 90).error(), media::GrantError::expired);
    EXPECT_EQ(media::verify(token, "another secret of 32 bytes or more", after_s).error(), media::GrantError::invalid);
}

}  // namespace
}  // namespace liveshop::live
