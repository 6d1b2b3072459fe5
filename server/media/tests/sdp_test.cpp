#include "media/sdp.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "media/negotiation.hpp"
#include "media/tests/fixture.hpp"

namespace liveshop::media {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::vector<std::string> addresses = {"192.0.2.7", "2001:db8::7"};
const sdp::Transport transport{"ufrag", "password", "AB:CD", addresses, 40'000};

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    for (auto at = text.find(from); at != text.npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
    return text;
}

const std::string publish_offer = offer_fixture("chromium_publish.sdp");

TEST(Sdp, ReadsChromiumsOfferToPublish) {
    auto offer = sdp::parse(publish_offer);
    ASSERT_TRUE(offer) << offer.error();
    EXPECT_GE(offer->ufrag.size(), 4u);
    EXPECT_GE(offer->password.size(), 22u);
    EXPECT_EQ(offer->fingerprint.size(), 95u);
    ASSERT_EQ(offer->sections.size(), 2u);
    auto& video = offer->sections[1];
    EXPECT_EQ(video.kind, "video");
    EXPECT_EQ(video.direction, sdp::Direction::send_only);
    EXPECT_EQ(video.ssrc, 3464500293u);
    EXPECT_EQ(video.rtx_ssrc, 3993022301u);
    EXPECT_EQ(video.extensions.find(sdp::transport_cc_uri)->second, 3);
    EXPECT_EQ(video.codecs.front().name, "VP8");
    EXPECT_EQ(video.codecs.front().rtx_payload_type, 97);
    EXPECT_EQ(offer->sections[0].codecs.front().rtpmap, "opus/48000/2");
}

TEST(Sdp, AnswersAnOfferToPublish) {
    auto offer = sdp::parse(publish_offer);
    auto plan = plan_publication(*offer, {.max_kbps = 1500, .start_kbps = 1000});
    ASSERT_TRUE(plan);
    auto answer = sdp::write_answer(*offer, plan->sections, transport);
    for (auto* line : {"a=ice-lite\r\n", "a=group:BUNDLE 0 1\r\n", "m=video 40000 UDP/TLS/RTP/SAVPF 96 97\r\n",
                       "a=setup:passive\r\n", "a=recvonly\r\n", "a=rtcp-fb:96 transport-cc\r\n", "b=AS:1500\r\n",
                       "a=fmtp:96 x-google-start-bitrate=1000\r\n", "a=fmtp:97 apt=96\r\n", "b=AS:64\r\n",
                       "a=candidate:1 1 udp 2130706431 192.0.2.7 40000 typ host\r\n",
                       "a=candidate:2 1 udp 2130706175 2001:db8::7 40000 typ host\r\n"})
        EXPECT_THAT(answer, HasSubstr(line));
    // The answer is itself a description that can be read.
    auto read =
        sdp::parse(replaced(replaced(replaced(answer, "a=ice-pwd:password", "a=ice-pwd:" + std::string(24, 'x')),
                                     "setup:passive", "setup:active"),
                            "AB:CD", "00:11"));
    ASSERT_TRUE(read) << read.error();
    EXPECT_EQ(read->sections.size(), 2u);
}

TEST(Sdp, SimulcastIsAnsweredWithOneLayerWhoseSsrcIsLearnt) {
    auto offer = sdp::parse(offer_fixture("chromium_simulcast.sdp"));
    ASSERT_TRUE(offer) << offer.error();
    auto plan = plan_publication(*offer, {});
    ASSERT_TRUE(plan);
    EXPECT_EQ(plan->publication->sources[Kind::video]->ssrc, 0u);
    EXPECT_THAT(sdp::write_answer(*offer, plan->sections, transport), Not(HasSubstr("simulcast")));
}

TEST(Sdp, AnOfferToViewIsNoOfferToPublish) {
    auto offer = sdp::parse(offer_fixture("chromium_view.sdp"));
    ASSERT_TRUE(offer) << offer.error();
    auto plan = plan_publication(*offer, {});
    ASSERT_FALSE(plan);
    EXPECT_EQ(plan.error().errc, Errc::no_common_codec);
}

TEST(Sdp, UnknownSectionsAreRejectedInTheirPlace) {
    auto offer = sdp::parse(offer_fixture("chromium_view.sdp"));
    ASSERT_EQ(offer->sections.size(), 3u);
    EXPECT_EQ(offer->sections[2].kind, "application");
    std::vector<sdp::AnswerSection> nothing(3);
    auto answer = sdp::write_answer(*offer, nothing, transport);
    EXPECT_THAT(answer, HasSubstr("m=application 0 UDP/DTLS/SCTP webrtc-datachannel\r\n"));
    EXPECT_THAT(answer, HasSubstr("a=group:BUNDLE\r\n"));
}

TEST(Sdp, OnlyWhatCanBeForwardedIsAccepted) {
    auto plan_of = [](const std::string& text) {
        auto offer = sdp::parse(text);
        EXPECT_TRUE(offer) << offer.error();
        return plan_publication(*offer, {});
    };
    auto no_vp8 = replaced(publish_offer, "VP8/90000", "VP7/90000");
    auto plan = plan_of(no_vp8);
    ASSERT_TRUE(plan);
    EXPECT_EQ(plan->publication->sources[Kind::video]->codec.name, "H264");
    EXPECT_EQ(sdp::parameter(plan->publication->sources[Kind::video]->codec.format, "packetization-mode"), "1");
    auto audio_only = replaced(replaced(no_vp8, "H264/90000", "H266/90000"), "vp8", "VP8");
    plan = plan_of(audio_only);
    ASSERT_TRUE(plan);
    EXPECT_FALSE(plan->publication->sources[Kind::video]);
    EXPECT_FALSE(plan_of(replaced(publish_offer, "a=rtcp-mux", "a=x")));
    EXPECT_FALSE(plan_of(replaced(publish_offer, "a=sendonly", "a=inactive")));
    EXPECT_FALSE(plan_of(replaced(publish_offer, "UDP/TLS/RTP/SAVPF", "RTP/AVP")));
    EXPECT_TRUE(plan_of(replaced(publish_offer, "VP8/90000", "vp8/90000")));
    EXPECT_TRUE(plan_of(replaced(publish_offer, "\r\n", "\n")));
}

TEST(Sdp, OffersThatCannotBeUsedSayWhy) {
    auto fault = [](const std::string& text) {
        auto offer = sdp::parse(text);
        return offer ? std::string("none") : offer.error();
    };
    EXPECT_EQ(fault(publish_offer), "none");
    EXPECT_THAT(fault(""), HasSubstr("v=0"));
    EXPECT_NE(fault("v=0\r\n"), "none");
    EXPECT_THAT(fault(replaced(publish_offer, "a=ice-ufrag:", "a=x:")), HasSubstr("ice-ufrag"));
    EXPECT_THAT(fault(replaced(publish_offer, "a=ice-pwd:", "a=x:")), HasSubstr("ice-pwd"));
    EXPECT_THAT(fault(replaced(publish_offer, "sha-256", "md5")), HasSubstr("fingerprint"));
    EXPECT_THAT(fault(replaced(publish_offer, "actpass", "passive")), HasSubstr("setup"));
    EXPECT_THAT(fault(replaced(publish_offer, "a=mid:", "a=x:")), HasSubstr("a=mid"));
    EXPECT_THAT(fault(replaced(publish_offer, "SAVPF 96 ", "SAVPF 960 ")), HasSubstr("payload type"));
    EXPECT_THAT(fault(replaced(publish_offer, "a=mid:1", std::string("a=mid:\x01", 7))), HasSubstr("control"));
    EXPECT_THAT(fault(replaced(publish_offer, "a=mid:1", "a=mid:1\ra=x")), HasSubstr("carriage return"));
    EXPECT_THAT(fault(publish_offer + std::string(64 * 1024, 'a')), HasSubstr("64 KiB"));
    std::string many = publish_offer;
    for (int i = 0; i < 20; ++i) many += "m=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:" + std::to_string(i + 5) + "\r\n";
    EXPECT_THAT(fault(many), HasSubstr("16 media sections"));
    auto at = publish_offer.rfind("a=fingerprint:sha-256 ");
    auto two_certificates = publish_offer;
    two_certificates[at + 22] = two_certificates[at + 22] == '8' ? '9' : '8';
    EXPECT_THAT(fault(two_certificates), HasSubstr("different certificate fingerprints"));
}

TEST(Sdp, EveryTruncationIsSurvived) {
    for (std::size_t size = 0; size < publish_offer.size(); ++size) {
        auto offer = sdp::parse(std::string_view(publish_offer).substr(0, size));
        if (!offer) continue;
        if (auto plan = plan_publication(*offer, {})) sdp::write_answer(*offer, plan->sections, transport);
    }
}

TEST(Sdp, SameBitstreamComparesH264Profiles) {
    sdp::Codec baseline{.payload_type = 1,
                        .name = "H264",
                        .rtpmap = "",
                        .format = "packetization-mode=1;profile-level-id=42e01f",
                        .clock_rate = 90'000};
    auto level = baseline, high = baseline, mode = baseline;
    level.format = "profile-level-id=42e034;packetization-mode=1";
    high.format = "profile-level-id=64001f;packetization-mode=1";
    mode.format = "profile-level-id=42e01f;packetization-mode=0";
    EXPECT_TRUE(sdp::same_bitstream(baseline, level));
    EXPECT_FALSE(sdp::same_bitstream(baseline, high));
    EXPECT_FALSE(sdp::same_bitstream(baseline, mode));
}

}  // namespace
}  // namespace liveshop::media
