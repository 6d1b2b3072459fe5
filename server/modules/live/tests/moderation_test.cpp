// Order in a chat: what is deleted, who is muted, how fast and what may be said, and who is bound by none of it.
#include "modules/live/tests/studio.hpp"

namespace liveshop::live {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Moderation : public Studio {
  protected:
    Moderation() : id(go_live()), friendly(api.make_user(Role::customer)) { api.emissions().clear(); }

    std::string said_by(TestUser who, std::string_view content, std::string_view more = "") {
        return id_of(step(who, id, "chat", fmt::format(R"({{"content": "{}"{}}})", content, more)));
    }
    http::Response say_from(TestUser who, std::string_view device_id, std::string_view content = "Hello") {
        return step(who, id, "chat", fmt::format(R"({{"content": "{}", "device_id": "{}"}})", content, device_id));
    }
    std::vector<std::string> readable(std::optional<TestUser> who = {}) {
        return each("content", "messages", api.call({"GET", path_of(id) + "/chat", who, "", ""}));
    }
    http::Response mute(TestUser by, TestUser whom, std::string_view more = "") {
        return step(by, id, "mutes", fmt::format(R"({{"user_id": "{}"{}}})", whom.id.to_string(), more));
    }
    http::Response remove(TestUser by, const std::string& message_id) {
        return api.del(path_of(id) + "/chat/" + message_id, by);
    }
    void appoint(TestUser whom) {
        EXPECT_EQ(api.post("/stores/" + store_id + "/moderators", owner,
                           fmt::format(R"({{"user_id": "{}"}})", whom.id.to_string()))
                      .status,
                  201);
    }
    void let_pass(int seconds) {
        api.sql(
            fmt::format("update chat_mutes set expires_at = expires_at - interval '{0} seconds';"
                        "update stream_messages set created_at = created_at - interval '{0} seconds'; select 1",
                        seconds));
    }

    const std::string id;
    const TestUser friendly;
};

TEST_F(Moderation, AMessageIsDeletedByItsAuthorAModeratorOrTheHost) {
    const std::string own = said_by(customer, "Oops"), rude = said_by(customer, "Rude"),
                      kept = said_by(customer, "Kind");
    EXPECT_EQ(code_of(remove(friendly, rude)), "live.not_moderator");
    EXPECT_EQ(code_of(remove(other_owner, rude)), "live.not_moderator");
    EXPECT_EQ(remove(customer, own).status, 204);
    EXPECT_EQ(remove(owner, rude).status, 204);
    EXPECT_EQ(code_of(remove(owner, rude)), "live.message_not_found");
    EXPECT_EQ(code_of(remove(customer, rude)), "live.not_moderator") << "it is nobody's any more";
    EXPECT_THAT(readable(), ElementsAre("Kind"));
    ASSERT_THAT(told("stream:message:delete"), SizeIs(2));
    EXPECT_EQ(told("stream:message:delete")[1].room, stream_room(id));
    EXPECT_EQ(json::parse(told("stream:message:delete")[1].payload),
              (json::value{{"stream_id", id}, {"message_ids", json::array{rude}}}));
    appoint(friendly);
    EXPECT_EQ(remove(friendly, kept).status, 204);
    EXPECT_THAT(readable(), IsEmpty());
    EXPECT_EQ(api.sql("select count(*) from stream_messages where deleted_by is not null"), "3") << "and by whom";
}

// A banned chatter is back in thirty seconds: with another account from the same device.
TEST_F(Moderation, ABannedChatterIsNotBackWithAnotherAccount) {
    EXPECT_EQ(say_from(customer, "device-of-the-rude-one").status, 201);
    EXPECT_EQ(say_from(friendly, "device-of-a-friendly-one").status, 201);
    ASSERT_EQ(mute(owner, customer).status, 201);
    EXPECT_EQ(code_of(say(customer, id, "And another thing")), "live.muted");
    const TestUser reborn = api.make_user(Role::customer);
    EXPECT_EQ(code_of(say_from(reborn, "device-of-the-rude-one")), "live.muted");
    EXPECT_EQ(code_of(step(reborn, id, "product-requests",
                           fmt::format(R"({{"product_id": "{}", "device_id": "device-of-the-rude-one"}})",
                                       add_product(owner, store_id, "Mug")))),
              "live.muted");
    EXPECT_EQ(say_from(friendly, "device-of-a-friendly-one").status, 201);
    const std::string next = go_live();
    EXPECT_EQ(code_of(say(customer, next, "Again")), "live.muted") << "nor at the store's next show";

    const std::string elsewhere = open_store(other_owner, "cups");
    const std::string their_show =
        id_of(api.post("/streams", other_owner, fmt::format(R"({{"store_id": "{}", "title": "Cups"}})", elsewhere)));
    step(other_owner, their_show, "start");
    EXPECT_EQ(say(customer, their_show, "Hello").status, 201) << "other stores decide for themselves";
}

TEST_F(Moderation, AMuteEndsByItselfOrIsLifted) {
    said_by(customer, "Spam");
    said_by(friendly, "Hello");
    const http::Response muted =
        mute(staff, customer, R"(, "duration_s": 600, "reason": "Spam", "delete_messages": true)");
    ASSERT_EQ(muted.status, 201) << muted.body;
    EXPECT_THAT(readable(), ElementsAre("Hello"));
    ASSERT_THAT(told("stream:mute"), SizeIs(1));
    EXPECT_EQ(told("stream:mute")[0].room, "user:" + customer.id.to_string());
    const json::value notice = json::parse(told("stream:mute")[0].payload);
    EXPECT_EQ(notice.at("muted").at("reason").as_string(), "Spam");
    const json::value joined = json_of(step(customer, id, "join"));
    EXPECT_EQ(joined.at("muted"), notice.at("muted"));
    EXPECT_EQ(joined.at("role").as_string(), "viewer");
    EXPECT_THAT(each("user_name", "mutes", api.get(path_of(id) + "/mutes", owner)), ElementsAre("Test customer"));
    let_pass(599);
    EXPECT_EQ(code_of(say(customer, id, "Now?")), "live.muted");
    let_pass(2);
    EXPECT_EQ(say(customer, id, "Sorry").status, 201);
    EXPECT_THAT(each("id", "mutes", api.get(path_of(id) + "/mutes", owner)), IsEmpty());

    const std::string mute_id = id_of(mute(owner, customer));
    EXPECT_EQ(code_of(say(customer, id, "Hm")), "live.muted") << "for good";
    const std::string path = path_of(id) + "/mutes/" + mute_id;
    EXPECT_EQ(code_of(api.del(path, friendly)), "live.not_moderator");
    EXPECT_EQ(api.del(path, owner).status, 204);
    EXPECT_EQ(code_of(api.del(path, owner)), "live.mute_not_found");
    EXPECT_EQ(say(customer, id, "Thanks").status, 201);
    EXPECT_FALSE(json::parse(told("stream:mute").back().payload).as_object().contains("muted"));
}

TEST_F(Moderation, OnlyThoseWhoKeepOrderMuteAndNotEachOther) {
    EXPECT_EQ(code_of(mute(customer, friendly)), "live.not_moderator");
    EXPECT_EQ(code_of(mute(other_owner, friendly)), "live.not_moderator");
    EXPECT_EQ(code_of(api.get(path_of(id) + "/mutes", customer)), "live.not_moderator");
    for (const TestUser& whom : {owner, staff, admin}) EXPECT_EQ(code_of(mute(owner, whom)), "live.cannot_be_muted");
    appoint(friendly);
    EXPECT_EQ(code_of(mute(staff, friendly)), "live.cannot_be_muted");
    EXPECT_EQ(mute(friendly, customer).status, 201);
    const TestUser stranger = api.make_user(Role::customer, api.make_tenant("other"));
    EXPECT_EQ(code_of(mute(owner, stranger)), "live.person_not_found");
    EXPECT_EQ(code_of(step(owner, Uuid::make().to_string(), "mutes",
                           fmt::format(R"({{"user_id": "{}"}})", customer.id.to_string()))),
              "live.stream_not_found");
    EXPECT_THAT(faults_in(mute(owner, customer, R"(, "duration_s": 1)")), ElementsAre("/duration_s"));
}

TEST_F(Moderation, ModeratorsAreAppointedAndDismissed) {
    const std::string path = "/stores/" + store_id + "/moderators";
    EXPECT_EQ(mute(owner, friendly).status, 201);
    appoint(friendly);
    appoint(friendly);
    EXPECT_THAT(each("user_id", "moderators", api.get(path, staff)), ElementsAre(friendly.id.to_string()));
    EXPECT_EQ(json_of(step(friendly, id, "join")).at("role").as_string(), "moderator");
    const http::Response said = say(friendly, id, "I keep an eye on you");
    EXPECT_EQ(json_of(said).at("author").as_string(), "moderator") << "and is muted no longer";
    EXPECT_EQ(json_of(say(owner, id, "Thanks")).at("author").as_string(), "host");
    EXPECT_EQ(json_of(say(customer, id, "Hello")).at("author").as_string(), "viewer");
    EXPECT_EQ(api.del(path + "/" + friendly.id.to_string(), owner).status, 204);
    EXPECT_EQ(api.del(path + "/" + friendly.id.to_string(), owner).status, 204);
    EXPECT_EQ(json_of(step(friendly, id, "join")).at("role").as_string(), "viewer");
    const std::string nobody = fmt::format(R"({{"user_id": "{}"}})", Uuid::make().to_string());
    EXPECT_EQ(code_of(api.post(path, owner, nobody)), "live.person_not_found");
    EXPECT_EQ(code_of(api.post(path, other_owner, nobody)), "catalog.not_your_store");
    EXPECT_EQ(code_of(api.get(path, other_owner)), "catalog.not_your_store");
    EXPECT_EQ(code_of(api.del(path + "/" + friendly.id.to_string(), other_owner)), "catalog.not_your_store");
    EXPECT_EQ(code_of(api.get(path, customer)), "forbidden");
}

TEST_F(Moderation, SlowModeBindsViewersOnEveryDeviceAndAccount) {
    ASSERT_EQ(change(id, R"({"slow_mode_s": 10})").status, 200);
    appoint(friendly);
    EXPECT_EQ(say_from(customer, "one-device", "First").status, 201);
    const http::Response second = say_from(customer, "one-device", "Second");
    EXPECT_EQ(second.status, 429);
    EXPECT_EQ(code_of(second), "live.slow_mode");
    EXPECT_EQ(json_of(second).at("detail").as_string(), "10 s");
    EXPECT_EQ(code_of(say_from(api.make_user(Role::customer), "one-device")), "live.slow_mode");
    EXPECT_EQ(say_from(api.make_user(Role::customer), "another-device").status, 201);
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(say(owner, id, "I may").status, 201);
        EXPECT_EQ(say(friendly, id, "I may, too").status, 201);
    }
    let_pass(10);
    EXPECT_EQ(say_from(customer, "one-device", "Third").status, 201);
    ASSERT_EQ(change(id, R"({"slow_mode_s": 0})").status, 200);
    EXPECT_EQ(say_from(customer, "one-device", "Fourth").status, 201);
    EXPECT_THAT(faults_in(change(id, R"({"slow_mode_s": 301})")), ElementsAre("/settings/slow_mode_s"));
}

TEST_F(Moderation, OfManyMessagesAtOnceSlowModeLetsOneThrough) {
    ASSERT_EQ(change(id, R"({"slow_mode_s": 30})").status, 200);
    std::vector<test::TestCall> calls(8, {"POST", path_of(id) + "/chat", customer, R"({"content": "Me!"})", ""});
    std::size_t sent = 0;
    for (const http::Response& answer : api.call_all(std::move(calls))) sent += answer.status == 201;
    EXPECT_EQ(sent, 1U);
}

TEST_F(Moderation, WordsOfTheMarketplaceAndOfTheStreamAreRefused) {
    EXPECT_EQ(api.put("/admin/muted-words", admin, R"({"words": ["scam"]})").status, 200);
    EXPECT_EQ(api.put(path_of(id) + "/muted-words", owner, R"({"words": ["rival shop"]})").status, 200);
    EXPECT_EQ(code_of(say(customer, id, "This is a SCAM")), "live.word_not_allowed");
    EXPECT_EQ(code_of(say(customer, id, "Go to the Rival  Shop!")), "live.word_not_allowed");
    EXPECT_EQ(say(customer, id, "Scampi").status, 201);
    EXPECT_EQ(say(owner, id, "No, it is not a scam").status, 201);
    EXPECT_EQ(say(customer, go_live(), "rival shop").status, 201) << "that word is of one stream";
    EXPECT_EQ(look(owner, path_of(id) + "/muted-words"), (json::value{{"words", json::array{"rival shop"}}}));
    EXPECT_EQ(look(admin, "/admin/muted-words"), (json::value{{"words", json::array{"scam"}}}));
    EXPECT_EQ(code_of(api.get(path_of(id) + "/muted-words", customer)), "live.not_moderator");
    EXPECT_EQ(code_of(api.put(path_of(id) + "/muted-words", customer, R"({"words": []})")), "live.not_moderator");
    EXPECT_EQ(code_of(api.get("/admin/muted-words", owner)), "forbidden");
    EXPECT_EQ(code_of(api.put("/admin/muted-words", owner, R"({"words": []})")), "forbidden");
    std::string many = R"("ab")";
    for (int i = 0; i < 200; ++i) many += R"(, "ab")";
    EXPECT_THAT(faults_in(api.put("/admin/muted-words", admin, fmt::format(R"({{"words": [{}]}})", many))),
                ElementsAre("/words"));
    const TestUser elsewhere = api.make_user(Role::admin, api.make_tenant("other"));
    EXPECT_EQ(look(elsewhere, "/admin/muted-words"), (json::value{{"words", json::array{}}}));
}

TEST_F(Moderation, TheHostClosesChatAndReactionsAndAllAreTold) {
    ASSERT_EQ(change(id, R"({"chat_enabled": false, "reactions_enabled": false})").status, 200);
    EXPECT_EQ(code_of(say(customer, id, "Hello")), "live.chat_off");
    EXPECT_EQ(say(owner, id, "A moment, please").status, 201);
    EXPECT_EQ(code_of(react(customer, id, "heart")), "live.reactions_off");
    ASSERT_THAT(told("stream:update"), SizeIs(1));
    EXPECT_EQ(told("stream:update")[0].room, stream_room(id));
    const json::value settings_told = json::parse(told("stream:update")[0].payload).at("settings");
    EXPECT_FALSE(settings_told.at("chat_enabled").as_bool());
    EXPECT_TRUE(settings_told.at("requests_enabled").as_bool()) << "what is not named stays";
    EXPECT_THAT(readable(), ElementsAre("The chat is closed for now", "A moment, please"));
    ASSERT_EQ(change(id, R"({"chat_enabled": true, "slow_mode_s": 5})").status, 200);
    const json::value history = json_of(get_as_visitor(path_of(id) + "/chat"));
    EXPECT_EQ(history.at("messages").at(2).at("type").as_string(), "system");
    EXPECT_EQ(history.at("messages").at(3).at("content").as_string(), "Slow mode: one message every 5 seconds");
}

TEST_F(Moderation, WhomSomebodyBlocksTheyDoNotRead) {
    said_by(customer, "Buy my coins");
    said_by(owner, "Welcome");
    const std::string body = fmt::format(R"({{"user_id": "{}"}})", customer.id.to_string());
    EXPECT_EQ(api.post("/me/blocks", friendly, body).status, 204);
    EXPECT_EQ(api.post("/me/blocks", friendly, body).status, 204);
    EXPECT_THAT(readable(friendly), ElementsAre("Welcome"));
    EXPECT_THAT(readable(), ElementsAre("Buy my coins", "Welcome")) << "others do";
    EXPECT_THAT(each("name", "people", api.get("/me/blocks", friendly)), ElementsAre("Test customer"));
    EXPECT_EQ(api.del("/me/blocks/" + customer.id.to_string(), friendly).status, 204);
    EXPECT_THAT(readable(friendly), ElementsAre("Buy my coins", "Welcome"));
    EXPECT_EQ(code_of(api.post("/me/blocks", customer, body)), "live.person_not_found") << "oneself";
    EXPECT_EQ(
        code_of(api.post("/me/blocks", customer, fmt::format(R"({{"user_id": "{}"}})", Uuid::make().to_string()))),
        "live.person_not_found");
    EXPECT_EQ(code_of(api.call({"GET", "/me/blocks", std::nullopt, "", ""})), "unauthenticated");
}

}  // namespace
}  // namespace liveshop::live
