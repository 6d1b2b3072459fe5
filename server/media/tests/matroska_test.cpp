#include "media/matroska.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "media/ebml.hpp"
#include "media/tests/ebml_reader.hpp"
#include "media/tests/fixture.hpp"
#include "media/tests/test_server.hpp"

namespace liveshop::media::matroska {
namespace {

struct Matroska : testing::Test {
    std::string folder = fresh_folder(), path = folder + "/x.webm";
    ~Matroska() override { std::filesystem::remove_all(folder); }

    static Header vp8_header() {
        return {.video = VideoTrack{.h264 = false, .size = {640, 360}, .configuration = {}},
                .audio = true,
                .started_at_ms = 1'800'000'000'123};
    }
    static Block video(std::int64_t time_ms, bool key, Buffer bytes = {1, 2, 3}) {
        return {time_ms, video_number, key, std::move(bytes)};
    }
    static Block sound(std::int64_t time_ms) { return {time_ms, audio_number, true, {9}}; }

    void write(const std::vector<Buffer>& pieces) {
        std::ofstream out(path, std::ios::binary);
        for (auto& piece : pieces) out << as_text(piece);
    }
    Buffer read() {
        auto text = read_file(path);
        return {as_bytes(text).begin(), as_bytes(text).end()};
    }
    // Three clusters, of which the middle one has no key frame.
    std::vector<Buffer> pieces() {
        return {write_header(vp8_header()), write_cluster(std::vector{video(0, true), sound(20), video(33, false)}),
                write_cluster(std::vector{sound(1010), video(1033, false)}),
                write_cluster(std::vector{video(2000, true), video(2500, false)})};
    }
};

TEST_F(Matroska, IsWebmWithBothTracks) {
    auto bytes = write_header(vp8_header());
    auto top = read_elements(bytes);
    ASSERT_EQ(top.size(), 2u);
    EXPECT_EQ(inside(top[0], ebml::doc_type).text(), "webm");
    ASSERT_EQ(top[1].id, ebml::segment);
    auto info = inside(top[1], ebml::info);
    EXPECT_EQ(inside(info, ebml::timestamp_scale).number(), 1'000'000u);
    EXPECT_EQ(inside(info, ebml::date).number(), (1'800'000'000'123u - 978'307'200'000u) * 1'000'000u);
    auto tracks = all(read_elements(inside(top[1], ebml::tracks).content), ebml::track_entry);
    ASSERT_EQ(tracks.size(), 2u);
    EXPECT_EQ(inside(tracks[0], ebml::codec_id).text(), "V_VP8");
    EXPECT_EQ(inside(inside(tracks[0], ebml::video), ebml::pixel_width).number(), 640u);
    EXPECT_EQ(inside(inside(tracks[0], ebml::video), ebml::pixel_height).number(), 360u);
    EXPECT_EQ(inside(tracks[1], ebml::codec_id).text(), "A_OPUS");
    EXPECT_TRUE(inside(tracks[1], ebml::codec_private).text().starts_with("OpusHead"));
}

TEST_F(Matroska, AClusterHoldsItsBlocks) {
    auto bytes = write_cluster(std::vector{video(5000, true, {7, 8}), sound(5020)});
    auto cluster = one(read_elements(bytes), ebml::cluster);
    EXPECT_EQ(inside(cluster, ebml::timestamp).number(), 5000u);
    auto blocks = all(read_elements(cluster.content), ebml::simple_block);
    ASSERT_EQ(blocks.size(), 2u);
    EXPECT_TRUE(std::ranges::equal(blocks[0].content, Buffer{0x81, 0, 0, 0x80, 7, 8}));
    EXPECT_TRUE(std::ranges::equal(blocks[1].content, Buffer{0x82, 0, 20, 0x80, 9}));
    EXPECT_TRUE(write_cluster({}).empty());
}

TEST_F(Matroska, IsFinishedWithDurationAndIndex) {
    write(pieces());
    auto finished = finish(path);
    ASSERT_TRUE(finished) << finished.error();
    EXPECT_EQ(finished->duration_ms, 2533);
    EXPECT_EQ(finished->content_type, "video/webm");
    auto bytes = read();
    EXPECT_EQ(static_cast<std::size_t>(finished->size_bytes), bytes.size());

    auto top = read_elements(bytes);
    ASSERT_EQ(top.size(), 2u) << "the segment knows its size";
    auto& segment = top[1];
    EXPECT_EQ(std::bit_cast<double>(inside(inside(segment, ebml::info), ebml::duration).number()), 2533.0);
    auto elements = read_elements(segment.content);
    auto clusters = all(elements, ebml::cluster);
    ASSERT_EQ(clusters.size(), 3u);
    auto seek = inside(inside(segment, ebml::seek_head), ebml::seek);
    EXPECT_EQ(inside(seek, ebml::seek_id).number(), ebml::cues);
    auto cues = one(elements, ebml::cues);
    EXPECT_EQ(inside(seek, ebml::seek_position).number(), cues.at);
    auto points = all(read_elements(cues.content), ebml::cue_point);
    ASSERT_EQ(points.size(), 2u) << "only where a key frame is";
    for (auto [point, cluster, time_ms] : {std::tuple(0, 0, 0u), std::tuple(1, 2, 2000u)}) {
        auto& found = points[static_cast<std::size_t>(point)];
        EXPECT_EQ(inside(found, ebml::cue_time).number(), time_ms);
        EXPECT_EQ(inside(inside(found, ebml::cue_track_positions), ebml::cue_cluster_position).number(),
                  clusters[static_cast<std::size_t>(cluster)].at);
    }
    EXPECT_TRUE(finish(path));
    EXPECT_EQ(read(), bytes) << "doing it again changes nothing";
}

TEST_F(Matroska, ATornFileKeepsItsWholeClusters) {
    auto whole = pieces();
    std::size_t kept = whole[0].size() + whole[1].size() + whole[2].size();
    for (std::size_t torn : {std::size_t{1}, std::size_t{11}, std::size_t{30}, whole[3].size() - 1}) {
        auto cut = whole;
        cut[3].resize(torn);
        write(cut);
        auto finished = finish(path);
        ASSERT_TRUE(finished) << finished.error();
        EXPECT_EQ(finished->duration_ms, 1066);
        auto bytes = read();
        EXPECT_EQ(all(read_elements(read_elements(bytes)[1].content), ebml::cluster).size(), 2u);
        EXPECT_GT(bytes.size(), kept);
    }
}

TEST_F(Matroska, WhatIsNoRecordingIsRefusedInWords) {
    EXPECT_FALSE(finish(folder + "/missing.webm"));
    write({});
    EXPECT_FALSE(finish(path));
    write({Buffer(5000, 0x1A)});
    EXPECT_FALSE(finish(path));
    write({write_header(vp8_header())});
    auto empty = finish(path);
    ASSERT_FALSE(empty);
    EXPECT_TRUE(empty.error().starts_with("nothing was recorded")) << empty.error();
    auto header = write_header(vp8_header());
    for (std::size_t size = 0; size < header.size(); size += 7) {
        write({Buffer(header.begin(), header.begin() + static_cast<long>(size))});
        EXPECT_FALSE(finish(path)) << size;
    }
}

TEST_F(Matroska, H264IsMatroskaWithItsParameterSets) {
    Buffer key{0, 0, 0, 5, 0x67, 0x42, 0xC0, 0x1F, 9, 0, 0, 0, 2, 0x68, 7, 0, 0, 0, 2, 0x65, 1};
    auto configuration = h264_configuration(key);
    ASSERT_TRUE(configuration);
    EXPECT_EQ(*configuration,
              (Buffer{1, 0x42, 0xC0, 0x1F, 0xFF, 0xE1, 0, 5, 0x67, 0x42, 0xC0, 0x1F, 9, 1, 0, 2, 0x68, 7}));
    EXPECT_FALSE(h264_configuration(Bytes(key).first(9))) << "no picture parameter set";
    auto bytes =
        write_header({.video = VideoTrack{true, {1280, 720}, *configuration}, .audio = false, .started_at_ms = 0});
    auto top = read_elements(bytes);
    EXPECT_EQ(inside(top[0], ebml::doc_type).text(), "matroska");
    auto track = inside(inside(top[1], ebml::tracks), ebml::track_entry);
    EXPECT_EQ(inside(track, ebml::codec_id).text(), "V_MPEG4/ISO/AVC");
    EXPECT_TRUE(std::ranges::equal(inside(track, ebml::codec_private).content, *configuration));
    write({bytes, write_cluster(std::vector{video(0, true)})});
    auto finished = finish(path);
    ASSERT_TRUE(finished);
    EXPECT_EQ(finished->content_type, "video/x-matroska");
}

}  // namespace
}  // namespace liveshop::media::matroska
