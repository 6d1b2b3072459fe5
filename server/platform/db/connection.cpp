#include "platform/db/connection.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

namespace liveshop::db {
namespace {

using namespace std::chrono_literals;

std::string field(const PGresult* result, int code) {
    const char* text = PQresultErrorField(result, code);
    return text ? text : "";
}

Error error_of(const PGresult* result, const QueryInfo& query) {
    return Error(field(result, PG_DIAG_SQLSTATE),
                 fmt::format("{}: {}", query.name, field(result, PG_DIAG_MESSAGE_PRIMARY)),
                 field(result, PG_DIAG_CONSTRAINT_NAME));
}

bool ends_session(const PGresult* result) {
    const std::string severity = field(result, PG_DIAG_SEVERITY_NONLOCALIZED);
    return severity == "FATAL" || severity == "PANIC" || field(result, PG_DIAG_SQLSTATE).empty();
}

}  // namespace

Connection::Connection(asio::io_context& io, ConnectionSettings settings)
    : io_(io),
      settings_(std::move(settings)),
      socket_(io.get_executor()),
      timer_(io.get_executor()),
      retry_delay_(settings_.retry_delay_max_ms) {}

Connection::~Connection() = default;

void Connection::start(std::function<void()> on_ready) {
    on_ready_ = std::move(on_ready);
    auto report = [](std::exception_ptr error) {
        if (!error) return;
        try {
            std::rethrow_exception(error);
        } catch (const std::exception& e) {
            spdlog::critical("a database connection is no longer kept open: {}", e.what());
        }
    };
    asio::co_spawn(io_, keep_open(shared_from_this()), asio::bind_cancellation_slot(stop_.slot(), report));
}

void Connection::close() {
    closed_ = true;
    lose("closed");
    // Asio passes it on by way of the io_context, to what lies in stop_: which must still be there.
    asio::dispatch(io_, [self = shared_from_this()] { self->stop_.emit(asio::cancellation_type::terminal); });
}

awaitable<void> Connection::keep_open(std::shared_ptr<Connection> self) {
    co_await asio::this_coro::throw_if_cancelled(false);
    while (!self->closed_) {
        try {
            co_await self->open();
        } catch (const std::exception& error) {
            self->lose(error.what());
            if (self->closed_) co_return;
            if (self->last_error_ != error.what()) spdlog::warn("cannot connect to the database: {}", error.what());
            self->last_error_ = error.what();
        }
        co_await self->watch();
        if (!self->closed_) co_await self->wait_before_retry();
    }
}

awaitable<void> Connection::open() {
    Handle handle = co_await connect(settings_.connect);
    if (closed_) co_return;
    if (!PQenterPipelineMode(handle.get())) throw Error(sqlstate::connection_failure, "no pipeline mode");
    socket_.assign(duplicate_socket(handle.get()));
    handle_ = std::move(handle);
    ++generation_;
    prepared_.clear();
    unprepared_.clear();
    write_waiting_ = false;
    outdated_ = false;
    last_progress_ = std::chrono::steady_clock::now();
    wait_readable();
    last_error_.clear();
    retry_delay_.reset();
    ready_ = true;
    on_ready_();
}

// Until the connection is lost. A server that stopped answering without a word is noticed here.
awaitable<void> Connection::watch() {
    while (ready_) {
        timer_.expires_after(1s);
        co_await timer_.async_wait(asio::as_tuple(asio::use_awaitable));
        const auto silence = std::chrono::steady_clock::now() - last_progress_;
        if (!flights_.empty() && silence > std::chrono::milliseconds(settings_.stalled_after_ms))
            lose("the server stopped answering");
    }
}

awaitable<void> Connection::wait_before_retry() {
    timer_.expires_after(retry_delay_.next());
    co_await timer_.async_wait(asio::as_tuple(asio::use_awaitable));
}

void Connection::submit(Group group) {
    if (!ready_) {
        Flight refused{.group = std::move(group), .error = std::nullopt};
        return fail(refused, Error(sqlstate::connection_failure, "no database connection: " + last_error_));
    }
    if (flights_.empty()) last_progress_ = std::chrono::steady_clock::now();
    bool sent = true;
    for (const Statement& statement : group.statements) sent = sent && prepare(*statement.query);
    for (const Statement& statement : group.statements) sent = sent && send(statement);
    begin_flight(std::move(group));
    if (!sent || !PQpipelineSync(handle_.get())) return lose(PQerrorMessage(handle_.get()));
    flush();
}

Connection::Flight& Connection::begin_flight(Group group) {
    in_flight_ += group.statements.size();
    Flight& flight = flights_.emplace_back();
    flight.group = std::move(group);
    return flight;
}

// Ahead of its first use, without waiting for it; with a Sync of its own, so that it fails alone.
bool Connection::prepare(const QueryInfo& query) {
    if (query.index < prepared_.size() && prepared_[query.index]) return true;
    if (!PQsendPrepare(handle_.get(), query.statement.c_str(), query.sql.c_str(), 0, nullptr)) return false;
    if (query.index >= prepared_.size()) prepared_.resize(query.index + 1);
    prepared_[query.index] = true;
    Group group;
    group.statements.push_back({&query, {}, nullptr});
    begin_flight(std::move(group)).preparing = true;
    return PQpipelineSync(handle_.get());
}

bool Connection::send(const Statement& statement) {
    const Arguments& arguments = statement.arguments;
    boost::container::small_vector<const char*, 16> values;
    for (std::size_t i = 0; i < arguments.size(); ++i) values.push_back(arguments.at(i));
    return PQsendQueryPrepared(handle_.get(), statement.query->statement.c_str(), static_cast<int>(values.size()),
                               values.data(), nullptr, nullptr, 0);
}

void Connection::flush() {
    if (!handle_ || write_waiting_) return;
    const int left = PQflush(handle_.get());
    if (left < 0) return lose(PQerrorMessage(handle_.get()));
    if (left == 0) return;
    write_waiting_ = true;
    socket_.async_wait(Descriptor::wait_write,
                       [self = shared_from_this(), opened = generation_](boost::system::error_code error) {
                           if (error || opened != self->generation_) return;
                           self->write_waiting_ = false;
                           self->flush();
                       });
}

void Connection::wait_readable() {
    socket_.async_wait(Descriptor::wait_read,
                       [self = shared_from_this(), opened = generation_](boost::system::error_code error) {
                           if (error || opened != self->generation_) return;
                           self->on_readable();
                           if (self->handle_ && opened == self->generation_) self->wait_readable();
                       });
}

void Connection::on_readable() {
    if (!PQconsumeInput(handle_.get())) return lose(PQerrorMessage(handle_.get()));
    int empty = 0;  // between two results libpq answers one null
    while (handle_ && !PQisBusy(handle_.get()) && !flights_.empty()) {
        Result result(PQgetResult(handle_.get()));
        if (result) {
            empty = 0;
            on_result(std::move(result));
        } else if (++empty > 2) {
            return lose("answers and statements are out of step");
        }
    }
}

void Connection::on_result(Result result) {
    last_progress_ = std::chrono::steady_clock::now();
    Flight& flight = flights_.front();
    const bool complete = flight.answered == flight.group.statements.size();
    if (PQresultStatus(result.get()) == PGRES_PIPELINE_SYNC)
        return complete ? on_sync() : lose("answers and statements are out of step");
    if (complete) return lose("answers and statements are out of step");
    on_statement(flight, std::move(result));
}

void Connection::on_statement(Flight& flight, Result result) {
    switch (PQresultStatus(result.get())) {
        case PGRES_COMMAND_OK:
        case PGRES_TUPLES_OK:
        case PGRES_PIPELINE_ABORTED:
            break;
        case PGRES_FATAL_ERROR:
            if (ends_session(result.get())) return lose(PQresultErrorMessage(result.get()));
            break;
        default:
            return lose("a statement that is neither query nor command");
    }
    --in_flight_;
    Statement statement = std::move(flight.group.statements[flight.answered++]);
    const auto& receiver = statement.receiver;
    if (PQresultStatus(result.get()) == PGRES_PIPELINE_ABORTED) {
        if (receiver && flight.group.resend) return flight.group.resend(std::move(statement));
        if (receiver) receiver->fail(std::make_exception_ptr(*flight.error));
    } else if (PQresultStatus(result.get()) == PGRES_FATAL_ERROR) {
        on_error(flight, statement, result.get());
    } else if (receiver) {
        receiver->succeed(std::move(result));
    }
}

void Connection::on_error(Flight& flight, const Statement& statement, const PGresult* result) {
    const QueryInfo& query = *statement.query;
    flight.error = error_of(result, query);
    if (flight.preparing) {
        prepared_[query.index] = false;  // the schema may fit it later
        unprepared_.insert_or_assign(query.index, *flight.error);
        return;
    }
    const auto cause = unprepared_.extract(query.index);
    if (cause) flight.error = cause.mapped();
    if (statement.receiver) statement.receiver->fail(std::make_exception_ptr(*flight.error));
    outdated_ = outdated_ || field(result, PG_DIAG_SOURCE_FUNCTION) == "RevalidateCachedQuery";
}

void Connection::on_sync() {
    const Flight flight = std::move(flights_.front());
    flights_.pop_front();
    if (outdated_ && flights_.empty()) lose("its prepared statements are older than the schema");
    if (flight.group.ended) flight.group.ended();  // may lend the connection on
}

void Connection::fail(Flight& flight, const Error& error) {
    const std::exception_ptr failure = std::make_exception_ptr(error);
    for (std::size_t i = flight.answered; i < flight.group.statements.size(); ++i)
        if (const auto& receiver = flight.group.statements[i].receiver) receiver->fail(failure);
    if (flight.group.ended) flight.group.ended();
}

void Connection::lose(const std::string& reason) {
    if (!handle_) return;
    const std::string why = reason.substr(0, reason.find('\n'));
    if (!closed_) spdlog::warn("database connection lost: {}", why);
    ready_ = false;
    boost::system::error_code ignored;  // the descriptor is gone either way
    socket_.close(ignored);
    handle_.reset();
    in_flight_ = 0;
    std::deque<Flight> flights = std::exchange(flights_, {});
    const Error error(sqlstate::connection_failure, "database connection lost: " + why);
    for (Flight& flight : flights) fail(flight, error);
    timer_.cancel();
}

}  // namespace liveshop::db
