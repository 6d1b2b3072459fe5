// RTP payloads of video into whole frames: VP8 (RFC 7741) and H.264 (RFC 6184).
#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "media/bytes.hpp"

namespace liveshop::media {

using Buffer = std::vector<std::uint8_t>;

struct Frame {
    std::uint32_t timestamp = 0;  // of RTP
    bool key = false;
    // VP8: the frame as RFC 6386 has it. H.264: NAL units, each behind its length in four bytes.
    Buffer bytes;
};

// Takes the packets of one track in order. Payloads come from a stranger: whatever is malformed costs its frame.
class Depacketizer {
  public:
    static constexpr std::size_t frame_size_max = 4 << 20;

    // "VP8" or "H264".
    explicit Depacketizer(std::string_view codec) : h264_(codec == "H264") {}

    // The payload of the next packet, without padding. Answers the frame that it completes.
    std::optional<Frame> take(std::uint32_t timestamp, bool marker, Bytes payload);
    // Packets are missing: the frame under way is given up.
    void skip() { broken_ = true; }

  private:
    void begin(std::uint32_t timestamp);
    bool take_vp8(Bytes payload);
    bool take_h264(Bytes payload);
    bool append_unit(Bytes unit);
    bool take_fragment(Bytes payload);

    bool h264_;
    bool open_ = false, broken_ = false, key_ = false;
    std::uint32_t timestamp_ = 0;
    std::optional<std::size_t> fragment_;  // where the length of the NAL unit under way stands
    Buffer bytes_;
};

// Width and height of a key frame in pixels, where it says so.
struct PictureSize {
    int width = 0, height = 0;
};
std::optional<PictureSize> vp8_size(Bytes key_frame);
// Of a sequence parameter set (ITU-T H.264, 7.3.2.1.1), cropping applied.
std::optional<PictureSize> h264_size(Bytes sequence_parameter_set);

// Calls visit(Bytes) for each NAL unit of a frame as above; stops at a length that reaches beyond it.
template <class Visit>
void for_each_unit(Bytes frame, Visit visit) {
    while (frame.size() > 4) {
        std::size_t size = get32(frame.data());
        if (size > frame.size() - 4) return;
        visit(frame.subspan(4, size));
        frame = frame.subspan(4 + size);
    }
}

inline constexpr unsigned h264_type_mask = 31, h264_idr = 5, h264_sps = 7, h264_pps = 8;

}  // namespace liveshop::media
