#include "platform/pictures/pictures.hpp"

#include <memory>
#include <mutex>
#include <vips/vips8>

namespace liveshop::pictures {
namespace {

constexpr int webp_quality = 82;

void start_vips() {
    static std::once_flag once;
    std::call_once(once, [] {
        if (VIPS_INIT("liveshop") != 0) throw std::runtime_error("libvips does not start");
        vips_concurrency_set(1);  // the studio's threads are the parallel ones
        vips_cache_set_max(0);    // no upload is worth remembering
        // A damaged upload is the sender's business, and no line of our log.
        g_log_set_handler("VIPS", G_LOG_LEVEL_WARNING, [](const char*, GLogLevelFlags, const char*, void*) {}, nullptr);
        vips_block_untrusted_set(true);  // loaders not fuzzed by their authors
    });
}

bool is_accepted(const char* loader) {
    if (!loader) return false;
    const std::string_view name = loader;
    return name == "VipsForeignLoadJpegBuffer" || name == "VipsForeignLoadPngBuffer" ||
           name == "VipsForeignLoadWebpBuffer";
}

// The saver's own "strip" leaves EXIF in a WebP (libvips 8.14); what it writes anew are resolution and orientation.
vips::VImage without_metadata(const vips::VImage& image) {
    vips::VImage bare = image.copy();
    const std::unique_ptr<char*, decltype(&g_strfreev)> fields(vips_image_get_fields(image.get_image()), g_strfreev);
    for (char** field = fields.get(); *field; ++field) {
        const std::string_view name = *field;
        if (name.starts_with("exif-") || name.starts_with("xmp-") || name.starts_with("iptc-")) bare.remove(*field);
    }
    return bare;
}

struct Release {
    void operator()(VipsBlob* blob) const { vips_area_unref(VIPS_AREA(blob)); }
};
using Blob = std::unique_ptr<VipsBlob, Release>;

}  // namespace

std::expected<Picture, Fault> develop_now(std::string_view upload, int edge_px_max) {
    using vips::VImage;
    void* const data = const_cast<char*>(upload.data());  // libvips only reads it
    try {
        if (!is_accepted(vips_foreign_find_load_buffer(data, upload.size()))) {
            vips_error_clear();
            return std::unexpected(Fault::unreadable);
        }
        // The header alone, before any pixel is decoded.
        const VImage header = VImage::new_from_buffer(data, upload.size(), "");
        if (std::int64_t{header.width()} * header.height() > pixels_max) return std::unexpected(Fault::too_many_pixels);
        const Blob source(vips_blob_new(nullptr, data, upload.size()));
        const VImage small = VImage::thumbnail_buffer(
            source.get(), edge_px_max,
            VImage::option()->set("height", edge_px_max)->set("size", VIPS_SIZE_DOWN)->set("export_profile", "srgb"));
        const Blob written(without_metadata(small).webpsave_buffer(
            VImage::option()->set("Q", webp_quality)->set("strip", true)->set("effort", 3)));
        std::size_t size = 0;
        const void* const bytes = vips_blob_get(written.get(), &size);
        Picture picture{std::string(static_cast<const char*>(bytes), size), small.width(), small.height()};
        return picture;
    } catch (const vips::VError&) {
        vips_error_clear();
        return std::unexpected(Fault::unreadable);
    }
}

Studio::Studio(std::size_t threads, int waiting_max) : threads_(threads, waiting_max) { start_vips(); }

boost::asio::awaitable<std::expected<Picture, Fault>> Studio::develop(std::string upload, int edge_px_max) {
    return threads_.run([upload = std::move(upload), edge_px_max] { return develop_now(upload, edge_px_max); });
}

}  // namespace liveshop::pictures
