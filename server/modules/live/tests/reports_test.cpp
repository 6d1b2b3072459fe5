// What is reported, and what the marketplace makes of it; and streams that it stops.
#include "modules/live/tests/studio.hpp"

namespace liveshop::live {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Reports : public Studio {
  protected:
    Reports() : id(go_live()), rude(api.make_user(Role::customer)) {
        message_id = id_of(say(rude, id, "Something rude"));
        api.emissions().clear();
    }
    http::Response report(TestUser who, std::string_view kind, std::string_view more = "") {
        return api.post("/reports", who,
                        fmt::format(R"({{"kind": "{}", "stream_id": "{}", "reason": "abuse"{}}})", kind, id, more));
    }
    std::string of_message() { return fmt::format(R"(, "message_id": "{}")", message_id); }
    std::string of_person() { return fmt::format(R"(, "user_id": "{}")", rude.id.to_string()); }
    json::array open_reports() { return look(admin, "/admin/reports").at("reports").as_array(); }
    http::Response resolve(const std::string& report_id, std::string_view resolution, std::string_view more = "") {
        return api.post("/admin/reports/" + report_id + "/resolve", admin,
                        fmt::format(R"({{"resolution": "{}"{}}})", resolution, more));
    }

    const std::string id;
    const TestUser rude;
    std::string message_id;
};

TEST_F(Reports, ReachTheMarketplaceWithWhatTheyAreAbout) {
    const http::Response first = report(customer, "message", of_message() + R"(, "note": "Please look")");
    ASSERT_EQ(first.status, 201) << first.body;
    EXPECT_EQ(json_of(report(customer, "message", of_message())), json_of(first)) << "the same report";
    EXPECT_EQ(report(staff, "message", of_message()).status, 201);
    EXPECT_EQ(report(customer, "person", of_person()).status, 201);
    EXPECT_EQ(report(customer, "stream").status, 201);
    const json::array open = open_reports();
    ASSERT_THAT(open, SizeIs(4));
    EXPECT_EQ(open[0].at("kind").as_string(), "message");
    EXPECT_EQ(open[0].at("excerpt").as_string(), "Something rude");
    EXPECT_EQ(open[0].at("note").as_string(), "Please look");
    EXPECT_EQ(open[0].at("user_id").as_string(), rude.id.to_string());
    EXPECT_EQ(open[0].at("reporter_id").as_string(), customer.id.to_string());
    EXPECT_EQ(open[0].at("reports_count").as_int64(), 2);
    EXPECT_EQ(open[3].at("user_id").as_string(), owner.id.to_string()) << "a stream is its host's";
    const json::value page = look(admin, "/admin/reports?limit=3");
    ASSERT_EQ(page.at("reports").as_array().size(), 3U);
    const std::string cursor(page.at("next_cursor").as_string());
    EXPECT_EQ(look(admin, "/admin/reports?limit=3&cursor=" + cursor).at("reports").at(0), open[3]);
    const TestUser elsewhere = api.make_user(Role::admin, api.make_tenant("other"));
    EXPECT_THAT(each("id", "reports", api.get("/admin/reports", elsewhere)), IsEmpty());
    EXPECT_EQ(code_of(api.get("/admin/reports", owner)), "forbidden");
}

TEST_F(Reports, SayWhatTheyAreAbout) {
    EXPECT_EQ(code_of(report(customer, "message")), "live.report_incomplete");
    EXPECT_EQ(code_of(report(customer, "person")), "live.report_incomplete");
    EXPECT_EQ(code_of(report(customer, "message", fmt::format(R"(, "message_id": "{}")", Uuid::make().to_string()))),
              "live.message_not_found");
    EXPECT_EQ(code_of(report(customer, "person", fmt::format(R"(, "user_id": "{}")", Uuid::make().to_string()))),
              "live.person_not_found");
    EXPECT_THAT(faults_in(report(customer, "weather")), ElementsAre("/kind"));
    EXPECT_EQ(code_of(api.call({"POST", "/reports", std::nullopt, "{}", ""})), "unauthenticated");
    EXPECT_THAT(open_reports(), IsEmpty());
}

TEST_F(Reports, OfAMessageTakeItAway) {
    const std::string one = id_of(report(customer, "message", of_message()));
    report(staff, "message", of_message());
    const http::Response resolved = resolve(one, "message_deleted", R"(, "answer": "Gone")");
    ASSERT_EQ(resolved.status, 200) << resolved.body;
    EXPECT_EQ(json_of(resolved).at("status").as_string(), "resolved");
    EXPECT_EQ(json_of(resolved).at("resolution").as_string(), "message_deleted");
    EXPECT_EQ(json_of(resolved).at("answer").as_string(), "Gone");
    EXPECT_THAT(each("id", "messages", get_as_visitor(path_of(id) + "/chat")), IsEmpty());
    EXPECT_THAT(told("stream:message:delete"), SizeIs(1));
    EXPECT_THAT(open_reports(), IsEmpty()) << "others of the same are resolved with it";
    EXPECT_EQ(api.sql("select detail->>'resolution' from audit_log where action = 'report.resolve'"),
              "message_deleted");
    EXPECT_THAT(each("excerpt", "reports", api.get("/admin/reports?status=resolved", admin)),
                ElementsAre("Something rude", "Something rude"));
    EXPECT_EQ(code_of(resolve(one, "dismissed")), "live.report_resolved");
    EXPECT_EQ(code_of(resolve(Uuid::make().to_string(), "dismissed")), "live.report_not_found");
}

TEST_F(Reports, OfAPersonMuteThemEverywhere) {
    const std::string one = id_of(report(customer, "person", of_person()));
    ASSERT_EQ(resolve(one, "person_muted", R"(, "mute_duration_s": 3600)").status, 200);
    EXPECT_EQ(code_of(say(rude, id, "Hello")), "live.muted");
    const std::string cups = open_store(other_owner, "cups");
    const std::string theirs =
        id_of(api.post("/streams", other_owner, fmt::format(R"({{"store_id": "{}", "title": "Cups"}})", cups)));
    step(other_owner, theirs, "start");
    EXPECT_EQ(code_of(say(rude, theirs, "Hello")), "live.muted");
    EXPECT_THAT(each("id", "mutes", api.get(path_of(id) + "/mutes", owner)), IsEmpty()) << "not the store's to lift";
}

TEST_F(Reports, OfAStreamStopIt) {
    const std::string one = id_of(report(customer, "stream"));
    EXPECT_EQ(code_of(resolve(one, "message_deleted")), "live.resolution_does_not_fit");
    EXPECT_THAT(open_reports(), SizeIs(1)) << "nothing was decided";
    ASSERT_EQ(resolve(one, "stream_stopped", R"(, "answer": "Not allowed here")").status, 200);
    EXPECT_EQ(column(id, "status"), "ended");
    EXPECT_EQ(column(id, "stop_reason"), "Not allowed here");
    const std::string another = id_of(report(staff, "person", of_person()));
    EXPECT_EQ(code_of(resolve(another, "stream_stopped")), "live.resolution_does_not_fit");
    EXPECT_EQ(resolve(another, "dismissed").status, 200);
}

TEST_F(Reports, TheMarketplaceSeesAndStopsEveryStream) {
    const std::string hidden = plan(R"(, "type": "private", "scheduled_at": "2031-01-01T10:00:00Z")");
    EXPECT_THAT(each("id", "streams", api.get("/admin/streams", admin)), ElementsAre(hidden, id));
    EXPECT_THAT(each("id", "streams", api.get("/admin/streams?status=live", admin)), ElementsAre(id));
    EXPECT_THAT(each("id", "streams", api.get("/admin/streams?q=nothing+like+it", admin)), IsEmpty());
    EXPECT_EQ(code_of(api.get("/admin/streams", owner)), "forbidden");

    const auto stop = [&](TestUser who, const std::string& stream_id, std::string_view reason = "Counterfeit goods") {
        return api.post("/admin/streams/" + stream_id + "/stop", who, fmt::format(R"({{"reason": "{}"}})", reason));
    };
    EXPECT_EQ(code_of(stop(owner, id)), "forbidden");
    EXPECT_THAT(faults_in(stop(admin, id, "")), ElementsAre("/reason"));
    ASSERT_EQ(stop(admin, id).status, 200);
    EXPECT_EQ(column(id, "status"), "ended");
    EXPECT_THAT(told("stream:end"), SizeIs(1));
    ASSERT_THAT(told("stream:stop"), SizeIs(1));
    EXPECT_EQ(told("stream:stop")[0].room, hosts_room(id));
    EXPECT_EQ(json::parse(told("stream:stop")[0].payload).at("reason").as_string(), "Counterfeit goods");
    EXPECT_EQ(api.sql("select count(*) from jobs where kind = 'live.close_room'"), "1");
    EXPECT_EQ(look(owner, path_of(id) + "/summary").at("stop_reason").as_string(), "Counterfeit goods");
    EXPECT_EQ(api.sql(fmt::format("select actor_id || ' ' || (detail->>'reason') from audit_log"
                                  " where action = 'stream.stop' and subject_id = '{}'",
                                  id)),
              admin.id.to_string() + " Counterfeit goods");
    ASSERT_EQ(stop(admin, hidden).status, 200);
    EXPECT_EQ(column(hidden, "status"), "cancelled");
    EXPECT_EQ(code_of(stop(admin, hidden)), "live.stream_over");
    EXPECT_EQ(code_of(stop(admin, Uuid::make().to_string())), "live.stream_not_found");
    const TestUser elsewhere = api.make_user(Role::admin, api.make_tenant("other"));
    EXPECT_EQ(code_of(stop(elsewhere, go_live())), "live.stream_not_found");
}

}  // namespace
}  // namespace liveshop::live
