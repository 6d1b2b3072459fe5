#include "platform/realtime/hub.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/asio/post.hpp>

#include "platform/realtime/connection.hpp"
#include "platform/realtime/engine_io.hpp"
#include "platform/realtime/polling.hpp"
#include "platform/realtime/session.hpp"

namespace liveshop::realtime {
namespace {

using namespace std::chrono_literals;
using boost::system::error_code;
using websocket::CloseCode;

constexpr std::size_t read_buffer_bytes = 64 * 1024;
constexpr std::size_t flush_transports_max = 1024;  // written in one turn before others get theirs

// Often enough for the shortest of the time limits.
std::chrono::milliseconds tick_interval(const Settings& settings) {
    const auto shortest =
        std::min({settings.ping_interval, settings.ping_timeout, settings.handshake_timeout, settings.close_timeout});
    return std::clamp(shortest / 10, 5ms, 500ms);
}

// A client may have lost its connection long before this side notices. Beside recovery, Session::join() looks back for
// as long as a handler may take.
EventLog::Limits log_limits(const Settings& settings) {
    constexpr std::chrono::milliseconds of_a_handler{15'000};
    const bool recovers = settings.recovery_window.count() > 0;
    const auto unnoticed = settings.ping_interval + settings.ping_timeout;
    return {.kept_for = recovers ? settings.recovery_window + unnoticed + of_a_handler : of_a_handler,
            .bytes_max = settings.recovery_bytes_max};
}

}  // namespace

Shared::Shared(Settings settings_, Handlers handlers_)
    : settings(std::move(settings_)),
      handlers(std::move(handlers_)),
      admission(std::make_shared<Admission>(settings.connections_max, settings.connections_per_address_max)),
      room_sizes(std::make_shared<RoomSizes>()),
      log(log_limits(settings), settings.recovery_window.count() > 0),
      recovery(settings.recovery_window, settings.recovery_sessions_max) {}

// Goes with the io_context, and lets the hub's sockets and timers go first: they must not outlive it.
class Hub::Guard : public boost::asio::execution_context::service {
  public:
    using key_type = Guard;
    static inline boost::asio::execution_context::id id;

    explicit Guard(boost::asio::execution_context& context) : service(context) {}

    Hub* hub = nullptr;

  private:
    void shutdown() override {
        if (hub != nullptr) hub->release();
    }
};

Hub::Hub(boost::asio::io_context& io, std::shared_ptr<Shared> shared)
    : io_(io),
      shared_(std::move(shared)),
      index_(shared_->hubs.size()),
      rooms_(shared_->room_sizes),
      inbox_(shared_->log.add_inbox([this] { boost::asio::post(io_, [this] { deliver_due(); }); })),
      position_(shared_->log.last()),
      guard_(&boost::asio::use_service<Guard>(io)),
      waiting_timer_(io),
      tick_timer_(io),
      polls_(io),
      give_ways_(io),
      ping_frame_(text_frame(engine_io::ping_packet)),
      read_buffer_(read_buffer_bytes) {
    guard_->hub = this;
    shared_->hubs.push_back(this);
}

Hub::~Hub() {
    if (guard_ != nullptr) guard_->hub = nullptr;
}

void Hub::release() {
    guard_ = nullptr;
    waiting_timer_.reset();
    tick_timer_.reset();
    dirty_.clear();
    waiting_.clear();
    polling_.clear();
    transports_.clear();
}

void Hub::stop() {
    stopping_ = true;
    const auto transports = transports_;
    for (const auto& transport : transports)
        if (!transport->is_busy()) transport->close(CloseCode::going_away, "shutdown", Return::never);
    for (const auto& departure : recovery().take_all()) say_gone(departure);
}

void Hub::abort_all() {
    const auto transports = transports_;
    for (const auto& transport : transports) transport->abort("shutdown");
}

void Hub::add(const std::shared_ptr<Transport>& transport) {
    transport->place_ = transports_.size();
    transports_.push_back(transport);
    counters_.connections.add();
    if (!transport->polling_sid().empty()) counters_.polling.add();
    if (!std::exchange(ticking_, true)) schedule_tick();
}

void Hub::remove(Transport& transport) {
    if (const auto sid = transport.polling_sid(); !sid.empty()) {
        polling_.erase(polling_.find(sid));
        counters_.polling.subtract();
    }
    const auto place = transport.place_;
    if (place + 1 != transports_.size()) {
        std::swap(transports_[place], transports_.back());
        transports_[place]->place_ = place;
    }
    transports_.pop_back();
    counters_.connections.subtract();
}

void Hub::mark_dirty(Transport& transport) {
    if (std::exchange(transport.dirty_, true)) return;
    if (dirty_.empty()) boost::asio::post(io_, [this] { flush(); });
    dirty_.push_back(transport.shared_from_this());
}

void Hub::mark_waiting(Transport& transport) {
    if (settings().write_delay.count() == 0) return mark_dirty(transport);
    if (std::exchange(transport.waiting_, true)) return;
    if (waiting_.empty()) {
        waiting_timer_->expires_after(settings().write_delay);
        waiting_timer_->async_wait([this](error_code error) {
            if (!error) end_waiting();
        });
    }
    waiting_.push_back(transport.shared_from_this());
}

void Hub::end_waiting() {
    for (const auto& transport : std::exchange(waiting_, {})) {
        transport->waiting_ = false;
        mark_dirty(*transport);
    }
}

void Hub::flush() {
    auto due = std::exchange(dirty_, {});
    const auto count = std::min(due.size(), flush_transports_max);
    const auto rest = due.begin() + static_cast<std::ptrdiff_t>(count);
    if (rest != due.end()) {
        dirty_.assign(std::make_move_iterator(rest), std::make_move_iterator(due.end()));
        boost::asio::post(io_, [this] { flush(); });
    }
    for (std::size_t i = 0; i < count; ++i) due[i]->flush();
}

void Hub::schedule_tick() {
    tick_timer_->expires_after(tick_interval(settings()));
    tick_timer_->async_wait([this](error_code error) {
        if (!error) tick();
    });
}

void Hub::tick() {
    const auto time = now();
    // Backwards, for a connection that goes is replaced by the last one, which had its turn.
    for (auto i = transports_.size(); i-- > 0;) {
        if (i < transports_.size()) transports_[i]->tick(time);
    }
    for (const auto& departure : recovery().take_expired(time)) say_gone(departure);
    ticking_ = !transports_.empty() || recovery().suspended() > 0;
    if (ticking_) schedule_tick();
}

}  // namespace liveshop::realtime
