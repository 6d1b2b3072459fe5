#include "modules/live/recording_files.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/crypto.h>
#include <openssl/hmac.h>
#include <sys/stat.h>
#include <unistd.h>

#include <charconv>

#include "media/matroska.hpp"
#include "platform/compute_threads.hpp"
#include "platform/error.hpp"
#include "platform/log.hpp"

namespace liveshop::live {
namespace {

namespace fs = std::filesystem;
constexpr std::string_view url_prefix = "/recordings/";
constexpr std::int64_t answer_bytes_max = 2 * 1024 * 1024;

fs::path path_of(const Settings& settings, TenantId tenant, RecordingFileId id) {
    return fs::path(settings.recordings_directory) / tenant.to_string() / id.to_string();
}

// The same bytes under both names; from one disk to another they are copied, under a third name until they are whole.
void put_beside(const fs::path& from, const fs::path& to) {
    fs::create_directories(to.parent_path());
    if (fs::exists(to)) return;
    std::error_code error;
    fs::create_hard_link(from, to, error);
    if (!error) return;
    fs::path half = to;
    half += ".half";
    fs::copy_file(from, half, fs::copy_options::overwrite_existing);
    fs::rename(half, to);
}

std::optional<KeptFile> keep(const fs::path& from, const fs::path& to) {
    const std::expected<media::matroska::Finished, std::string> finished = media::matroska::finish(from.string());
    if (!finished) {
        log::warning("a recording was not kept", {{"reason", finished.error()}});
        return std::nullopt;
    }
    put_beside(from, to);
    return KeptFile{finished->duration_ms, finished->size_bytes, finished->content_type};
}

std::string signature_of(const Settings& settings, std::string_view path, std::int64_t expires_at_s) {
    const std::string text = fmt::format("recording {} {}", path, expires_at_s);
    const std::string_view secret = settings.media_grant_secret.reveal();
    std::array<unsigned char, 32> mac{};
    unsigned size = 0;
    if (!HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
              reinterpret_cast<const unsigned char*>(text.data()), text.size(), mac.data(), &size))
        throw std::runtime_error("HMAC-SHA-256 is not available");
    std::string hex;
    for (const unsigned char byte : mac) hex += fmt::format("{:02x}", byte);
    return hex;
}

http::Response refuse(int status, std::string_view code, std::string_view title) {
    return {.status = status,
            .content_type = "application/problem+json",
            .body = problem_json({.status = status, .code = code, .title = title})};
}

http::Response not_found() { return refuse(404, "not_found", "There is nothing at this address"); }

std::optional<std::int64_t> number_of(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size() || number < 0) return std::nullopt;
    return number;
}

struct ByteRange {
    std::int64_t first = 0, last = 0;
};

// One range of RFC 9110, 14.1.2, cut to what one answer holds; nothing where the file has no such bytes.
std::optional<ByteRange> range_of(std::string_view header, std::int64_t size) {
    if (!header.starts_with("bytes=") || header.find(',') != header.npos) return std::nullopt;
    header.remove_prefix(6);
    const std::size_t dash = header.find('-');
    if (dash == header.npos) return std::nullopt;
    const std::optional<std::int64_t> first = number_of(header.substr(0, dash));
    const std::optional<std::int64_t> last = number_of(header.substr(dash + 1));
    if ((!first && dash != 0) || (!last && dash + 1 != header.size()) || (!first && !last)) return std::nullopt;
    ByteRange range{first.value_or(0), size - 1};
    if (first && last) range.last = std::min(*last, size - 1);
    if (!first) range.first = std::max<std::int64_t>(size - *last, 0);
    if (range.first > range.last) return std::nullopt;
    range.last = std::min(range.last, range.first + answer_bytes_max - 1);
    return range;
}

struct OpenFile {
    int number = -1;
    explicit OpenFile(const fs::path& path) : number(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)) {}
    OpenFile(const OpenFile&) = delete;
    ~OpenFile() {
        if (number >= 0) ::close(number);
    }
};

http::Response send_range(const OpenFile& file, std::string_view header) {
    struct stat status{};
    if (::fstat(file.number, &status) != 0 || !S_ISREG(status.st_mode)) return not_found();
    const std::int64_t size = status.st_size;
    const bool whole = header.empty();
    const std::optional<ByteRange> range = whole ? ByteRange{0, size - 1} : range_of(header, size);
    if (!range || size == 0 || (whole && size > answer_bytes_max)) {
        http::Response refused = refuse(416, "live.range_needed", "Ask for a range of bytes that is there");
        refused.headers = {{"Accept-Ranges", "bytes"}, {"Content-Range", fmt::format("bytes */{}", size)}};
        return refused;
    }
    http::Response response{.status = whole ? 200 : 206, .content_type = "video/webm"};
    response.body.resize(static_cast<std::size_t>(range->last - range->first + 1));
    std::size_t done = 0;
    while (done < response.body.size()) {
        const ssize_t got = ::pread(file.number, response.body.data() + done, response.body.size() - done,
                                    range->first + static_cast<std::int64_t>(done));
        if (got <= 0) return not_found();
        done += static_cast<std::size_t>(got);
    }
    if (response.body.substr(0, 64).find("matroska") != std::string::npos) response.content_type = "video/x-matroska";
    response.headers = {
        {"Accept-Ranges", "bytes"}, {"Cache-Control", "private, max-age=3600"}, {"X-Content-Type-Options", "nosniff"}};
    if (!whole)
        response.headers.push_back({"Content-Range", fmt::format("bytes {}-{}/{}", range->first, range->last, size)});
    return response;
}

}  // namespace

awaitable<std::optional<KeptFile>> keep_recording_file(const Settings& settings, TenantId tenant, RecordingFileId id,
                                                       std::filesystem::path path) {
    ComputeThreads thread(1, 1);
    std::optional<KeptFile> kept =
        co_await thread.run([from = std::move(path), to = path_of(settings, tenant, id)] { return keep(from, to); });
    co_return kept;
}

void remove_recording_file(const Settings& settings, TenantId tenant, RecordingFileId id) {
    std::error_code gone_already;
    fs::remove(path_of(settings, tenant, id), gone_already);
}

std::string link_to_recording(const Settings& settings, TenantId tenant, RecordingFileId id, Timestamp now) {
    const std::string path = fmt::format("{}{}/{}", url_prefix, tenant.to_string(), id.to_string());
    const std::int64_t expires_at_s = now.us / 1'000'000 + settings.recording_link_ttl_s.value;
    return fmt::format("{}?expires={}&signature={}", path, expires_at_s, signature_of(settings, path, expires_at_s));
}

http::Response serve_recording(const Settings& settings, const http::Request& request, Timestamp now) {
    const auto query = http::parse_form(request.query);
    if (!query || query->size() != 2 || (*query)[0].first != "expires" || (*query)[1].first != "signature")
        return not_found();
    const std::optional<std::int64_t> expires_at_s = number_of((*query)[0].second);
    if (!expires_at_s) return not_found();
    const std::string wanted = signature_of(settings, request.path, *expires_at_s);
    const std::string& given = (*query)[1].second;
    if (given.size() != wanted.size() || CRYPTO_memcmp(given.data(), wanted.data(), wanted.size()) != 0)
        return not_found();
    if (*expires_at_s <= now.us / 1'000'000)
        return refuse(410, "live.link_expired", "This link has expired: ask again");
    std::string_view name = request.path;  // signed by us, so it is one of ours
    name.remove_prefix(url_prefix.size());
    const OpenFile file(fs::path(settings.recordings_directory) / name);
    if (file.number < 0) return not_found();
    return send_range(file, request.header("range"));
}

}  // namespace liveshop::live
