// The sequence parameter set of H.264, as far as the picture's size (ITU-T H.264, 7.3.2.1.1).
#include "media/depacketizer.hpp"

namespace liveshop::media {
namespace {

// Reads bits past the emulation prevention of NAL units. Beyond the end everything is 0 and ok() false.
class BitReader {
  public:
    explicit BitReader(Bytes unit) {
        unsigned zeros = 0;
        for (auto byte : unit) {
            if (zeros >= 2 && byte == 3) {
                zeros = 0;
                continue;
            }
            zeros = byte == 0 ? zeros + 1 : 0;
            bytes_.push_back(byte);
        }
    }
    bool ok() const { return ok_; }

    unsigned bits(unsigned count) {
        unsigned value = 0;
        while (count-- > 0) value = value << 1 | bit();
        return value;
    }
    // Exp-Golomb codes (9.1).
    unsigned number() {
        unsigned zeros = 0;
        while (ok_ && zeros < 31 && bit() == 0) ++zeros;
        return (1u << zeros) - 1 + bits(zeros);
    }
    void skip_signed(unsigned count) {
        while (count-- > 0 && ok_) number();
    }

  private:
    unsigned bit() {
        ok_ = ok_ && at_ < bytes_.size() * 8;
        if (!ok_) return 0;
        unsigned value = bytes_[at_ / 8] >> (7 - at_ % 8) & 1u;
        ++at_;
        return value;
    }

    Buffer bytes_;
    std::size_t at_ = 0;
    bool ok_ = true;
};

void skip_scaling_list(BitReader& in, unsigned size) {
    int last = 8, next = 8;
    for (unsigned i = 0; i < size && in.ok(); ++i) {
        if (next != 0) {
            unsigned code = in.number();
            int delta = code & 1 ? static_cast<int>(code / 2 + 1) : -static_cast<int>(code / 2);
            next = (last + delta + 256) % 256;
        }
        last = next == 0 ? last : next;
    }
}

// What profiles with more than 4:2:0 in eight bits say of colour; answers chroma_format_idc.
unsigned read_chroma(BitReader& in) {
    unsigned chroma = in.number();
    if (chroma == 3) in.bits(1);
    in.number();  // bit_depth_luma_minus8
    in.number();  // bit_depth_chroma_minus8
    in.bits(1);   // qpprime_y_zero_transform_bypass_flag
    if (in.bits(1) == 0) return chroma;
    for (unsigned i = 0; i < (chroma == 3 ? 12u : 8u) && in.ok(); ++i)
        if (in.bits(1)) skip_scaling_list(in, i < 6 ? 16 : 64);
    return chroma;
}

void skip_picture_order(BitReader& in) {
    unsigned type = in.number();
    if (type == 0) in.number();
    if (type != 1) return;
    in.bits(1);
    in.skip_signed(2);
    unsigned cycle = in.number();
    in.skip_signed(cycle < 256 ? cycle : 0);
}

bool has_chroma(unsigned profile) {
    for (unsigned known : {100u, 110u, 122u, 244u, 44u, 83u, 86u, 118u, 128u, 138u, 139u, 134u, 135u})
        if (profile == known) return true;
    return false;
}

}  // namespace

std::optional<PictureSize> h264_size(Bytes unit) {
    if (unit.size() < 4 || (unit[0] & h264_type_mask) != h264_sps) return {};
    BitReader in(unit.subspan(1));
    unsigned profile = in.bits(8);
    in.bits(16);  // constraints and level
    in.number();  // seq_parameter_set_id
    unsigned chroma = has_chroma(profile) ? read_chroma(in) : 1;
    in.number();  // log2_max_frame_num_minus4
    skip_picture_order(in);
    in.number();  // max_num_ref_frames
    in.bits(1);   // gaps_in_frame_num_value_allowed_flag
    unsigned width = in.number() + 1, height = in.number() + 1;
    unsigned frames_only = in.bits(1);
    if (!frames_only) in.bits(1);
    in.bits(1);  // direct_8x8_inference_flag
    unsigned left = 0, right = 0, top = 0, bottom = 0;
    if (in.bits(1)) left = in.number(), right = in.number(), top = in.number(), bottom = in.number();
    constexpr unsigned blocks_max = 1024, crop_max = 16'384;
    if (!in.ok() || width > blocks_max || height > blocks_max) return {};
    if (left > crop_max || right > crop_max || top > crop_max || bottom > crop_max) return {};
    int unit_x = chroma == 1 || chroma == 2 ? 2 : 1;
    int unit_y = (chroma == 1 ? 2 : 1) * (frames_only ? 1 : 2);
    PictureSize size{static_cast<int>(width * 16) - unit_x * static_cast<int>(left + right),
                     static_cast<int>(height * 16 * (frames_only ? 1 : 2)) - unit_y * static_cast<int>(top + bottom)};
    if (size.width <= 0 || size.height <= 0) return {};
    return size;
}

}  // namespace liveshop::media
