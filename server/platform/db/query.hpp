#pragma once
// A typed query names its row and its arguments once:
//
//     inline const Query<Order(OrderId)> find_order{"checkout.find_order", R"(
//         select id, status, total_minor from orders where id = $1
//     )"};
//
// The row is a described struct (its members are the columns, in order), a single value, or void.
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "platform/db/types.hpp"

namespace liveshop::db {

/// A column that a row type expects. The name of a single value's column is empty: any will do.
struct Column {
    std::string name;
    Type type;
    bool optional = false;  ///< its member takes a NULL
};

/// What is known of a query without its C++ types.
struct QueryInfo {
    std::size_t index = 0;  ///< its place in the registry
    std::string name;       ///< module.query
    std::string sql;
    std::string statement;  ///< its name on the server
    std::vector<Type> arguments;
    std::vector<Column> columns;
    bool returns_rows = false;
};

/// Every query of the program, in order of construction; entries are never removed. Safe from any thread.
std::vector<const QueryInfo*> registered_queries();
/// Answers the entry of the same name if all of it is the same; throws std::logic_error if it differs.
const QueryInfo& register_query(QueryInfo info);

template <class Row>
std::vector<Column> columns_of() {
    std::vector<Column> columns;
    if constexpr (Struct<Row>)
        each_field<Row>([&](std::string_view name, auto member) {
            using Field = std::remove_cvref_t<decltype(std::declval<Row>().*member)>;
            columns.push_back({std::string(name), TypeOf<Field>::type, is_optional<Field>});
        });
    else if constexpr (!std::is_void_v<Row>)
        columns.push_back({"", TypeOf<Row>::type, is_optional<Row>});
    return columns;
}

template <class Signature>
class Query;

/// Constructing one registers it, so that verify() meets every query of the program.
template <class Row, class... Args>
class Query<Row(Args...)> {
  public:
    Query(std::string_view name, std::string_view sql) : info_(&register_query(describe(name, sql))) {}

    const QueryInfo& info() const { return *info_; }

    static QueryInfo describe(std::string_view name, std::string_view sql) {
        return {0,
                std::string(name),
                std::string(sql),
                "",
                {TypeOf<Args>::type...},
                columns_of<Row>(),
                !std::is_void_v<Row>};
    }

  private:
    const QueryInfo* info_;
};

}  // namespace liveshop::db
