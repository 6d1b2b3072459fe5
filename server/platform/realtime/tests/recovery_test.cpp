// What is kept of a session that lost its connection, and what its client hears when it comes back: the parts alone.
#include "platform/realtime/recovery.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "platform/realtime/websocket.hpp"

namespace liveshop::realtime {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Identifiers, TellTheThreadAndThePosition) {
    for (const std::size_t index : {0UL, 1UL, 63UL, 64UL, 4095UL}) EXPECT_EQ(hub_index_of(random_sid(index)), index);
    EXPECT_NE(random_sid(1), random_sid(1));
    EXPECT_EQ(hub_index_of("AB"), std::nullopt);
    EXPECT_EQ(hub_index_of("!!aaaaaaaaaaaaaaaaaa"), std::nullopt);
    for (const Position position : {Position{1}, Position{64}, (Position{1} << 54) - 1, random_position()}) {
        EXPECT_EQ(encode_offset(position).size(), offset_length);
        EXPECT_EQ(decode_offset(encode_offset(position)), position);
    }
    EXPECT_NE(random_position(), random_position());
    for (const auto* bad : {"", "AAAAAAAA", "AAAAAAAAAA", "AAAA AAAA", "AAAAAAAA\xc3"})
        EXPECT_FALSE(decode_offset(bad));
}

struct Log : ::testing::Test {
    EventLog log{{.kept_for = 1h, .bytes_max = 1 << 20}, true};
    const Position start = log.last();

    static std::vector<std::string> texts(const std::optional<EventLog::Missed>& missed) {
        std::vector<std::string> texts;
        if (!missed) return {"not all of it is kept"};
        for (const auto& frame : missed->frames) {
            const std::string text(websocket::payload_of(*frame));
            texts.push_back(text.substr(0, text.size() - 13));  // without the offset
        }
        return texts;
    }
    std::optional<EventLog::Missed> missed(const std::vector<Placement>& rooms, Position from) const {
        return log.missed(rooms, "me", from, log.last(), 100, 1 << 20);
    }
};

TEST_F(Log, TellsWhatWasMissedOfEachRoomInOneOrder) {
    log.say("a", "e", "1");
    log.say("b", "e", "2");
    log.say("c", "e", "3");
    log.say_to_session("me", "e", "4");
    log.say_to_session("you", "e", "5");
    log.say("a", "e", "6");
    const std::vector<Placement> rooms{{"a", start}, {"b", start}};
    EXPECT_THAT(texts(missed(rooms, start)), ElementsAre(R"(42["e",1)", R"(42["e",2)", R"(42["e",4)", R"(42["e",6)"));
    EXPECT_THAT(texts(missed(rooms, start + 2)), ElementsAre(R"(42["e",4)", R"(42["e",6)"));
    EXPECT_THAT(texts(missed({{"a", start + 3}}, start)), ElementsAre(R"(42["e",4)", R"(42["e",6)"));
    EXPECT_EQ(missed(rooms, start)->last, start + 6);
    EXPECT_THAT(texts(log.missed(rooms, "me", start, start + 2, 100, 1 << 20)),
                ElementsAre(R"(42["e",1)", R"(42["e",2)"));
    EXPECT_THAT(texts(missed(rooms, log.last())), IsEmpty());
}

TEST_F(Log, AppliesWhatWasOrderedMeanwhile) {
    log.say("stream", "e", "1");
    log.evict("user", "stream");
    log.say("stream", "e", "2");
    log.say("user", "e", "3");
    const std::vector<Placement> rooms{{"stream", start}, {"user", start}};
    const auto heard = missed(rooms, start);
    EXPECT_THAT(texts(heard), ElementsAre(R"(42["e",1)", R"(42["e",3)"));
    ASSERT_EQ(heard->rooms.size(), 1U);
    EXPECT_EQ(heard->rooms[0].room, "user");
    EXPECT_EQ(heard->left_at, start + 2);
    // Who has entered again since stays.
    EXPECT_THAT(texts(missed({{"stream", start + 2}, {"user", start}}, start)),
                ElementsAre(R"(42["e",2)", R"(42["e",3)"));
    log.disconnect("user", "banned");
    EXPECT_FALSE(missed(rooms, start));
    EXPECT_TRUE(missed({{"user", log.last()}}, start));
    EXPECT_TRUE(missed({{"stream", start}}, start));
}

TEST_F(Log, SaysWhenItHasForgotten) {
    EventLog small({.kept_for = 1h, .bytes_max = 3'000}, true);
    const Position begun = small.last();
    for (int i = 0; i < 100; ++i) small.say(i % 2 == 0 ? "a" : "b", "e", "1");
    EXPECT_LE(small.bytes(), 3'000U);
    EXPECT_GT(small.bytes(), 2'000U);
    EXPECT_FALSE(small.missed({{"a", begun}}, "me", begun, small.last(), 100, 1 << 20));
    const auto heard = small.missed({{"a", begun}}, "me", small.last() - 4, small.last(), 100, 1 << 20);
    EXPECT_THAT(texts(heard), ElementsAre(R"(42["e",1)", R"(42["e",1)"));
    EXPECT_EQ(small.repeat("a", begun, small.last(), "me"), EventLog::Repeat::forgotten);

    EventLog brief({.kept_for = 20ms, .bytes_max = 1 << 20}, true);
    const Position early = brief.last();
    brief.say("a", "e", "1");
    std::this_thread::sleep_for(40ms);
    brief.say("b", "e", "2");
    EXPECT_FALSE(brief.missed({{"a", early}}, "me", early, brief.last(), 100, 1 << 20));
}

TEST_F(Log, IsWholeOrNothing) {
    for (int i = 0; i < 10; ++i) log.say("a", "e", "1");
    EXPECT_EQ(log.missed({{"a", start}}, "me", start, log.last(), 10, 1 << 20)->frames.size(), 10U);
    EXPECT_FALSE(log.missed({{"a", start}}, "me", start, log.last(), 9, 1 << 20));
    EXPECT_FALSE(log.missed({{"a", start}}, "me", start, log.last(), 10, 100));
}

TEST_F(Log, RepeatsToOneSessionAsNewEvents) {
    log.say("a", "e", "1");
    log.say("a", "e", "");
    log.evict("a", "b");
    log.say("b", "e", "2");
    EXPECT_EQ(log.repeat("a", start, log.last() - 1, "me"), EventLog::Repeat::not_the_last);
    EXPECT_EQ(log.last(), start + 4);
    EXPECT_EQ(log.repeat("a", start, log.last(), "me"), EventLog::Repeat::done);
    EXPECT_THAT(texts(missed({}, start)), ElementsAre(R"(42["e",1)", R"(42["e")"));
    EXPECT_EQ(log.last(), start + 6);
    const auto last = missed({}, start)->frames.back();
    EXPECT_TRUE(last->ends_with(",\"" + encode_offset(start + 6) + "\"]"));
}

TEST_F(Log, GivesEveryHubAllOfIt) {
    int wakes = 0;
    auto& one = log.add_inbox([&] { ++wakes; });
    auto& other = log.add_inbox([] {});
    log.say("a", "e", "1");
    log.say("b", "e", "2");
    EXPECT_EQ(wakes, 1);
    const auto two = log.take(one);
    EXPECT_EQ(two.size(), 2U);
    EXPECT_EQ(log.take(one).size(), 0U);
    log.say("b", "e", "3");
    EXPECT_EQ(wakes, 2);
    const auto all = log.take(other);
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all[2]->position, start + 3);
    EXPECT_EQ(all[0].get(), two[0].get());  // stored once
}

Suspended session_with(Position began, Position ended, Position last_sent, Position last_left_at) {
    return {.pid = "pid",
            .id = "id",
            .departure = {.identity = {.tenant = "demo", .user = "u", .role = "customer"},
                          .rooms = {},
                          .reason = "connection lost",
                          .at = {},
                          .data = {}},
            .rooms = {{"a", began}},
            .began = began,
            .ended = ended,
            .last_sent = last_sent,
            .last_left_at = last_left_at};
}

TEST(ResumePosition, IsWhereTheClientStopped) {
    const auto from = [](const Suspended& session, Position offset) {
        return resume_position(session, encode_offset(offset));
    };
    const auto busy = session_with(100, 200, 180, 0);
    EXPECT_EQ(from(busy, 150), 150U);
    EXPECT_EQ(from(busy, 180), 200U);            // it has all: what came since was not for it
    EXPECT_EQ(resume_position(busy, ""), 100U);  // it has heard nothing of this session
    EXPECT_EQ(from(busy, 99), 100U);             // an offset of an earlier session
    EXPECT_EQ(from(busy, 100), 100U);            // the same
    EXPECT_EQ(from(busy, 5'000), 100U);          // or of another process
    EXPECT_EQ(resume_position(busy, "x"), 100U);
    const auto quiet = session_with(100, 200, 0, 0);
    EXPECT_EQ(resume_position(quiet, ""), 200U);
    EXPECT_EQ(from(quiet, 99), 200U);
}

TEST(ResumePosition, IsUnknownWhenSomethingOfALeftRoomMayBeMissing) {
    const auto left = session_with(100, 200, 180, 160);
    EXPECT_EQ(resume_position(left, encode_offset(150)), std::nullopt);
    EXPECT_EQ(resume_position(left, ""), std::nullopt);
    EXPECT_EQ(resume_position(left, encode_offset(170)), 170U);
    EXPECT_EQ(resume_position(session_with(100, 200, 150, 160), encode_offset(150)), 200U);
}

TEST(Recovery, GivesASessionToItsOwnPersonOnce) {
    Recovery recovery(1min, 10);
    const auto now = Recovery::Clock::now();
    EXPECT_FALSE(recovery.suspend(session_with(1, 2, 0, 0), now));
    const Identity person{.tenant = "demo", .user = "u", .role = "customer"};
    for (const auto& other : {Identity{.tenant = "other", .user = "u", .role = "customer"},
                              Identity{.tenant = "demo", .user = "v", .role = "customer"},
                              Identity{.tenant = "demo", .user = "u", .role = "admin"},
                              Identity{.tenant = "demo", .user = "u", .role = "customer", .session = "another"}})
        EXPECT_FALSE(recovery.take("pid", other));
    EXPECT_FALSE(recovery.take("guessed", person));
    EXPECT_TRUE(recovery.take("pid", person));
    EXPECT_FALSE(recovery.take("pid", person));
    EXPECT_EQ(recovery.suspended(), 0U);
}

TEST(Recovery, KeepsNobodyTooLongAndNotTooMany) {
    Recovery recovery(1min, 2);
    const auto now = Recovery::Clock::now();
    const Identity person{.tenant = "demo", .user = "u", .role = "customer"};
    const auto suspend = [&](std::string pid, std::chrono::seconds after) {
        auto session = session_with(1, 2, 0, 0);
        session.pid = pid;
        session.departure.reason = pid;
        return recovery.suspend(std::move(session), now + after);
    };
    EXPECT_FALSE(suspend("a", 0s));
    EXPECT_TRUE(recovery.take("a", person));
    EXPECT_FALSE(suspend("a", 10s));  // came back, and is lost again
    EXPECT_FALSE(suspend("b", 20s));
    EXPECT_THAT(recovery.take_expired(now + 65s), IsEmpty());
    const auto pushed_out = suspend("c", 30s);
    ASSERT_TRUE(pushed_out);
    EXPECT_EQ(pushed_out->reason, "a");
    EXPECT_THAT(pushed_out->rooms, ElementsAre("a"));
    const auto expired = recovery.take_expired(now + 80s);
    ASSERT_EQ(expired.size(), 1U);
    EXPECT_EQ(expired[0].reason, "b");
    EXPECT_EQ(recovery.take_all().size(), 1U);
    EXPECT_EQ(recovery.suspended(), 0U);
}

}  // namespace
}  // namespace liveshop::realtime
