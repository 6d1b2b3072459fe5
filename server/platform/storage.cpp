#include "platform/storage.hpp"

#include <fmt/format.h>
#include <openssl/sha.h>

#include <array>
#include <system_error>

#include "platform/durable_file.hpp"

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

}  // namespace

boost::asio::awaitable<std::string> Storage::keep(TenantId tenant, std::string bytes, std::string_view extension) {
    return threads_.run([this, tenant, bytes = std::move(bytes), extension = std::string(extension)] {
        const std::string key = fmt::format("{}/{}{}", tenant.to_string(), hash_of(bytes), extension);
        write_durably(folder_ / key, bytes, 0644);
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
