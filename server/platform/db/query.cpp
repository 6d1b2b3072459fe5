#include "platform/db/query.hpp"

#include <fmt/format.h>

#include <deque>
#include <mutex>
#include <stdexcept>
#include <unordered_map>

namespace liveshop::db {
namespace {

struct Registry {
    std::mutex mutex;
    std::deque<QueryInfo> queries;  // addresses stay
    std::unordered_map<std::string_view, const QueryInfo*> by_name;
};

Registry& registry() {
    static Registry instance;
    return instance;
}

bool same(const Type& a, const Type& b) {
    return a.kind == b.kind && a.array == b.array && a.ruled == b.ruled && a.lo == b.lo && a.hi == b.hi;
}

bool same(const QueryInfo& a, const QueryInfo& b) {
    const auto same_column = [](const Column& x, const Column& y) {
        return x.name == y.name && x.optional == y.optional && same(x.type, y.type);
    };
    const auto same_type = [](const Type& x, const Type& y) { return same(x, y); };
    return a.sql == b.sql && a.returns_rows == b.returns_rows &&
           std::ranges::equal(a.arguments, b.arguments, same_type) &&
           std::ranges::equal(a.columns, b.columns, same_column);
}

}  // namespace

const QueryInfo& register_query(QueryInfo info) {
    Registry& all = registry();
    const std::scoped_lock lock(all.mutex);
    const auto known = all.by_name.find(info.name);
    if (known != all.by_name.end()) {
        if (same(*known->second, info)) return *known->second;
        throw std::logic_error(fmt::format("two different queries are named {}", info.name));
    }
    info.index = all.queries.size();
    info.statement = fmt::format("q{}", info.index);
    const QueryInfo& kept = all.queries.emplace_back(std::move(info));
    all.by_name.emplace(kept.name, &kept);
    return kept;
}

std::vector<const QueryInfo*> registered_queries() {
    Registry& all = registry();
    const std::scoped_lock lock(all.mutex);
    std::vector<const QueryInfo*> list;
    for (const QueryInfo& query : all.queries) list.push_back(&query);
    return list;
}

}  // namespace liveshop::db
