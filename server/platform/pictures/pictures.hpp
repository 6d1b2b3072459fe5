#pragma once
#include <boost/describe.hpp>
#include <cstddef>
#include <expected>
#include <string>
#include <string_view>

#include "platform/compute_threads.hpp"

namespace liveshop::pictures {

/// What cannot be made a picture of ours.
enum class Fault {
    unreadable,       ///< neither JPEG nor PNG nor WebP, or damaged
    too_many_pixels,  ///< more than `pixels_max`
};
BOOST_DESCRIBE_ENUM(Fault, unreadable, too_many_pixels)

inline constexpr std::string_view content_type = "image/webp";
inline constexpr std::size_t upload_bytes_max = 8 * 1024 * 1024;
inline constexpr std::int64_t pixels_max = 50'000'000;  ///< a file of a few bytes can claim any size

struct Picture {
    std::string webp;
    int width = 0;   ///< px
    int height = 0;  ///< px
};

/// Reads what a stranger sent and writes it anew, by libvips on threads of its own: upright, no edge longer than
/// `edge_px_max`, in sRGB, without EXIF (which tells where a photo was taken).
class Studio {
  public:
    explicit Studio(std::size_t threads = 1, int waiting_max = 16);

    /// More than `waiting_max` at once: Fail(unavailable).
    boost::asio::awaitable<std::expected<Picture, Fault>> develop(std::string upload, int edge_px_max);

    /// Before the io_contexts that wait for it are destroyed.
    void join() { threads_.join(); }

  private:
    ComputeThreads threads_;
};

/// The same at once, on the caller's thread. After a Studio was made.
std::expected<Picture, Fault> develop_now(std::string_view upload, int edge_px_max);

}  // namespace liveshop::pictures
