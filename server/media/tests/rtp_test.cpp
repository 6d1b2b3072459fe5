#include "media/rtp.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "media/payload.hpp"

namespace liveshop::media {
namespace {

using Data = std::vector<std::uint8_t>;

Data packet(Data rest, unsigned first = 0x80) {
    Data d = {static_cast<std::uint8_t>(first), 0xE0, 0x12, 0x34, 0, 0, 0, 9, 0xCA, 0xFE, 0xBA, 0xBE};
    d.insert(d.end(), rest.begin(), rest.end());
    return d;
}

TEST(Rtp, ReadsTheFixedHeader) {
    auto d = packet({1, 2, 3});
    auto p = rtp::parse(d);
    ASSERT_TRUE(p);
    EXPECT_TRUE(p->marker);
    EXPECT_EQ(p->payload_type, 96);
    EXPECT_EQ(p->sequence, 0x1234);
    EXPECT_EQ(p->timestamp, 9u);
    EXPECT_EQ(p->ssrc, 0xCAFEBABEu);
    EXPECT_EQ(p->payload.size(), 3u);
}

TEST(Rtp, FindsExtensionsInBothForms) {
    auto one_byte = packet({0xBE, 0xDE, 0, 2, 0x31, 0xAB, 0xCD, 0, 0x50, 0x77, 0, 0, 42}, 0x90);
    auto p = rtp::parse(one_byte);
    ASSERT_TRUE(p);
    EXPECT_EQ(get16(rtp::extension(*p, 3).data()), 0xABCD);
    EXPECT_EQ(rtp::extension(*p, 5)[0], 0x77);
    EXPECT_TRUE(rtp::extension(*p, 4).empty());
    EXPECT_EQ(p->payload.size(), 1u);
    auto two_byte = packet({0x10, 0x00, 0, 2, 3, 2, 0xAB, 0xCD, 9, 1, 0x77, 0, 42}, 0x90);
    auto q = rtp::parse(two_byte);
    ASSERT_TRUE(q);
    EXPECT_EQ(get16(rtp::extension(*q, 3).data()), 0xABCD);
    EXPECT_EQ(rtp::extension(*q, 9)[0], 0x77);
}

TEST(Rtp, LengthsThatLieAreRefused) {
    EXPECT_FALSE(rtp::parse(Data(11, 0x80)));
    EXPECT_FALSE(rtp::parse(packet({1, 2, 3}, 0x40)));              // version 1
    EXPECT_FALSE(rtp::parse(packet({1, 2, 3}, 0x82)));              // two contributing sources, no room
    EXPECT_FALSE(rtp::parse(packet({0xBE, 0xDE, 0, 9, 1}, 0x90)));  // nine words of extensions
    EXPECT_FALSE(rtp::parse(packet({0xBE, 0xDE}, 0x90)));           // no extension length
    EXPECT_FALSE(rtp::parse(packet({1, 2, 4}, 0xA0)));              // more padding than payload
    EXPECT_FALSE(rtp::parse(packet({1, 2, 0}, 0xA0)));              // padding of no bytes
    EXPECT_FALSE(rtp::parse(packet({}, 0xA0)));                     // padding without its length
}

TEST(Rtp, ExtensionsThatReachTooFarAreNotFound) {
    auto d = packet({0xBE, 0xDE, 0, 1, 0x3F, 1, 2, 3}, 0x90);
    EXPECT_TRUE(rtp::extension(*rtp::parse(d), 3).empty());
    auto two_byte = packet({0x10, 0x00, 0, 1, 0, 0, 0, 3}, 0x90);
    EXPECT_TRUE(rtp::extension(*rtp::parse(two_byte), 3).empty());
    auto unknown_profile = packet({0x12, 0x34, 0, 1, 0x30, 1, 2, 3}, 0x90);
    EXPECT_TRUE(rtp::extension(*rtp::parse(unknown_profile), 3).empty());
}

TEST(Rtp, RetransmissionsAreUndone) {
    auto d = packet({0x00, 0x07, 0xAA});
    auto p = *rtp::parse(d);
    ASSERT_TRUE(rtp::restore_from_rtx(p, 77));
    EXPECT_EQ(p.sequence, 7);
    EXPECT_EQ(p.ssrc, 77u);
    EXPECT_EQ(p.payload.size(), 1u);
    auto probe = packet({0, 0, 3}, 0xA0);
    auto q = *rtp::parse(probe);
    EXPECT_TRUE(rtp::is_only_padding(q));
    EXPECT_FALSE(rtp::restore_from_rtx(q, 77));
    auto padded = packet({0, 7, 9, 3}, 0xA0);  // the padding would reach into the sequence number
    auto r = *rtp::parse(padded);
    EXPECT_FALSE(rtp::restore_from_rtx(r, 77));
    auto nothing_left = packet({0, 1}, 0xA0);
    auto s = *rtp::parse(nothing_left);
    EXPECT_FALSE(rtp::restore_from_rtx(s, 77));
}

TEST(Unwrapper, GoesOnThroughRolloversAndTakesLatecomers) {
    rtp::Unwrapper unwrap;
    EXPECT_EQ(unwrap(65530), 65530);
    EXPECT_EQ(unwrap(3), 65539);
    EXPECT_EQ(unwrap(65535), 65535);
    EXPECT_EQ(unwrap(4), 65540);
    std::int64_t value = 0;
    for (int i = 0; i < 200'000; i += 7) value = unwrap(static_cast<std::uint16_t>(4 + i));
    EXPECT_EQ(value, 65540 + 199'997 / 7 * 7);
    rtp::Unwrapper first_is_reordered;
    EXPECT_EQ(first_is_reordered(1), 1);
    EXPECT_EQ(first_is_reordered(65535), -1);
}

TEST(Payload, KeyFramesOfVp8) {
    EXPECT_TRUE(payload::vp8_starts_key_frame(Data{0x10, 0x00}));
    EXPECT_FALSE(payload::vp8_starts_key_frame(Data{0x10, 0x01}));                   // an inter frame
    EXPECT_FALSE(payload::vp8_starts_key_frame(Data{0x00, 0x00}));                   // not the start
    EXPECT_FALSE(payload::vp8_starts_key_frame(Data{0x11, 0x00}));                   // another partition
    EXPECT_TRUE(payload::vp8_starts_key_frame(Data{0x90, 0x80, 0x81, 0x02, 0x00}));  // 15-bit picture id
    EXPECT_TRUE(payload::vp8_starts_key_frame(Data{0x90, 0xE0, 0x01, 5, 0x20, 0x00}));
    EXPECT_FALSE(payload::vp8_starts_key_frame(Data{0x90, 0xE0, 0x01, 5, 0x20}));  // cut off
    EXPECT_FALSE(payload::vp8_starts_key_frame(Data{0x90, 0x80}));
    EXPECT_FALSE(payload::vp8_starts_key_frame(Data{}));
}

TEST(Payload, KeyFramesOfH264) {
    EXPECT_TRUE(payload::h264_starts_key_frame(Data{0x67, 1, 2}));
    EXPECT_TRUE(payload::h264_starts_key_frame(Data{0x78, 0, 10, 0x67}));
    EXPECT_FALSE(payload::h264_starts_key_frame(Data{0x78, 0, 10}));
    EXPECT_FALSE(payload::h264_starts_key_frame(Data{0x41}));
    EXPECT_FALSE(payload::h264_starts_key_frame(Data{}));
    EXPECT_FALSE(payload::starts_key_frame("opus", Data{0x10, 0x00}));
}

}  // namespace
}  // namespace liveshop::media
