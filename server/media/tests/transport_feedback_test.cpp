#include "media/transport_feedback.hpp"

#include <gtest/gtest.h>

#include <array>
#include <map>

#include "media/rtcp.hpp"

namespace liveshop::media {
namespace {

// What a sender reads out of feedback, decoded from the draft's text rather than by our own code.
struct Told {
    std::map<int, std::int64_t> arrivals;  // number to time in units of 250 us
    int lost = 0, packets = 0;
    std::vector<int> counts;  // the feedback's own number

    void read(Bytes compound) {
        rtcp::for_each(compound, [&](const rtcp::Block& block) {
            ASSERT_EQ(block.format, 15u);
            ASSERT_EQ(block.type, 205u);
            auto b = block.body;
            int base = get16(&b[8]), count = get16(&b[10]);
            std::int64_t clock = static_cast<std::int64_t>(get32(&b[12]) >> 8) * 256;
            counts.push_back(b[15]);
            std::size_t at = 16;
            std::vector<int> symbols;
            while (static_cast<int>(symbols.size()) < count) {
                unsigned chunk = get16(&b[at]);
                at += 2;
                ASSERT_EQ(chunk >> 14, 3u);
                for (int i = 6; i >= 0; --i) symbols.push_back(static_cast<int>(chunk >> (2 * i) & 3));
            }
            for (int i = 0; i < count; ++i) {
                auto symbol = symbols[static_cast<std::size_t>(i)];
                packets += 1;
                if (symbol == 0) {
                    ++lost;
                    continue;
                }
                clock += symbol == 1 ? b[at] : static_cast<std::int16_t>(get16(&b[at]));
                at += symbol == 1 ? 1 : 2;
                arrivals[(base + i) & 0xFFFF] = clock;
            }
            ASSERT_LE(at, b.size());
            ASSERT_LT(b.size() - at, 4u);
        });
    }
};

Told flush(TransportFeedback& feedback, std::size_t space_size = rtcp::compound_size_max) {
    Told told;
    std::array<std::uint8_t, rtcp::compound_size_max> space;
    for (;;) {
        Writer out(MutableBytes(space).first(space_size));
        if (!feedback.write(out, 1, 2)) return told;
        EXPECT_TRUE(out.ok());
        told.read(out.written());
    }
}

TEST(TransportFeedback, TellsEveryArrivalAcrossTheWrap) {
    TransportFeedback feedback;
    std::int64_t at_us = 5'000'000;
    for (int i = 0; i < 100; ++i, at_us += 1250) feedback.on_packet(static_cast<std::uint16_t>(65'500 + i), at_us);
    auto told = flush(feedback);
    ASSERT_EQ(told.arrivals.size(), 100u);
    EXPECT_EQ(told.lost, 0);
    for (int i = 0; i < 100; ++i) EXPECT_EQ(told.arrivals.at((65'500 + i) & 0xFFFF), (5'000'000 + i * 1250) / 250);
    EXPECT_TRUE(flush(feedback).arrivals.empty());
}

TEST(TransportFeedback, LossesAreToldOnceAndLatecomersAgain) {
    TransportFeedback feedback;
    for (int i : {0, 1, 4}) feedback.on_packet(static_cast<std::uint16_t>(i), 1'000'000 + i * 1000);
    EXPECT_EQ(flush(feedback).lost, 2);
    feedback.on_packet(6, 1'007'000);
    auto told = flush(feedback);
    EXPECT_EQ(told.lost, 1);
    EXPECT_EQ(told.arrivals.size(), 1u);
    feedback.on_packet(5, 1'009'000);  // behind 6 and behind its feedback
    told = flush(feedback);
    EXPECT_TRUE(told.arrivals.contains(5));
    EXPECT_EQ(told.arrivals.at(6), 1'007'000 / 250);
}

TEST(TransportFeedback, LargeAndNegativeDeltas) {
    TransportFeedback feedback;
    feedback.on_packet(10, 2'000'000);
    feedback.on_packet(11, 3'000'000);   // 4000 ticks
    feedback.on_packet(12, 2'900'000);   // reordered
    feedback.on_packet(13, 60'000'000);  // too far for one feedback
    auto told = flush(feedback);
    EXPECT_EQ(told.counts.size(), 2u);
    EXPECT_EQ(told.arrivals.at(10), 8000);
    EXPECT_EQ(told.arrivals.at(11), 12'000);
    EXPECT_EQ(told.arrivals.at(12), 11'600);
    EXPECT_EQ(told.arrivals.at(13), 240'000);
}

TEST(TransportFeedback, ALongStretchTakesSeveralPacketsOfLimitedSize) {
    TransportFeedback feedback;
    for (int i = 0; i < 1500; ++i) feedback.on_packet(static_cast<std::uint16_t>(i), 1'000'000 + i * 100'000LL);
    auto told = flush(feedback, 300);
    EXPECT_EQ(told.arrivals.size(), 1500u);
    EXPECT_EQ(told.lost, 0);
    for (std::size_t i = 0; i < told.counts.size(); ++i) EXPECT_EQ(told.counts[i], static_cast<int>(i & 255));
}

TEST(TransportFeedback, AHugeGapIsNotListed) {
    TransportFeedback feedback;
    feedback.on_packet(0, 1'000'000);
    flush(feedback);
    feedback.on_packet(30'000, 2'000'000);
    auto told = flush(feedback);
    EXPECT_EQ(told.arrivals.size(), 1u);
    EXPECT_LT(told.packets, 300);
}

TEST(TransportFeedback, TheReferenceTimeWrapsAfterTwelveDays) {
    TransportFeedback feedback;
    std::int64_t wrap_us = (1LL << 24) * 64'000;
    feedback.on_packet(1, wrap_us - 1000);
    feedback.on_packet(2, wrap_us + 1000);
    auto first = flush(feedback);
    EXPECT_EQ(first.arrivals.at(2) - first.arrivals.at(1), 8);
    feedback.on_packet(3, wrap_us + 2000);
    EXPECT_EQ(flush(feedback).arrivals.at(3), 8);
}

TEST(TransportFeedback, DuplicatesCountOnce) {
    TransportFeedback feedback;
    feedback.on_packet(5, 1'000'000);
    feedback.on_packet(5, 1'500'000);
    EXPECT_EQ(flush(feedback).arrivals.at(5), 4000);
    feedback.on_packet(5, 2'000'000);
    EXPECT_TRUE(flush(feedback).arrivals.empty());
}

}  // namespace
}  // namespace liveshop::media
