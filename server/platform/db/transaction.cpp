#include "platform/db/transaction.hpp"

#include <fmt/format.h>

#include "platform/db/session_queries.hpp"

namespace liveshop::db {
namespace {

class Busy {
  public:
    explicit Busy(bool& flag) : flag_(flag) {
        if (flag_) throw std::logic_error("two queries at once in one transaction");
        flag_ = true;
    }
    ~Busy() { flag_ = false; }
    Busy(const Busy&) = delete;
    Busy& operator=(const Busy&) = delete;

  private:
    bool& flag_;
};

}  // namespace

Transaction::Transaction(Pool& pool, Scope scope)
    : sessions_(pool.sessions()), reads_(pool.reads()), scope_(std::move(scope)) {}

Transaction::~Transaction() { abandon(); }

awaitable<Result> Transaction::execute(Statement statement) {
    if (scope_.read_only) {
        Result result = co_await reads_->read(scope_.tenant, std::move(statement));
        co_return result;
    }
    if (failed_)
        throw Error(sqlstate::in_failed_transaction,
                    fmt::format("{}: an earlier query of this transaction failed", statement.query->name));
    const Busy busy(busy_);
    Group group;
    if (!lease_) {
        while (!lease_.intact()) lease_ = co_await sessions_->acquire();  // lost between lending and now: another
        group.statements.push_back({&begin_transaction.info(), {}, nullptr});
        if (scope_.tenant) group.statements.push_back(set_tenant_statement(*scope_.tenant));
    }
    group.statements.push_back(std::move(statement));
    Result result = co_await send(std::move(group));
    co_return result;
}

awaitable<Result> Transaction::send(Group group) {
    try {
        if (!lease_.intact()) throw Error(sqlstate::connection_failure, "the transaction's connection was lost");
        auto start = [this, &group](std::shared_ptr<Suspended<Result>> receiver) {
            group.statements.back().receiver = std::move(receiver);
            lease_.connection().submit(std::move(group));
        };
        Result result = co_await suspend<Result>(start);
        co_return result;
    } catch (...) {
        failed_ = true;
        throw;
    }
}

awaitable<void> Transaction::commit() {
    if (!lease_) co_return;
    if (failed_) {
        abandon();
        throw Error(sqlstate::in_failed_transaction, "commit of a transaction in which a query failed");
    }
    const Busy busy(busy_);
    Group group;
    group.statements.push_back({&commit_transaction.info(), {}, nullptr});
    bool rolled_back = false;
    try {
        const Result result = co_await send(std::move(group));
        rolled_back = std::string_view(PQcmdStatus(result.get())) != "COMMIT";
    } catch (const Error& error) {
        abandon();
        if (error.sqlstate != sqlstate::connection_failure) throw;
        throw Error(sqlstate::transaction_resolution_unknown, std::string("commit: ") + error.what());
    }
    lease_.give_back();
    if (rolled_back) throw Error(sqlstate::in_failed_transaction, "commit: the server rolled back");
}

awaitable<void> Transaction::rollback() {
    abandon();
    co_return;
}

// Behind whatever is under way; the connection is free again when the server has answered.
void Transaction::abandon() {
    failed_ = false;
    if (!lease_) return;
    if (!lease_.intact()) return lease_.give_back();
    Group group;
    group.statements.push_back({&rollback_transaction.info(), {}, nullptr});
    auto lease = std::make_shared<Lease>(std::move(lease_));
    lease_ = Lease();
    group.ended = [lease] { lease->give_back(); };
    lease->connection().submit(std::move(group));
}

awaitable<void> Transaction::done(Statement statement) { const Result result = co_await execute(std::move(statement)); }

awaitable<std::int64_t> Transaction::affected(Statement statement) {
    const Result result = co_await execute(std::move(statement));
    std::int64_t rows = 0;
    read_pg(PQcmdTuples(result.get()), rows);
    co_return rows;
}

void Transaction::throw_row_count(const QueryInfo& query, std::size_t rows) {
    constexpr std::string_view cardinality_violation = "21000";
    throw Error(rows ? cardinality_violation : sqlstate::no_data,
                fmt::format("{}: {} rows where one is expected", query.name, rows));
}

}  // namespace liveshop::db
