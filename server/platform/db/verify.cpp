#include "platform/db/verify.hpp"

#include <fmt/format.h>

#include <unordered_map>

#include "platform/db/connect.hpp"
#include "platform/db/decode.hpp"

namespace liveshop::db {
namespace {

struct ServerType {
    std::string name;
    Oid element = 0;  // of an array
};

Result execute(PGconn* session, const char* sql) {
    Result result(PQexec(session, sql));
    if (PQresultStatus(result.get()) != PGRES_TUPLES_OK && PQresultStatus(result.get()) != PGRES_COMMAND_OK)
        throw Error(sqlstate::connection_failure, PQerrorMessage(session));
    return result;
}

class ServerTypes {
  public:
    explicit ServerTypes(PGconn* session) {
        const Result rows =
            execute(session, "select oid, typname, case typcategory when 'A' then typelem else 0 end from pg_type");
        for (int line = 0; line < PQntuples(rows.get()); ++line)
            types_[oid_at(rows.get(), line, 0)] = {PQgetvalue(rows.get(), line, 1), oid_at(rows.get(), line, 2)};
    }
    const ServerType& operator[](Oid oid) { return types_[oid]; }

  private:
    static Oid oid_at(const PGresult* rows, int line, int column) {
        std::int64_t number = 0;
        read_pg(PQgetvalue(rows, line, column), number);
        return static_cast<Oid>(number);
    }
    std::unordered_map<Oid, ServerType> types_;
};

struct Range {
    std::int64_t lo, hi;
    bool holds(const Range& other) const { return lo <= other.lo && other.hi <= hi; }
};

std::optional<Range> range_of(std::string_view server_type) {
    if (server_type == "int2") return Range{-0x8000, 0x7FFF};
    if (server_type == "int4") return Range{std::numeric_limits<int>::min(), std::numeric_limits<int>::max()};
    if (server_type == "int8")
        return Range{std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()};
    return std::nullopt;
}

std::string_view accepted_names(Kind kind) {
    switch (kind) {
        case Kind::text:
            return "text varchar bpchar citext";
        case Kind::integer:
            return "int2 int4 int8";
        case Kind::floating:
            return "float8 float4 numeric";
        case Kind::boolean:
            return "bool";
        case Kind::uuid:
            return "uuid";
        case Kind::timestamp:
            return "timestamptz";
        case Kind::json:
            return "jsonb json";
        case Kind::bytes:
            return "bytea";
    }
    return "";
}

bool accepted(Kind kind, std::string_view name) {
    return fmt::format(" {} ", accepted_names(kind)).find(fmt::format(" {} ", name)) != std::string::npos;
}

enum class Direction { to_server, from_server };

class Verifier {
  public:
    explicit Verifier(PGconn* session) : session_(session), types_(session) {}

    std::vector<std::string> verify(const QueryInfo& query) {
        complaints_.clear();
        query_ = &query;
        const Result prepared(PQprepare(session_, "verified", query.sql.c_str(), 0, nullptr));
        if (PQresultStatus(prepared.get()) != PGRES_COMMAND_OK) {
            complain("{}", PQresultErrorField(prepared.get(), PG_DIAG_MESSAGE_PRIMARY));
            return complaints_;
        }
        const Result described(PQdescribePrepared(session_, "verified"));
        execute(session_, "deallocate verified");
        check_arguments(described.get());
        if (query.returns_rows) check_columns(described.get());
        return complaints_;
    }

  private:
    template <class... Args>
    void complain(fmt::format_string<Args...> format, Args&&... args) {
        complaints_.push_back(query_->name + ": " + fmt::format(format, std::forward<Args>(args)...));
    }

    void check_arguments(const PGresult* described) {
        const std::size_t wanted = static_cast<std::size_t>(PQnparams(described));
        if (wanted != query_->arguments.size())
            return complain("takes {} arguments, is given {}", wanted, query_->arguments.size());
        for (std::size_t i = 0; i < wanted; ++i)
            check_type(fmt::format("argument ${}", i + 1), query_->arguments[i],
                       PQparamtype(described, static_cast<int>(i)), Direction::to_server);
    }

    void check_columns(const PGresult* described) {
        const std::size_t count = static_cast<std::size_t>(PQnfields(described));
        if (count != query_->columns.size())
            return complain("answers {} columns, its row has {} members", count, query_->columns.size());
        for (std::size_t i = 0; i < count; ++i) {
            const Column& wanted = query_->columns[i];
            const int at = static_cast<int>(i);
            const std::string name = PQfname(described, at);
            if (!wanted.name.empty() && wanted.name != name)
                complain("column {} is named {}, its member {}", i + 1, name, wanted.name);
            check_type("column " + name, wanted.type, PQftype(described, at), Direction::from_server);
            if (!wanted.optional && may_be_null(PQftable(described, at), PQftablecol(described, at)))
                complain("column {} may be null, but its member is not optional", name);
        }
    }

    void check_type(const std::string& what, const Type& wanted, Oid oid, Direction direction) {
        ServerType server = types_[oid];
        const std::string full_name = server.name;
        const bool is_array = server.element != 0;
        if (is_array) server = types_[server.element];
        if (is_array != wanted.array || !accepted(wanted.kind, server.name))
            return complain("{} is {}, which is no {}{}", what, full_name, name_of(wanted.kind),
                            wanted.array ? " array" : "");
        const std::optional<Range> range = range_of(server.name);
        if (!range) return;
        const Range ours{wanted.lo, wanted.hi};
        if (direction == Direction::to_server && !range->holds(ours))
            complain("{} is {}, too small for {}..{}", what, full_name, ours.lo, ours.hi);
        if (direction == Direction::from_server && !wanted.ruled && !ours.holds(*range))
            complain("{} is {}, too large for its member", what, full_name);
    }

    // Known of a table's own columns only; an outer join may still make a null of any.
    bool may_be_null(Oid table, int column) {
        if (table == InvalidOid) return false;
        const Result rows = execute(
            session_, fmt::format("select from pg_attribute join pg_class on pg_class.oid = attrelid where attrelid = "
                                  "{} and attnum = {} and not attnotnull and relkind in ('r', 'p')",
                                  table, column)
                          .c_str());
        return PQntuples(rows.get()) > 0;
    }

    PGconn* session_;
    ServerTypes types_;
    const QueryInfo* query_ = nullptr;
    std::vector<std::string> complaints_;
};

}  // namespace

std::vector<std::string> verify(const std::string& dsn, const std::vector<const QueryInfo*>& queries) {
    const Handle session(PQconnectdb(dsn.c_str()));
    if (PQstatus(session.get()) != CONNECTION_OK)
        throw Error(sqlstate::connection_failure, PQerrorMessage(session.get()));
    Verifier verifier(session.get());
    std::vector<std::string> complaints;
    for (const QueryInfo* query : queries)
        for (std::string& complaint : verifier.verify(*query)) complaints.push_back(std::move(complaint));
    return complaints;
}

}  // namespace liveshop::db
