#pragma once
// One PostgreSQL connection in pipeline mode on one io_context, reopened for ever until it is closed.
#include <boost/asio.hpp>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include "platform/db/connect.hpp"
#include "platform/db/decode.hpp"
#include "platform/db/encode.hpp"
#include "platform/db/error.hpp"
#include "platform/db/query.hpp"
#include "platform/db/retry_delay.hpp"
#include "platform/db/suspend.hpp"

namespace liveshop::db {

struct Statement {
    const QueryInfo* query = nullptr;
    Arguments arguments;
    std::shared_ptr<Suspended<Result>> receiver;  ///< empty: its result is of no interest
};

/// Statements sent together and ended by one Sync: one round trip. Outside a `begin` they are one transaction.
struct Group {
    std::vector<Statement> statements;
    /// Where statements go that were aborted by an error of another one; without it they fail with that error.
    std::function<void(Statement)> resend;
    /// Called once, when all answers are in or the connection is lost.
    std::function<void()> ended;
};

struct ConnectionSettings {
    ConnectSettings connect;
    int stalled_after_ms = 10'000;  ///< no answer for so long, while one is due: the connection is given up
    int retry_delay_max_ms = 5'000;
};

class Connection : public std::enable_shared_from_this<Connection> {
  public:
    Connection(asio::io_context& io, ConnectionSettings settings);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// Opens and keeps open. `on_ready` is called each time it is open.
    void start(std::function<void()> on_ready);
    /// Ends it for good; what is under way fails with 08006.
    void close();

    bool ready() const { return ready_; }
    /// Counts openings: a holder compares it to know whether this is still the session it began in.
    std::uint64_t generation() const { return generation_; }
    /// Statements sent and not answered.
    std::size_t in_flight() const { return in_flight_; }
    /// Why the last attempt to connect failed, or empty.
    const std::string& last_error() const { return last_error_; }

    /// Sends at once, preparing each query that this session has not met. Every receiver is answered exactly once, with
    /// 08006 if there is no connection.
    void submit(Group group);

  private:
    struct Flight {  // a group on its way
        Group group;
        std::size_t answered = 0;
        std::optional<Error> error;
        bool preparing = false;  // its one statement is a preparation
    };
    using Descriptor = asio::posix::basic_stream_descriptor<asio::io_context::executor_type>;
    using Timer = asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>,
                                             asio::io_context::executor_type>;

    static awaitable<void> keep_open(std::shared_ptr<Connection> self);
    awaitable<void> open();
    awaitable<void> watch();
    awaitable<void> wait_before_retry();

    bool send(const Statement& statement);
    bool prepare(const QueryInfo& query);
    Flight& begin_flight(Group group);
    void flush();
    void fail(Flight& flight, const Error& error);
    void wait_readable();
    void on_readable();
    void on_result(Result result);
    void on_statement(Flight& flight, Result result);
    void on_error(Flight& flight, const Statement& statement, const PGresult* result);
    void on_sync();
    void lose(const std::string& reason);

    asio::io_context& io_;
    ConnectionSettings settings_;
    Handle handle_;
    Descriptor socket_;
    Timer timer_;
    asio::cancellation_signal stop_;
    std::function<void()> on_ready_;
    std::deque<Flight> flights_;
    std::chrono::steady_clock::time_point last_progress_;
    std::vector<bool> prepared_;                         // by this session, by the query's index
    std::unordered_map<std::size_t, Error> unprepared_;  // why a query could not be prepared, by its index
    std::size_t in_flight_ = 0;
    std::uint64_t generation_ = 0;
    std::string last_error_;
    RetryDelay retry_delay_;
    bool ready_ = false;
    bool closed_ = false;
    bool outdated_ = false;  // the schema changed under this session's prepared statements
    bool write_waiting_ = false;
};

}  // namespace liveshop::db
