// Elements of EBML (RFC 8794), as Matroska files consist of them.
#pragma once
#include <bit>
#include <string_view>

#include "media/bytes.hpp"
#include "media/depacketizer.hpp"

namespace liveshop::media::ebml {

enum Id : std::uint32_t {
    header = 0x1A45DFA3,
    version = 0x4286,
    read_version = 0x42F7,
    id_length_max = 0x42F2,
    size_length_max = 0x42F3,
    doc_type = 0x4282,
    doc_type_version = 0x4287,
    doc_type_read_version = 0x4285,
    padding = 0xEC,
    segment = 0x18538067,
    seek_head = 0x114D9B74,
    seek = 0x4DBB,
    seek_id = 0x53AB,
    seek_position = 0x53AC,
    info = 0x1549A966,
    timestamp_scale = 0x2AD7B1,
    duration = 0x4489,
    date = 0x4461,
    muxing_app = 0x4D80,
    writing_app = 0x5741,
    tracks = 0x1654AE6B,
    track_entry = 0xAE,
    track_number = 0xD7,
    track_uid = 0x73C5,
    track_type = 0x83,
    lacing = 0x9C,
    codec_id = 0x86,
    codec_private = 0x63A2,
    codec_delay = 0x56AA,
    seek_pre_roll = 0x56BB,
    video = 0xE0,
    pixel_width = 0xB0,
    pixel_height = 0xBA,
    audio = 0xE1,
    sampling_frequency = 0xB5,
    channels = 0x9F,
    cluster = 0x1F43B675,
    timestamp = 0xE7,
    simple_block = 0xA3,
    cues = 0x1C53BB6B,
    cue_point = 0xBB,
    cue_time = 0xB3,
    cue_track_positions = 0xB7,
    cue_track = 0xF7,
    cue_cluster_position = 0xF1,
};

// Appends elements. Those that hold others have sizes of eight bytes, so that what follows lies where it can be found.
class Elements {
  public:
    explicit Elements(Buffer& out) : out_(out) {}

    void id(std::uint32_t id) {
        for (int shift = 24; shift >= 0; shift -= 8)
            if (id >> shift) out_.push_back(static_cast<std::uint8_t>(id >> shift));
    }
    void size8(std::uint64_t size) { fixed(std::uint64_t{1} << 56 | size, 8); }
    void size4(std::uint64_t size) { fixed(std::uint64_t{1} << 28 | size, 4); }
    void size1(std::size_t size) { out_.push_back(static_cast<std::uint8_t>(0x80 | size)); }
    void fixed(std::uint64_t value, int bytes) {
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
            out_.push_back(static_cast<std::uint8_t>(value >> shift));
    }

    void number(std::uint32_t element, std::uint64_t value, int bytes = 8) {
        id(element);
        size1(static_cast<std::size_t>(bytes));
        fixed(value, bytes);
    }
    void real(std::uint32_t element, double value) { number(element, std::bit_cast<std::uint64_t>(value)); }
    void bytes(std::uint32_t element, Bytes value) {
        id(element);
        size4(value.size());
        out_.insert(out_.end(), value.begin(), value.end());
    }
    void text(std::uint32_t element, std::string_view value) { bytes(element, as_bytes(value)); }
    // An element that holds what `fill` appends.
    template <class Fill>
    void master(std::uint32_t element, Fill fill) {
        id(element);
        auto at = out_.size();
        size8(0);
        fill();
        auto size = std::uint64_t{1} << 56 | (out_.size() - at - 8);
        for (std::size_t i = 0; i < 8; ++i) out_[at + i] = static_cast<std::uint8_t>(size >> (56 - 8 * i));
    }

  private:
    Buffer& out_;
};

}  // namespace liveshop::media::ebml
