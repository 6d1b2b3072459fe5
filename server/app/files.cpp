#include "app/files.hpp"

#include <algorithm>
#include <array>
#include <fstream>

#include "platform/error.hpp"

namespace liveshop::app {
namespace {

// A file is read whole, on the thread that serves others too: none may be long.
constexpr std::uintmax_t file_size_max = 8 * 1024 * 1024;

struct TypeRow {
    std::string_view extension, content_type;
};
constexpr std::array types{TypeRow{".svg", "image/svg+xml"}, TypeRow{".png", "image/png"},
                           TypeRow{".jpg", "image/jpeg"},    TypeRow{".jpeg", "image/jpeg"},
                           TypeRow{".webp", "image/webp"},   TypeRow{".avif", "image/avif"}};

http::Response not_found() {
    return {.status = 404,
            .content_type = "application/problem+json",
            .body = problem_json(describe_error(PlatformErrc::not_found))};
}

// Letters, digits, dashes, dots inside a name and slashes between them: no way out of the folder.
bool is_plain(std::string_view path) {
    if (path.empty() || path.size() > 200 || path.find("..") != path.npos || path.find("//") != path.npos) return false;
    for (const char c : path)
        if (!std::isalnum(static_cast<unsigned char>(c)) && c != '-' && c != '_' && c != '.' && c != '/') return false;
    return path.front() != '/' && path.front() != '.' && path.find("/.") == path.npos;
}

// A link in the folder must not lead out of it. `file` has no links left.
bool is_below(const std::filesystem::path& folder, const std::filesystem::path& file) {
    std::error_code error;
    const std::filesystem::path root = std::filesystem::canonical(folder, error);
    return !error && std::ranges::mismatch(root, file).in1 == root.end();
}

}  // namespace

http::Response serve_file(const std::filesystem::path& folder, std::string_view path) {
    if (!is_plain(path)) return not_found();
    std::error_code error;
    const std::filesystem::path file = std::filesystem::canonical(folder / path, error);
    if (error || !is_below(folder, file)) return not_found();
    const std::string extension = std::filesystem::path(path).extension().string();
    const auto type = std::ranges::find(types, std::string_view(extension), &TypeRow::extension);
    if (type == types.end() || !std::filesystem::is_regular_file(file, error)) return not_found();
    const std::uintmax_t size = std::filesystem::file_size(file, error);
    if (error || size > file_size_max) return not_found();
    http::Response response{.status = 200, .content_type = std::string(type->content_type)};
    response.body.resize(size);
    std::ifstream in(file, std::ios::binary);
    if (size > 0 && !in.read(response.body.data(), static_cast<std::streamsize>(size))) return not_found();
    response.headers = {{"Cache-Control", "public, max-age=86400"},
                        {"Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox"},
                        {"X-Content-Type-Options", "nosniff"}};
    return response;
}

}  // namespace liveshop::app
