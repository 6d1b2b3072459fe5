#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "platform/compute_threads.hpp"
#include "platform/shape/id.hpp"

namespace liveshop {

/// Files that only some may see, such as identity papers. Nothing serves this folder: a route that has asked who wants
/// it reads a file and gives it out.
class PrivateFiles {
  public:
    explicit PrivateFiles(std::filesystem::path folder) : folder_(std::move(folder)) {}

    /// Keeps the bytes and answers their key, a name that nobody can guess. When this returns they are on the disk.
    boost::asio::awaitable<std::string> keep(TenantId tenant, std::string bytes);
    /// The bytes, or nothing where the tenant has no such file.
    boost::asio::awaitable<std::optional<std::string>> read(TenantId tenant, std::string key);
    /// Nothing happens if there is none.
    boost::asio::awaitable<void> remove(TenantId tenant, std::string key);

    /// Before the io_contexts that wait for it are destroyed.
    void join() { threads_.join(); }

  private:
    std::optional<std::filesystem::path> path_of(TenantId tenant, std::string_view key) const;

    std::filesystem::path folder_;
    ComputeThreads threads_{1, 64};
};

}  // namespace liveshop
