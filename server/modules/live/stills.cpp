#include "modules/live/stills.hpp"

#include <openssl/evp.h>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <filesystem>

#include "media/control_client.hpp"
#include "modules/live/filter_process.hpp"
#include "platform/log.hpp"

namespace liveshop::live {
namespace {

constexpr std::size_t still_bytes_max = 8 * 1024 * 1024;

void append_size(std::string& out, std::size_t size) {
    for (int shift = 0; shift < 32; shift += 8) out += static_cast<char>(size >> shift & 0xFF);
}

// Of base64 as the media server writes it; nothing where it is none.
std::optional<std::string> decoded(std::string_view text) {
    if (text.empty() || text.size() % 4 != 0) return std::nullopt;
    std::string bytes(text.size() / 4 * 3, '\0');
    const int size =
        EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                        reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
    if (size < 0) return std::nullopt;
    bytes.resize(static_cast<std::size_t>(size) -
                 static_cast<std::size_t>(text.ends_with("==") ? 2 : text.ends_with('=')));
    return bytes;
}

std::string program_of(const Settings& settings) {
    if (!settings.still_program.empty()) return settings.still_program;
    std::error_code error;
    return (std::filesystem::read_symlink("/proc/self/exe", error).parent_path() / "liveshop-still").string();
}

}  // namespace

std::string webp_of_vp8(std::string_view key_frame) {
    const bool odd = key_frame.size() % 2 != 0;
    std::string file = "RIFF";
    append_size(file, 12 + key_frame.size() + odd);
    file += "WEBPVP8 ";
    append_size(file, key_frame.size());
    file += key_frame;
    if (odd) file += '\0';
    return file;
}

awaitable<std::optional<std::string>> webp_of_h264(const Settings& settings, std::string access_unit) {
    std::expected<std::string, std::string> picture =
        co_await filter(program_of(settings), std::move(access_unit),
                        {.time = std::chrono::seconds(5), .output_bytes = still_bytes_max});
    if (picture) co_return std::move(*picture);
    log::warning("no picture of H.264 video", {{"reason", picture.error()}});
    co_return std::nullopt;
}

awaitable<std::optional<std::string>> take_still(const Settings& settings, StreamId stream_id) {
    constexpr int attempts_max = 6;
    boost::asio::steady_timer pause(co_await boost::asio::this_coro::executor);
    for (int attempt = 0; attempt < attempts_max; ++attempt) {
        boost::json::object command{{"command", "picture"}, {"room", stream_id.to_string()}};
        const boost::json::value answer = co_await media::call(settings.media_control_socket, std::move(command));
        const boost::json::value& picture = answer.at("picture");
        if (picture.is_object()) {
            std::optional<std::string> bytes = decoded(picture.at("bytes").as_string());
            if (!bytes) co_return std::nullopt;
            if (picture.at("codec").as_string() == "VP8") co_return webp_of_vp8(*bytes);
            std::optional<std::string> still = co_await webp_of_h264(settings, std::move(*bytes));
            co_return still;
        }
        pause.expires_after(std::chrono::milliseconds(500));
        co_await pause.async_wait(boost::asio::use_awaitable);
    }
    co_return std::nullopt;
}

}  // namespace liveshop::live
