#include "media/matroska.hpp"

#include "media/ebml.hpp"
#include "media/matroska_layout.hpp"

namespace liveshop::media::matroska {
namespace {

// RFC 7845, section 5.1: two channels, no pre-skip, 48 kHz, no gain.
constexpr std::uint8_t opus_head[] = {'O', 'p', 'u', 's', 'H', 'e', 'a', 'd', 1, 2, 0, 0, 0x80, 0xBB, 0, 0, 0, 0, 0};

void write_video(ebml::Elements& out, const VideoTrack& track) {
    out.master(ebml::track_entry, [&] {
        out.number(ebml::track_number, video_number);
        out.number(ebml::track_uid, video_number);
        out.number(ebml::track_type, 1);
        out.number(ebml::lacing, 0);
        out.text(ebml::codec_id, track.h264 ? "V_MPEG4/ISO/AVC" : "V_VP8");
        if (track.h264) out.bytes(ebml::codec_private, track.configuration);
        out.master(ebml::video, [&] {
            out.number(ebml::pixel_width, static_cast<std::uint64_t>(track.size.width));
            out.number(ebml::pixel_height, static_cast<std::uint64_t>(track.size.height));
        });
    });
}

void write_audio(ebml::Elements& out) {
    constexpr std::uint64_t pre_roll_ns = 80'000'000;
    out.master(ebml::track_entry, [&] {
        out.number(ebml::track_number, audio_number);
        out.number(ebml::track_uid, audio_number);
        out.number(ebml::track_type, 2);
        out.number(ebml::lacing, 0);
        out.text(ebml::codec_id, "A_OPUS");
        out.bytes(ebml::codec_private, opus_head);
        out.number(ebml::codec_delay, 0);
        out.number(ebml::seek_pre_roll, pre_roll_ns);
        out.master(ebml::audio, [&] {
            out.real(ebml::sampling_frequency, 48'000);
            out.number(ebml::channels, 2);
        });
    });
}

}  // namespace

Buffer write_header(const Header& header) {
    Buffer bytes;
    ebml::Elements out(bytes);
    bool h264 = header.video && header.video->h264;
    out.master(ebml::header, [&] {
        out.number(ebml::version, 1);
        out.number(ebml::read_version, 1);
        out.number(ebml::id_length_max, 4);
        out.number(ebml::size_length_max, 8);
        out.text(ebml::doc_type, h264 ? "matroska" : "webm");
        out.number(ebml::doc_type_version, 4);
        out.number(ebml::doc_type_read_version, 2);
    });
    out.id(ebml::segment);
    out.size8(size_unknown);
    out.id(ebml::padding);  // where finish() puts the place of the index
    out.size8(seek_space - 9);
    bytes.resize(bytes.size() + seek_space - 9);
    constexpr std::int64_t year_2001_ms = 978'307'200'000;
    out.master(ebml::info, [&] {
        out.number(ebml::timestamp_scale, 1'000'000);  // a millisecond
        out.real(ebml::duration, 0);
        out.number(ebml::date, static_cast<std::uint64_t>((header.started_at_ms - year_2001_ms) * 1'000'000));
        out.text(ebml::muxing_app, "LiveShop");
        out.text(ebml::writing_app, "LiveShop");
    });
    out.master(ebml::tracks, [&] {
        if (header.video) write_video(out, *header.video);
        if (header.audio) write_audio(out);
    });
    return bytes;
}

Buffer write_cluster(std::span<const Block> blocks) {
    Buffer bytes;
    if (blocks.empty()) return bytes;
    ebml::Elements out(bytes);
    auto begin_ms = blocks.front().time_ms;
    out.master(ebml::cluster, [&] {
        out.number(ebml::timestamp, static_cast<std::uint64_t>(begin_ms));
        for (auto& block : blocks) {
            out.id(ebml::simple_block);
            out.size4(block_header_size + block.bytes.size());
            out.size1(block.track);
            out.fixed(static_cast<std::uint64_t>(block.time_ms - begin_ms) & 0xFFFF, 2);
            bytes.push_back(block.key ? key_flag : 0);
            bytes.insert(bytes.end(), block.bytes.begin(), block.bytes.end());
        }
    });
    return bytes;
}

std::optional<Buffer> h264_configuration(Bytes key_frame) {
    Bytes sps, pps;
    for_each_unit(key_frame, [&](Bytes unit) {
        if ((unit[0] & h264_type_mask) == h264_sps) sps = unit;
        if ((unit[0] & h264_type_mask) == h264_pps) pps = unit;
    });
    constexpr std::size_t set_size_max = 0xFFFF;
    if (sps.size() < 4 || pps.empty() || sps.size() > set_size_max || pps.size() > set_size_max) return {};
    Buffer record{1, sps[1], sps[2], sps[3], 0xFF, 0xE1};
    ebml::Elements out(record);
    out.fixed(sps.size(), 2);
    record.insert(record.end(), sps.begin(), sps.end());
    record.push_back(1);
    out.fixed(pps.size(), 2);
    record.insert(record.end(), pps.begin(), pps.end());
    return record;
}

}  // namespace liveshop::media::matroska
