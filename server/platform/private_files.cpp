#include "platform/private_files.hpp"

#include <fmt/format.h>
#include <openssl/rand.h>

#include <array>
#include <fstream>
#include <iterator>

#include "platform/durable_file.hpp"

namespace liveshop {
namespace {

namespace fs = std::filesystem;

std::string make_key() {
    std::array<unsigned char, 20> bytes;
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1)
        throw std::runtime_error("the system's random source failed");
    return fmt::format("{:02x}", fmt::join(bytes, ""));
}

}  // namespace

std::optional<fs::path> PrivateFiles::path_of(TenantId tenant, std::string_view key) const {
    if (key.empty() || key.find_first_not_of("0123456789abcdef") != key.npos) return std::nullopt;
    return folder_ / tenant.to_string() / key;
}

boost::asio::awaitable<std::string> PrivateFiles::keep(TenantId tenant, std::string bytes) {
    return threads_.run([this, tenant, bytes = std::move(bytes)] {
        const std::string key = make_key();
        const fs::path folder = folder_ / tenant.to_string();
        fs::create_directories(folder);
        fs::permissions(folder_, fs::perms::owner_all);
        write_durably(folder / key, bytes, 0600);
        return key;
    });
}

boost::asio::awaitable<std::optional<std::string>> PrivateFiles::read(TenantId tenant, std::string key) {
    const std::optional<fs::path> path = path_of(tenant, key);
    if (!path) co_return std::nullopt;
    auto bytes = co_await threads_.run([file = *path]() -> std::optional<std::string> {
        std::ifstream in(file, std::ios::binary);
        if (!in) return std::nullopt;
        return std::string(std::istreambuf_iterator<char>(in), {});
    });
    co_return bytes;
}

boost::asio::awaitable<void> PrivateFiles::remove(TenantId tenant, std::string key) {
    const std::optional<fs::path> path = path_of(tenant, key);
    if (!path) co_return;
    co_await threads_.run([file = *path] {
        std::error_code gone_already;
        return fs::remove(file, gone_already);
    });
}

}  // namespace liveshop
