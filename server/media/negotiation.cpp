#include "media/negotiation.hpp"

#include <algorithm>
#include <climits>

namespace liveshop::media {
namespace {

constexpr int audio_bitrate_max_kbps = 64;

bool usable(const sdp::Section& section, sdp::Direction wanted) {
    bool direction = section.direction == wanted || section.direction == sdp::Direction::send_receive;
    return direction && section.rtcp_mux && section.protocol == "UDP/TLS/RTP/SAVPF";
}

std::unexpected<Refusal> no_common_codec(std::string detail) {
    return std::unexpected(Refusal{Errc::no_common_codec, std::move(detail)});
}

}  // namespace

std::expected<PublishPlan, Refusal> plan_publication(const sdp::Offer& offer, const Bitrates& bitrates) {
    PublishPlan plan{.sections = {}, .publication = std::make_unique<Publication>()};
    bool any = false;
    for (const auto& offered : offer.sections) {
        auto& answer = plan.sections.emplace_back();
        auto kind = parse_kind(offered.kind);
        if (!kind || !usable(offered, sdp::Direction::send_only) || plan.publication->sources[*kind]) continue;
        auto codec = std::ranges::find_if(offered.codecs, sdp::forwardable);
        if (codec == offered.codecs.end()) continue;
        any = true;
        auto& source = plan.publication->sources[*kind].emplace();
        source.codec = *codec;
        source.ssrc = offered.ssrc;
        source.rtx_ssrc = offered.rtx_ssrc;
        answer.codec = *codec;
        answer.with_rtx = true;
        if (auto extension = offered.extensions.find(sdp::transport_cc_uri); extension != offered.extensions.end())
            source.transport_cc_id = answer.transport_cc_id = extension->second;
        bool video = *kind == Kind::video;
        if (bitrates.max_kbps)
            answer.bitrate_max_kbps = video ? *bitrates.max_kbps : std::min(*bitrates.max_kbps, audio_bitrate_max_kbps);
        if (video) answer.bitrate_start_kbps = std::min(bitrates.start_kbps, bitrates.max_kbps.value_or(INT_MAX));
    }
    if (!any)
        return no_common_codec("Offer to send VP8 or H264 (packetization-mode=1) video, or Opus audio, with rtcp-mux.");
    return plan;
}

std::expected<ViewPlan, Refusal> plan_view(const sdp::Offer& offer, const Room& room) {
    ViewPlan plan;
    bool any = false;
    std::string wanted;
    for (auto kind : kinds)
        if (auto* track = room.track(kind)) wanted += (wanted.empty() ? "" : " and ") + track->codec().name;
    for (const auto& offered : offer.sections) {
        auto& answer = plan.sections.emplace_back();
        auto kind = parse_kind(offered.kind);
        auto* track = kind ? room.track(*kind) : nullptr;
        if (!track || !usable(offered, sdp::Direction::receive_only) || plan.subscriptions[*kind]) continue;
        auto codec = std::ranges::find_if(offered.codecs,
                                          [&](const sdp::Codec& c) { return sdp::same_bitstream(c, track->codec()); });
        if (codec == offered.codecs.end()) continue;
        any = true;
        answer.codec = *codec;
        answer.ssrc = track->ssrc();
        plan.subscriptions[*kind].emplace().payload_type = static_cast<std::uint8_t>(codec->payload_type);
    }
    if (!any) return no_common_codec("Offer to receive " + wanted + ", with rtcp-mux: that is what is published here.");
    return plan;
}

}  // namespace liveshop::media
