#include "media/depacketizer.hpp"

#include <gtest/gtest.h>

#include <random>

namespace liveshop::media {
namespace {

TEST(Depacketizer, PutsVp8Together) {
    Depacketizer in("VP8");
    // With and without an extended descriptor.
    EXPECT_FALSE(in.take(7, false, Buffer{0x90, 0x80, 0x81, 0x23, 0x00, 1, 2}));
    EXPECT_FALSE(in.take(7, false, Buffer{0x00, 3, 4}));
    auto frame = in.take(7, true, Buffer{0x01, 5});
    ASSERT_TRUE(frame);
    EXPECT_TRUE(frame->key);
    EXPECT_EQ(frame->timestamp, 7u);
    EXPECT_EQ(frame->bytes, (Buffer{0x00, 1, 2, 3, 4, 5}));
    frame = in.take(8, true, Buffer{0x10, 0x01, 9});
    ASSERT_TRUE(frame);
    EXPECT_FALSE(frame->key);
}

TEST(Depacketizer, AFrameWithAHoleIsGivenUp) {
    Depacketizer in("VP8");
    in.take(1, false, Buffer{0x10, 0x00, 1});
    in.skip();
    EXPECT_FALSE(in.take(1, true, Buffer{0x00, 3}));
    ASSERT_TRUE(in.take(2, true, Buffer{0x10, 0x01}));

    in.skip();  // between two frames: the next one may lack its beginning
    EXPECT_FALSE(in.take(3, true, Buffer{0x10, 0x01}));
    EXPECT_TRUE(in.take(4, true, Buffer{0x10, 0x01})) << "what follows is whole again";
    in.skip();
    auto key = in.take(5, true, Buffer{0x10, 0x00, 1});
    ASSERT_TRUE(key) << "a key frame shows where it begins";
    EXPECT_TRUE(key->key);

    in.take(6, false, Buffer{0x10, 0x01, 1});
    auto next = in.take(7, true, Buffer{0x10, 0x01, 2});  // the last packet of 6 never came
    ASSERT_TRUE(next);
    EXPECT_EQ(next->bytes, (Buffer{0x01, 2}));
    EXPECT_FALSE(in.take(8, true, Buffer{0x00, 1})) << "a continuation of nothing";
}

TEST(Depacketizer, PutsH264Together) {
    Depacketizer in("H264");
    // STAP-A of a delimiter and both parameter sets, an IDR slice in three fragments.
    EXPECT_FALSE(in.take(9, false, Buffer{24, 0, 2, 9, 0x10, 0, 4, 0x67, 1, 2, 3, 0, 2, 0x68, 4}));
    EXPECT_FALSE(in.take(9, false, Buffer{0x7C, 0x85, 1, 2}));
    EXPECT_FALSE(in.take(9, false, Buffer{0x7C, 0x05, 3}));
    auto frame = in.take(9, true, Buffer{0x7C, 0x45, 4});
    ASSERT_TRUE(frame);
    EXPECT_TRUE(frame->key);
    std::vector<Buffer> units;
    for_each_unit(frame->bytes, [&](Bytes unit) { units.emplace_back(unit.begin(), unit.end()); });
    EXPECT_EQ(units, (std::vector<Buffer>{{0x67, 1, 2, 3}, {0x68, 4}, {0x65, 1, 2, 3, 4}}));
    auto slice = in.take(10, true, Buffer{0x41, 7});
    ASSERT_TRUE(slice);
    EXPECT_FALSE(slice->key);
    EXPECT_EQ(slice->bytes, (Buffer{0, 0, 0, 2, 0x41, 7}));
}

TEST(Depacketizer, WhatIsMalformedCostsItsFrameAlone) {
    for (const Buffer& wrong :
         {Buffer{24, 0, 9, 0x67}, Buffer{24, 0}, Buffer{0x7C}, Buffer{0x7C, 0x05, 1}, Buffer{30, 1}, Buffer{0}}) {
        Depacketizer in("H264");
        EXPECT_FALSE(in.take(1, true, wrong));
        EXPECT_TRUE(in.take(2, true, Buffer{0x41, 7}));
    }
    Depacketizer unfinished("H264");
    EXPECT_FALSE(unfinished.take(1, true, Buffer{0x7C, 0x85, 1})) << "a unit without its end";
    for (const Buffer& wrong : {Buffer{0x90}, Buffer{0x90, 0x80}, Buffer{0x10}}) {
        Depacketizer in("VP8");
        EXPECT_FALSE(in.take(1, true, wrong));
        EXPECT_TRUE(in.take(2, true, Buffer{0x10, 0x01}));
    }
}

TEST(Depacketizer, AFrameHasAnEnd) {
    Depacketizer in("VP8");
    in.take(1, false, Buffer{0x10, 0x00});
    Buffer more(60'000, 7);
    more[0] = 0;
    for (int i = 0; i < 80; ++i) EXPECT_FALSE(in.take(1, false, more));
    EXPECT_FALSE(in.take(1, true, more));
    EXPECT_TRUE(in.take(2, true, Buffer{0x10, 0x01}));
}

TEST(Depacketizer, NothingThatComesHarms) {
    std::mt19937 random(7);
    for (auto* codec : {"VP8", "H264"}) {
        Depacketizer in(codec);
        for (int i = 0; i < 100'000; ++i) {
            Buffer payload(random() % 40);
            for (auto& byte : payload) byte = static_cast<std::uint8_t>(random());
            if (random() % 10 == 0) in.skip();
            auto frame = in.take(static_cast<std::uint32_t>(random() % 4), random() % 3 == 0, payload);
            if (!frame) continue;
            ASSERT_FALSE(frame->bytes.empty());
            std::size_t units = 0;
            for_each_unit(frame->bytes, [&](Bytes unit) {
                units += unit.size() + 4;
                h264_size(unit);
            });
            vp8_size(frame->bytes);
            if (std::string_view(codec) == "H264") ASSERT_EQ(units, frame->bytes.size()) << "nothing but units";
        }
    }
}

TEST(PictureSize, IsReadFromKeyFrames) {
    auto vp8 = vp8_size(Buffer{0x10, 0, 0, 0x9D, 0x01, 0x2A, 0x80, 0x02, 0x68, 0x41});
    ASSERT_TRUE(vp8);
    EXPECT_EQ(vp8->width, 640);
    EXPECT_EQ(vp8->height, 360) << "the two bits above are a scale";
    EXPECT_FALSE(vp8_size(Buffer{0x11, 0, 0, 0x9D, 0x01, 0x2A, 0x80, 0x02, 0x68, 0x01})) << "not a key frame";

    Buffer hd = {0x67, 0x64, 0x00, 0x1F, 0xAC, 0xD9, 0x40, 0x50, 0x05, 0xBB, 0x01, 0x10, 0x00,
                 0x00, 0x03, 0x00, 0x10, 0x00, 0x00, 0x03, 0x03, 0xC0, 0xF1, 0x83, 0x19, 0x60};
    Buffer full_hd = {0x67, 0x64, 0x00, 0x28, 0xAC, 0xD9, 0x40, 0x78, 0x02, 0x27, 0xE5, 0x84, 0x00,
                      0x00, 0x03, 0x00, 0x04, 0x00, 0x00, 0x03, 0x00, 0xF0, 0x3C, 0x60, 0xC6, 0x58};
    for (auto& [unit, width, height] : {std::tuple(hd, 1280, 720), std::tuple(full_hd, 1920, 1080)}) {
        auto size = h264_size(unit);
        ASSERT_TRUE(size);
        EXPECT_EQ(size->width, width);
        EXPECT_EQ(size->height, height) << "cropped";
        for (std::size_t length = 0; length < 8; ++length) EXPECT_FALSE(h264_size(Bytes(unit).first(length)));
    }
}

}  // namespace
}  // namespace liveshop::media
