#include "platform/storage.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/sha.h>
#include <unistd.h>

#include <array>
#include <system_error>

namespace liveshop {
namespace {

namespace fs = std::filesystem;
constexpr std::string_view url_prefix = "/files/";

std::string hash_of(std::string_view bytes) {
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest;
    SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest.data());
    std::string text;
    for (std::size_t i = 0; i < digest.size() / 2; ++i) text += fmt::format("{:02x}", digest[i]);
    return text;
}

[[noreturn]] void fail(const fs::path& path) {
    throw std::system_error(errno, std::generic_category(), "cannot write " + path.string());
}

struct Descriptor {
    int number;
    ~Descriptor() { ::close(number); }
};

void write_all(int file, std::string_view bytes, const fs::path& path) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(file, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) fail(path);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
}

// Whole or not at all, also when the power goes.
void write_file(const fs::path& path, std::string_view bytes) {
    if (fs::exists(path)) return;
    fs::create_directories(path.parent_path());
    const fs::path unfinished = path.parent_path() / fmt::format(".{}", Uuid::make().to_string());
    {
        const Descriptor file{::open(unfinished.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644)};
        if (file.number < 0) fail(unfinished);
        write_all(file.number, bytes, unfinished);
        if (::fsync(file.number) != 0) fail(unfinished);
    }
    fs::rename(unfinished, path);
    const Descriptor folder{::open(path.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (folder.number < 0 || ::fsync(folder.number) != 0) fail(path.parent_path());
}

}  // namespace

boost::asio::awaitable<std::string> Storage::keep(TenantId tenant, std::string bytes, std::string_view extension) {
    return threads_.run([this, tenant, bytes = std::move(bytes), extension = std::string(extension)] {
        const std::string key = fmt::format("{}/{}{}", tenant.to_string(), hash_of(bytes), extension);
        write_file(folder_ / key, bytes);
        return std::string(url_prefix) + key;
    });
}

boost::asio::awaitable<void> Storage::remove(TenantId tenant, std::string url) {
    const std::string prefix = fmt::format("{}{}/", url_prefix, tenant.to_string());
    const std::string name = url.starts_with(prefix) ? url.substr(prefix.size()) : "";
    if (name.empty() || name.find('/') != name.npos || name.starts_with('.')) co_return;
    co_await threads_.run([file = folder_ / tenant.to_string() / name] {
        std::error_code gone_already;
        return fs::remove(file, gone_already);
    });
}

}  // namespace liveshop
