// Lists of streams, page by page; streams that are called off; and the facts that others subscribe to.
#include <set>

#include "modules/live/tests/studio.hpp"

namespace liveshop::live {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class StreamLists : public Studio {
  protected:
    std::vector<std::string> listed(std::string_view query = "") {
        return each("id", "streams", get_as_visitor(fmt::format("/streams{}", query)));
    }
};

TEST_F(StreamLists, ComePageByPageEachStreamOnce) {
    std::vector<std::string> all;
    for (std::size_t i = 0; i < 7; ++i) {
        all.insert(all.begin(), go_live());
        api.sql(fmt::format("update live_streams set viewer_count = {} where id = '{}'", i / 2, all.front()));
    }
    std::vector<std::string> seen;
    std::string cursor;
    for (int page = 0; page < 4; ++page) {
        const http::Response answer = get_as_visitor("/streams?limit=3" + (cursor.empty() ? "" : "&cursor=" + cursor));
        for (std::string& id : each("id", "streams", answer)) seen.push_back(std::move(id));
        const json::value body = json_of(answer);
        const json::value* next = body.as_object().if_contains("next_cursor");
        if (!next) break;
        cursor = next->as_string();
    }
    EXPECT_EQ(seen.size(), 7U);
    EXPECT_EQ(std::set(seen.begin(), seen.end()), std::set(all.begin(), all.end()));
    EXPECT_EQ(seen.front(), all.front()) << "the most watched first";
    for (const std::string_view wrong : {"x", "1", "1.2", "x.00000000-0000-0000-0000-000000000000"})
        EXPECT_THAT(faults_in(get_as_visitor(fmt::format("/streams?cursor={}", wrong))), ElementsAre("/cursor"));
    EXPECT_THAT(faults_in(get_as_visitor("/streams?limit=101")), ElementsAre("/limit"));
}

TEST_F(StreamLists, AreNarrowedByWordsStoreAndCategory) {
    api.sql(fmt::format("update stores set category = 'ceramics' where id = '{}'", store_id));
    const std::string mugs = go_live(R"(, "description": "Hand-made, 100%_")");
    const std::string cups = open_store(other_owner, "cups");
    const std::string theirs =
        id_of(api.post("/streams", other_owner, fmt::format(R"({{"store_id": "{}", "title": "Cups"}})", cups)));
    step(other_owner, theirs, "start");
    EXPECT_THAT(listed("?q=MUGS"), ElementsAre(mugs));
    EXPECT_THAT(listed("?q=hand-made"), ElementsAre(mugs));
    EXPECT_THAT(listed("?q=store+cups"), ElementsAre(theirs)) << "the store's name counts";
    EXPECT_THAT(listed("?q=%25_"), ElementsAre(mugs)) << "no wildcards";
    EXPECT_THAT(listed("?category=ceramics"), ElementsAre(mugs));
    EXPECT_THAT(listed("?store_id=" + cups), ElementsAre(theirs));
}

TEST_F(StreamLists, WhatIsAnnouncedComesInItsOrderAndNotForever) {
    const std::string later = plan(R"(, "scheduled_at": "2032-01-01T10:00:00Z")");
    const std::string sooner = plan(R"(, "scheduled_at": "2031-01-01T10:00:00Z")");
    const std::string missed = plan(R"(, "scheduled_at": "2021-01-01T10:00:00Z")");
    EXPECT_THAT(listed("?status=scheduled"), ElementsAre(sooner, later));
    EXPECT_EQ(step(owner, missed, "start").status, 200) << "it may still begin";
}

TEST_F(StreamLists, WhatIsOverComesTheLastFirst) {
    const std::string first = go_live(), second = go_live();
    step(owner, second, "end");
    step(owner, first, "end");
    EXPECT_THAT(listed("?status=ended"), ElementsAre(first, second));
}

TEST_F(StreamLists, ACancelledOneIsToldAndNeitherListedNorStarted) {
    const std::string id = plan(R"(, "scheduled_at": "2031-01-01T10:00:00Z")");
    const http::Response cancelled = step(owner, id, "cancel");
    ASSERT_EQ(cancelled.status, 200) << cancelled.body;
    EXPECT_EQ(json_of(cancelled).at("status").as_string(), "cancelled");
    ASSERT_THAT(told("stream:cancel"), SizeIs(1));
    EXPECT_EQ(told("stream:cancel")[0].room, tenant_room());
    EXPECT_EQ(step(staff, id, "cancel").status, 200) << "it is already";
    EXPECT_THAT(told("stream:cancel"), SizeIs(1));
    EXPECT_THAT(listed("?status=scheduled"), IsEmpty());
    EXPECT_EQ(code_of(step(owner, id, "start")), "live.stream_over");
    const std::string on_air = go_live();
    EXPECT_EQ(code_of(step(owner, on_air, "cancel")), "live.stream_started");
    step(owner, on_air, "end");
    EXPECT_EQ(code_of(step(owner, on_air, "cancel")), "live.stream_over");
    EXPECT_EQ(code_of(step(owner, Uuid::make().to_string(), "cancel")), "live.stream_not_found");
}

awaitable<void> hear(Ctx&, StreamFact) { co_return; }
awaitable<void> hear_report(Ctx&, ReportFact) { co_return; }

class Facts : public Studio {
  protected:
    Facts()
        : Studio({jobs::subscriber<hear>("heard.scheduled", "live.stream_scheduled"),
                  jobs::subscriber<hear>("heard.started", "live.stream_started"),
                  jobs::subscriber<hear>("heard.ended", "live.stream_ended"),
                  jobs::subscriber<hear>("heard.cancelled", "live.stream_cancelled"),
                  jobs::subscriber<hear_report>("heard.report", "live.message_reported")}) {}
    /// The streams that a subscriber was told of.
    std::string heard(std::string_view what) {
        return api.sql(
            fmt::format("select string_agg(payload->>'stream_id', ' ' order by created_at) from jobs"
                        " where kind = 'heard.{}'",
                        what));
    }
};

TEST_F(Facts, ArePublishedOnce) {
    const std::string shown = plan(R"(, "scheduled_at": "2031-01-01T10:00:00Z")"), at_once = go_live();
    api.put(path_of(shown), owner, R"({"title": "New"})");
    EXPECT_EQ(heard("scheduled"), shown) << "once, and not for what starts at once";
    api.put(path_of(shown), owner, R"({"scheduled_at": "2031-01-02T10:00:00Z"})");
    EXPECT_EQ(heard("scheduled"), shown + " " + shown) << "again when its time changes";
    step(owner, at_once, "start");
    EXPECT_EQ(heard("started"), at_once);
    for (int twice = 0; twice < 2; ++twice) step(owner, at_once, "end");
    EXPECT_EQ(heard("ended"), at_once);
    for (int twice = 0; twice < 2; ++twice) step(owner, shown, "cancel");
    EXPECT_EQ(heard("cancelled"), shown);
    for (int twice = 0; twice < 2; ++twice)
        api.post("/reports", customer,
                 fmt::format(R"({{"kind": "stream", "stream_id": "{}", "reason": "spam"}})", at_once));
    EXPECT_EQ(api.sql("select count(*) from jobs where kind = 'heard.report'"), "1");
}

}  // namespace
}  // namespace liveshop::live
