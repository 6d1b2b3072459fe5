#include "media/track.hpp"

#include <gtest/gtest.h>

#include "media/clock.hpp"

namespace liveshop::media {
namespace {

const sdp::Codec vp8{.payload_type = 96, .name = "VP8", .rtpmap = "VP8/90000", .format = "", .clock_rate = 90'000};

struct TrackTest : testing::Test {
    Track track{Kind::video, vp8, 0xABCD};
    Source source;
    std::vector<std::uint8_t> inter = {0x10, 0x01, 7}, key = {0x10, 0x00, 7};

    bool take(Source& from, std::uint16_t sequence, std::uint32_t timestamp, const std::vector<std::uint8_t>& payload,
              std::int64_t now_us = second_us, bool marker = false) {
        rtp::Packet p;
        p.sequence = sequence;
        p.timestamp = timestamp;
        p.payload = payload;
        p.marker = marker;
        return track.take(from, p, now_us);
    }
};

TEST_F(TrackTest, StoresPacketsInTheFormTheyGoOut) {
    ASSERT_TRUE(take(source, 500, 9000, key, second_us, true));
    auto* packet = track.find(track.last_index());
    ASSERT_TRUE(packet);
    auto p = rtp::parse(packet->view());
    ASSERT_TRUE(p);
    EXPECT_TRUE(p->marker);
    EXPECT_EQ(p->ssrc, 0xABCDu);
    EXPECT_EQ(p->timestamp, 9000u);
    EXPECT_TRUE(std::ranges::equal(p->payload, key));
    EXPECT_EQ(track.key_frame(), track.last_index());
    EXPECT_TRUE(track.frame_complete());
}

TEST_F(TrackTest, AnIndexIsWrittenOnce) {
    take(source, 500, 0, key);
    EXPECT_FALSE(take(source, 500, 0, inter));
    for (std::uint16_t i = 501; i < 2000; ++i) take(source, i, i, inter);
    EXPECT_FALSE(take(source, 501, 0, inter));  // its slot holds a later packet by now
    EXPECT_EQ(track.find(track.last_index() - 1024), nullptr);
    EXPECT_NE(track.find(track.last_index() - 1023), nullptr);
}

TEST_F(TrackTest, GapsAreMissedUntilFilled) {
    take(source, 65'534, 0, key);
    take(source, 1, 0, inter);
    std::vector<std::uint16_t> asked;
    auto ask = [&](std::int64_t index) { asked.push_back(static_cast<std::uint16_t>(index - source.index_offset)); };
    source.missing.each_due(0, 0, ask);
    EXPECT_EQ(asked, (std::vector<std::uint16_t>{65'535, 0}));
    EXPECT_TRUE(take(source, 65'535, 0, inter));
    EXPECT_TRUE(take(source, 0, 0, inter));
    EXPECT_TRUE(source.missing.empty());
    EXPECT_EQ(source.reception.lost(), 0);
}

TEST_F(TrackTest, AnotherPublisherContinuesSequenceAndTime) {
    take(source, 500, 90'000, key);
    auto last = track.last_index();
    Source next;
    take(next, 40'000, 123'456, key, second_us + 500'000);
    EXPECT_EQ(track.last_index(), last + 1);
    EXPECT_EQ(rtp::parse(track.find(last + 1)->view())->timestamp, 90'000u + 45'000u);
    EXPECT_TRUE(next.missing.empty());
    take(next, 40'001, 126'456, inter, second_us + 533'000);
    EXPECT_EQ(rtp::parse(track.find(last + 2)->view())->timestamp, 90'000u + 48'000u);
    // What the new publisher sent before its first packet lies among the old one's and is not taken.
    EXPECT_FALSE(take(next, 39'999, 120'000, inter));
}

TEST_F(TrackTest, OnlyFreshAndShortKeyFrameGroupsAreReplayed) {
    EXPECT_FALSE(track.replayable(0));
    take(source, 1, 0, key, second_us);
    EXPECT_TRUE(track.replayable(2 * second_us));
    EXPECT_FALSE(track.replayable(3 * second_us));
    for (std::uint16_t i = 2; i < 500; ++i) take(source, i, 0, inter);
    EXPECT_FALSE(track.replayable(second_us));
}

TEST_F(TrackTest, TooLargePacketsAreRefused) {
    EXPECT_FALSE(take(source, 1, 0, std::vector<std::uint8_t>(1473)));
    EXPECT_TRUE(take(source, 1, 0, std::vector<std::uint8_t>(1472)));
}

}  // namespace
}  // namespace liveshop::media
