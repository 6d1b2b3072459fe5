// Matroska files (RFC 9559, WebM where the codec is VP8), written so that a crash costs only the cluster under way:
// a header, then clusters, each in one write. finish() makes such a file seekable, whole or torn.
#pragma once
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "media/bytes.hpp"
#include "media/depacketizer.hpp"

namespace liveshop::media::matroska {

struct VideoTrack {
    bool h264 = false;  // else VP8
    PictureSize size;
    Buffer configuration;  // of H.264: AVCDecoderConfigurationRecord (ISO/IEC 14496-15, 5.3.3.1.2)
};

// Tracks are numbered 1 (video) and 2 (audio, Opus with two channels).
inline constexpr unsigned video_number = 1, audio_number = 2;

struct Header {
    std::optional<VideoTrack> video;
    bool audio = false;
    std::int64_t started_at_ms = 0;  // since 1970
};
Buffer write_header(const Header&);

// One frame; times count milliseconds from the beginning of the file.
struct Block {
    std::int64_t time_ms = 0;
    unsigned track = video_number;
    bool key = true;
    Buffer bytes;
};
// `blocks` in order of time, within cluster_duration_max_ms of the first one.
inline constexpr std::int64_t cluster_duration_max_ms = 30'000;
Buffer write_cluster(std::span<const Block> blocks);

// The AVCDecoderConfigurationRecord of a key frame's parameter sets, if it has both.
std::optional<Buffer> h264_configuration(Bytes key_frame);

struct Finished {
    std::int64_t duration_ms = 0, size_bytes = 0;
    std::string content_type;  // video/webm or video/x-matroska
};
// Cuts off a torn cluster, and writes the duration and an index of key frames. Doing it again changes nothing. The
// error says what is wrong with the file: it is not one of ours, or has no whole cluster.
std::expected<Finished, std::string> finish(const std::string& path);

}  // namespace liveshop::media::matroska
