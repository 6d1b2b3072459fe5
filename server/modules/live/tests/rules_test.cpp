#include "modules/live/rules.hpp"

#include <gmock/gmock.h>

#include <set>

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
