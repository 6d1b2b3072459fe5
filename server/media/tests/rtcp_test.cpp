#include "media/rtcp.hpp"

#include <gtest/gtest.h>

#include <array>
#include <vector>

#include "media/loss_list.hpp"
#include "media/reception.hpp"

namespace liveshop::media {
namespace {

struct Compound {
    std::array<std::uint8_t, rtcp::compound_size_max> space{};
    Writer out{space};
    std::vector<rtcp::Block> blocks() {
        std::vector<rtcp::Block> result;
        EXPECT_TRUE(rtcp::for_each(out.written(), [&](const rtcp::Block& b) { result.push_back(b); }));
        return result;
    }
};

std::vector<std::uint16_t> nacked(const rtcp::Block& block) {
    std::vector<std::uint16_t> result;
    rtcp::for_each_nacked(block, [&](std::uint16_t sequence) { result.push_back(sequence); });
    return result;
}

TEST(Rtcp, ANackNamesExactlyWhatIsLost) {
    std::vector<std::uint16_t> lost = {10, 11, 26, 27, 100, 65530, 65535, 3, 10'000};
    Compound c;
    rtcp::write_nack(c.out, 1, 2, lost);
    auto blocks = c.blocks();
    ASSERT_EQ(blocks.size(), 1u);
    EXPECT_EQ(blocks[0].type, rtcp::transport_feedback);
    EXPECT_EQ(blocks[0].format, rtcp::format_nack);
    EXPECT_EQ(rtcp::media_ssrc(blocks[0]), 2u);
    EXPECT_EQ(nacked(blocks[0]), lost);
    EXPECT_EQ(c.out.size(), 12u + 4 * 5);  // 10+11+26, 27, 100, 65530+65535+3, 10000
}

TEST(Rtcp, ANackNeverOutgrowsItsSpace) {
    std::vector<std::uint16_t> lost;
    for (unsigned i = 0; i < 1000; ++i) lost.push_back(static_cast<std::uint16_t>(i * 40));
    std::array<std::uint8_t, 100> space;
    Writer out(space);
    rtcp::write_nack(out, 1, 2, lost);
    EXPECT_TRUE(out.ok());
    EXPECT_EQ(out.size(), 100u);
    Writer tiny(MutableBytes(space).first(15));
    rtcp::write_nack(tiny, 1, 2, lost);
    EXPECT_TRUE(tiny.empty());
}

TEST(Rtcp, ReportsAndRequestsShareACompound) {
    Compound c;
    rtcp::write_sender_report(c.out, 7, {0x0102030405060708, 90'000, 10, 2000}, "live");
    rtcp::write_pli(c.out, 1, 9);
    auto blocks = c.blocks();
    ASSERT_EQ(blocks.size(), 3u);
    auto report = rtcp::parse_sender_report(blocks[0]);
    ASSERT_TRUE(report);
    EXPECT_EQ(report->ssrc, 7u);
    EXPECT_EQ(report->info.ntp, 0x0102030405060708u);
    EXPECT_EQ(report->info.rtp_timestamp, 90'000u);
    EXPECT_EQ(report->info.octets, 2000u);
    EXPECT_EQ(blocks[1].type, rtcp::source_description);
    EXPECT_EQ(as_text(blocks[1].body.subspan(6, 4)), "live");
    EXPECT_EQ(blocks[2].format, rtcp::format_pli);
    EXPECT_EQ(rtcp::media_ssrc(blocks[2]), 9u);
    EXPECT_FALSE(rtcp::parse_sender_report(blocks[1]));
}

TEST(Rtcp, BrokenCompoundsAreSaidToBeBroken) {
    auto visited = [](std::vector<std::uint8_t> d) {
        int count = 0;
        bool whole = rtcp::for_each(d, [&](const rtcp::Block&) { ++count; });
        return std::pair(whole, count);
    };
    EXPECT_EQ(visited({}), std::pair(true, 0));
    EXPECT_EQ(visited({0x81, 206, 0}), std::pair(false, 0));
    EXPECT_EQ(visited({0x81, 206, 0, 0, 0, 0, 0, 1}), std::pair(false, 0));             // shorter than its sender
    EXPECT_EQ(visited({0x81, 206, 0, 9, 0, 0, 0, 1}), std::pair(false, 0));             // longer than the datagram
    EXPECT_EQ(visited({0x41, 206, 0, 1, 0, 0, 0, 1}), std::pair(false, 0));             // version 1
    EXPECT_EQ(visited({0x81, 201, 0, 1, 0, 0, 0, 1, 0x81, 206}), std::pair(false, 1));  // a good one first
    rtcp::Block short_feedback{1, 205, Bytes()};
    EXPECT_FALSE(rtcp::media_ssrc(short_feedback));
    EXPECT_TRUE(nacked(short_feedback).empty());
}

TEST(Reception, ReportsLossJitterAndDelay) {
    Reception reception;
    std::int64_t now_us = 10'000'000;
    for (int i = 0; i < 100; ++i, now_us += 20'000)
        if (i % 10 != 5) reception.on_packet(65'500 + i, static_cast<std::uint32_t>(i * 960), 48'000, now_us);
    reception.on_sender_report(0x1111'2222'3333'4444, now_us);
    EXPECT_TRUE(reception.active());
    Compound c;
    reception.write_report(c.out, 1, 42, now_us + 500'000);
    auto body = c.blocks().at(0).body;
    EXPECT_EQ(get32(&body[4]), 42u);
    EXPECT_EQ(body[8], 10 * 256 / 100);          // fraction lost
    EXPECT_EQ(get32(&body[8]) & 0xFFFFFF, 10u);  // lost in all
    EXPECT_EQ(get32(&body[12]), 65'599u);        // highest, with one rollover
    EXPECT_EQ(get32(&body[16]), 0u);             // an even pace has no jitter
    EXPECT_EQ(get32(&body[20]), 0x2222'3333u);
    EXPECT_EQ(get32(&body[24]), 32'768u);  // half a second ago
    EXPECT_FALSE(reception.active());
    Compound next;
    reception.write_report(next.out, 1, 42, now_us);
    EXPECT_EQ(next.blocks().at(0).body[8], 0);  // nothing was expected since
}

TEST(LossList, AsksAgainWithIntervalsAndGivesUp) {
    LossList list;
    list.add(10, 12);
    list.remove(11);
    std::vector<std::int64_t> asked;
    auto ask = [&](std::int64_t index) { asked.push_back(index); };
    list.each_due(0, 0, ask);
    EXPECT_EQ(asked, (std::vector<std::int64_t>{10, 12}));
    asked.clear();
    list.each_due(LossList::interval_us - 1, 0, ask);
    EXPECT_TRUE(asked.empty());
    list.each_due(LossList::interval_us, 11, ask);  // 10 is no longer useful
    EXPECT_EQ(asked, (std::vector<std::int64_t>{12}));
    for (int i = 2; i < 20; ++i) list.each_due(i * LossList::interval_us, 0, ask);
    EXPECT_EQ(asked.size(), static_cast<std::size_t>(LossList::tries_max - 1));
    EXPECT_TRUE(list.empty());
}

TEST(LossList, IsBoundedAndKeepsTheNewest) {
    LossList list;
    list.add(0, 100'000);
    list.add(100'002, 100'003);
    std::vector<std::int64_t> asked;
    list.each_due(0, 0, [&](std::int64_t index) { asked.push_back(index); });
    EXPECT_EQ(asked.size(), LossList::capacity);
    EXPECT_EQ(asked.back(), 100'003);
    list.add(5, 4);
    list.remove(77);
}

}  // namespace
}  // namespace liveshop::media
