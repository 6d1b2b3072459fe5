#include "app/files.hpp"

#include <array>
#include <fstream>

#include "platform/error.hpp"

namespace liveshop::app {
namespace {

constexpr std::uintmax_t file_size_max = 32 * 1024 * 1024;

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

}  // namespace

http::Response serve_file(const std::filesystem::path& folder, std::string_view path) {
    if (!is_plain(path)) return not_found();
    const std::filesystem::path file = folder / path;
    const std::string extension = file.extension().string();
    const auto type = std::ranges::find(types, std::string_view(extension), &TypeRow::extension);
    std::error_code error;
    const std::uintmax_t size = std::filesystem::file_size(file, error);
    if (type == types.end() || error || size > file_size_max || !std::filesystem::is_regular_file(file, error))
        return not_found();
    http::Response response{.status = 200, .content_type = std::string(type->content_type)};
    response.body.resize(size);
    std::ifstream in(file, std::ios::binary);
    if (!in.read(response.body.data(), static_cast<std::streamsize>(size))) return not_found();
    response.headers = {{"Cache-Control", "public, max-age=86400"},
                        {"Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox"},
                        {"X-Content-Type-Options", "nosniff"}};
    return response;
}

}  // namespace liveshop::app
