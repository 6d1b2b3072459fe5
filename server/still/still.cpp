// liveshop-still: an H.264 access unit on standard input becomes a WebP picture on standard output. Video comes from
// strangers, so it is decoded here, in a process that may do little else: it limits itself before it reads anything.
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>
#include <webp/encode.h>
#include <wels/codec_api.h>

#include <cstdio>
#include <memory>
#include <span>
#include <vector>

namespace {

constexpr rlim_t memory_bytes_max = 512 << 20, processor_s_max = 4;
constexpr std::size_t input_bytes_max = 8 << 20;
constexpr int pixels_edge_max = 4096;
constexpr float quality = 90;

bool limit(__rlimit_resource resource, rlim_t value) {
    const rlimit both{value, value};
    return setrlimit(resource, &both) == 0;
}

// No new descriptors, no files, no privileges, little memory and time.
bool limit_this_process() {
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
    constexpr bool may_limit_memory = false;  // it maps terabytes
#else
    constexpr bool may_limit_memory = true;
#endif
#else
    constexpr bool may_limit_memory = true;
#endif
    return (!may_limit_memory || limit(RLIMIT_AS, memory_bytes_max)) && limit(RLIMIT_CPU, processor_s_max) &&
           limit(RLIMIT_FSIZE, 0) && limit(RLIMIT_CORE, 0) && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
}

std::vector<unsigned char> read_input() {
    std::vector<unsigned char> bytes;
    unsigned char space[65'536];
    for (ssize_t size; (size = read(STDIN_FILENO, space, sizeof space)) > 0;) {
        bytes.insert(bytes.end(), space, space + size);
        if (bytes.size() > input_bytes_max) return {};
    }
    return bytes;
}

int write_output(const std::uint8_t* data, std::size_t size, const WebPPicture*) {
    return std::fwrite(data, 1, size, stdout) == size;
}

bool write_picture(std::span<unsigned char* const, 3> planes, const SSysMEMBuffer& layout) {
    if (layout.iWidth < 1 || layout.iHeight < 1 || layout.iWidth > pixels_edge_max || layout.iHeight > pixels_edge_max)
        return false;
    WebPConfig config;
    WebPPicture picture;
    if (!WebPConfigPreset(&config, WEBP_PRESET_PHOTO, quality) || !WebPPictureInit(&picture)) return false;
    config.method = 1;  // it is made again at its final size
    picture.use_argb = 0;
    picture.width = layout.iWidth;
    picture.height = layout.iHeight;
    picture.y = planes[0];
    picture.u = planes[1];
    picture.v = planes[2];
    picture.y_stride = layout.iStride[0];
    picture.uv_stride = layout.iStride[1];
    picture.writer = write_output;
    return WebPEncode(&config, &picture) && std::fflush(stdout) == 0;
}

struct Close {
    void operator()(ISVCDecoder* decoder) const {
        decoder->Uninitialize();
        WelsDestroyDecoder(decoder);
    }
};

bool convert() {
    std::vector<unsigned char> unit = read_input();
    ISVCDecoder* made = nullptr;
    if (unit.empty() || WelsCreateDecoder(&made) != 0 || !made) return false;
    const std::unique_ptr<ISVCDecoder, Close> decoder(made);
    int silent = WELS_LOG_QUIET;
    decoder->SetOption(DECODER_OPTION_TRACE_LEVEL, &silent);
    SDecodingParam parameters{};
    parameters.sVideoProperty.eVideoBsType = VIDEO_BITSTREAM_AVC;
    parameters.eEcActiveIdc = ERROR_CON_DISABLE;
    if (decoder->Initialize(&parameters) != 0) return false;

    unsigned char* planes[3]{};
    SBufferInfo info{};
    decoder->DecodeFrameNoDelay(unit.data(), static_cast<int>(unit.size()), planes, &info);
    if (info.iBufferStatus != 1) decoder->FlushFrame(planes, &info);
    return info.iBufferStatus == 1 && write_picture(planes, info.UsrData.sSystemBuffer);
}

}  // namespace

int main() { return limit_this_process() && convert() ? 0 : 1; }
