#pragma once
// The program's queries against the schema as it is.
#include <string>
#include <vector>

#include "platform/db/query.hpp"

namespace liveshop::db {

/// Has the server prepare and describe each query, and compares with its C++ types: names and types of the columns in
/// order, whether a table's column may be null, number and types of the arguments; integers by their ranges. Answers
/// one sentence per fault, that begins with the query's name. Blocks; throws Error if the server cannot be asked.
std::vector<std::string> verify(const std::string& dsn,
                                const std::vector<const QueryInfo*>& queries = registered_queries());

}  // namespace liveshop::db
