#include "media/srtp.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace liveshop::media {
namespace {

SrtpMasterKey test_key() {
    SrtpMasterKey master;
    for (std::size_t i = 0; i < master.key.size(); ++i) master.key[i] = static_cast<std::uint8_t>(i * 7 + 1);
    for (std::size_t i = 0; i < 12; ++i) master.salt[i] = static_cast<std::uint8_t>(i * 13 + 5);
    return master;
}

constexpr std::uint32_t ssrc = 0x12345678;
using Packet = std::array<std::uint8_t, 1600>;

Packet header(std::uint64_t index) {
    Packet p{0x80, 96};
    set16(&p[2], static_cast<std::uint16_t>(index));
    set32(&p[4], static_cast<std::uint32_t>(index * 3000));
    set32(&p[8], ssrc);
    return p;
}

TEST(Srtp, OurGcmEqualsLibsrtpAcrossRollovers) {
    LibSrtp reference(SrtpProfile::aead_aes_128_gcm, test_key(), LibSrtp::Direction::outbound);
    LibSrtp receiver(SrtpProfile::aead_aes_128_gcm, test_key(), LibSrtp::Direction::inbound);
    GcmSender sender(test_key());
    std::vector<std::uint8_t> payload(1200);
    for (std::uint64_t index = 1000; index < 3 * 65536; index += index % 7 + 1) {
        auto plain = Bytes(payload).first(index % payload.size() + 1);
        payload[index % payload.size()] ^= static_cast<std::uint8_t>(index);
        auto ours = header(index), theirs = ours;
        std::memcpy(&theirs[12], plain.data(), plain.size());
        auto size = sender.protect_rtp(ours.data(), ssrc, index, plain);
        auto expected = reference.protect_rtp(theirs.data(), 12 + plain.size());
        ASSERT_EQ(size, expected);
        ASSERT_EQ(std::memcmp(ours.data(), theirs.data(), size), 0) << index;
        ASSERT_EQ(receiver.unprotect_rtp(MutableBytes(ours).first(size)), 12 + plain.size());
        ASSERT_EQ(std::memcmp(&ours[12], plain.data(), plain.size()), 0);
    }
}

TEST(Srtp, OurSrtcpEqualsLibsrtp) {
    LibSrtp reference(SrtpProfile::aead_aes_128_gcm, test_key(), LibSrtp::Direction::outbound);
    GcmSender sender(test_key());
    for (std::uint8_t i = 0; i < 100; ++i) {
        std::array<std::uint8_t, 200> ours{0x80, 200, 0, 6}, theirs;
        set32(&ours[4], ssrc);
        for (std::size_t k = 8; k < 28; ++k) ours[k] = static_cast<std::uint8_t>(k * i);
        theirs = ours;
        auto size = sender.protect_rtcp(ours.data(), 28);
        ASSERT_EQ(size, reference.protect_rtcp(theirs.data(), 28));
        ASSERT_EQ(std::memcmp(ours.data(), theirs.data(), size), 0);
    }
}

TEST(Srtp, BothProfilesRetransmitTheSameBytes) {
    for (auto profile : {SrtpProfile::aead_aes_128_gcm, SrtpProfile::aes128_cm_sha1_80}) {
        SrtpSender sender({profile, test_key(), test_key()});
        std::vector<std::uint8_t> payload(500, 7);
        auto send = [&](std::uint64_t index) {
            auto p = header(index);
            auto size = sender.protect_rtp(p.data(), ssrc, index, payload);
            return std::vector<std::uint8_t>(p.begin(), p.begin() + static_cast<long>(size.value_or(0)));
        };
        std::vector<std::vector<std::uint8_t>> sent;
        for (std::uint64_t index = 65'000; index < 66'000; ++index) sent.push_back(send(index));
        for (std::uint64_t index : {65'600u, 65'999u, 65'535u, 65'536u}) EXPECT_EQ(send(index), sent[index - 65'000]);
        EXPECT_GT(sent.front().size(), 500u);
    }
}

TEST(Srtp, ChangedPacketsAndReplaysAreRefused) {
    GcmSender sender(test_key());
    LibSrtp receiver(SrtpProfile::aead_aes_128_gcm, test_key(), LibSrtp::Direction::inbound);
    std::vector<std::uint8_t> payload(100, 1);
    auto p = header(5);
    auto size = sender.protect_rtp(p.data(), ssrc, 5, payload);
    for (std::size_t at = 0; at < size; at += 9) {
        auto changed = p;
        changed[at] ^= 1;
        EXPECT_FALSE(receiver.unprotect_rtp(MutableBytes(changed).first(size))) << at;
    }
    auto once = p, twice = p;
    EXPECT_TRUE(receiver.unprotect_rtp(MutableBytes(once).first(size)));
    EXPECT_FALSE(receiver.unprotect_rtp(MutableBytes(twice).first(size)));
    for (std::size_t cut = 0; cut < 30; ++cut) {
        auto shortened = p;
        EXPECT_FALSE(receiver.unprotect_rtp(MutableBytes(shortened).first(cut)));
        EXPECT_FALSE(receiver.unprotect_rtcp(MutableBytes(shortened).first(cut)));
    }
}

}  // namespace
}  // namespace liveshop::media
