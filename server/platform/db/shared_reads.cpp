#include "platform/db/shared_reads.hpp"

#include "platform/db/session_queries.hpp"

namespace liveshop::db {
namespace {
constexpr std::size_t open_batches_max = 16;  // how far back a read looks for one of its tenant
}

SharedReads::SharedReads(asio::io_context& io, SharedReadsSettings settings)
    : io_(io), settings_(std::move(settings)), expiry_(io) {}

void SharedReads::start() {
    for (int i = 0; i < settings_.connections; ++i) {
        const auto& connection = connections_.emplace_back(std::make_shared<Connection>(io_, settings_.connection));
        connection->start([self = weak_from_this()] {
            if (const auto alive = self.lock()) alive->send_batches();
        });
    }
}

void SharedReads::close() {
    closed_ = true;
    expiry_.cancel();
    for (const auto& connection : connections_) connection->close();
    const auto error = std::make_exception_ptr(Unavailable("no database connection: the pool is closed"));
    for (const Batch& batch : std::exchange(batches_, {}))
        for (const Statement& read : batch.reads) read.receiver->fail(error);
    waiting_ = 0;
}

awaitable<Result> SharedReads::read(std::optional<TenantId> tenant, Statement statement) {
    if (closed_) throw Unavailable("no database connection: the pool is closed");
    if (waiting_ >= settings_.waiters_max) throw Unavailable("no database connection: too many wait already");
    auto start = [this, &tenant, &statement](std::shared_ptr<Suspended<Result>> receiver) {
        statement.receiver = std::move(receiver);
        add(tenant, std::move(statement));
    };
    Result result = co_await suspend<Result>(start);
    co_return result;
}

void SharedReads::add(const std::optional<TenantId>& tenant, Statement statement) {
    ++waiting_;
    send_soon();
    const std::size_t last = batches_.size();
    for (std::size_t i = last; i-- > last - std::min(last, open_batches_max);) {
        Batch& batch = batches_[i];
        if (batch.alone || batch.tenant != tenant || batch.reads.size() >= settings_.reads_per_sync_max) continue;
        batch.reads.push_back(std::move(statement));
        return;
    }
    Batch& batch = batches_.emplace_back(Batch{tenant, deadline(), {}, false});
    batch.reads.push_back(std::move(statement));
}

void SharedReads::add_alone(const std::optional<TenantId>& tenant, Statement statement) {
    if (closed_) return statement.receiver->fail(std::make_exception_ptr(Unavailable("the pool is closed")));
    ++waiting_;
    send_soon();
    Batch& batch = batches_.emplace_back(Batch{tenant, deadline(), {}, true});
    batch.reads.push_back(std::move(statement));
}

void SharedReads::send_soon() {
    if (send_posted_) return;
    send_posted_ = true;
    asio::post(io_, [self = weak_from_this()] {
        const auto alive = self.lock();
        if (!alive) return;
        alive->send_posted_ = false;
        alive->send_batches();
    });
}

void SharedReads::send_batches() {
    while (!batches_.empty()) {
        Connection* const connection = least_busy();
        if (!connection) break;
        Batch batch = std::move(batches_.front());
        batches_.pop_front();
        waiting_ -= batch.reads.size();
        std::erase_if(batch.reads, [](const Statement& read) { return !read.receiver->waiting(); });
        if (!batch.reads.empty()) send(*connection, std::move(batch));
    }
    if (!batches_.empty() && !expiry_armed_) expire();
}

void SharedReads::send(Connection& connection, Batch batch) {
    Group group;
    group.statements.reserve(batch.reads.size() + 1);
    if (batch.tenant) group.statements.push_back(set_tenant_statement(*batch.tenant));
    if (batch.reads.size() > 1)
        group.resend = [self = weak_from_this(), tenant = batch.tenant](Statement read) {
            if (const auto alive = self.lock()) alive->add_alone(tenant, std::move(read));
        };
    group.ended = [self = weak_from_this()] {
        const auto alive = self.lock();
        if (alive && !alive->batches_.empty()) alive->send_soon();
    };
    std::ranges::move(batch.reads, std::back_inserter(group.statements));
    connection.submit(std::move(group));
}

void SharedReads::expire() {
    expiry_armed_ = false;
    const Clock::time_point now = Clock::now();
    while (!batches_.empty() && batches_.front().deadline <= now) {
        std::string why = "no database connection: none was free in time";
        if (!connections_.empty() && !connections_.front()->last_error().empty())
            why += "; " + connections_.front()->last_error();
        const auto error = std::make_exception_ptr(Unavailable(why));
        for (const Statement& read : batches_.front().reads) read.receiver->fail(error);
        waiting_ -= batches_.front().reads.size();
        batches_.pop_front();
    }
    if (batches_.empty()) return;
    expiry_armed_ = true;
    expiry_.expires_at(batches_.front().deadline);
    expiry_.async_wait([self = weak_from_this()](boost::system::error_code error) {
        const auto alive = self.lock();
        if (!error && alive) alive->expire();
    });
}

Connection* SharedReads::least_busy() const {
    Connection* best = nullptr;
    for (const auto& connection : connections_) {
        if (!connection->ready() || connection->in_flight() >= settings_.in_flight_max) continue;
        if (!best || connection->in_flight() < best->in_flight()) best = connection.get();
    }
    return best;
}

SharedReads::Clock::time_point SharedReads::deadline() const {
    return Clock::now() + std::chrono::milliseconds(settings_.acquire_timeout_ms);
}

std::size_t SharedReads::open() const {
    const auto ready = [](const auto& connection) { return connection->ready(); };
    return static_cast<std::size_t>(std::ranges::count_if(connections_, ready));
}

std::size_t SharedReads::in_flight() const {
    std::size_t sum = 0;
    for (const auto& connection : connections_) sum += connection->in_flight();
    return sum;
}

}  // namespace liveshop::db
