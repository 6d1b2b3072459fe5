#pragma once
// What a request holds of the database: one tenant, one transaction begun by its first query.
#include <memory>
#include <optional>
#include <vector>

#include "platform/db/pool.hpp"
#include "platform/db/sessions.hpp"
#include "platform/db/shared_reads.hpp"

namespace liveshop::db {

/// Begun by its first query in the same round trip; whatever is not committed is rolled back, also by destruction
/// while a query is under way. After an Error only rollback() is possible. One query at a time, except read_only.
///
/// A read_only scope sends each query as a transaction of its own, on connections it shares with other requests.
///
/// Every query throws Error (of the server; 08006 if the connection is lost) or Unavailable (none free in time).
class Transaction {
  public:
    Transaction(Pool& pool, Scope scope);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    template <class Row, class... Args>
    awaitable<std::vector<Row>> all(const Query<Row(Args...)>& query, const std::type_identity_t<Args>&... args) {
        return rows<Row>({&query.info(), Arguments::of<Args...>(args...), nullptr});
    }
    /// The row, or nothing; Error 21000 if there are several.
    template <class Row, class... Args>
    awaitable<std::optional<Row>> find(const Query<Row(Args...)>& query, const std::type_identity_t<Args>&... args) {
        return row<Row>({&query.info(), Arguments::of<Args...>(args...), nullptr});
    }
    /// The row; Error 02000 if there is none, 21000 if there are several.
    template <class Row, class... Args>
    awaitable<Row> one(const Query<Row(Args...)>& query, const std::type_identity_t<Args>&... args) {
        return only_row<Row>({&query.info(), Arguments::of<Args...>(args...), nullptr});
    }
    template <class... Args>
    awaitable<void> run(const Query<void(Args...)>& query, const std::type_identity_t<Args>&... args) {
        return done({&query.info(), Arguments::of<Args...>(args...), nullptr});
    }
    /// Runs it and answers how many rows it touched.
    template <class... Args>
    awaitable<std::int64_t> count(const Query<void(Args...)>& query, const std::type_identity_t<Args>&... args) {
        return affected({&query.info(), Arguments::of<Args...>(args...), nullptr});
    }

    /// Ends it and gives the connection back; the next query begins a new one. Nothing to do without a query before.
    /// Throws Error: 08007 if the connection was lost meanwhile, so that nobody knows whether it happened; 25P02 if a
    /// query had failed; what a deferred constraint says.
    awaitable<void> commit();
    /// Sent, but not waited for.
    awaitable<void> rollback();

    const Scope& scope() const { return scope_; }

  private:
    awaitable<Result> execute(Statement statement);
    awaitable<Result> send(Group group);
    void abandon();

    awaitable<void> done(Statement statement);
    awaitable<std::int64_t> affected(Statement statement);
    [[noreturn]] static void throw_row_count(const QueryInfo& query, std::size_t rows);

    template <class Row>
    awaitable<std::vector<Row>> rows(Statement statement) {
        const QueryInfo& query = *statement.query;
        const Result result = co_await execute(std::move(statement));
        co_return read_rows<Row>(result.get(), query.name);
    }
    template <class Row>
    awaitable<std::optional<Row>> row(Statement statement) {
        const QueryInfo& query = *statement.query;
        std::vector<Row> found = co_await rows<Row>(std::move(statement));
        if (found.size() > 1) throw_row_count(query, found.size());
        if (found.empty()) co_return std::nullopt;
        co_return std::move(found.front());
    }
    template <class Row>
    awaitable<Row> only_row(Statement statement) {
        const QueryInfo& query = *statement.query;
        std::vector<Row> found = co_await rows<Row>(std::move(statement));
        if (found.size() != 1) throw_row_count(query, found.size());
        co_return std::move(found.front());
    }

    std::shared_ptr<Sessions> sessions_;
    std::shared_ptr<SharedReads> reads_;
    Scope scope_;
    Lease lease_;  // held from the first query to the end
    bool failed_ = false;
    bool busy_ = false;
};

}  // namespace liveshop::db
