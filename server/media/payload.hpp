// What the server looks at inside payloads: where a key frame starts.
#pragma once
#include <string_view>

#include "media/bytes.hpp"

namespace liveshop::media::payload {

// RFC 7741, section 4.2 and RFC 6386, section 9.1: first packet of a VP8 key frame.
bool vp8_starts_key_frame(Bytes);

// RFC 6184: a packet that begins with a sequence parameter set, alone or first in a STAP-A.
bool h264_starts_key_frame(Bytes);

// `codec` as in rtpmap; other codecs than the two above have no key frames.
bool starts_key_frame(std::string_view codec, Bytes);

}  // namespace liveshop::media::payload
