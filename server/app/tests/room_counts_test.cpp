#include "app/room_counts.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace liveshop::app {
namespace {

using namespace std::chrono_literals;

class RoomCountsTest : public testing::Test {
  protected:
    std::map<std::string, std::size_t, std::less<>> here;
    RoomCounts counts{[this](std::string_view room) {
        const auto found = here.find(room);
        return found == here.end() ? std::size_t{0} : found->second;
    }};
    RoomCounts::Clock::time_point now{1'000s};
};

std::string text_of(const std::vector<RoomCount>& counts) {
    std::string text;
    for (const RoomCount& count : counts) text += fmt::format("{}={} ", count.room, count.count.value);
    return text;
}

TEST_F(RoomCountsTest, SumsWhatIsHereAndWhatOthersTold) {
    here["a"] = 2;
    EXPECT_EQ(counts.members("a", now), 2U);
    counts.hear("one", {{"a", {3}}, {"b", {1}}}, now);
    counts.hear("two", {{"a", {4}}}, now);
    EXPECT_EQ(counts.members("a", now), 9U);
    EXPECT_EQ(counts.members("b", now), 1U);
    counts.hear("one", {{"a", {1}}}, now + 1s);
    EXPECT_EQ(counts.members("a", now + 1s), 7U);
    counts.hear("one", {{"a", {0}}}, now + 1s);
    EXPECT_EQ(counts.members("a", now + 1s), 6U);
}

TEST_F(RoomCountsTest, WhoeverFellSilentHasNone) {
    counts.hear("one", {{"a", {3}}}, now);
    counts.hear("two", {{"a", {4}}}, now + 3s);
    EXPECT_EQ(counts.members("a", now + 4'999ms), 7U);
    EXPECT_EQ(counts.members("a", now + 5s), 4U);
    EXPECT_EQ(counts.members("a", now + 8s), 0U);
}

TEST_F(RoomCountsTest, TellsWhatWasAskedForAndOnceThatARoomIsEmpty) {
    here = {{"a", 2}, {"b", 1}, {"unasked", 5}};
    EXPECT_EQ(counts.members("a", now) + counts.members("b", now) + counts.members("empty", now), 3U);
    EXPECT_EQ(text_of(counts.take_due(now)), "a=2 b=1 empty=0 ");
    EXPECT_EQ(text_of(counts.take_due(now)), "a=2 b=1 ") << "again, for those who came since";
    here.erase("a");
    EXPECT_EQ(text_of(counts.take_due(now)), "a=0 b=1 ");
    EXPECT_EQ(text_of(counts.take_due(now)), "b=1 ");
}

TEST_F(RoomCountsTest, DoesNotGrowWithoutBound) {
    for (int i = 0; i < 60'000; ++i) {
        counts.hear("one", {{fmt::format("heard {}", i), {1}}}, now);
        counts.members(fmt::format("asked {}", i), now);
    }
    EXPECT_EQ(counts.members("heard 0", now), 1U);
    EXPECT_EQ(counts.members("heard 59999", now), 0U);
    EXPECT_EQ(counts.take_due(now + 5s).size(), 50'000U);
    counts.hear("one", {{"heard 59999", {1}}}, now + 5s);
    EXPECT_EQ(counts.members("heard 59999", now + 5s), 1U) << "what is forgotten makes room";
}

}  // namespace
}  // namespace liveshop::app
