#pragma once
#include <filesystem>
#include <string>
#include <string_view>

#include "platform/compute_threads.hpp"
#include "platform/shape/id.hpp"

namespace liveshop {

/// Files that people have sent, in a folder of this machine; `serve` gives them out at /files.
class Storage {
  public:
    explicit Storage(std::filesystem::path folder) : folder_(std::move(folder)) {}

    /// Keeps the bytes and answers their address, "/files/<tenant>/<hash><extension>": the same bytes have the same
    /// one, so keeping them again does nothing. `extension` with its dot. When this returns they are on the disk.
    boost::asio::awaitable<std::string> keep(TenantId tenant, std::string bytes, std::string_view extension);
    /// Takes a file away that keep() gave out; nothing happens if there is none.
    boost::asio::awaitable<void> remove(TenantId tenant, std::string url);

    /// Before the io_contexts that wait for it are destroyed.
    void join() { threads_.join(); }

  private:
    std::filesystem::path folder_;
    ComputeThreads threads_{1, 64};
};

}  // namespace liveshop
