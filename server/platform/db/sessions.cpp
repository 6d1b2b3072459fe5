#include "platform/db/sessions.hpp"

#include <fmt/format.h>

namespace liveshop::db {

Lease::Lease(std::weak_ptr<Sessions> owner, std::shared_ptr<Connection> connection)
    : owner_(std::move(owner)), connection_(std::move(connection)), generation_(connection_->generation()) {}

Lease& Lease::operator=(Lease&& other) noexcept {
    give_back();
    owner_ = std::move(other.owner_);
    connection_ = std::move(other.connection_);
    generation_ = other.generation_;
    return *this;
}

void Lease::give_back() {
    const std::shared_ptr<Sessions> owner = owner_.lock();
    if (owner && intact()) owner->offer(connection_);
    owner_.reset();
    connection_.reset();
}

Sessions::Sessions(asio::io_context& io, SessionsSettings settings)
    : io_(io), settings_(std::move(settings)), expiry_(io) {}

void Sessions::start() {
    for (int i = 0; i < settings_.connections; ++i) {
        const auto& connection = connections_.emplace_back(std::make_shared<Connection>(io_, settings_.connection));
        connection->start([sessions = weak_from_this(), opened = std::weak_ptr(connection)] {
            const auto owner = sessions.lock();
            const auto usable = opened.lock();
            if (owner && usable) owner->offer(usable);
        });
    }
}

void Sessions::close() {
    closed_ = true;
    expiry_.cancel();
    for (const auto& connection : connections_) connection->close();
    idle_.clear();
    for (const Waiter& waiter : std::exchange(waiters_, {})) waiter.lease->fail(none_free("the pool is closed"));
}

awaitable<Lease> Sessions::acquire() {
    while (!idle_.empty()) {
        const Idle last = std::move(idle_.back());
        idle_.pop_back();
        if (last.usable()) co_return Lease(weak_from_this(), last.connection);
    }
    if (closed_) std::rethrow_exception(none_free("the pool is closed"));
    std::erase_if(waiters_, [](const Waiter& waiter) { return !waiter.lease->waiting(); });
    if (waiters_.size() >= settings_.waiters_max) std::rethrow_exception(none_free("too many wait already"));
    Lease lease = co_await suspend<Lease>([this](std::shared_ptr<Suspended<Lease>> waiting) {
        waiters_.push_back(
            {Clock::now() + std::chrono::milliseconds(settings_.acquire_timeout_ms), std::move(waiting)});
        if (waiters_.size() == 1) expire_waiters();
    });
    co_return lease;
}

void Sessions::offer(const std::shared_ptr<Connection>& connection) {
    if (closed_) return;
    while (!waiters_.empty()) {
        const Waiter waiter = std::move(waiters_.front());
        waiters_.pop_front();
        if (waiter.lease->waiting()) return waiter.lease->succeed(Lease(weak_from_this(), connection));
    }
    std::erase_if(idle_, [](const Idle& idle) { return !idle.usable(); });
    idle_.push_back({connection, connection->generation()});
}

// All wait equally long, so the first in the queue is the first to run out of time.
void Sessions::expire_waiters() {
    const Clock::time_point now = Clock::now();
    while (!waiters_.empty() && (!waiters_.front().lease->waiting() || waiters_.front().deadline <= now)) {
        waiters_.front().lease->fail(none_free("none was free in time"));
        waiters_.pop_front();
    }
    if (waiters_.empty()) return;
    expiry_.expires_at(waiters_.front().deadline);
    expiry_.async_wait([self = weak_from_this()](boost::system::error_code error) {
        const auto alive = self.lock();
        if (!error && alive) alive->expire_waiters();
    });
}

std::exception_ptr Sessions::none_free(const char* why) const {
    std::string message = fmt::format("no database connection: {}", why);
    for (const auto& connection : connections_)
        if (!connection->last_error().empty()) {
            message += "; " + connection->last_error();
            break;
        }
    return std::make_exception_ptr(Unavailable(message));
}

std::size_t Sessions::open() const {
    const auto ready = [](const auto& connection) { return connection->ready(); };
    return static_cast<std::size_t>(std::ranges::count_if(connections_, ready));
}

std::size_t Sessions::idle() const { return static_cast<std::size_t>(std::ranges::count_if(idle_, &Idle::usable)); }

std::size_t Sessions::waiting() const {
    return static_cast<std::size_t>(
        std::ranges::count_if(waiters_, [](const Waiter& waiter) { return waiter.lease->waiting(); }));
}

}  // namespace liveshop::db
