#include "modules/live/rules.hpp"

#include <gmock/gmock.h>

#include <set>

#include "modules/live/chat_store.hpp"
#include "modules/live/moderation_store.hpp"
#include "modules/live/recording_store.hpp"
#include "modules/live/routes.hpp"
#include "modules/live/store.hpp"
#include "platform/db/verify.hpp"
#include "tests/support/check_constraint.hpp"
#include "tests/support/test_database.hpp"

namespace liveshop::live {
namespace {

using enum StreamStatus;

TEST(LiveRules, NamesAgreeWithTheDatabase) {
    const test::TestDatabase database;
    EXPECT_EQ(test::values_allowed_by(database, "live_streams_status_check"), test::names_of<StreamStatus>());
    EXPECT_EQ(test::values_allowed_by(database, "live_streams_type_check"), test::names_of<StreamType>());
    EXPECT_EQ(test::values_allowed_by(database, "stream_messages_type_check"), test::names_of<MessageType>());
    EXPECT_EQ(test::values_allowed_by(database, "stream_messages_author_check"), test::names_of<Author>());
    EXPECT_EQ(test::values_allowed_by(database, "reports_kind_check"), test::names_of<ReportKind>());
    EXPECT_EQ(test::values_allowed_by(database, "reports_reason_check"), test::names_of<ReportReason>());
    EXPECT_EQ(test::values_allowed_by(database, "reports_status_check"), test::names_of<ReportStatus>());
    EXPECT_EQ(test::values_allowed_by(database, "reports_resolution_check"), test::names_of<Resolution>());
    EXPECT_EQ(test::values_allowed_by(database, "recordings_status_check"), test::names_of<RecordingStatus>());
    EXPECT_EQ(test::values_allowed_by(database, "product_requests_status_check"),
              (std::set<std::string>{"open", "pinned", "dismissed"}));
}

TEST(LiveRules, QueriesFitTheSchema) {
    const test::TestDatabase database;
    std::vector<const db::QueryInfo*> own = db::registered_queries();
    std::erase_if(own, [](const db::QueryInfo* query) { return !query->name.starts_with("live."); });
    EXPECT_GT(own.size(), 12U);
    EXPECT_THAT(db::verify(database.app_dsn(), own), ::testing::IsEmpty());
}

TEST(LiveRules, AStreamMovesForwardOnly) {
    using Moves = std::set<std::pair<StreamStatus, StreamStatus>>;
    Moves moves;
    each_value<StreamStatus>([&](auto, StreamStatus from) {
        each_value<StreamEvent>([&](auto, StreamEvent event) {
            if (const StreamStatus* to = stream_machine.next(from, event)) moves.emplace(from, *to);
        });
    });
    EXPECT_EQ(moves, (Moves{{scheduled, live}, {scheduled, cancelled}, {live, ended}}));
    EXPECT_EQ(stream_machine.start, scheduled);
    EXPECT_TRUE(stream_machine.is_final(ended));
    EXPECT_TRUE(stream_machine.is_final(cancelled));
}

TEST(LiveRules, AWordIsFoundWhole) {
    const auto has = [](std::string_view text, const std::vector<std::string>& words) { return has_word(text, words); };
    EXPECT_TRUE(has("you ARE a Fool!", {"fool"}));
    EXPECT_FALSE(has("foolproof", {"fool"})) << "a part of another word";
    EXPECT_TRUE(has("MÜLL und ЧУШЬ", {"müll"})) << "in whatever script";
    EXPECT_TRUE(has("MÜLL und ЧУШЬ", {"чушь"}));
    EXPECT_FALSE(has("Müllers Laden", {"müll"}));
    EXPECT_TRUE(has("a f\u200Bo\u00ADol", {"fool"})) << "invisible characters hide nothing";
    EXPECT_TRUE(has("buy   my\ncrypto now", {"buy my crypto"})) << "a phrase, however it is spaced";
    EXPECT_TRUE(has("see http://x.example/a", {"http://"}));
    EXPECT_FALSE(has("", {"fool"}));
    EXPECT_FALSE(has("fool", {}));
    EXPECT_FALSE(has("\xff\xfe", {"fool"}));
}

TEST(LiveRules, SlowModeSaysHowLongToWait) {
    const auto wait = [](std::int64_t mode_s, std::optional<std::int64_t> last_ms, std::int64_t now_ms) {
        std::optional<Timestamp> last;
        if (last_ms) last = Timestamp{*last_ms * 1'000};
        return slow_mode_wait_s(mode_s, last, Timestamp{now_ms * 1'000});
    };
    EXPECT_EQ(wait(0, 1'000, 1'001), 0);
    EXPECT_EQ(wait(10, std::nullopt, 0), 0);
    EXPECT_EQ(wait(10, 1'000, 1'001), 10);
    EXPECT_EQ(wait(10, 1'000, 10'999), 1);
    EXPECT_EQ(wait(10, 1'000, 11'000), 0);
}

// A socket that goes away says what its client would have said: an event there is, of a room that viewers enter.
TEST(LiveRules, WhoGoesAwayLeaves) {
    const std::vector<LeavingRow> rows = leaving_rows();
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_TRUE(audience_of(StreamId::make()).starts_with(rows[0].prefix));
    const std::vector<Route> table = routes();
    const auto route = std::ranges::find(table, rows[0].event, &Route::event);
    ASSERT_NE(route, table.end());
    EXPECT_EQ(route->name, "leave_stream");
    EXPECT_EQ(std::ranges::count(route->fields, rows[0].member, &FieldShape::name), 1);
}

}  // namespace
}  // namespace liveshop::live
