// Recordings and pictures of what is published, over real UDP.
#include <gtest/gtest.h>
#include <openssl/evp.h>

#include "media/ebml.hpp"
#include "media/matroska.hpp"
#include "media/tests/ebml_reader.hpp"
#include "media/tests/fixture.hpp"
#include "media/tests/media_client.hpp"

namespace liveshop::media {
namespace {

using namespace std::chrono_literals;
namespace json = boost::json;

// A VP8 frame behind its payload descriptor; a key frame of 640x360.
Datagram vp8_frame(bool key, std::uint16_t number) {
    Datagram d = vp8_payload(key, number);
    if (key) std::ranges::copy(Buffer{0x10, 0x00, 0, 0, 0x9D, 0x01, 0x2A, 0x80, 0x02, 0x68, 0x01}, d.begin());
    return d;
}

struct RecordedClient : MediaClient {
    explicit RecordedClient(TestServer& server, std::string room = "r", std::string codec = "VP8/90000")
        : MediaClient(server, std::move(room), Action::publish, std::move(codec)) {
        record = true;
    }
};

struct Recorded : testing::Test {
    TestServer server;
    ControlConnection control{server};
    RecordedClient publisher{server};

    // 30 frames a second, 50 packets of sound.
    void send_video(MediaClient& from, std::uint16_t number, bool key) {
        from.send_rtp(MediaClient::video_ssrc, 96, number, number * 3000u, true, vp8_frame(key, number));
        from.wait_for(1ms);
    }
    void send_sound(MediaClient& from, std::uint16_t number) {
        from.send_rtp(MediaClient::audio_ssrc, 111, number, number * 960u, true,
                      Datagram{0x78, static_cast<std::uint8_t>(number)});
        from.wait_for(1ms);
    }
    json::array files() {
        return control.ask(R"({"command":"recordings","room":"r"})")["result"].at("recordings").as_array();
    }
    // Closes the room and waits until nothing is written any more.
    json::array finished_files() {
        control.ask(R"({"command":"close_room","room":"r"})");
        EXPECT_TRUE(eventually([&] {
            auto found = files();
            return std::ranges::none_of(found, [](auto& file) { return file.at("open").as_bool(); });
        }));
        return files();
    }
    struct Block {
        unsigned track;
        std::int64_t time_ms;
        bool key;
        Datagram bytes;
    };
    std::vector<Block> blocks_of(const json::value& file) {
        std::string path(file.at("path").as_string());
        auto finished = matroska::finish(path);
        EXPECT_TRUE(finished) << finished.error();
        auto text = read_file(path);
        std::vector<Block> blocks;
        for (auto& cluster : all(read_elements(read_elements(as_bytes(text))[1].content), ebml::cluster)) {
            auto begin = static_cast<std::int64_t>(inside(cluster, ebml::timestamp).number());
            for (auto& block : all(read_elements(cluster.content), ebml::simple_block))
                blocks.push_back({block.content[0] & 0x7Fu,
                                  begin + static_cast<std::int16_t>(get16(&block.content[1])),
                                  (block.content[3] & 0x80) != 0,
                                  {block.content.begin() + 4, block.content.end()}});
        }
        return blocks;
    }
    static std::vector<Block> of(const std::vector<Block>& blocks, unsigned track) {
        std::vector<Block> found;
        std::ranges::copy_if(blocks, std::back_inserter(found), [&](auto& block) { return block.track == track; });
        return found;
    }
};

TEST_F(Recorded, WhatIsPublishedIsInTheFile) {
    publisher.connect();
    for (std::uint16_t i = 0; i < 60; ++i) {
        send_video(publisher, i, i % 30 == 0);
        if (i < 50) send_sound(publisher, i);
    }
    auto found = finished_files();
    ASSERT_EQ(found.size(), 1u);
    EXPECT_TRUE(found[0].at("path").as_string().ends_with(".webm"));
    EXPECT_NEAR(static_cast<double>(found[0].at("started_at_ms").as_int64()), static_cast<double>(unix_now_s()) * 1000,
                5000);
    auto blocks = blocks_of(found[0]);
    auto video = of(blocks, 1), sound = of(blocks, 2);
    ASSERT_EQ(video.size(), 60u);
    for (std::uint16_t i = 0; i < 60; ++i) {
        auto frame = vp8_frame(i % 30 == 0, i);
        EXPECT_TRUE(std::ranges::equal(video[i].bytes, Bytes(frame).subspan(1))) << i;
        EXPECT_EQ(video[i].key, i % 30 == 0);
        EXPECT_EQ(video[i].time_ms, i * 100 / 3);
    }
    ASSERT_GE(sound.size(), 49u) << "the first may come before the picture";
    for (std::size_t i = 1; i < sound.size(); ++i) EXPECT_EQ(sound[i].time_ms - sound[i - 1].time_ms, 20);
    EXPECT_EQ(sound.back().bytes, (Datagram{0x78, 49}));
    EXPECT_TRUE(std::ranges::is_sorted(blocks, {}, &Block::time_ms));
}

TEST_F(Recorded, OnlyWhatTheGrantAsksFor) {
    MediaClient silent(server, "r", Action::publish);
    silent.connect();
    for (std::uint16_t i = 0; i < 30; ++i) send_video(silent, i, i == 0);
    EXPECT_TRUE(finished_files().empty());
}

TEST_F(Recorded, LostPacketsAreAskedForAndTheirFramesWaitForAKeyFrame) {
    publisher.connect();
    auto plis = [&] {
        return std::ranges::count_if(publisher.reports, [](const Datagram& compound) {
            bool found = false;
            rtcp::for_each(compound, [&](const rtcp::Block& b) { found |= b.type == 206 && b.format == 1; });
            return found;
        });
    };
    for (std::uint16_t i = 0; i < 10; ++i) send_video(publisher, i, i == 0);
    send_video(publisher, 12, false);  // 10 comes late, 11 never
    send_video(publisher, 10, false);
    EXPECT_TRUE(publisher.wait([&] { return plis() >= 1; }));
    auto before = plis();
    EXPECT_TRUE(publisher.wait([&] { return plis() > before; }, 4s)) << "a key frame is asked for";
    send_video(publisher, 13, true);
    send_video(publisher, 14, false);
    auto video = of(blocks_of(finished_files().at(0)), 1);
    std::vector<std::int64_t> times;
    for (auto& block : video) times.push_back(block.time_ms);
    EXPECT_EQ(times, (std::vector<std::int64_t>{0, 33, 66, 100, 133, 166, 200, 233, 266, 300, 333, 433, 466}));
}

TEST_F(Recorded, AHostWhoReturnsGoesOnInTheSameFile) {
    publisher.connect();
    for (std::uint16_t i = 0; i < 30; ++i) send_video(publisher, i, i == 0);
    RecordedClient second(server);
    second.connect();
    for (std::uint16_t i = 500; i < 530; ++i) send_video(second, i, i == 500);
    auto found = finished_files();
    ASSERT_EQ(found.size(), 1u);
    auto video = of(blocks_of(found[0]), 1);
    ASSERT_EQ(video.size(), 60u);
    EXPECT_GT(video[30].time_ms, video[29].time_ms);
    EXPECT_TRUE(video[30].key);
}

TEST_F(Recorded, AnotherCodecBeginsAnotherFile) {
    publisher.connect();
    for (std::uint16_t i = 0; i < 30; ++i) send_video(publisher, i, i == 0);
    publisher.wait_for(100ms);
    RecordedClient second(server, "r", "H264/90000");
    second.connect();
    Datagram key{24,   0,    26,   0x67, 0x64, 0x00, 0x1F, 0xAC, 0xD9, 0x40, 0x50, 0x05, 0xBB,
                 0x01, 0x10, 0x00, 0x00, 0x03, 0x00, 0x10, 0x00, 0x00, 0x03, 0x03, 0xC0, 0xF1,
                 0x83, 0x19, 0x60, 0,    2,    0x68, 7,    0,    3,    0x65, 1,    2};
    for (std::uint16_t i = 0; i < 30; ++i)
        second.send_rtp(MediaClient::video_ssrc, 96, i, i * 3000u, true, i == 0 ? key : Datagram{0x41, 1, 2});
    second.wait_for(50ms);
    auto found = finished_files();
    ASSERT_EQ(found.size(), 2u);
    EXPECT_EQ(of(blocks_of(found[0]), 1).size(), 30u);
    EXPECT_TRUE(found[1].at("path").as_string().ends_with(".mkv"));
    EXPECT_EQ(of(blocks_of(found[1]), 1).size(), 30u);
}

TEST_F(Recorded, OfACrashTwoSecondsAreLostAtMost) {
    publisher.connect();
    std::uint16_t number = 0;
    auto begun = std::chrono::steady_clock::now();
    while (std::chrono::steady_clock::now() - begun < 4s) {  // in real time, as a camera sends
        send_video(publisher, number, number == 0);
        publisher.wait_for(30ms);
        ++number;
    }
    auto path = std::string(files().at(0).at("path").as_string());
    auto copy = server.folder + "/as-if-crashed.webm";  // what the disk holds while it goes on
    std::filesystem::copy_file(path, copy);
    auto finished = matroska::finish(copy);
    ASSERT_TRUE(finished) << finished.error();
    EXPECT_GE(finished->duration_ms, number * 100 / 3 - 2000);
}

TEST_F(Recorded, SoundAndPictureAreAlignedByTheReports) {
    publisher.connect();
    std::array<std::uint8_t, rtcp::compound_size_max> space;
    auto report = [&](std::uint32_t ssrc, std::uint32_t timestamp, std::int64_t at_ms) {
        Writer out(space);
        rtcp::write_sender_report(
            out, ssrc, {.ntp = (1000ull << 32) + ntp_interval(at_ms * 1000), .rtp_timestamp = timestamp}, "x");
        publisher.send_rtcp(out.written());
        publisher.wait_for(5ms);
    };
    send_video(publisher, 0, true);
    send_sound(publisher, 0);
    // Picture 0 was taken 500 ms before sound 0, though they came together.
    report(MediaClient::video_ssrc, 0, 0);
    report(MediaClient::audio_ssrc, 0, 500);
    publisher.wait_for(200ms);
    for (std::uint16_t i = 1; i < 30; ++i) {
        send_video(publisher, i, false);
        send_sound(publisher, i);
    }
    auto blocks = blocks_of(finished_files().at(0));
    auto video = of(blocks, 1), sound = of(blocks, 2);
    ASSERT_EQ(video.size(), 30u);
    ASSERT_GE(sound.size(), 29u);
    EXPECT_NEAR(static_cast<double>(sound.back().time_ms), 500 + 29 * 20, 2);
}

TEST_F(Recorded, OfManyRoomsEachHasItsOwn) {
    RecordedClient other(server, "r-2");
    publisher.connect();
    other.connect();
    for (std::uint16_t i = 0; i < 5; ++i) {
        send_video(publisher, i, i == 0);
        send_video(other, i, i == 0);
        send_video(other, static_cast<std::uint16_t>(i + 5), false);
    }
    control.ask(R"({"command":"close_room","room":"r-2"})");
    EXPECT_EQ(of(blocks_of(finished_files().at(0)), 1).size(), 5u);
    EXPECT_EQ(control.ask(R"({"command":"recordings","room":"r-2"})")["result"].at("recordings").as_array().size(), 1u);
    EXPECT_TRUE(control.ask(R"({"command":"recordings","room":"x"})")["result"].at("recordings").as_array().empty());
}

TEST_F(Recorded, APictureIsTheNextKeyFrame) {
    auto ask = [&] { return control.ask(R"({"command":"picture","room":"r"})")["result"].at("picture"); };
    EXPECT_TRUE(ask().is_null()) << "there is no such room";
    publisher.connect();
    send_video(publisher, 0, true);
    EXPECT_TRUE(ask().is_null()) << "the last one may be old";
    send_video(publisher, 1, true);
    json::value picture;
    ASSERT_TRUE(eventually([&] { return !(picture = ask()).is_null(); }));
    EXPECT_EQ(picture.at("codec"), "VP8");
    std::string text(picture.at("bytes").as_string());
    Buffer bytes(text.size() / 4 * 3);
    bytes.resize(
        static_cast<std::size_t>(EVP_DecodeBlock(bytes.data(), as_bytes(text).data(), static_cast<int>(text.size()))));
    auto frame = vp8_frame(true, 1);
    EXPECT_TRUE(std::ranges::equal(Bytes(bytes).first(frame.size() - 1), Bytes(frame).subspan(1)));
    EXPECT_FALSE(ask().is_null()) << "for some seconds it is good";
}

TEST_F(Recorded, ARoomClosedForGoodLetsNobodyIn) {
    publisher.connect();
    MediaClient viewer(server, "r", Action::view), late(server, "r", Action::view);
    RecordedClient again(server);
    viewer.connect();
    EXPECT_EQ(control.ask(R"({"command":"close_room","room":"r","refuse_for_s":2})")["result"].at("closed"), 2);
    for (MediaClient* client : {static_cast<MediaClient*>(&again), &late}) {
        try {
            client->post();
            FAIL() << "a grant has outlived its room";
        } catch (const std::runtime_error& refused) {
            EXPECT_NE(std::string_view(refused.what()).find("media.room_closed"), std::string_view::npos);
        }
    }
    MediaClient elsewhere(server, "r2", Action::publish);
    EXPECT_NO_THROW(elsewhere.post());
    EXPECT_TRUE(eventually([&] {
        try {
            again.post();
            return true;
        } catch (const std::runtime_error&) {
            return false;
        }
    })) << "until the longest-lived grant is over";
    for (auto* wrong : {R"({"command":"close_room","room":"r","refuse_for_s":-1})",
                        R"({"command":"close_room","room":"r","refuse_for_s":"x"})", R"({"command":"picture"})",
                        R"({"command":"recordings","room":1})"})
        EXPECT_EQ(control.ask(wrong)["error"].at("code"), "media.bad_request") << wrong;
}

}  // namespace
}  // namespace liveshop::media
