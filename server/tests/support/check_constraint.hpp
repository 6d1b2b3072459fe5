#pragma once
// What a check constraint of the database allows, to compare with an enum.
#include <fmt/format.h>

#include <set>
#include <sstream>
#include <string>

#include "platform/shape/described.hpp"
#include "tests/support/test_database.hpp"

namespace liveshop::test {

/// The quoted values in the constraint's definition.
inline std::set<std::string> values_allowed_by(const TestDatabase& database, const std::string& constraint) {
    std::istringstream lines(
        database.execute(fmt::format("select string_agg(value[1], E'\\n') from pg_constraint,"
                                     "       regexp_matches(pg_get_constraintdef(oid), $$'([^']*)'$$, 'g') as value"
                                     " where conname = '{}'",
                                     constraint)));
    std::set<std::string> values;
    for (std::string line; std::getline(lines, line);) values.insert(line);
    return values;
}

template <Enum E>
std::set<std::string> names_of() {
    std::set<std::string> names;
    each_value<E>([&](std::string_view name, E) { names.emplace(name); });
    return names;
}

}  // namespace liveshop::test
