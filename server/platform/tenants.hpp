#pragma once
#include <chrono>
#include <string>
#include <string_view>
#include <unordered_map>

#include "platform/context.hpp"
#include "platform/db/pool.hpp"

namespace liveshop {

/// Which tenant a request is for: by host name, else by the X-Tenant header (a slug), else the configured default.
/// Kept in memory for a few seconds, misses too; one directory a thread.
class TenantDirectory {
  public:
    TenantDirectory(db::Pool& pool, std::string default_slug) : pool_(pool), default_slug_(std::move(default_slug)) {}

    awaitable<std::optional<TenantId>> resolve(std::string_view host, std::string_view slug);

  private:
    struct Entry {
        std::optional<TenantId> tenant;
        std::chrono::steady_clock::time_point until;
    };
    awaitable<std::optional<TenantId>> look_up(std::string key, bool by_host);

    db::Pool& pool_;
    std::string default_slug_;
    std::unordered_map<std::string, Entry> known_;
};

}  // namespace liveshop
