#include "modules/live/audience.hpp"

#include <boost/asio/co_spawn.hpp>

#include "modules/live/tests/studio.hpp"

namespace liveshop::live {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Ge;
using ::testing::IsEmpty;
using ::testing::Le;
using ::testing::SizeIs;
using Clock = std::chrono::steady_clock;

class AudienceTest : public Studio {
  protected:
    AudienceTest() : id(go_live()), stream_id(StreamId::parse(id).value()) { api.emissions().clear(); }

    void deliver(std::vector<Emission> emissions) override {
        delivered_at.insert(delivered_at.end(), emissions.size(), Clock::now());
        Studio::deliver(std::move(emissions));
    }
    /// Somebody came or went, and so many are there now.
    void change_to(std::size_t viewers) {
        sockets[audience_room(id)] = viewers;
        audience.changed(api.tenant_id(), stream_id);
    }
    /// Told since the last look: viewers and their peak.
    std::vector<std::pair<std::int64_t, std::int64_t>> take_counts() {
        std::vector<std::pair<std::int64_t, std::int64_t>> counts;
        for (const Emission& emission : told("stream:viewers")) {
            EXPECT_EQ(emission.room, stream_room(id));
            const json::value event = json::parse(emission.payload);
            EXPECT_EQ(event.at("stream_id").as_string(), id);
            counts.emplace_back(event.at("viewer_count").as_int64(), event.at("peak_viewers").as_int64());
        }
        api.emissions().clear();
        return counts;
    }
    awaitable<void> change_for(std::chrono::milliseconds duration) {
        const Clock::time_point end = Clock::now() + duration;
        for (std::size_t viewers = 1; Clock::now() < end; ++viewers) {
            change_to(viewers);
            co_await test::pause(std::chrono::milliseconds(20));
        }
    }
    std::string saved() { return column(id, "viewer_count") + "/" + column(id, "peak_viewers"); }

    const std::string id;
    const StreamId stream_id;
    std::vector<Clock::time_point> delivered_at;
};

TEST_F(AudienceTest, TellsAndSavesTheCountAndItsPeak) {
    tell_due();
    EXPECT_THAT(take_counts(), IsEmpty());
    change_to(3);
    change_to(5);
    tell_due();
    EXPECT_THAT(take_counts(), ElementsAre(std::pair(5, 5)));
    EXPECT_EQ(saved(), "5/5");
    change_to(2);
    tell_due();
    EXPECT_THAT(take_counts(), ElementsAre(std::pair(2, 5)));
    EXPECT_EQ(saved(), "2/5");
    tell_due();
    EXPECT_THAT(take_counts(), IsEmpty()) << "nothing changed";
}

TEST_F(AudienceTest, ThePeakStaysWhenAllLeave) {
    for (const std::size_t viewers : {5U, 0U, 1U}) {
        change_to(viewers);
        tell_due();
    }
    EXPECT_THAT(take_counts(), ElementsAre(std::pair(5, 5), std::pair(0, 5), std::pair(1, 5)));
    EXPECT_EQ(saved(), "1/5");
}

// A call is committed, and only then its socket enters or leaves the rooms: the count may be taken in between.
TEST_F(AudienceTest, ASocketThatFollowsLaterIsCounted) {
    change_to(0);
    tell_due();
    sockets[audience_room(id)] = 1;
    tell_due();
    sockets[audience_room(id)] = 0;
    tell_due();
    EXPECT_THAT(take_counts(), ElementsAre(std::pair(0, 0), std::pair(1, 1), std::pair(0, 1)));
}

TEST_F(AudienceTest, AnEndedStreamHasNoViewers) {
    change_to(4);
    tell_due();
    step(owner, id, "end");
    take_counts();
    change_to(3);
    tell_due();
    EXPECT_THAT(take_counts(), IsEmpty());
    EXPECT_EQ(saved(), "0/4");
}

TEST_F(AudienceTest, WhatIsOfAnotherTenantChangesNothing) {
    const TestUser stranger = api.make_user(Role::customer, api.make_tenant("other"));
    change_to(2);
    step(stranger, id, "leave");
    react(stranger, id, "fire");
    tell_due();
    EXPECT_THAT(told("stream:reaction"), IsEmpty());
    EXPECT_THAT(take_counts(), ElementsAre(std::pair(2, 2)));
    EXPECT_EQ(saved(), "2/2");
}

TEST_F(AudienceTest, ACountThatCouldNotBeSavedIsSavedLater) {
    api.sql("revoke update on live_streams from liveshop_app");
    change_to(3);
    audience.react(api.tenant_id(), stream_id, ReactionKind::clap, std::nullopt);
    tell_due();
    EXPECT_THAT(told("stream:reaction"), SizeIs(1)) << "reactions need no database";
    take_counts();
    api.sql("grant update on live_streams to liveshop_app");
    tell_due();
    EXPECT_THAT(take_counts(), ElementsAre(std::pair(3, 3)));
    EXPECT_EQ(saved(), "3/3");
}

TEST_F(AudienceTest, TellsAtMostOnceASecond) {
    bool ended = false;
    boost::asio::co_spawn(api.io(), audience.run(), [&](std::exception_ptr error) {
        EXPECT_EQ(error, nullptr);
        ended = true;
    });
    test::run(api.io(), change_for(std::chrono::milliseconds(2'500)));
    EXPECT_THAT(delivered_at, SizeIs(AllOf(Ge(1U), Le(2U)))) << "of a hundred changes";
    for (std::size_t i = 1; i < delivered_at.size(); ++i)
        EXPECT_GE(delivered_at[i] - delivered_at[i - 1], std::chrono::milliseconds(900));

    audience.stop();
    test::run(api.io(), [](bool& done) -> awaitable<void> {
        while (!done) co_await test::pause(std::chrono::milliseconds(5));
    }(ended));
    EXPECT_TRUE(ended);
}

}  // namespace
}  // namespace liveshop::live
