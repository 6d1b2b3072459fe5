// What the API grants, the media server takes; what the API ends, the media server closes: over its real sockets.
#include "media/tests/fixture.hpp"
#include "media/tests/test_server.hpp"
#include "modules/live/tests/studio.hpp"

namespace liveshop::live {
namespace {

using boost::beast::http::verb;

class Broadcast : public Studio {
  protected:
    Broadcast() { settings.media_control_socket = media_server.settings.control_socket; }

    int publish(const std::string& room, const std::string& grant) {
        return offer("/whip/" + room, grant, "chromium_publish.sdp");
    }
    int view(const std::string& room, const std::string& grant) {
        return offer("/whep/" + room, grant, "chromium_view.sdp");
    }
    std::string grant_of(TestUser who, const std::string& stream_id, std::string_view move) {
        const http::Response answer = step(who, stream_id, move);
        EXPECT_EQ(answer.status, 200) << answer.body;
        return std::string(json_of(answer).at("grant").as_string());
    }
    bool has_room(const std::string& room) {
        media::ControlConnection control(media_server);
        for (const json::value& open : control.ask(R"({"command": "rooms"})").at("result").at("rooms").as_array())
            if (open.at("room").as_string() == room) return true;
        return false;
    }
    std::string job(std::string_view column) {
        return api.sql(fmt::format("select {} from jobs where kind = 'live.close_room'", column));
    }

    media::TestServer media_server;

  private:
    int offer(const std::string& path, const std::string& grant, const std::string& fixture) {
        return static_cast<int>(
            media::http_request(media_server, verb::post, path,
                                {{"Content-Type", "application/sdp"}, {"Authorization", "Bearer " + grant}},
                                media::offer_fixture(fixture))
                .result_int());
    }
};

TEST_F(Broadcast, TheHostPublishesAViewerViewsAndTheEndClosesTheRoom) {
    const std::string id = plan();
    const std::string hosts = grant_of(owner, id, "start"), viewers = grant_of(customer, id, "join");
    EXPECT_EQ(publish(id, viewers), 403) << "a viewer's grant does not publish";
    EXPECT_EQ(publish(go_live(), hosts), 403) << "nor the host's into another room";
    EXPECT_EQ(publish(id, "none"), 401);
    EXPECT_EQ(publish(id, hosts), 201);
    EXPECT_EQ(view(id, viewers), 201);
    EXPECT_TRUE(has_room(id));

    EXPECT_EQ(step(owner, id, "end").status, 200);
    EXPECT_EQ(job("payload->>'stream_id'"), id);
    EXPECT_EQ(job("xmin"), column(id, "xmin")) << "in the transaction that ended it";
    EXPECT_TRUE(has_room(id)) << "the media server is told by the worker, after the commit";
    EXPECT_EQ(api.run_jobs(), 1);
    EXPECT_EQ(job("status"), "done");
    EXPECT_FALSE(has_room(id));
}

TEST_F(Broadcast, AGrantThatIsOldIsRefused) {
    settings.media_grant_ttl_s.value = 0;
    const std::string id = plan();
    EXPECT_EQ(publish(id, grant_of(owner, id, "start")), 401);
    EXPECT_EQ(view(id, grant_of(customer, id, "join")), 401);
}

TEST_F(Broadcast, AStreamEndsWithoutTheMediaServerAndItsRoomIsClosedLater) {
    const std::string id = plan();
    EXPECT_EQ(publish(id, grant_of(owner, id, "start")), 201);
    settings.media_control_socket += ".gone";
    EXPECT_EQ(step(owner, id, "end").status, 200);
    EXPECT_EQ(api.run_jobs(), 1);
    EXPECT_EQ(job("status"), "queued");
    EXPECT_NE(job("last_error"), "");
    EXPECT_TRUE(has_room(id));

    settings.media_control_socket = media_server.settings.control_socket;
    EXPECT_GE(api.run_all_jobs(), 1);
    EXPECT_EQ(job("status"), "done");
    EXPECT_FALSE(has_room(id));
    api.enqueue("live.close_room", api.tenant_id(), fmt::format(R"({{"stream_id": "{}"}})", id));
    EXPECT_EQ(api.run_jobs(), 1);
    EXPECT_EQ(api.sql("select count(*) from jobs where kind = 'live.close_room' and status = 'done'"), "2")
        << "closing a closed one does no harm";
}

// A grant is good for two minutes, the stream over before that.
TEST_F(Broadcast, NoGrantOutlivesTheEndOfItsStream) {
    const std::string id = plan(), other = go_live();
    const std::string hosts = grant_of(owner, id, "start"), viewers = grant_of(customer, id, "join");
    EXPECT_EQ(step(owner, id, "end").status, 200);
    EXPECT_EQ(api.run_jobs(), 1);
    EXPECT_EQ(publish(id, hosts), 410);
    EXPECT_EQ(view(id, viewers), 410);
    EXPECT_FALSE(has_room(id));
    EXPECT_EQ(publish(other, grant_of(owner, other, "start")), 201) << "other streams go on";
}

// It has forgotten what was closed, and the grant is still good.
TEST_F(Broadcast, AMediaServerThatBeganAnewIsToldWhatIsOver) {
    const std::string id = plan(), on_air = plan();
    const std::string hosts = grant_of(owner, id, "start");
    EXPECT_EQ(publish(on_air, grant_of(owner, on_air, "start")), 201);
    set_status(id, "ended");  // closed at the server that was there before
    EXPECT_EQ(publish(id, hosts), 201);
    api.enqueue("live.close_left_over", api.tenant_id());
    EXPECT_EQ(api.run_jobs(), 1);
    EXPECT_FALSE(has_room(id));
    EXPECT_EQ(publish(id, hosts), 410);
    EXPECT_TRUE(has_room(on_air));
}

// Whoever comes while the stream ends is refused, or signed off a little later than the others.
TEST_F(Broadcast, NobodyWatchesWhatHasEnded) {
    for (int round = 0; round < 5; ++round) {
        const std::string id = go_live();
        std::vector<test::TestCall> calls{{"POST", path_of(id) + "/end", owner, "", ""}};
        for (int i = 0; i < 6; ++i)
            calls.push_back({"POST", path_of(id) + "/join", api.make_user(Role::customer), "", ""});
        for (const http::Response& answer : api.call_all(std::move(calls)))
            if (answer.status != 200) EXPECT_EQ(code_of(answer), "live.stream_over");
        tell_due();
        EXPECT_EQ(api.run_jobs(), 1);
        EXPECT_EQ(api.sql("select count(*) from stream_participants where left_at is null"), "0");
    }
}

}  // namespace
}  // namespace liveshop::live
