#include "media/depacketizer.hpp"

#include "media/payload.hpp"

namespace liveshop::media {
namespace {

// How long a VP8 payload descriptor is (RFC 7741, section 4.2); nothing when it reaches beyond the payload.
std::optional<std::size_t> vp8_descriptor_size(Bytes p) {
    constexpr unsigned extended = 0x80, has_picture_id = 0x80, has_tl0_index = 0x40, has_tid_or_key_index = 0x30;
    if (p.empty()) return {};
    std::size_t at = 1;
    if (p[0] & extended) {
        if (p.size() < 2) return {};
        unsigned flags = p[at++];
        if (flags & has_picture_id) at += at < p.size() && (p[at] & 0x80) ? 2 : 1;
        if (flags & has_tl0_index) ++at;
        if (flags & has_tid_or_key_index) ++at;
    }
    if (at > p.size()) return {};
    return at;
}

}  // namespace

void Depacketizer::begin(std::uint32_t timestamp) {
    open_ = true;
    broken_ = key_ = false;
    timestamp_ = timestamp;
    fragment_.reset();
    bytes_.clear();
}

std::optional<Frame> Depacketizer::take(std::uint32_t timestamp, bool marker, Bytes payload) {
    if (payload.empty()) return {};
    if (open_ && timestamp != timestamp_) open_ = false;  // its last packet never came
    if (!open_) {
        bool gap = broken_;  // perhaps of this frame's first packets: only a key frame shows where it begins
        begin(timestamp);
        broken_ = gap && !(h264_ ? payload::h264_starts_key_frame(payload) : payload::vp8_starts_key_frame(payload));
    }
    bool taken = h264_ ? take_h264(payload) : take_vp8(payload);
    if (!taken || bytes_.size() > frame_size_max) broken_ = true;
    if (!marker) return {};
    open_ = false;
    bool whole = !broken_ && !bytes_.empty() && !fragment_;
    broken_ = false;
    if (!whole) return {};
    return Frame{timestamp_, key_, std::move(bytes_)};
}

bool Depacketizer::take_vp8(Bytes payload) {
    constexpr unsigned start_of_partition = 0x10, partition_index = 0x07;
    auto size = vp8_descriptor_size(payload);
    if (!size) return false;
    bool first = (payload[0] & start_of_partition) && !(payload[0] & partition_index);
    if (bytes_.empty() != first) return false;
    auto data = payload.subspan(*size);
    if (first && data.empty()) return false;
    if (first) key_ = !(data[0] & 1);
    bytes_.insert(bytes_.end(), data.begin(), data.end());
    return true;
}

bool Depacketizer::append_unit(Bytes unit) {
    constexpr unsigned delimiter = 9, filler = 12;
    if (unit.empty() || fragment_) return false;
    unsigned type = unit[0] & h264_type_mask;
    if (type == delimiter || type == filler) return true;
    key_ |= type == h264_idr;
    auto at = bytes_.size();
    bytes_.resize(at + 4);
    set32(&bytes_[at], static_cast<std::uint32_t>(unit.size()));
    bytes_.insert(bytes_.end(), unit.begin(), unit.end());
    return true;
}

// FU-A (RFC 6184, section 5.8).
bool Depacketizer::take_fragment(Bytes payload) {
    constexpr unsigned first = 0x80, last = 0x40;
    if (payload.size() < 3 || static_cast<bool>(payload[1] & first) == fragment_.has_value()) return false;
    if (payload[1] & first) {
        fragment_ = bytes_.size();
        bytes_.resize(bytes_.size() + 4);
        bytes_.push_back(static_cast<std::uint8_t>((payload[0] & ~h264_type_mask) | (payload[1] & h264_type_mask)));
        key_ |= (payload[1] & h264_type_mask) == h264_idr;
    }
    auto data = payload.subspan(2);
    bytes_.insert(bytes_.end(), data.begin(), data.end());
    if (payload[1] & last) {
        set32(&bytes_[*fragment_], static_cast<std::uint32_t>(bytes_.size() - *fragment_ - 4));
        fragment_.reset();
    }
    return true;
}

bool Depacketizer::take_h264(Bytes payload) {
    constexpr unsigned stap_a = 24, fu_a = 28;
    if (payload.empty()) return false;
    unsigned type = payload[0] & h264_type_mask;
    if (type == fu_a) return take_fragment(payload);
    if (type != stap_a) return type >= 1 && type < stap_a && append_unit(payload);
    for (payload = payload.subspan(1); !payload.empty();) {
        if (payload.size() < 2) return false;
        std::size_t size = get16(payload.data());
        if (size > payload.size() - 2 || !append_unit(payload.subspan(2, size))) return false;
        payload = payload.subspan(2 + size);
    }
    return true;
}

std::optional<PictureSize> vp8_size(Bytes f) {
    // RFC 6386, section 9.1: a tag of three bytes, the start code, then both sizes of 14 bits.
    if (f.size() < 10 || (f[0] & 1) || f[3] != 0x9D || f[4] != 0x01 || f[5] != 0x2A) return {};
    PictureSize size{(f[7] << 8 | f[6]) & 0x3FFF, (f[9] << 8 | f[8]) & 0x3FFF};
    if (size.width == 0 || size.height == 0) return {};
    return size;
}

}  // namespace liveshop::media
