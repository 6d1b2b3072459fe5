#include "media/payload.hpp"

namespace liveshop::media::payload {

bool vp8_starts_key_frame(Bytes p) {
    constexpr unsigned start_of_partition = 0x10, partition_index = 0x07, extended = 0x80;
    constexpr unsigned has_picture_id = 0x80, has_tl0_index = 0x40, has_tid_or_key_index = 0x30;
    if (p.size() < 2 || !(p[0] & start_of_partition) || (p[0] & partition_index)) return false;
    std::size_t at = 1;
    if (p[0] & extended) {
        unsigned flags = p[at++];
        if (flags & has_picture_id) at += at < p.size() && (p[at] & 0x80) ? 2 : 1;
        if (flags & has_tl0_index) ++at;
        if (flags & has_tid_or_key_index) ++at;
    }
    return at < p.size() && !(p[at] & 1);
}

bool h264_starts_key_frame(Bytes p) {
    constexpr unsigned type_mask = 31, sequence_parameter_set = 7, stap_a = 24;
    if (p.empty()) return false;
    if ((p[0] & type_mask) == sequence_parameter_set) return true;
    return (p[0] & type_mask) == stap_a && p.size() > 3 && (p[3] & type_mask) == sequence_parameter_set;
}

bool starts_key_frame(std::string_view codec, Bytes p) {
    if (codec == "VP8") return vp8_starts_key_frame(p);
    return codec == "H264" && h264_starts_key_frame(p);
}

}  // namespace liveshop::media::payload
