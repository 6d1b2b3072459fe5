#include "platform/tenants.hpp"

namespace liveshop {
namespace {

using namespace std::chrono_literals;
constexpr auto kept_for = 10s;
constexpr std::size_t entries_max = 10'000;
constexpr std::size_t name_length_max = 253;  // a host name's (RFC 1035)

inline const db::Query<TenantId(std::string)> find_by_host{"platform.find_tenant_by_host", R"(
    select id from tenants where host_names @> array[$1]
)"};
inline const db::Query<TenantId(std::string)> find_by_slug{"platform.find_tenant_by_slug", R"(
    select id from tenants where slug = $1
)"};

// "Shop.example:8080" is shop.example; an IPv6 literal keeps its brackets.
std::string host_name(std::string_view host) {
    const std::size_t colon = host.rfind(':');
    if (colon != host.npos && host.find(']', colon) == host.npos) host = host.substr(0, colon);
    std::string name(host);
    std::ranges::transform(name, name.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return name;
}

}  // namespace

awaitable<std::optional<TenantId>> TenantDirectory::resolve(std::string_view host, std::string_view slug) {
    if (host.size() > name_length_max || slug.size() > name_length_max) co_return std::nullopt;
    if (!host.empty()) {
        std::optional<TenantId> by_host = co_await look_up(host_name(host), true);
        if (by_host) co_return by_host;
    }
    std::optional<TenantId> by_slug = co_await look_up(slug.empty() ? default_slug_ : std::string(slug), false);
    co_return by_slug;
}

awaitable<std::optional<TenantId>> TenantDirectory::look_up(std::string key, bool by_host) {
    const std::string entry_key = (by_host ? "h:" : "s:") + key;
    const auto now = std::chrono::steady_clock::now();
    if (const auto entry = known_.find(entry_key); entry != known_.end() && entry->second.until > now)
        co_return entry->second.tenant;
    db::Transaction tx = pool_.transaction({.tenant = std::nullopt, .read_only = true});
    std::optional<TenantId> tenant = co_await tx.find(by_host ? find_by_host : find_by_slug, key);
    if (known_.size() >= entries_max) known_.clear();
    known_[entry_key] = {tenant, now + kept_for};
    co_return tenant;
}

}  // namespace liveshop
